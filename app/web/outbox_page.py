"""The page that stands in for a mail server, for one who tries the app out on their own machine and asked for it. Elsewhere it does not exist."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Flask, abort, render_template, request

from app.config import Config, is_loopback
from app.mail import recent
from app.mail.transports import transport_for

FORWARDED = ("x-forwarded", "x-original", "x-real-ip", "x-client-ip", "forwarded", "via", "cf-", "true-client-ip")  # how their names begin
bp = Blueprint("mail", __name__, url_prefix="/<language:language>")


def init_app(app: Flask, config: Config) -> None:
    """Remember how letters leave the house, and in whose name. The page is there only where somebody asked for it at the start."""
    app.extensions["transport"] = transport_for(config)
    app.extensions["sender"] = config.mail_from
    if config.show_letters:
        app.register_blueprint(bp)


@bp.get("/outbox")
def outbox() -> str:
    """The last letters, newest first. They let people in, so whoever is seen to come from elsewhere finds nothing even so."""
    if not _is_from_here():
        abort(404)
    return render_template("outbox.html", letters=list(recent.recent_letters()))


def _is_from_here() -> bool:
    """Whether the request was made on this machine, under a name of this machine, and no proxy brought it: gunicorn listens where it likes."""
    return not _is_brought() and is_loopback(request.remote_addr or "") and is_loopback(urlsplit(f"//{request.host}").hostname or "")


def _is_brought() -> bool:
    """Whether a proxy brought the request. One that says nothing of itself speaks HTTP/1.0, as nginx does by default; browsers never do."""
    has_traces = any(name.lower().startswith(FORWARDED) for name in request.headers.keys())  # noqa: SIM118 – they are no dictionary
    return has_traces or request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0"
