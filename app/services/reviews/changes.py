"""What became of the text since somebody read it: a comment was taken in when its section reads otherwise now, and not when HR says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from app.documents import assemble, compare
from app.documents.compare import SectionChange
from app.documents.draft import Draft
from app.documents.model import Document
from app.models.comments import Comment
from app.models.db import db
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.models.versions import Version
from app.pack.load import the_pack
from app.pack.text import Language
from app.values.vocabulary import CHANGING_OUTCOMES, LOCKED_STATES


@dataclass
class Changed:
    """Compares what was read in one round with what the text has become since, each version once."""

    policy: Policy
    round: int
    draft: Draft
    _found: dict[str, Mapping[str, SectionChange]] = field(default_factory=dict)
    _drafted: dict[Language, Document] = field(default_factory=dict)

    @classmethod
    def of_round(cls, policy: Policy, round: int) -> Changed:
        """Of one round of the policy."""
        return cls(policy, round, policy.draft())

    @classmethod
    def now(cls, policy: Policy, draft: Draft | None = None) -> Changed:
        """Of the round that the policy is in. `draft` is that of the policy, where it is at hand."""
        return cls(policy, policy.round, draft or policy.draft())

    def since(self, version: Version) -> Mapping[str, SectionChange]:
        """The sections that read otherwise than in this version, by id."""
        if version.id not in self._found:
            whole = compare.changes(version.thawed, self._text(version.language))
            passing = assemble.draft_only(the_pack())
            self._found[version.id] = {id: change for id, change in whole.items() if id not in passing and not id.startswith("record-")}
        return self._found[version.id]

    def _text(self, language: Language) -> Document:
        """What the text has become: the draft, or what was signed for. In the language of what was read, whichever the policy speaks now."""
        signed = _signed(self.policy, self.round)
        if signed and signed.language == language:
            return signed.thawed
        return assemble.policy(signed.draft(language)) if signed else self.drafted(language)

    def drafted(self, language: Language) -> Document:
        """The policy as its answers give it now, assembled once in each language."""
        if language not in self._drafted:
            self._drafted[language] = assemble.policy(self.draft.in_language(language))
        return self._drafted[language]

    def is_met(self, comment: Comment, version: Version) -> bool:
        """Whether the text that the comment is about reads otherwise now; for one about the whole, whether any of it does."""
        changes = self.since(version)
        return comment.section_id in changes if comment.section_id else bool(changes)

    def is_broken(self, comment: Comment, version: Version) -> bool:
        """Whether HR's answer says that the text has changed, which it has not."""
        return comment.outcome in CHANGING_OUTCOMES and not self.is_met(comment, version)


def since_last_read(reviewer: Reviewer, review: Review) -> Mapping[str, SectionChange]:
    """What has changed in the text since the same person last read it, in an earlier review of the policy; nothing where they never did.

    Where there is an address it says who they are; otherwise their name and role do. A text in another language is not compared.
    """
    earlier = (Review.policy_id == review.policy_id, Review.opened_at < review.opened_at, Reviewer.opened_at.is_not(None))
    same = (func.lower(Reviewer.email) == reviewer.email.lower()) if reviewer.email else (Reviewer.email == "") & (Reviewer.name == reviewer.name)
    found = select(Version).join(Review, Review.version_id == Version.id).join(Reviewer, Reviewer.review_id == Review.id)
    mine = found.where(*earlier, same, Reviewer.role == reviewer.role).order_by(Review.opened_at.desc()).limit(1)
    before, now = db.session.scalar(mine) if reviewer.email or reviewer.name else None, db.session.get_one(Version, review.version_id)
    if before is None or before.language != now.language:
        return {}
    passing = assemble.draft_only(the_pack())
    return {id: change for id, change in compare.changes(before.thawed, now.thawed).items() if id not in passing}


def ended_with(policy_id: str, round: int) -> Version | None:
    """The version that a round ended with: each ends with one whose day in force is set. None while the round goes on."""
    ends = select(Version).where(Version.policy_id == policy_id, Version.in_force_on.is_not(None))
    return db.session.scalar(ends.order_by(Version.number).offset(round - 1).limit(1))


def _signed(policy: Policy, round: int) -> Version | None:
    """The version that the round ended with, or that stands signed for now; none while it is worked out."""
    found = ended_with(policy.id, round)
    if found or not policy.is_locked:
        return found
    signed = select(Version).where(Version.policy_id == policy.id, Version.state.in_(sorted(LOCKED_STATES))).order_by(Version.number.desc()).limit(1)
    return db.session.scalar(signed)


__all__ = ["Changed", "ended_with", "since_last_read"]
