"""Reminders: three days before the date to answer by, and on the day, to those who have an address and are not done. They stop by themselves.

Any number of processes may remind at the same time: one statement marks a reader as reminded, and whoever got to do so writes.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select, update

from app.clock import OSLO, day_of, now, today
from app.models.db import READING, db
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.services.hourly_batch import one_by_one

from .actions import letter
from .actions import log as record_event
from .delivery import REACHED

BEFORE = timedelta(days=3)
FIRST_HOUR = 7  # nobody is written to at night


def remind(at: datetime) -> int:
    """Remind everybody who is due at this time, and commit; how many. Reads alone when there is nobody."""
    day = day_of(at)
    if at.astimezone(OSLO).hour < FIRST_HOUR:
        return 0
    return one_by_one(_due(day), lambda due: _remind_one(*due, at), "a reminder")


def _due(day: date) -> list[tuple[str, datetime]]:
    """The readers who are due, each with the time since when they have heard nothing."""
    asked = (Review.closed_at.is_(None), Review.answer_by >= day, Review.answer_by <= day + BEFORE, Policy.archived_at.is_(None))
    theirs = (Reviewer.email != "", Reviewer.finished_at.is_(None), Reviewer.revoked_at.is_(None), REACHED)
    last = func.coalesce(Reviewer.reminded_at, Reviewer.invited_at)
    found = select(Reviewer.id, Review.answer_by, last).join(Review, Review.id == Reviewer.review_id).join(Policy, Policy.id == Review.policy_id)
    with db.engine.connect().execution_options(**READING) as connection:
        rows = connection.execute(found.where(*asked, *theirs).order_by(Reviewer.id)).all()
    turns = [(id, turn_of(answer_by, day), heard) for id, answer_by, heard in rows]
    return [(id, since) for id, since, heard in turns if heard < since]


def turn_of(answer_by: date, day: date) -> datetime:
    """When the turn began that it is now: the day itself, or the three days before it."""
    first = answer_by if day >= answer_by else answer_by - BEFORE
    return datetime.combine(first, time(), OSLO)


def _remind_one(id: str, since: datetime, at: datetime) -> bool:
    reviewer = claim(id, since, at)
    if reviewer:
        review = db.session.get_one(Review, reviewer.review_id)
        write_reminder(reviewer, review, day_of(at))
        record_event(db.session.get_one(Policy, review.policy_id), "reviewer_reminded", None, reviewer=reviewer.id, automatic=1)
    return reviewer is not None


def remind_now(reviewer: Reviewer, review: Review) -> bool:
    """Remind this reader because somebody asks for it; False when they were reminded today already, or are not, or no longer, to be."""
    at, day = now(), today()
    if not reviewer.email or review.answer_by < day or claim(reviewer.id, datetime.combine(day, time(), OSLO), at) is None:
        return False
    write_reminder(reviewer, review, day)
    return True


def claim(id: str, since: datetime, at: datetime) -> Reviewer | None:
    """Mark the reader as reminded, if they were not since then and still are to be; the reader, for the one who got there first."""
    is_open = Reviewer.review_id.in_(select(Review.id).where(Review.closed_at.is_(None)))
    still = (Reviewer.id == id, is_open, Reviewer.finished_at.is_(None), Reviewer.revoked_at.is_(None), REACHED)
    unheard = Reviewer.reminded_at.is_(None) | (Reviewer.reminded_at < since)
    marked = update(Reviewer).where(*still, unheard).values(reminded_at=at).returning(Reviewer)
    return db.session.scalar(marked.execution_options(synchronize_session=False, populate_existing=True))


def write_reminder(reviewer: Reviewer, review: Review, day: date) -> None:
    """The letter, with a new link."""
    letter(reviewer, review, "review_reminder", answer_by=review.answer_by, days=max(0, (review.answer_by - day).days), unsent=reviewer.unsent())
