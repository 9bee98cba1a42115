"""The pages of a draft's documents: preview, downloads, language and looks."""

from . import views, views_look, views_together

__all__ = ["BLUEPRINTS", "views", "views_look", "views_together"]
BLUEPRINTS = (views.bp,)
