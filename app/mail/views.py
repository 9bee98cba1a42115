"""The page that stands in for a mail server, for one who tries the app out on her own machine. Elsewhere it does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from flask import Blueprint, Flask, abort, current_app, render_template, request

from app.config import Config, is_loopback
from app.db import now

from .carriers import carrier_for
from .models import Letter
from .seal import Contents, SealError, unseal

MOST = 20
FORWARDED = ("x-forwarded", "x-original", "x-real-ip", "x-client-ip", "forwarded", "via", "cf-", "true-client-ip")  # how their names begin
bp = Blueprint("mail", __name__, url_prefix="/<language:language>")


def init_app(app: Flask, config: Config) -> None:
    """Remember how letters leave the house, and in whose name. The page is there only where nobody sends them and nobody else can see it."""
    app.extensions["carrier"] = carrier_for(config)
    app.extensions["sender"] = config.mail_from
    if config.is_local and not config.smtp:
        app.register_blueprint(bp)


@bp.get("/outbox")
def outbox() -> str:
    """The last letters, newest first. They let people in, so whoever comes from elsewhere finds nothing, whatever HOST says."""
    if not _is_from_here():
        abort(404)
    return render_template("outbox.html", letters=list(_letters()))


def _letters() -> Iterator[tuple[Letter, Contents]]:
    for letter in Letter.lately_shown(now(), MOST):
        with suppress(SealError):  # written before the secret key became another one
            yield letter, unseal(letter.sealed or b"", str(current_app.secret_key))


def _is_from_here() -> bool:
    """Whether the request was made on this machine, under a name of this machine, and no proxy brought it: gunicorn listens where it likes."""
    return not _is_brought() and is_loopback(request.remote_addr or "") and is_loopback(urlsplit(f"//{request.host}").hostname or "")


def _is_brought() -> bool:
    """Whether a proxy brought the request. One that says nothing of itself speaks HTTP/1.0, as nginx does by default; browsers never do."""
    has_traces = any(name.lower().startswith(FORWARDED) for name in request.headers.keys())  # noqa: SIM118 – they are no dictionary
    return has_traces or request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0"
