"""The steps that bind: to make a text ready, to record what was decided about it, to put it in force, and to open it for changes.

Plain functions over the tables of two features. They take a policy whose row is locked, never commit, and never touch the request.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from app.clock import now, today
from app.models.audit_log import record_event
from app.models.db import db
from app.models.policy import Policy
from app.models.versions import Decision, Version
from app.services.hourly_batch import one_by_one
from app.services.reviews.meetings import begin_round
from app.values.vocabulary import Result

from .situation import signed
from .workflow import TransitionId, back


class NotNowError(Exception):
    """The policy is in another state than the transition begins in."""


class Frozen(NamedTuple):
    """A text as it is kept: the document and its hash, the papers that go with it, and the content edition."""

    document: dict[str, Any]
    text_hash: str
    papers: dict[str, Any]
    edition: str


class Given(NamedTuple):
    """What somebody recorded about a decision."""

    decided_on: date
    body: str
    body_name: str
    case_number: str
    present: str
    result: Result
    changes: str
    dissent: str
    in_force_from: date | None


def make_ready(policy: Policy, text: Frozen, by: str | None, because: str = "") -> Version:
    """Freeze the text that is to be decided. Versions that were out for reading are closed."""
    for read in db.session.scalars(select(Version).where(Version.policy_id == policy.id, Version.state == "in_review")):
        read.become("closed")
    version = Version.freeze(policy, "ready", text.document, text.text_hash, text.edition, by, text.papers, because)
    policy.state = "ready"
    record_event("made_ready", policy.workplace_id, policy.id, by, number=version.number, text_hash=version.text_hash)
    return version


def decide(policy: Policy, version: Version, given: Given, by: str | None, paper: dict[str, Any] | None = None) -> Decision:
    """Record what a body decided about `version`. Adopted as it stands, it is decided; otherwise its sign-off is void, and the draft is open.

    Raises NotNowError when this is not the version that the policy's state rests on.
    """
    if policy.state != "ready" or version.state != "ready" or version.policy_id != policy.id:
        raise NotNowError
    decision = Decision(
        version_id=version.id, text_hash=version.text_hash, paper=paper, recorded_at=now(), recorded_by=by, **given._asdict(),
    )  # fmt: skip
    db.session.add(decision)
    is_adopted = given.result == "adopted"
    version.become("decided" if is_adopted else "void")
    policy.state = "decided" if is_adopted else "draft"
    record_event("decided", policy.workplace_id, policy.id, by, number=version.number, result=given.result, text_hash=version.text_hash)
    return decision


def put_in_force(policy: Policy, version: Version, on: date, by: str | None) -> None:
    """From the day `on` this version applies, and the one before it no longer. Until a day that lies ahead, it may be set anew.

    Raises NotNowError when this is not the version that the policy's state rests on.
    """
    settle(policy)
    if policy.state != "decided" or version.state != "decided" or version.policy_id != policy.id:
        raise NotNowError
    if before := Version.one_in(policy.id, "in_force"):
        before.until = on
    version.in_force_on, policy.takes_over_on = on, on
    if not settle(policy, by):
        record_event("in_force_set", policy.workplace_id, policy.id, by, number=version.number)


def settle(policy: Policy, by: str | None = None) -> bool:
    """Write down what the days have brought about: the decided version is in force, the one before it is replaced. Whether there was anything.

    What is read is right without it, from the days; the rows follow, and the log tells of it.
    """
    if policy.state == policy.stored_state:
        return False
    moved = sorted((one for one in Version.all_of(policy.id) if one.state != one.stored_state), key=lambda one: one.number)
    for version in moved:
        version.become(version.state)
        db.session.flush()  # the older first: at most one is in force, at every moment
    policy.state = "in_force"
    itself: dict[str, Any] = {} if by else {"automatic": "yes"}
    record_event("put_in_force", policy.workplace_id, policy.id, by, number=moved[-1].number, **itself)
    return True


def settle_all() -> int:
    """The same for every policy whose day has come, each in a transaction of its own. How many there were."""
    due = Policy.due(today())
    db.session.rollback()
    return one_by_one(due, _settle_one, "putting a policy in force")


def _settle_one(id: str) -> bool:
    policy = db.session.scalar(select(Policy).where(Policy.id == id).with_for_update().execution_options(populate_existing=True))
    return policy is not None and settle(policy)


def reopen(policy: Policy, by: str | None) -> TransitionId:
    """Open the answers for changes. A sign-off becomes void and stays in the history; what is in force stays in force, and a new round begins.

    Raises NotNowError when the policy is open already.
    """
    settle(policy)
    transition, version = back(policy.state), signed(policy)
    if transition is None:
        raise NotNowError
    number, state = version.number if version else 0, policy.state
    if transition == "revise":
        policy.round += 1
        begin_round(policy)
    elif version:
        _withdraw(policy, version)
    policy.state = "draft"
    record_event("revision_begun" if transition == "revise" else "reopened", policy.workplace_id, policy.id, by, number=number, state=state)
    return transition


def _withdraw(policy: Policy, version: Version) -> None:
    """The sign-off is void, and so is a day that was set: the version that was to be replaced goes on."""
    version.become("void")
    if version.in_force_on and (before := Version.one_in(policy.id, "in_force")):
        before.until = None
    version.in_force_on = None
