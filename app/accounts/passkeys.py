"""Passkeys: making and deleting one's own, and signing in with one."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, abort, jsonify, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app.mail.messages import write
from app.models.db import db
from app.web.access import signed_in
from app.web.forms import said_by
from app.web.limits import count
from app.web.login_session import begin_session, freshly_signed_in
from app.web.urls import external, own_path

from . import webauthn
from .forms import AddressForm, PasskeyForm
from .profile import draw
from .views import ask, bp
from .webauthn import RefusedError

MOST = 20


@bp.record_once
def _init(state: BlueprintSetupState) -> None:
    cast("Flask", state.app).jinja_env.globals.update(is_number=is_number, localhost=localhost)


def is_number() -> bool:
    """Whether this page was opened under an address of digits. Passkeys are bound to names, and do not work there."""
    return _number() is not None


def localhost() -> str:
    """This very page under the name localhost, if that is where we are: an address where passkeys work."""
    number, port = _number(), request.host.rpartition(":")[2]
    here = f":{port}" if request.host.endswith(f":{port}") and port.isdigit() else ""
    return f"{request.scheme}://localhost{here}{request.full_path.rstrip('?')}" if number and number.is_loopback else ""


def _number() -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(urlsplit(request.host_url).hostname or "")
    except ValueError:
        return None


@bp.get("/me/passkeys/options")
def to_make() -> ResponseReturnValue:
    """What the script needs to have a passkey made."""
    return jsonify(webauthn.to_make(freshly_signed_in()))


@bp.post("/me/passkeys")
def add() -> ResponseReturnValue:
    """Keep a passkey that the browser made."""
    person, form = freshly_signed_in(), PasskeyForm.here()
    if form.validate() and len(person.passkeys()) >= MOST:
        form.passkey_name.wrong("accounts_error_passkey_many", most=MOST)
    if form.faults:
        return draw(person, passkey=form), 422
    name = form.passkey_name.data
    try:
        webauthn.made(person, name, said_by("answer"))
    except RefusedError as refused:
        db.session.rollback()
        count("code")
        form.passkey_name.wrong(f"accounts_passkey_{refused.reason}")
        return draw(person, passkey=form), 422
    write("passkey_made", person.email, person.language, passkey=name, link=external("accounts.me", language=person.language))
    db.session.commit()
    return redirect(url_for("accounts.me", done="passkey") + "#passkeys", 303)


@bp.post("/me/passkeys/<policy:passkey>/delete")
def drop(passkey: str) -> ResponseReturnValue:
    """Delete one passkey of this person, with a sign-in that is not old. From now on nobody comes in with it."""
    person = freshly_signed_in()
    found = next((key for key in person.passkeys() if key.id == passkey), None) or abort(404)
    db.session.delete(found)
    db.session.commit()
    return redirect(url_for("accounts.me", done="passkey_gone") + "#passkeys", 303)


@bp.get("/me/passkeys/<policy:passkey>/delete")
def to_passkeys(passkey: str) -> ResponseReturnValue:
    """The address of the button without the button."""
    signed_in()
    return redirect(url_for("accounts.me"))


@bp.get("/sign-in/passkey")
def to_sign_in_again() -> ResponseReturnValue:
    """The address of the button without the button."""
    return redirect(url_for("accounts.sign_in"))


@bp.get("/sign-in/passkey/options")
def to_use() -> ResponseReturnValue:
    """What the script needs to have a passkey used. Anybody may ask."""
    return jsonify(webauthn.to_use())


@bp.post("/sign-in/passkey")
def enter_by_passkey() -> ResponseReturnValue:
    """Sign in whoever the passkey belongs to."""
    onward = own_path(said_by("next"))
    try:
        person = webauthn.used(said_by("answer"))
    except RefusedError as refused:
        db.session.rollback()
        count("code")
        form = AddressForm()
        form.passkey.wrong(f"accounts_passkey_{refused.reason}")
        return ask(form, onward), 422
    begin_session(person, "webauthn")
    db.session.commit()
    return redirect(onward or url_for("accounts.me"), 303)
