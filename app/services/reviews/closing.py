"""Closing a review. What a reader has not sent stays theirs: they are told a day before, and nobody else sends it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.clock import now
from app.models.db import READING, db
from app.models.people import Person
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.models.versions import Version
from app.services.hourly_batch import one_by_one

from .actions import letter
from .actions import log as record_event

NOTICE = timedelta(days=1)


def close(policy: Policy, review: Review, by: Person | None) -> bool:
    """Close the review, or say when it will close: a day from now when somebody has words that they have not sent. Whether it is closed now.

    The rows of the readers are locked first, in one order: who is just saving has saved, and who comes later finds the review closed.
    """
    reviewers = _locked(review)
    waiting = [reader for reader in reviewers if reader.revoked_at is None and reader.unsent()]
    if waiting and (review.closes_at is None or review.closes_at > now()):
        if review.closes_at is None:
            _announce(policy, review, waiting, by)
        return False
    _close(policy, review, reviewers, by)
    return True


def _locked(review: Review) -> Sequence[Reviewer]:
    theirs = select(Reviewer).where(Reviewer.review_id == review.id).order_by(Reviewer.id)
    return db.session.scalars(theirs.with_for_update().execution_options(populate_existing=True)).all()


def _announce(policy: Policy, review: Review, waiting: Sequence[Reviewer], by: Person | None) -> None:
    """Tell those with words of their own until when they can send them."""
    review.closes_at = now() + NOTICE
    record_event(policy, "review_closing", by, review=review.id, readers=len(waiting))
    for reader in waiting:
        if reader.email:
            letter(reader, review, "review_closing", closes_at=review.closes_at)


def _close(policy: Policy, review: Review, reviewers: Iterable[Reviewer], by: Person | None) -> None:
    """Nobody writes any more. Those who have been there are told."""
    review.closed_at = now()
    db.session.get_one(Version, review.version_id).become("closed")
    record_event(policy, "review_closed", by, review=review.id, comments=len(review.comments()))
    for reviewer in reviewers:
        if reviewer.email and reviewer.opened_at and not reviewer.revoked_at:
            letter(reviewer, review, "review_over")


def waiting_in(review: Review) -> int:
    """How many readers have words that they have not sent. What they say is not for HR."""
    return sum(1 for reader in review.reviewers() if reader.revoked_at is None and reader.unsent())


def close_due(at: datetime) -> int:
    """Close the reviews whose readers have had their day, and commit; how many. Reads alone when there are none."""
    due = select(Review.id).join(Policy).where(Review.closed_at.is_(None), Review.closes_at <= at, Policy.archived_at.is_(None))
    with db.engine.connect().execution_options(**READING) as connection:
        ids = connection.scalars(due.order_by(Review.id)).all()
    return one_by_one(ids, _close_one, "closing a review")


def _close_one(id: str) -> bool:
    """The policy's row first, as whoever presses a button has it."""
    mine = select(Policy).join(Review).where(Review.id == id)
    policy = db.session.scalar(mine.with_for_update(of=Policy).execution_options(populate_existing=True))
    review = db.session.get(Review, id, populate_existing=True)
    is_due = policy is not None and review is not None and review.is_open and review.closes_at is not None and review.closes_at <= now()
    if is_due and policy and review:
        _close(policy, review, _locked(review), None)
    return is_due
