"""Questions of the wizard that are handed to a colleague: HR's side, and the page that the colleague gets by their link."""

from . import views, views_colleague

__all__ = ["BLUEPRINTS", "views", "views_colleague"]
BLUEPRINTS = (views.bp, views_colleague.bp)
