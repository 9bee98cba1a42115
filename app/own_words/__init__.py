"""Own words: what a workplace adds to a section, words anew, or says in a section of its own."""

from . import views, views_sections
from .blueprint import bp

__all__ = ["BLUEPRINTS", "views", "views_sections"]
BLUEPRINTS = (bp,)
