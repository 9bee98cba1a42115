"""Everything that is stored about a person, for them to take along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, func, select

from app.mail.encryption import DecryptionError, decrypt
from app.models.audit_log import Event
from app.models.comments import Comment
from app.models.db import db
from app.models.delegations import Delegation
from app.models.outbox import Letter
from app.models.people import Passkey, Person, SignIn, Sitting
from app.models.reminding import Reminding
from app.models.reviews import Review, Reviewer
from app.models.versions import Decision, Version
from app.models.workplaces import Expected, Member, Workplace
from app.pack.answers import standing
from app.pack.load import the_pack
from app.values.email_address import mail_address
from app.web.answer_text import said
from app.web.language import current_language
from app.web.personal_data import Facts

from .reader_data import everything_about as everything_about_reader


def everything_about(person: Person, at: datetime) -> Facts:
    """All rows about `person` as values. Keys and hashes are left out: they say nothing about them, and let people in."""
    return {
        "format": "rusoff-person",
        "version": 1,
        "made_at": at,
        "profile": {name: getattr(person, name) for name in ("id", "email", "name", "language", "created_at")},
        "passkeys": _all(
            Passkey.user_id == person.id, name=Passkey.name, made_at=Passkey.create_datetime, last_used_at=Passkey.lastuse_datetime,
            device_type=Passkey.device_type, transports=Passkey.transports, backup_state=Passkey.backup_state,
        ),
        "signed_in": _all(Sitting.person_id == person.id, since=Sitting.began_at, last_used_at=Sitting.used_at),
        "reminders_of_plans": _all(Reminding.person_id == person.id, off=Reminding.off, told=Reminding.told, sent_at=Reminding.sent_at),
        "mails_to_sign_in": _all(
            SignIn.email == person.email, expires_at=SignIn.expires_at, used_at=SignIn.used_at, tries=SignIn.tries, onward=SignIn.onward
        ),
        **_of_workplaces(person),
        **_done_by(person.id),
        "reviews_invited_to": [everything_about_reader(one) for one in _as_reviewer(person)],
        "questions_asked": list(_as_colleague(person)),
        "letters": list(_letters(person)),
    }  # fmt: skip


def _as_reviewer(person: Person) -> Sequence[Reviewer]:
    """The invitations to read that went to their address."""
    theirs = func.lower(Reviewer.email) == mail_address(person.email).lower()
    return db.session.scalars(select(Reviewer).where(theirs).order_by(Reviewer.invited_at)).all()


def _as_colleague(person: Person) -> Iterator[Facts]:
    """What they were asked by a link that went to their address, and what was answered."""
    theirs = func.lower(Delegation.email) == mail_address(person.email).lower()
    for one in db.session.scalars(select(Delegation).where(theirs).order_by(Delegation.asked_at)):
        yield {
            "asked_by": one.asked_by, "name": one.name, "greeting": one.message, "created_at": one.asked_at, "undelivered_at": one.undelivered_at,
            "answered_at": one.answered_at,
            "answers": [_answer(one, id) for id in one.questions if id in the_pack().questions],
        }  # fmt: skip


def _answer(one: Delegation, id: str) -> Facts:
    question, language = the_pack().questions[id], current_language()
    words = said(standing(the_pack(), {}), question, one.answers.get(id), language)
    return {"question": question.label.in_(language), "answer": "; ".join(words), "note": one.notes.get(id, "")}


def _letters(person: Person) -> Iterator[Facts]:
    """Letters to their address that are not wiped yet: to whom they go is sealed, so each is opened."""
    for letter in db.session.scalars(select(Letter).where(Letter.sealed.is_not(None)).order_by(Letter.created_at)):
        with suppress(DecryptionError):
            contents = decrypt(letter.sealed or b"", str(current_app.secret_key))
            if contents.to.lower() == mail_address(person.email).lower():
                yield {"letter": letter.kind, "created_at": letter.created_at, "sent_at": letter.sent_at, "given_up_at": letter.given_up_at}


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
    """What they did in workplaces, as the log and the records have it: ids, numbers and times."""
    return {
        "events": _all(
            Event.person_id == id,
            at=Event.at, what=Event.what, workplace=Event.workplace_id, policy=Event.policy_id, about=Event.about,
        ),
        "comments_answered": _all(
            Comment.answered_by == id, id=Comment.id, answered_at=Comment.answered_at, outcome=Comment.outcome, answer=Comment.answer
        ),
        "reviews_opened": _all(Review.opened_by == id, id=Review.id, policy=Review.policy_id, opened_at=Review.opened_at, greeting=Review.greeting),
        "versions_made": _all(
            Version.made_by == id,
            id=Version.id, policy=Version.policy_id, number=Version.number, made_at=Version.made_at, unread_because=Version.unread_because,
        ),
        "decisions_recorded": _all(
            Decision.recorded_by == id,
            version=Decision.version_id, recorded_at=Decision.recorded_at, decided_on=Decision.decided_on, body_name=Decision.body_name,
            case_number=Decision.case_number, result=Decision.result, changes=Decision.changes,
        ),
    }  # fmt: skip


def _all(which: ColumnElement[bool], **columns: Any) -> list[Facts]:
    found = db.session.execute(select(*columns.values()).where(which))
    return [dict(zip(columns, values, strict=True)) for values in found]
