"""The pages of a draft's documents: preview, downloads, language and logo."""

from . import views

__all__ = ["BLUEPRINTS", "views"]
BLUEPRINTS = (views.bp,)
