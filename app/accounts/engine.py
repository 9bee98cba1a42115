"""Flask-Security as the engine of accounts: sessions, freshness, and the rules of passkeys. Its pages, mails and passwords are not used."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore, WebauthnUtil
from flask_security.core import UserMixin
from webauthn.helpers.structs import AuthenticatorSelectionCriteria, ResidentKeyRequirement, UserVerificationRequirement

from app.config import Config
from app.db import db

from .models import Passkey, Person, Sitting

FRESH_FOR = timedelta(minutes=30)  # what cannot be undone asks for a sign-in that is not older
PASSKEY_LASTS = timedelta(minutes=5)


class Passkeys(WebauthnUtil):
    """What a passkey must be able to do. Flask-Security asks for a key on a stick: Windows Hello, Touch ID and telephones would not be offered."""

    def authenticator_selection(self, user: UserMixin, usage: str) -> AuthenticatorSelectionCriteria:
        """Any kind of authenticator that keeps the key itself and makes sure who holds it."""
        return AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED)


def settings(config: Config) -> dict[str, object]:
    """Flask-Security's settings."""
    return {
        "SECURITY_PASSWORD_SALT": config.secret(),  # nobody has a password; Flask-Security wants one all the same
        "SECURITY_WAN_RP_NAME": "RusOff",
        "SECURITY_FRESHNESS": FRESH_FOR,
        "SECURITY_USE_REGISTER_V2": True,
        "SECURITY_CLI_USERS_NAME": False,
        "SECURITY_CLI_ROLES_NAME": False,
    }


def init_app(app: Flask, config: Config) -> None:
    """Start the engine, and let a browser's sitting say who is signed in."""
    app.config.from_mapping(settings(config))
    store = SQLAlchemyUserDatastore(db, Person, None, Passkey)  # type: ignore[arg-type]  # a role belongs to a workplace: see Member
    security = Security(app, store, register_blueprint=False, webauthn_util_cls=Passkeys)
    security.login_manager.user_loader(Sitting.person_with)
    security.login_manager.session_protection = None  # it writes a cookie for every visitor; a sitting ends in the database instead
    security.principal.identity_loaders.clear()  # Flask-Principal would look up the person for every request; roles belong to workplaces
