"""The wizard: the start page, and one page view for every page of every step."""

from . import views, views_looks, views_start

__all__ = ["BLUEPRINTS", "views", "views_looks", "views_start"]
BLUEPRINTS = (
    views_start.bp,
    views_looks.bp,
    views.bp,
)
