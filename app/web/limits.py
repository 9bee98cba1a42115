"""How often somebody may do what costs something. Counted in the database, so that several workers count together.

Whoever has signed in is counted by their account, whoever else by their browser, and then by the address of the network, which gets many times as
much: a whole municipality may stand behind it. What lets somebody in (a link, a code, a passkey) is never counted when it is right. So nobody is
kept out by what others do.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from functools import wraps
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Literal, NamedTuple, ParamSpec, TypeVar

from flask import Flask, current_app, request, session
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import TooManyRequests

from app.clock import now
from app.config import Config
from app.models.counters import COUNT_HIT, Hit
from app.models.db import db, name_of
from app.models.policy import MINUTE, Policy

from .security import KEY

P = ParamSpec("P")
R = TypeVar("R")
Deed = Literal["start", "upload", "document", "continue", "sign_in", "code", "reading", "comment", "lookup", "section"]
Made = Literal["make", "version"]
FAILURES = frozenset({"code", "reading", "continue"})  # counted when they were wrong, and only then
READS_ALONE: frozenset[Deed] = frozenset({"document", "section"})
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PER_HOUR: dict[Made, int] = {"make": 60, "version": 60}  # workplaces and policies begun, and texts frozen, by one account: they stay on the disk
ALL_SENDERS = 3  # so many times as many letters may reach somebody from all workplaces together
SHARED = {"start": 10, "upload": 5}  # so many times as much for an address that many share; what fills the disk is counted closer
SHARED_BY_MANY = 20
KNOWN = "known"  # where the cookie keeps the marks of the accounts that have signed in in this browser
MOST_KNOWN = 3
log = logging.getLogger("rusoff")


class LimitError(TooManyRequests):
    """Too often. `deed` is what was done, for the page that says what to do now."""

    def __init__(self, deed: str, until: datetime, **values: str) -> None:
        self.left = max(1, ceil((until - now()).total_seconds()))
        super().__init__(retry_after=self.left)
        self.deed, self.values = deed, values


def init_app(app: Flask, config: Config) -> None:
    """Remember how often each deed may be done."""
    app.extensions["limits"] = {
        "start": config.starts_per_hour,
        "upload": config.uploads_per_hour,
        "document": config.documents_per_hour,
        "continue": config.continuations_per_hour,
        "sign_in": config.sign_ins_per_hour,
        "code": config.codes_per_hour,
        "reading": config.codes_per_hour,
        "invite": config.letters_per_hour,
        "comment": config.comments_per_hour,
        "lookup": config.lookups_per_hour,
        "section": config.sections_per_hour,
        "save": config.saves_per_minute,
        "new_account": config.letters_of_a_new_account,
        "recipient": config.letters_per_recipient,
    }


def limited(deed: Deed) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate a view: more than the allowed number of times in an hour, and whoever asks gets a 429."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def counted(*args: P.args, **kwargs: P.kwargs) -> R:
            with _may_fail() if deed in READS_ALONE else nullcontext():
                count(deed)
            return view(*args, **kwargs)

        return counted

    return decorate


@contextmanager
def _may_fail() -> Iterator[None]:
    """A disk that is full or read-only, or a database that is busy, stops no reading: what cannot be counted then is let through."""
    try:
        yield
    except DBAPIError as problem:
        log.warning("not counted: %s", name_of(problem))


def count_document() -> None:
    """Count one document that is drawn together with others. Raises LimitError past the limit."""
    with _may_fail():
        count("document")


def check_saves(policy: Policy) -> None:
    """Count one save of this draft. Raises TooManyRequests past the limit."""
    if policy.count_save() > current_app.extensions["limits"]["save"]:
        raise LimitError("save", policy.minute + MINUTE)


def count(deed: Deed) -> None:
    """Count one deed of whoever asks: of what lets somebody in, one that failed. Raises LimitError past the limit."""
    most: int = current_app.extensions["limits"][deed]
    if _is_past(deed, _askers(deed, most)):
        raise limit_error(deed)


def is_past(deed: Deed, subject: str) -> bool:
    """Count one deed that is done to `subject` (an address that gets mail, say), whoever does it; whether it was one too many."""
    return _is_past(deed, [(subject, current_app.extensions["limits"][deed])])


def limit_error(deed: Deed) -> LimitError:
    """What is raised past the limit of an hour."""
    return LimitError(deed, _hour() + HOUR)


def _is_past(deed: str, whose: Sequence[tuple[str, int]]) -> bool:
    """Count for each of these, until one is past its limit: one browser that goes on and on does not use up what many share.

    In a transaction of its own, done before the view begins one: the count must stand even when the view fails.
    """
    hour = _hour()
    with db.engine.begin() as connection:
        for who, most in whose:
            counted = connection.execute(COUNT_HIT, {"bucket": _bucket(deed, who, hour), "hour": hour}).scalar_one()
            if counted == 1:
                connection.execute(delete(Hit).where(Hit.hour < hour))
            if counted > most:
                return True
    return False


def _askers(deed: str, most: int) -> list[tuple[str, int]]:
    """By what whoever asks is counted, and how often each may."""
    if known := session.get(KNOWN):
        return [(known[-1], most)]
    shared = (_client(), most * SHARED.get(deed, SHARED_BY_MANY))
    return [(session[KEY], most), shared] if KEY in session else [shared]


def know(email: str) -> None:
    """Whoever has this address signed in here: from now on this browser is counted by their account."""
    mark = _mark(email)
    session[KNOWN] = [*(one for one in session.get(KNOWN, []) if one != mark), mark][-MOST_KNOWN:]


def is_known(email: str) -> bool:
    """Whether whoever has this address has signed in in this browser."""
    return _mark(email) in session.get(KNOWN, [])


def _mark(email: str) -> str:
    return hmac.new(str(current_app.secret_key).encode(), f"known {email}".encode(), hashlib.sha256).hexdigest()[:24]


def _hour() -> datetime:
    return now().replace(minute=0, second=0, microsecond=0)


def check_made(made: Made, account: str) -> None:
    """Count something that stays, in the caller's transaction: what is not stored is not counted. Raises LimitError past the limit."""
    _check([_Counter(made, account, PER_HOUR[made], _hour() + HOUR)])


def check_letters(to: Sequence[str], account: str, is_new: bool, place: str) -> None:
    """Count letters that one account writes for a workplace, in the caller's transaction. Raises LimitError past a limit of the account, of the
    workplace, or of somebody who is written to.
    """
    most, hour = current_app.extensions["limits"], _hour() + HOUR
    senders = [_Counter("invite", f"{kind} {id}", most["invite"], hour, len(to)) for kind, id in (("account", account), ("place", place))]
    if is_new:
        midnight = now().replace(hour=0, minute=0, second=0, microsecond=0) + DAY
        senders.append(_Counter("new_account", account, most["new_account"], midnight, len(to)))
    one = [_Counter("recipient", f"{place} {email.lower()}", most["recipient"], hour, about=email) for email in to]
    everybody = [_Counter("recipient", email.lower(), most["recipient"] * ALL_SENDERS, hour, about=email) for email in to]
    _check([*senders, *one, *everybody])


class _Counter(NamedTuple):
    """What is counted until when, and how often it may be; `about` is told to whoever is refused."""

    deed: str
    subject: str
    most: int
    until: datetime
    times: int = 1
    about: str = ""


def _check(counters: Sequence[_Counter]) -> None:
    for one in sorted(counters):  # always in one order: two who count the same must not wait for each other
        values = {"bucket": _bucket(one.deed, one.subject, one.until), "hour": one.until, "times": one.times}
        if one.times and db.session.execute(COUNT_HIT, values).scalar_one() > one.most:
            raise LimitError(one.deed, one.until, email=one.about)


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
