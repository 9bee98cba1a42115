"""Flask-Security as the engine of accounts: sessions, freshness, and the rules of passkeys. Its pages, mails and passwords are not used."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_login.utils import _user_context_processor
from flask_security import Security, SQLAlchemyUserDatastore, WebauthnUtil
from flask_security.core import UserMixin
from webauthn.helpers.structs import AuthenticatorSelectionCriteria, ResidentKeyRequirement, UserVerificationRequirement

from app.clock import now
from app.config import Config
from app.models.db import db
from app.models.people import Passkey, Person
from app.web.access import is_signed_in
from app.web.login_session import FRESH_FOR as FRESH_FOR
from app.web.login_session import mark_day, person_with
from app.web.urls import way_back


class Passkeys(WebauthnUtil):
    """What a passkey must be able to do. Flask-Security asks for a key on a stick: Windows Hello, Touch ID and telephones would not be offered."""

    def authenticator_selection(self, user: UserMixin, usage: str) -> AuthenticatorSelectionCriteria:
        """Any kind of authenticator that keeps the key itself and makes sure who holds it."""
        return AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED)

    def user_verification(self, user: UserMixin | None, usage: list[str]) -> UserVerificationRequirement:
        """A passkey is all that one needs to get in: a stick that was found must not be enough."""
        return UserVerificationRequirement.REQUIRED

    def origin(self) -> str:
        """Where our pages are: at the public address, or where the request says when there is none."""
        return str(current_app.config["PUBLIC_URL"]) or request.host_url.rstrip("/")

    def party(self) -> str:
        """The name of the host that passkeys are bound to."""
        return urlsplit(self.origin()).hostname or ""


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
    app.config["PUBLIC_URL"] = config.public_url
    security = Security(app, store, register_blueprint=False, webauthn_util_cls=Passkeys)
    security.datetime_factory = now
    security.login_manager.user_loader(person_with)
    security.login_manager.session_protection = None  # it writes a cookie for every visitor; a sitting ends in the database instead
    security.principal.identity_loaders.clear()  # Flask-Principal would look up the person for every request; roles belong to workplaces
    app.template_context_processors[None].remove(_user_context_processor)  # it would look up the person for every page
    app.before_request(mark_day)
    app.jinja_env.globals.update(is_signed_in=is_signed_in, way_back=way_back)
