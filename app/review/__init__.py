"""HR's side of a review: inviting readers, answering what they say, meetings, and the record."""

from . import views_comments, views_meetings, views_proposals, views_record, views_reviews
from .context import bp

__all__ = ["BLUEPRINTS", "views_comments", "views_meetings", "views_proposals", "views_record", "views_reviews"]
BLUEPRINTS = (bp,)
