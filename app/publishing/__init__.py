"""The page that everybody can read: opened and closed by the owners, read without an account, a cookie or a trace."""

from . import page_cache, views, views_public

__all__ = ["BLUEPRINTS", "page_cache", "views", "views_public"]
BLUEPRINTS = (views.bp, views_public.bp)
