"""Own words: what a workplace adds to a section, words anew, or says in a section of its own."""

from . import views

__all__ = ["BLUEPRINTS"]
BLUEPRINTS = (views.bp,)
