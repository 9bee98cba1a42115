"""Everything that is stored about a person, for her to take along."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.db import db
from app.decisions.models import Decision, Version
from app.events import Event
from app.mail.address import mail_address
from app.review.models import Comment, Review, Reviewer
from app.workplaces.models import Expected, Member, Workplace

from .models import Passkey, Person, Sitting

Facts = dict[str, Any]


def everything_about(person: Person, at: datetime) -> Facts:
    """All rows about `person` as plain values. Keys and hashes are left out: they say nothing about her, and let people in."""
    return {
        "format": "rusoff-person",
        "version": 1,
        "made_at": at.isoformat(),
        "profile": {name: _plain(getattr(person, name)) for name in ("id", "email", "name", "language", "created_at")},
        "passkeys": _all(Passkey.user_id == person.id, name=Passkey.name, made_at=Passkey.create_datetime, last_used_at=Passkey.lastuse_datetime),
        "signed_in": _all(Sitting.person_id == person.id, since=Sitting.began_at, last_used_at=Sitting.used_at),
        **_of_workplaces(person),
        **_done_by(person.id),
        "reviews_invited_to": _all(
            func.lower(Reviewer.email) == mail_address(person.email).lower(),
            id=Reviewer.id, name=Reviewer.name, role=Reviewer.role, invited_at=Reviewer.invited_at, opened_at=Reviewer.opened_at,
            finished_at=Reviewer.finished_at,
        ),
    }  # fmt: skip


def _of_workplaces(person: Person) -> Facts:
    return {
        "workplaces": _all(
            (Member.person_id == person.id) & (Workplace.id == Member.workplace_id),
            id=Workplace.id, name=Workplace.name, role=Member.role, since=Member.since,
        ),
        "invitations": _all(
            (Expected.email == person.email) & (Workplace.id == Expected.workplace_id),
            workplace=Workplace.name, role=Expected.role, asked_at=Expected.asked_at,
        ),
    }  # fmt: skip


def _done_by(id: str) -> Facts:
    """What she did in workplaces, as the log and the records have it: ids, numbers and times."""
    return {
        "events": _all(
            Event.person_id == id,
            at=Event.at, what=Event.what, workplace=Event.workplace_id, policy=Event.policy_id, about=Event.about,
        ),
        "comments_answered": _all(Comment.answered_by == id, id=Comment.id, answered_at=Comment.answered_at),
        "reviews_opened": _all(Review.opened_by == id, id=Review.id, policy=Review.policy_id, opened_at=Review.opened_at),
        "versions_made": _all(Version.made_by == id, id=Version.id, policy=Version.policy_id, number=Version.number, made_at=Version.made_at),
        "decisions_recorded": _all(Decision.recorded_by == id, version=Decision.version_id, recorded_at=Decision.recorded_at),
    }  # fmt: skip


def _all(which: ColumnElement[bool], **columns: Any) -> list[Facts]:
    found = db.session.execute(select(*columns.values()).where(which))
    return [dict(zip(columns, map(_plain, row), strict=True)) for row in found]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
