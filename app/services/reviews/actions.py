"""Sending a draft to be read, and what follows: inviting more, new links, telling of answers, taking an invitation back, closing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.clock import now
from app.documents import assemble, frozen
from app.mail.messages import write
from app.models.audit_log import record_event
from app.models.db import db
from app.models.keys import new_id
from app.models.outbox import Letter
from app.models.people import Person
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.models.versions import Version
from app.models.workplaces import Workplace
from app.pack.load import the_pack
from app.pack.text import Language
from app.values.vocabulary import ReviewerRole
from app.web import limits

from .record import Round


class ReviewOpenError(Exception):
    """The policy has a review that is open: there is one at a time."""


class LockedPolicyError(Exception):
    """The policy is not to be read now: somebody signed for its text, it is put away, or nobody keeps it."""


class Invited(NamedTuple):
    """Somebody to invite. Without `email` they get a link that is copied by hand."""

    name: str
    email: str
    role: ReviewerRole
    language: Language


@dataclass(frozen=True, slots=True)
class Sending:
    """What is sent to whom, and until when."""

    sections: tuple[str, ...]
    readers: tuple[Invited, ...]
    answer_by: date
    greeting: str
    sees_others: bool


Links = list[tuple[Reviewer, str]]  # the readers, each with the token of a new link


def is_closed_to_change(policy: Policy) -> bool:
    """Whether nothing about the review may change: the text is signed for, or the policy is put away."""
    return policy.is_locked or policy.archived_at is not None


def open_review(policy: Policy, sent: Sending, by: Person, origin: str = "") -> Links:
    """Freeze the draft as a version, open a review of it, and write to those who have an address. `origin` is where the site is: https://….

    The caller holds the policy's lock, and commits. Raises ReviewOpenError and LockedPolicyError.
    """
    if is_closed_to_change(policy) or policy.workplace_id is None:
        raise LockedPolicyError
    review = Review(
        id=new_id(), policy_id=policy.id, version_id=_freeze(policy, by).id, round=policy.round, sections=list(sent.sections),
        answer_by=sent.answer_by, greeting=sent.greeting, sees_others=sent.sees_others, opened_at=now(), opened_by=by.id, closed_at=None,
        origin=origin,
    )  # fmt: skip
    _add_only_one(review)
    policy.state = "in_review"
    log(policy, "review_opened", by, review=review.id, sections=len(sent.sections), readers=len(sent.readers))
    return invite(policy, review, sent.readers, by)


def _freeze(policy: Policy, by: Person) -> Version:
    """The draft as it reads now, in its own language."""
    if Review.open_of(policy.id):
        raise ReviewOpenError
    limits.check_made("version", by.id)
    document = frozen.freeze(assemble.policy(policy.draft()))
    version = Version.freeze(policy, "in_review", document, frozen.text_hash(document), the_pack().manifest.edition, by.id)
    db.session.flush()
    return version


def _add_only_one(review: Review) -> None:
    """The database itself lets only one be open, whoever was quicker."""
    db.session.add(review)
    try:
        db.session.flush()
    except IntegrityError:
        raise ReviewOpenError from None


def invite(policy: Policy, review: Review, readers: Sequence[Invited], by: Person) -> Links:
    """Invite these readers: each gets a link of their own, by letter when they have an address."""
    count_letters(policy, readers, by)
    links = []
    for one in readers:
        reviewer = Reviewer.invite(review, one.name, one.email, one.role, one.language)
        db.session.flush()
        token = reviewer.link(review.answer_by)
        log(policy, "reviewer_invited", by, reviewer=reviewer.id, role=reviewer.role)
        if reviewer.email:
            called = {"by": by.called(), "role": reviewer.role, "greeting": review.greeting, "answer_by": review.answer_by}
            letter(reviewer, review, "review_invited", token, **called)
        links.append((reviewer, token))
    return links


def count_letters(policy: Policy, readers: Sequence[Invited | Reviewer], by: Person) -> None:
    """Count the letters to those who have an address. Raises LimitError when they are too many."""
    limits.check_letters([reader.email for reader in readers if reader.email], by.id, by.is_new(), str(policy.workplace_id))


def letter(reviewer: Reviewer, review: Review, kind: str, token: str | None = None, **values: Any) -> None:
    """Write to a reader with a link that is theirs: `token`, or a new one."""
    version = db.session.get_one(Version, review.version_id)
    policy = db.session.get_one(Policy, review.policy_id)
    place = db.session.get_one(Workplace, policy.workplace_id)
    link = address_of(review.origin, reviewer.language, token or reviewer.link(review.answer_by))
    said = {"name": reviewer.name, "workplace": place.name, "policy": version.document["title"], "link": link, **values}
    write(kind, reviewer.email, reviewer.language, about=reviewer.id, **said)


def address_of(origin: str, language: Language, token: str) -> str:
    """Where a personal link leads, in the reader's language."""
    return f"{origin}/{language}/read/{token}"


def log(policy: Policy, what: str, by: Person | None, **about: int | str) -> None:
    """A line in the workplace's log."""
    record_event(what, policy.workplace_id, policy.id, by.id if by else None, None, **about)


def revoke(policy: Policy, reviewer: Reviewer, by: Person) -> None:
    """Take an invitation back, with the letters that are not sent yet."""
    reviewer.revoke()
    Letter.withdraw(reviewer.id)
    log(policy, "reviewer_revoked", by, reviewer=reviewer.id)


def untold(found: Round) -> list[Reviewer]:
    """The readers for whom there are answers that they have not been told of."""
    latest: dict[str, datetime] = {}
    for comment in found.comments:
        if comment.answered_at:
            latest[comment.reviewer_id] = max(comment.answered_at, latest.get(comment.reviewer_id, comment.answered_at))
    readers = [found.reviewers[id] for id in latest]
    return [reader for reader in readers if not reader.revoked_at and (reader.told_at is None or reader.told_at < latest[reader.id])]


def tell(policy: Policy, found: Round, by: Person) -> int:
    """Write once to each reader who has new answers and an address; how many letters."""
    told = [reader for reader in untold(found) if reader.email]
    count_letters(policy, told, by)
    for reader in told:
        letter(reader, db.session.get_one(Review, reader.review_id), "review_answered")
    # by statement: the reader may be saving something of their own just now
    db.session.execute(update(Reviewer).where(Reviewer.id.in_([reader.id for reader in told])).values(told_at=now()))
    if told:
        log(policy, "readers_told", by, readers=len(told))
    return len(told)


def link_by_hand(policy: Policy, reader: Reviewer, by: Person) -> str:
    """A new link for HR to copy; its token. Whoever has it speaks in the reader's name, so one with an address is told, and the record says it."""
    review = db.session.get_one(Review, reader.review_id)
    token = reader.link(review.answer_by)
    log(policy, "reviewer_link_made", by, reviewer=reader.id)
    if reader.email:
        reader.link_made_at = now()
        letter(reader, review, "review_link_made", by=by.called())
    return token
