"""What a browser and the app say to each other when a passkey is made or used. Flask-Security keeps the rules and the rows, py_webauthn verifies."""

from __future__ import annotations

import hmac
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast

import webauthn
from flask import current_app, session
from webauthn.helpers import base64url_to_bytes, options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import AuthenticatorTransport, PublicKeyCredentialDescriptor

from app.clock import now
from app.models.people import Passkey, Person
from app.web.limits import is_first_time
from app.web.security import KEY, browser_key

from .flask_security_setup import Passkeys

Deed = Literal["make", "use"]
LASTS = timedelta(minutes=5)
LARGEST = 20_000  # characters of an answer: a key with an attestation has about 3,000
RANDOM_BYTES, TIME_BYTES = 16, 8
TRANSPORTS = {transport.value for transport in AuthenticatorTransport}
Options = dict[str, Any]


class RefusedError(Exception):
    """A passkey was not accepted. `reason` is late, known, unknown or wrong."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def to_make(person: Person) -> Options:
    """What the browser needs to make a passkey for `person`."""
    util = _util()
    options = webauthn.generate_registration_options(
        rp_id=util.party(),
        rp_name=current_app.config["SECURITY_WAN_RP_NAME"],
        user_id=person.fs_webauthn_user_handle.encode(),
        user_name=person.email,
        user_display_name=person.called(),
        challenge=_challenge("make"),
        timeout=_milliseconds(),
        authenticator_selection=util.authenticator_selection(person, "first"),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=key.credential_id) for key in person.passkeys()],
    )
    return options_to_json_dict(options)


def to_use() -> Options:
    """What the browser needs to offer the passkeys that it knows for this place. Nobody has said yet who they are."""
    util = _util()
    options = webauthn.generate_authentication_options(
        rp_id=util.party(), challenge=_challenge("use"), timeout=_milliseconds(), user_verification=util.user_verification(None, ["first"])
    )
    return options_to_json_dict(options)


def made(person: Person, name: str, answer: str) -> None:
    """Keep the passkey that the browser made. Raises RefusedError."""
    util, given = _util(), _read(answer)
    try:
        verified = webauthn.verify_registration_response(
            credential=given, expected_challenge=_take(given, "make"), expected_rp_id=util.party(), expected_origin=util.origin(),
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError):  # whatever is not as it should be, it is refused
        raise RefusedError("wrong") from None
    if Passkey.find(verified.credential_id):
        raise RefusedError("known")
    current_app.extensions["security"].datastore.create_webauthn(
        person, credential_id=verified.credential_id, public_key=verified.credential_public_key, name=name, sign_count=verified.sign_count,
        usage="first", device_type=verified.credential_device_type.value, backup_state=verified.credential_backed_up, transports=_transports(given),
    )  # fmt: skip


def used(answer: str) -> Person:
    """Whoever the passkey belongs to that the browser used. Raises RefusedError."""
    util, given = _util(), _read(answer)
    challenge = _take(given, "use")
    key = Passkey.find(_bytes(given.get("rawId")))
    if key is None:
        raise RefusedError("unknown")
    try:
        verified = webauthn.verify_authentication_response(
            credential=given, expected_challenge=challenge, expected_rp_id=util.party(), expected_origin=util.origin(),
            credential_public_key=key.public_key, credential_current_sign_count=key.sign_count, require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError):
        raise RefusedError("wrong") from None
    if _bytes(given["response"].get("userHandle")) != key.person.fs_webauthn_user_handle.encode() or not key.person.active:
        raise RefusedError("wrong")
    key.sign_count, key.backup_state, key.lastuse_datetime = verified.new_sign_count, verified.credential_backed_up, now()
    return key.person


def _util() -> Passkeys:
    return cast("Passkeys", current_app.extensions["security"].webauthn_util)


def _milliseconds() -> int:
    return int(LASTS.total_seconds() * 1000)


def _challenge(deed: Deed) -> bytes:
    """A new challenge for this browser, good for five minutes. It says so itself, signed.

    The cookie does not remember it: the answer to this request may reach the browser after that to the form beside it, and would undo what that said.
    """
    until = int((now() + LASTS).timestamp()).to_bytes(TIME_BYTES)
    said = secrets.token_bytes(RANDOM_BYTES) + until
    return said + _signed(deed, said)


def _signed(deed: Deed, said: bytes) -> bytes:
    key = session.get(KEY) or browser_key()
    return hmac.digest(str(current_app.secret_key).encode(), f"passkey {deed} {key} ".encode() + said, "sha256")


def _take(given: Options, deed: Deed) -> bytes:
    """The challenge that the browser answers to, if we put it to this browser, lately, and it was not answered before. Raises RefusedError."""
    challenge = _bytes(_said(given))
    said, mark = challenge[: RANDOM_BYTES + TIME_BYTES], challenge[RANDOM_BYTES + TIME_BYTES :]
    if not hmac.compare_digest(mark, _signed(deed, said)):
        raise RefusedError("late")
    until = datetime.fromtimestamp(int.from_bytes(said[RANDOM_BYTES:]), UTC)
    if until <= now() or not is_first_time(said.hex(), until):
        raise RefusedError("late")
    return challenge


def _said(given: Options) -> str:
    try:
        return str(json.loads(_bytes(given["response"]["clientDataJSON"]))["challenge"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise RefusedError("wrong") from None


def _read(answer: str) -> Options:
    try:
        given = json.loads(answer) if len(answer) <= LARGEST else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or not isinstance(given.get("response"), dict):
        raise RefusedError("wrong")
    return given


def _bytes(given: object) -> bytes:
    try:
        return base64url_to_bytes(given) if isinstance(given, str) else b""
    except ValueError:
        return b""


def _transports(given: Options) -> list[str]:
    said = given["response"].get("transports")
    return sorted({one for one in said if isinstance(one, str)} & TRANSPORTS) if isinstance(said, list) else []
