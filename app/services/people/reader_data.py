"""Everything that is stored about somebody who was invited to read, for them to take along."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.models.audit_log import Event
from app.models.db import Base, db
from app.models.outbox import Letter
from app.models.people import Person
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer, ReviewerLink, ReviewerSitting
from app.models.versions import Version
from app.models.workplaces import Workplace
from app.pack.load import the_pack
from app.web.language import current_language, t
from app.web.personal_data import Facts, row

OWN = {"review_id", "revision", "seen", "checklist"}  # told of in words below
OF_COMMENT = {"review_id", "reviewer_id", "section_id", "answered_by", "revision"}


def everything_about(reviewer: Reviewer) -> Facts:
    """All rows about a reader. Keys and hashes are left out: they say nothing about them, and let people in."""
    review = db.session.get_one(Review, reviewer.review_id)
    titles = {section["id"]: section["title"] for section in db.session.get_one(Version, review.version_id).document["sections"]}
    return {
        "reader": row(reviewer, *OWN) | {"sections_read": [titles.get(id, id) for id in reviewer.seen]},
        "review": _of(review),
        "comments": [{"section": titles.get(one.section_id, t("reading_whole_title")), **row(one, *OF_COMMENT)} for one in reviewer.comments()],
        "checklist": _checklist(reviewer),
        "in_records": _in_records(review),
        "links": _rows(ReviewerLink, reviewer, "token_hash"),
        "browsers": _rows(ReviewerSitting, reviewer, "key_hash"),
        "letters": _letters(reviewer),
        "events": [_event(one) for one in db.session.scalars(select(Event).where(Event.reviewer_id == reviewer.id).order_by(Event.id))],
    }


def _of(review: Review) -> Facts:
    """What they were asked to read, by whom."""
    policy, version = db.session.get_one(Policy, review.policy_id), db.session.get_one(Version, review.version_id)
    place = db.session.get(Workplace, policy.workplace_id) if policy.workplace_id else None
    asker = db.session.get(Person, review.opened_by) if review.opened_by else None
    return {
        "workplace": place.name if place else "", "policy": version.document["title"], "number": version.number,
        "invited_by": asker.name if asker else "", "greeting": review.greeting, "opened_at": review.opened_at, "answer_by": review.answer_by,
        "closed_at": review.closed_at, "sees_others": review.sees_others,
    }  # fmt: skip


def _checklist(reviewer: Reviewer) -> list[Facts]:
    """Their answers about the process, in the words of the questions as they are now."""
    language, asked = current_language(), the_pack().review
    questions = {question.id: question.text.in_(language) for question in asked.process}
    answers = {answer.id: answer.label.in_(language) for answer in asked.process_answers}
    said = reviewer.checklist.items()
    return [{"question": questions.get(id, id), "answer": answers.get(one.get("answer"), ""), "note": one.get("note", "")} for id, one in said]


def _in_records(review: Review) -> list[Facts]:
    """The versions whose record of participation was made of this round: it names the reader, and stays as long as the versions do."""
    made = (Version.policy_id == review.policy_id, Version.made_at >= review.opened_at, Version.id != review.version_id)
    found = db.session.scalars(select(Version).where(*made).order_by(Version.number))
    return [{"number": version.number, "made_at": version.made_at} for version in found if version.papers]


def _rows(model: Any, reviewer: Reviewer, key: str) -> list[Facts]:
    found: list[Base] = list(db.session.scalars(select(model).where(model.reviewer_id == reviewer.id)))
    return [row(one, key, "reviewer_id") for one in found]


def _letters(reviewer: Reviewer) -> list[Facts]:
    """Letters to the reader; the one that tells HR of them is not included."""
    found = db.session.scalars(select(Letter).where(Letter.about == reviewer.id, Letter.kind.startswith("review_")).order_by(Letter.created_at))
    return [{"letter": one.kind, "created_at": one.created_at, "sent_at": one.sent_at, "given_up_at": one.given_up_at} for one in found]


def _event(event: Event) -> Facts:
    return {"at": event.at, "what": event.what, "about": [f"{name}: {value}" for name, value in event.about.items()]}
