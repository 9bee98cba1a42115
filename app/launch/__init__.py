"""From in force to known: what is said, shown and handed out at the workplace, made of the version in force."""

from . import views

__all__ = ["BLUEPRINTS", "views"]
BLUEPRINTS = (views.bp,)
