"""Accounts: signing in by e-mail or passkey, and what a person may see and delete of what is theirs."""

from . import passkeys, profile, views
from .views import bp

__all__ = ["BLUEPRINTS", "passkeys", "profile", "views"]
BLUEPRINTS = (bp,)
