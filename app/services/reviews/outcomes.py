"""How a round ended, for those who read: what their page says now, and a letter on the day the policy is in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from sqlalchemy import select, update

from app.clock import OSLO, day_of, now, today
from app.models.comments import Comment
from app.models.db import READING, db
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.models.versions import Decision, Version
from app.services.hourly_batch import one_by_one

from .actions import letter
from .changes import Changed, ended_with
from .reminders import FIRST_HOUR

StageId = Literal["open", "closed", "ready", "decided", "sent_back", "with_changes", "will_apply", "in_force", "replaced"]


class Stage(NamedTuple):
    """Where the policy stands for somebody who read a draft of it, and the day that belongs to it."""

    id: StageId
    day: date | None = None


def stage_of(review: Review, policy: Policy) -> Stage:
    """The stage of the round that the review belongs to, today."""
    if version := ended_with(policy.id, review.round):
        return _by_day(policy, version)
    if review.is_open:
        return Stage("open")
    if review.round == policy.round and policy.state in ("ready", "decided"):
        return _signed(policy)
    return _given_back(review, policy) or Stage("closed")


def _by_day(policy: Policy, version: Version) -> Stage:
    on = version.in_force_on or today()
    later = select(Version.in_force_on).where(Version.policy_id == policy.id, Version.number > version.number, Version.in_force_on <= today())
    if over := db.session.scalar(later.order_by(Version.number).limit(1)):
        return Stage("replaced", over)
    return Stage("in_force" if on <= today() else "will_apply", on)


def _signed(policy: Policy) -> Stage:
    if policy.state == "ready":
        return Stage("ready")
    version = Version.one_in(policy.id, "decided")
    decision = db.session.get(Decision, version.id) if version else None
    return Stage("decided", decision.decided_on if decision else None)


def _given_back(review: Review, policy: Policy) -> Stage | None:
    """Whether a body had the text on its table since it was read, and gave it back."""
    read = select(Version.number).where(Version.id == review.version_id).scalar_subquery()
    last = select(Decision).join(Version, Version.id == Decision.version_id).where(Version.policy_id == policy.id, Version.number > read)
    decision = db.session.scalar(last.order_by(Version.number.desc()).limit(1))
    stages: dict[str, StageId] = {"sent_back": "sent_back", "adopted_with_changes": "with_changes"}
    return Stage(stages[decision.result], decision.decided_on) if decision and decision.result in stages else None


# ── the letter ──


def tell_due(at: datetime) -> int:
    """Write to those who read a policy whose day has come, once to each, and commit; how many letters. Reads alone when there is nobody."""
    if at.astimezone(OSLO).hour < FIRST_HOUR:
        return 0
    return one_by_one(_due(day_of(at)), _tell_one, "telling of the end")


def _due(day: date) -> list[str]:
    """The readers of rounds that ended with a version which is in force on this day, and who have not been told."""
    theirs = (Reviewer.email != "", Reviewer.opened_at.is_not(None), Reviewer.revoked_at.is_(None), Reviewer.end_told_at.is_(None))
    some = select(Version.id).where(Version.policy_id == Review.policy_id, Version.in_force_on <= day).exists()
    asked = (
        select(Reviewer.id, Review.policy_id, Review.round).join(Review, Review.id == Reviewer.review_id).join(Policy, Policy.id == Review.policy_id)
    )
    with db.engine.connect().execution_options(**READING) as connection:
        rows = connection.execute(asked.where(*theirs, some, Policy.archived_at.is_(None)).order_by(Reviewer.id)).all()
    ended = {(policy, round): ended_with(policy, round) for policy, round in {(policy, round) for _, policy, round in rows}}
    days = {key: version.in_force_on for key, version in ended.items() if version and version.in_force_on}
    db.session.rollback()
    return [id for id, policy, round in rows if (on := days.get((policy, round))) and on <= day]


def _tell_one(id: str) -> bool:
    mine = update(Reviewer).where(Reviewer.id == id, Reviewer.end_told_at.is_(None), Reviewer.revoked_at.is_(None))
    claimed = mine.values(end_told_at=now()).returning(Reviewer)
    reader = db.session.scalar(claimed.execution_options(synchronize_session=False, populate_existing=True))
    if reader:
        _write(reader)
    return reader is not None


def _write(reader: Reviewer) -> None:
    review = db.session.get_one(Review, reader.review_id)
    version = ended_with(review.policy_id, review.round)
    on = version.in_force_on if version else None
    letter(reader, review, "review_in_force", in_force_on=on or today(), met=met(review, reader.comments()))


def met(review: Review, comments: Sequence[Comment]) -> dict[str, int]:
    """How the comments that were sent were met: outcome → how many. `unchanged` is what HR said yes to and did not do, `none` what has no answer."""
    changed = Changed.of_round(db.session.get_one(Policy, review.policy_id), review.round)
    version = db.session.get_one(Version, review.version_id)
    sent = [comment for comment in comments if comment.sent_at]
    return dict(Counter("unchanged" if changed.is_broken(comment, version) else comment.outcome or "none" for comment in sent))
