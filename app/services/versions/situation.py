"""Where a policy stands, read from the tables: the facts that decide which step comes next and what stops it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypedDict

from sqlalchemy import select

from app.documents.draft import Draft
from app.models.db import db, only_read
from app.models.people import Person
from app.models.policy import Policy
from app.models.versions import Decision, Version
from app.pack.engine import REVIEW_DATE
from app.pack.text import Language
from app.services.reviews.changes import Changed
from app.services.reviews.meetings import Held, meetings_of
from app.services.reviews.record import Round
from app.values.dates import is_date
from app.values.vocabulary import LOCKED_STATES
from app.web.language import t

from .workflow import Blocking, Facts

LONGEST = timedelta(days=731)  # two years from the decision to the next look at the policy: checks.yaml, review_too_late


class SignedFiles(TypedDict):
    """The version that a locked policy rests on, and what was decided about it."""

    signed: Version | None
    decision: Decision | None


def signed_files(policy: Policy) -> SignedFiles:
    """What the download page leads with."""
    if not policy.is_locked:
        return {"signed": None, "decision": None}
    only_read()
    version = signed(policy)
    return {"signed": version, "decision": db.session.get(Decision, version.id) if version else None}


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that decides about the next step of a policy and is frozen with it, read once and as it is in this transaction.

    The answers are sorted out anew, and not kept: within a transaction that may be undone, the draft's revision does not name them. `versions` are
    all there are, the newest first; `decisions` stand under the id of their version.
    """

    policy: Policy
    draft: Draft
    round: Round
    meetings: Sequence[Held]
    changed: Changed
    versions: Sequence[Version]
    decisions: Mapping[str, Decision]

    @classmethod
    def load(cls, policy: Policy) -> Situation:
        """Read it all."""
        draft = policy.draft()
        round, meetings = Round.of(policy), meetings_of(policy, draft.standing)
        return cls(policy, draft, round, meetings, Changed.now(policy, draft), Version.all_of(policy.id), Decision.all_about(policy.id))

    @property
    def next_number(self) -> int:
        """The number that the next version will have."""
        return self.versions[0].number + 1 if self.versions else 1

    @property
    def unchanged(self) -> int:
        """How many comments of this round were taken in, as HR says, while the text reads as before."""
        return sum(self.changed.is_broken(comment, self.round.version_of(comment)) for comment in self.round.comments)

    @property
    def took_part(self) -> bool:
        """Whether somebody was asked to read, or the policy was talked over in a meeting, in this round."""
        return bool(self.round.reviewers or self.meetings)

    @property
    def is_decided(self) -> bool:
        """Whether the version that is to be put in force has a decision."""
        return self.policy.state == "decided" and any(version.state == "decided" and version.id in self.decisions for version in self.versions)

    @property
    def carries_out(self) -> bool:
        """Whether the draft carries out a decision: a body adopted the version before with changes."""
        last = next((self.decisions[version.id] for version in self.versions if version.id in self.decisions), None)
        return last is not None and last.result == "adopted_with_changes"

    @property
    def last_reason(self) -> str:
        """The reason that was given last for a version without review or meeting, when a change has made that version void: it will do again."""
        last = self.versions[0] if self.versions else None
        return last.unread_because if last and last.state == "void" else ""


def facts_of(found: Situation, language: Language) -> Facts:
    """The facts of a situation. What a finding says comes in `language`."""
    policy, draft = found.policy, found.draft.in_language(language)
    unsaid = [question.id for question in draft.open_questions]
    missing = {f"missing-{id}" for id in unsaid}
    blocking = [finding for finding in draft.blocking if finding.id not in missing]
    told = {finding.mend for finding in blocking if not finding.section}  # a finding says more than that something is open
    return Facts(
        state=policy.state,
        kept=policy.workplace_id is not None,
        open_questions=tuple(id for id in unsaid if id not in told),
        blocking=tuple(Blocking(finding.mend, finding.message, finding.section) for finding in blocking),
        review_open=any(review.is_open for review in found.round.reviews),
        unanswered=found.round.unanswered,
        unchanged=found.unchanged,
        took_part=found.took_part,
        decided=found.is_decided,
        scheduled=policy.state == "decided" and policy.takes_over_on is not None,
        carries_out=found.carries_out,
    )


def signed(policy: Policy) -> Version | None:
    """The version that the policy's state rests on: the one that is ready, decided or in force; none for a draft."""
    if policy.state not in LOCKED_STATES:
        return None
    return Version.one_in(policy.id, policy.state)  # type: ignore[arg-type]  # the locked states have the same names


def carried(policy: Policy, version: Version | None = None) -> Decision | None:
    """The decision that this version, or the draft, is to carry out: a body adopted the version before with changes; this is the changed text."""
    last = select(Decision).join(Version, Version.id == Decision.version_id).where(Version.policy_id == policy.id)
    last = last.where(Version.number < version.number) if version else last
    found = db.session.scalar(last.order_by(Version.number.desc()).limit(1))
    return found if found is not None and found.result == "adopted_with_changes" else None


def review_fault(version: Version, decision: Decision) -> Literal["", "late", "early"]:
    """Whether the day on which the text is to be looked at again does not fit the day on which it was decided: the plan was another."""
    planned = version.answers.get(REVIEW_DATE)
    on = date.fromisoformat(planned) if isinstance(planned, str) and is_date(planned) else None
    if on is None or decision.decided_on <= on <= decision.decided_on + LONGEST:
        return ""
    return "early" if on < decision.decided_on else "late"


@dataclass(frozen=True, slots=True)
class History:
    """Every version of a policy, the newest first, what was decided about each, and who made them."""

    versions: Sequence[Version]
    decisions: Mapping[str, Decision]
    names: Mapping[str, str]

    @classmethod
    def of(cls, policy: Policy) -> History:
        """Read it all; the transaction that begins here may only read."""
        only_read()
        return cls.told(Version.all_of(policy.id), Decision.all_about(policy.id))

    @classmethod
    def told(cls, versions: Sequence[Version], decisions: Mapping[str, Decision]) -> History:
        """The same of versions and decisions that have been read already."""
        people = db.session.scalars(select(Person).where(Person.id.in_({version.made_by for version in versions if version.made_by})))
        return cls(versions, decisions, {person.id: person.name or t("workplaces_people_unnamed") for person in people})

    def applies(self) -> Version | None:
        """The version that is in force, also while a new one is being worked out."""
        return next((version for version in self.versions if version.state == "in_force"), None)

    def ended(self, version: Version) -> date | None:
        """The day on which the next version took the place of a replaced one."""
        return version.until if version.state == "replaced" else None
