"""The pages of a draft's documents: preview, downloads, language and looks."""

from . import views, views_look

__all__ = ["BLUEPRINTS", "views", "views_look"]
BLUEPRINTS = (views.bp,)
