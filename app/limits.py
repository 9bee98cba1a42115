"""How often a client may do what costs something. Counted in the database, so that several workers count together."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Literal, ParamSpec, TypeVar

from flask import Flask, current_app, request
from sqlalchemy import delete
from werkzeug.exceptions import TooManyRequests

from app.config import Config
from app.db import db, now
from app.models import COUNT_HIT, MINUTE, Hit, Policy

P = ParamSpec("P")
R = TypeVar("R")
Deed = Literal["start", "upload", "document", "continue", "sign_in", "code", "invite", "comment"]
HOUR = timedelta(hours=1)


def init_app(app: Flask, config: Config) -> None:
    """Remember how often each deed may be done."""
    app.extensions["limits"] = {
        "start": config.starts_per_hour,
        "upload": config.uploads_per_hour,
        "document": config.documents_per_hour,
        "continue": config.continuations_per_hour,
        "sign_in": config.sign_ins_per_hour,
        "code": config.codes_per_hour,
        "invite": config.invitations_per_hour,
        "comment": config.comments_per_hour,
        "save": config.saves_per_minute,
    }


def limited(deed: Deed) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate a view: more than the allowed number of times in an hour, and the client gets a 429."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def counted(*args: P.args, **kwargs: P.kwargs) -> R:
            count(deed)
            return view(*args, **kwargs)

        return counted

    return decorate


def check_saves(policy: Policy) -> None:
    """Count one save of this draft. Raises TooManyRequests past the limit."""
    if policy.count_save() > current_app.extensions["limits"]["save"]:
        raise too_many(policy.minute + MINUTE)


def too_many(until: datetime) -> TooManyRequests:
    """The refusal, with the seconds until it is over."""
    return TooManyRequests(retry_after=max(1, ceil((until - now()).total_seconds())))


def count(deed: Deed, subject: str = "") -> None:
    """Count one deed of this client, or with `subject` (an address that gets mail, say) of whoever does it. Raises TooManyRequests past the limit.

    In a transaction of its own, done before the view begins one: the count must stand even when the view fails.
    """
    hour = now().replace(minute=0, second=0, microsecond=0)
    with db.engine.begin() as connection:
        counted = connection.execute(COUNT_HIT, {"bucket": _bucket(deed, subject or _client(), hour), "hour": hour}).scalar_one()
        if counted == 1:
            connection.execute(delete(Hit).where(Hit.hour < hour))
    if counted > current_app.extensions["limits"][deed]:
        raise too_many(hour + HOUR)


def is_first_time(what: str, until: datetime) -> bool:
    """Whether `what`, which is good until then, comes for the first time, to whichever of several workers. Counted in the caller's transaction.

    The counter lives on until it is over.
    """
    hour = until.replace(minute=0, second=0, microsecond=0) + HOUR
    return bool(db.session.execute(COUNT_HIT, {"bucket": _bucket("once", what, hour), "hour": hour}).scalar_one() == 1)


def _bucket(deed: str, subject: str, hour: datetime) -> str:
    """A keyed hash of deed, subject and hour: it says neither who it was, nor whether it is the one from the hour before."""
    words = f"{deed} {hour.isoformat()} {subject}"
    return hmac.new(str(current_app.secret_key).encode(), words.encode(), hashlib.sha256).hexdigest()


def _client() -> str:
    """The client's address; of an IPv6 address the network, for a home has 2^64 addresses to choose from."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    return address.exploded[:19] if isinstance(address, IPv6Address) else str(address)
