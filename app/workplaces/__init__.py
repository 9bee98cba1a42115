"""Workplaces: who belongs to them, in which role, and which policies they keep."""

from . import views, views_log, views_people, views_policies
from .blueprint import bp

__all__ = ["BLUEPRINTS", "views", "views_log", "views_people", "views_policies"]
BLUEPRINTS = (bp,)
