"""Readers' proposals, taken into the text as the workplace's own words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from app.documents import assemble
from app.documents.own_blocks import standard_of
from app.documents.own_words import TEXT_MAX, OwnSection, OwnText, OwnWords, SectionWords
from app.documents.proposals import taken_in, taken_in_own
from app.models.comments import Comment
from app.models.db import db
from app.models.people import Person
from app.models.policy import Policy
from app.models.reviews import Review
from app.models.versions import Version
from app.pack.clause import Clause
from app.pack.load import the_pack
from app.pack.text import Language

from .actions import log


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal that can be taken in: to which section, in which language, and what is said there then."""

    comment: Comment
    language: Language
    section: str
    said: SectionWords | OwnText
    own_words: OwnWords

    @property
    def fits(self) -> bool:
        """Whether every text is as short as it must be."""
        said = self.said
        texts = (said.addition, said.rewording) if isinstance(said, SectionWords) else (said.text,)
        return all(len(text) <= TEXT_MAX for text in texts)


def proposal_in(policy: Policy, comment: str, lock: bool = False) -> Proposal | None:
    """The proposal in a comment that was sent in this round; none, when no section can take it in. With `lock`, it stays as it is meanwhile."""
    wanted = (Comment.id == comment, Comment.sent_at.is_not(None), Review.policy_id == policy.id, Review.round == policy.round)
    query = select(Comment).join(Review).where(*wanted)
    found = db.session.scalar(query.with_for_update(of=Comment).execution_options(populate_existing=True) if lock else query)
    return proposal_of(policy, found) if found else None


def proposal_of(policy: Policy, comment: Comment) -> Proposal | None:
    """What a comment proposes for a section that the policy has now."""
    if not comment.wording or not is_open(policy, comment.section_id):
        return None
    version = db.session.scalars(select(Version).join(Review, Review.version_id == Version.id).where(Review.id == comment.review_id)).one()
    own_words = policy.draft().own_words
    section = own_words.section(comment.section_id)
    return _of_own_section(own_words, section, comment, version) if section else _of_section(policy, own_words, comment, version)


def is_open(policy: Policy, section: str) -> bool:
    """Whether something can be said of this section in own words."""
    return section in _clauses() or policy.draft().own_words.section(section) is not None


def take_in(policy: Policy, proposal: Proposal, by: Person) -> None:
    """Store what is said then, and answer the comment: it is taken in."""
    policy.say(proposal.own_words)
    answer_taken_in(policy, proposal.comment, by)


def answer_taken_in(policy: Policy, comment: Comment, by: Person) -> None:
    """Say to the reader that it is taken in; an answer that said otherwise gives way."""
    was_yes = comment.outcome == "taken_in"
    comment.answer_with("taken_in", comment.answer if was_yes else "", comment.mended if was_yes else "", by.id)
    log(policy, "comment_answered", by, comment=comment.id, outcome="taken_in")


def _clauses() -> dict[str, Clause]:
    passing = assemble.draft_only(the_pack())
    return {clause.id: clause for clause in the_pack().clauses if clause.id not in passing}


def _of_section(policy: Policy, own_words: OwnWords, comment: Comment, version: Version) -> Proposal:
    id, language = comment.section_id, version.language
    standard = standard_of(policy.draft(language), _clauses()[id])
    read = version.thawed.section(id) or standard.section
    said = taken_in(own_words.of_section(id, language), comment.wording, read, standard)
    return Proposal(comment, language, id, said, own_words.with_words(id, language, said))


def _of_own_section(own_words: OwnWords, section: OwnSection, comment: Comment, version: Version) -> Proposal | None:
    read = version.thawed.section(section.id)
    if read is None:
        return None
    said = taken_in_own(section.words.get(version.language, OwnText()), comment.wording, read)
    changed = replace(section, words={**section.words, version.language: said})
    return Proposal(comment, version.language, section.id, said, own_words.with_section(changed))
