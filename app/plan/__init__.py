"""The plan: what comes after the decision. The year as a page and as a calendar to subscribe to, and the measures."""

from . import views, views_calendar, views_measures, views_reminders, views_sheet
from .blueprint import bp

__all__ = ["BLUEPRINTS", "views", "views_calendar", "views_measures", "views_reminders", "views_sheet"]
BLUEPRINTS = (bp, views_calendar.bp, views_reminders.bp)
