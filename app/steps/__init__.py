"""The wizard: the start page, and one page view for every page of every step."""

from . import from_register, views, views_beside, views_control, views_looks, views_organisation, views_start

__all__ = ["BLUEPRINTS", "from_register", "views", "views_beside", "views_control", "views_looks", "views_organisation", "views_start"]
BLUEPRINTS = (
    views_start.bp,
    views_organisation.bp,
    views_looks.bp,
    views_beside.bp,
    views.bp,
)
