"""Decisions: frozen versions, and the way from a draft to a policy in force."""

from . import views, views_verify, views_versions
from .blueprint import bp

__all__ = ["BLUEPRINTS", "views", "views_verify", "views_versions"]
BLUEPRINTS = (
    bp,
    views_verify.bp,
)
