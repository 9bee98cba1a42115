"""Coming in and going out: what this browser's session holds before and after. A session never lives on from one person to another."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from flask import abort, g, request, session
from flask_security.utils import login_user, logout_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy.exc import DBAPIError

from app.models.db import db, name_of
from app.models.people import Person, Sitting

from .access import PERSON, READING, signed_in
from .limits import KNOWN, know
from .security import KEY

FRESH_FOR = timedelta(minutes=30)  # what cannot be undone asks for a sign-in that is not older
KEPT = (KEY, READING, KNOWN)  # what belongs to the browser and not to the person: its drafts, the reviews opened in it, who has signed in here
CSRF = "csrf_token"
LAST = "last"  # who sat here last
DAY = "day"  # the last day on which the sitting was marked as used
log = logging.getLogger("rusoff")
_ENGINE = ("fs_cc", "_id")  # what the engine leaves in the session, and nobody reads


def begin_session(person: Person, via: str) -> None:
    """Sign `person` in here, in a new session. The caller commits.

    The token of the forms is a new one too, unless they sat here last: what they have typed in another window can still be sent.
    """
    kept = _kept()
    if session.get(LAST) == person.id and CSRF in session:
        kept[CSRF] = session[CSRF]
    if PERSON in session:
        Sitting.end(session[PERSON])
    _begin_anew(kept)
    db.session.flush()
    person.sit_down()
    login_user(person, remember=False, authn_via=[via])
    for name in _ENGINE:
        session.pop(name, None)
    session[LAST], session[DAY] = person.id, _today()
    know(person.email)
    generate_csrf()  # in this very answer: two pages opened at once would each make one, and the form of the first would be refused
    session.permanent = True


def end_session() -> None:
    """Sign this browser out. The sitting ends in the database: no copy of the cookie is good any more. The caller commits."""
    if PERSON in session:
        Sitting.end(session[PERSON])
    kept = _kept()
    logout_user()
    _begin_anew(kept)


def _kept() -> dict[str, object]:
    return {name: session[name] for name in KEPT if name in session}


def _begin_anew(kept: dict[str, object]) -> None:
    session.clear()
    g.pop(CSRF, None)
    session.update(kept)
    session.permanent = True


def is_fresh() -> bool:
    """Whether they signed in a short while ago."""
    return bool(abs(time.time() - session.get("fs_paa", 0)) <= FRESH_FOR.total_seconds())  # a clock may have been set back meanwhile


def freshly_signed_in() -> Person:
    """Whoever signed in here a short while ago; everybody else gets a 401, and signs in (again) first."""
    person = signed_in()
    if not is_fresh():
        abort(401)
    return person


def person_with(key: str) -> Person | None:
    """Whoever sits here. A session whose sitting is over forgets it, so that pages stop to look as if somebody were signed in."""
    person = Sitting.person_with(key)
    if person is None:
        session.pop(PERSON, None)
    return person


def mark_day() -> None:
    """Once a day write that the sitting was used: it ends when it is not for 30 days. The cookie knows the day, so most requests ask nobody."""
    if PERSON in session and session.get(DAY) != _today() and request.endpoint != "static":
        try:
            Sitting.touch(session[PERSON])
            db.session.commit()
        except DBAPIError as problem:  # a full disk keeps nobody from reading; the next page tries again
            db.session.rollback()
            log.warning("the day of the sitting is not written: %s", name_of(problem))
        else:
            session[DAY] = _today()


def _today() -> int:
    return int(time.time() // 86400)
