"""What was said on the way to the policy's next version, from the tables: for those who answer, those who decide, and the papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from app.clock import day_of
from app.documents import record as values
from app.documents.compare import body_of
from app.models.comments import UNCHOSEN, Comment
from app.models.db import db
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.models.versions import Version
from app.models.workplaces import Workplace
from app.pack.answers import Standing
from app.pack.engine import AMU, BODIES, WORKPLACE_NAME

from .changes import Changed
from .delivery import is_unreached
from .meetings import Held, meetings_of


def tally(review: Review) -> dict[str, tuple[int, int]]:
    """How many comments each reader has sent, and how many they are still working on, by their id."""
    counted = select(Comment.reviewer_id, func.count(Comment.sent_at), func.count()).where(Comment.review_id == review.id)
    return {id: (sent, whole - sent) for id, sent, whole in db.session.execute(counted.group_by(Comment.reviewer_id))}


@dataclass(frozen=True, slots=True)
class Round:
    """The reviews of one round, oldest first; what was read in each, by whom, and what they sent."""

    reviews: Sequence[Review]
    versions: dict[str, Version]
    reviewers: dict[str, Reviewer]
    comments: Sequence[Comment]

    @classmethod
    def of(cls, policy: Policy) -> Round:
        """The round that the policy is in. Comments stand in the order of the reviews, of the sections, and of writing."""
        reviews = Review.of_round(policy.id, policy.round)
        versions = db.session.scalars(select(Version).where(Version.id.in_([review.version_id for review in reviews])))
        found = {version.id: version for version in versions}
        reviewers = {reviewer.id: reviewer for review in reviews for reviewer in review.reviewers()}
        return cls(reviews, found, reviewers, [comment for review in reviews for comment in _in_order(review, found[review.version_id])])

    @property
    def unanswered(self) -> int:
        """How many comments still wait for HR's answer. Support waits for none."""
        return sum(comment.needs_answer for comment in self.comments)

    def version_of(self, comment: Comment) -> Version:
        """What was read when the comment was written."""
        return next(self.versions[review.version_id] for review in self.reviews if review.id == comment.review_id)


def titles_of(version: Version) -> dict[str, str]:
    """The title of each section, by id, in order."""
    return {section["id"]: section["title"] for section in version.document["sections"]}


def _in_order(review: Review, version: Version) -> list[Comment]:
    """The comments by section; those about the whole come first. The text that was read is not fetched when there are none."""
    comments = review.comments()
    place = {id: at for at, id in enumerate(titles_of(version))} if comments else {}
    return sorted(comments, key=lambda comment: place.get(comment.section_id, -1))


def record_of(policy: Policy) -> values.Record:
    """Everything that was said about the policy in this round, as plain values."""
    draft = policy.draft()
    return record_from(policy, Round.of(policy), meetings_of(policy, draft.standing), Changed.now(policy, draft))


def record_from(policy: Policy, found: Round, meetings: Sequence[Held], changed: Changed) -> values.Record:
    """The same from what was read before: the round, its meetings, and what the text has become."""
    last = found.reviews[-1] if found.reviews else None
    document = found.versions[last.version_id].document if last else {}
    return values.Record(
        workplace=_workplace(policy),
        policy_title=document.get("title", ""),
        unit=policy.unit,
        version=found.versions[last.version_id].number if last else 1,
        sent_on=day_of(found.reviews[0].opened_at) if last else None,
        answer_by=last.answer_by if last else None,
        sees_others=bool(last and last.sees_others),
        voices=tuple(_voices(found)),
        remarks=tuple(_remarks(found, changed)),
        meetings=tuple(values.Meeting(meeting.held_on, meeting.kind, meeting.present, meeting.said) for meeting in meetings),
        without_amu=is_without_amu(changed.draft.standing),
        changes=tuple({id: change for version in found.versions.values() for id, change in changed.since(version).items()}.values()),
    )


def is_without_amu(now: Standing) -> bool:
    """Whether the workplace says which bodies it has, and the working environment committee is none of them."""
    bodies = now.values.get(BODIES)
    return isinstance(bodies, list) and bool(bodies) and AMU not in bodies


def _workplace(policy: Policy) -> str:
    """What the workplace calls itself in its answers, or else on its own page."""
    said = policy.answers.get(WORKPLACE_NAME)
    if isinstance(said, str) and said:
        return said
    place = db.session.get(Workplace, policy.workplace_id) if policy.workplace_id else None
    return place.name if place else ""


def _voices(found: Round) -> Iterator[values.Voice]:
    """Those who were asked. An invitation that was taken back while others read, before its reader said anything, was a slip."""
    spoke = {comment.reviewer_id for comment in found.comments}
    closed = {review.id: review.closed_at for review in found.reviews}
    for reviewer in found.reviewers.values():
        if reviewer.finished_at or reviewer.id in spoke or not is_slip(reviewer, closed[reviewer.review_id]):
            yield _heard(reviewer)


def is_slip(reviewer: Reviewer, closed_at: datetime | None) -> bool:
    """Whether the invitation was taken back before the review was closed. Later that only stops the link: they were asked, and had their time."""
    return reviewer.revoked_at is not None and (closed_at is None or reviewer.revoked_at < closed_at)


def _heard(reviewer: Reviewer) -> values.Voice:
    """As others hear a reader: what they say as a whole is theirs alone until they have said that they are done."""
    made = day_of(reviewer.link_made_at) if reviewer.link_made_at else None
    voice = replace(_voice(reviewer), undelivered=is_unreached(reviewer), link_made_on=made)
    return voice if voice.finished else replace(voice, statement="", checklist=())


def _voice(reviewer: Reviewer) -> values.Voice:
    return values.Voice(
        id=reviewer.id,
        name=reviewer.name,
        role=reviewer.role,
        invited_on=day_of(reviewer.invited_at),
        by_link=not reviewer.email,
        opened=reviewer.opened_at is not None,
        finished=reviewer.finished_at is not None,
        statement=reviewer.statement,
        checklist=tuple((id, str(said.get("answer", "")), str(said.get("note", ""))) for id, said in reviewer.checklist.items()),
    )


def _remarks(found: Round, changed: Changed) -> Iterator[values.Remark]:
    bases = {id: bases_of(version) for id, version in found.versions.items()}
    for number, comment in enumerate(found.comments, 1):
        version = found.version_of(comment)
        yield _remark(number, comment, version, bases[version.id].get(comment.section_id, ""), changed.is_met(comment, version))


def bases_of(version: Version) -> dict[str, str]:
    """The words of each section as they were read, by id."""
    return {section.id: "\n".join(body_of(section)) for section in version.thawed.sections}


def _remark(number: int, comment: Comment, version: Version, base: str, changed: bool = False) -> values.Remark:
    return values.Remark(
        number=number,
        section_id=comment.section_id,
        section_title=titles_of(version).get(comment.section_id, ""),
        voice_id=comment.reviewer_id,
        kind="question" if comment.kind == UNCHOSEN else comment.kind,
        text=comment.words,
        wording=comment.wording,
        base=base,
        outcome=comment.outcome,
        changed=changed,
        answer=comment.answer,
        answered_on=day_of(comment.answered_at) if comment.answered_at else None,
        reply=comment.reply,
        stands=comment.stands,
    )


def own_record_of(reviewer: Reviewer, workplace: str, whole: str) -> values.Record:
    """What one reader alone has said, sent or not, for their own statement. `whole` is what a comment on the policy as a whole is called."""
    review = db.session.get_one(Review, reviewer.review_id)
    policy, version = db.session.get_one(Policy, review.policy_id), db.session.get_one(Version, review.version_id)
    bases, titles = bases_of(version), titles_of(version)
    remarks = [_remark(number, said, version, bases.get(said.section_id, "")) for number, said in enumerate(reviewer.comments(), 1)]
    return values.Record(
        workplace=workplace,
        policy_title=version.document["title"],
        unit=policy.unit,
        version=version.number,
        sent_on=day_of(review.opened_at),
        answer_by=review.answer_by,
        sees_others=review.sees_others,
        voices=(_voice(reviewer),),
        remarks=tuple(one if one.section_id in titles else replace(one, section_title=whole) for one in remarks),
    )
