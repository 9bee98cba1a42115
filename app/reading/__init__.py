"""The workspace of somebody who is invited to read a draft. It needs no account."""

from . import views, views_comments, views_statement, views_submission
from .blueprint import bp

__all__ = ["BLUEPRINTS", "views", "views_comments", "views_statement", "views_submission"]
BLUEPRINTS = (bp,)
