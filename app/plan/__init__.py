"""The plan: what comes after the decision. The year as a page and as a calendar to subscribe to."""

from . import views, views_calendar

__all__ = ["BLUEPRINTS", "views", "views_calendar"]
BLUEPRINTS = (views.bp, views_calendar.bp)
