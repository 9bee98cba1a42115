"""Reviews: one round of reading a frozen version, those who are invited to read it, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal, cast, get_args

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, delete, func, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import EMAIL_LENGTH, NAME_LENGTH
from app.db import Base, Moment, db, now
from app.models import HASH_LENGTH, ID_LENGTH, Policy, hashed, new_id, new_key, one_of, only_read
from app.pack.text import LANGUAGES, Language

from .meeting import Meeting as Meeting

ReviewerRole = Literal["verneombud", "hovedverneombud", "union_rep", "amu_member", "bht", "manager", "other"]
REVIEWER_ROLES: tuple[ReviewerRole, ...] = get_args(ReviewerRole)
Kind = Literal["question", "proposal", "disagreement", "support"]
KINDS: tuple[Kind, ...] = get_args(Kind)
UNCHOSEN = cast("Kind", "")  # words that are saved before she has said what they are
Outcome = Literal["", "answered", "taken_in", "changed_otherwise", "noted", "not_taken_in"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
MENDED: frozenset[Outcome] = frozenset({"taken_in", "changed_otherwise"})  # the outcomes that say that the draft has changed
LINK_LASTS_AFTER = timedelta(days=60)  # after the answer-by date: long enough to read the answers and reply
SITTING_LASTS = timedelta(days=30)
LONG = 5000
ORIGIN_LENGTH = 300


class AnsweredError(Exception):
    """What HR has answered stays as it is; there is one reply, and the disagreement may stand."""


class Review(Base):
    """One round of reading. At most one is open for a policy."""

    __tablename__ = "review"
    __table_args__ = (
        Index("ix_review_open", "policy_id", unique=True, sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL")),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    policy_id: Mapped[str] = mapped_column(ForeignKey("policy.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id", ondelete="CASCADE"), index=True)
    round: Mapped[int]
    sections: Mapped[list[str]] = mapped_column(JSON)  # ids of the sections to read, in order
    answer_by: Mapped[date]
    greeting: Mapped[str] = mapped_column(Text)
    sees_others: Mapped[bool]
    opened_at: Mapped[datetime] = mapped_column(Moment)
    opened_by: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    origin: Mapped[str] = mapped_column(String(ORIGIN_LENGTH), insert_default="")  # where its pages are: reminders are written without a request

    @classmethod
    def open_of(cls, policy_id: str) -> Review | None:
        """The review of a policy that is still open."""
        return db.session.scalar(select(cls).where(cls.policy_id == policy_id, cls.closed_at.is_(None)))

    @classmethod
    def of_round(cls, policy_id: str, round: int) -> Sequence[Review]:
        """Every review on the way to the policy's next version in force, oldest first."""
        return db.session.scalars(select(cls).where(cls.policy_id == policy_id, cls.round == round).order_by(cls.opened_at)).all()

    @property
    def is_open(self) -> bool:
        """Whether readers may still write."""
        return self.closed_at is None

    def takes_replies(self) -> bool:
        """Whether what HR answered may still be replied to: until a version is made ready that holds the record, or all of it is put away."""
        policy = db.session.get_one(Policy, self.policy_id)
        return policy.round == self.round and not policy.is_locked and policy.archived_at is None

    def reviewers(self) -> Sequence[Reviewer]:
        """Everybody invited, in the order of the invitations."""
        return db.session.scalars(select(Reviewer).where(Reviewer.review_id == self.id).order_by(Reviewer.invited_at, Reviewer.id)).all()

    def comments(self) -> Sequence[Comment]:
        """Every comment that was sent, in the order of writing."""
        found = select(Comment).where(Comment.review_id == self.id, Comment.sent_at.is_not(None))
        return db.session.scalars(found.order_by(Comment.created_at, Comment.id)).all()

    def move(self, answer_by: date) -> None:
        """Another date to answer by. Links that were good are good for as long after it."""
        self.answer_by = answer_by
        hers = select(Reviewer.id).where(Reviewer.review_id == self.id)
        good = (ReviewerLink.reviewer_id.in_(hers), ReviewerLink.expires_at > now())
        db.session.execute(update(ReviewerLink).where(*good).values(expires_at=link_expires(answer_by)))


def link_expires(answer_by: date) -> datetime:
    """Until when the links of a review are good."""
    return datetime.combine(answer_by, time(), UTC) + LINK_LASTS_AFTER


class Reviewer(Base):
    """Somebody invited to read one review and to speak; she needs no account."""

    __tablename__ = "reviewer"
    __table_args__ = (
        CheckConstraint(one_of("role", REVIEWER_ROLES), name="role"),
        CheckConstraint(one_of("language", LANGUAGES), name="language"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH))  # empty when she got a link to copy
    role: Mapped[ReviewerRole] = mapped_column(String(20))
    language: Mapped[Language] = mapped_column(String(2))
    invited_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    told_at: Mapped[datetime | None] = mapped_column(Moment)  # when she was last told that there are answers
    statement: Mapped[str] = mapped_column(Text)
    checklist: Mapped[dict[str, Any]] = mapped_column(JSON)  # question id → {"answer": id, "note": words}
    seen: Mapped[list[str]] = mapped_column(JSON, insert_default=list)  # ids of the sections she has read
    revision: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": revision}

    @classmethod
    def invite(cls, review: Review, name: str, email: str, role: ReviewerRole, language: Language) -> Reviewer:
        """One more reader; added to the session."""
        reviewer = cls(
            id=new_id(), review_id=review.id, name=name, email=email, role=role, language=language, invited_at=now(),
            opened_at=None, finished_at=None, revoked_at=None, reminded_at=None, told_at=None, statement="", checklist={}, seen=[],
        )  # fmt: skip
        db.session.add(reviewer)
        return reviewer

    def link(self, answer_by: date) -> str:
        """A new token for a personal link; those made before stay good. Only its hash is stored."""
        token = new_key()
        db.session.add(ReviewerLink(token_hash=hashed(token), reviewer_id=self.id, expires_at=link_expires(max(answer_by, now().date()))))
        return token

    def revoke(self) -> None:
        """Take the invitation back: links and open browsers are of no use from now on. What she has said stays in the record."""
        self.revoked_at = now()
        db.session.execute(delete(ReviewerLink).where(ReviewerLink.reviewer_id == self.id))
        db.session.execute(delete(ReviewerSitting).where(ReviewerSitting.reviewer_id == self.id))

    def sit_down(self) -> str:
        """Let one browser read, for no longer than her links are good; its key."""
        key, latest, self.opened_at = new_key(), now() + SITTING_LASTS, self.opened_at or now()
        last = db.session.scalar(select(func.max(ReviewerLink.expires_at)).where(ReviewerLink.reviewer_id == self.id)) or latest
        db.session.add(ReviewerSitting(key_hash=hashed(key), reviewer_id=self.id, expires_at=min(last, latest)))
        return key

    def read(self, section_id: str) -> None:
        """She has read this section."""
        if section_id not in self.seen:
            self.seen = [*self.seen, section_id]

    def send_all(self) -> int:
        """Send every comment that HR has not seen; how many. Words that she has not said what they are go as a question, which gets an answer."""
        db.session.execute(select(Reviewer.id).where(Reviewer.id == self.id).with_for_update())  # a comment saved just now is sent as well
        unsent = [comment for comment in self.comments() if comment.sent_at is None]
        for comment in unsent:
            comment.kind, comment.sent_at = "question" if comment.kind == UNCHOSEN else comment.kind, now()
        return len(unsent)

    def finish(self) -> int:
        """She is done: everything is sent. How many comments went now."""
        self.finished_at = now()
        return self.send_all()

    def reopen(self) -> None:
        """She has more to say after all."""
        self.finished_at = None

    def comments(self) -> Sequence[Comment]:
        """Her own comments, sent or not, in the order of writing."""
        return db.session.scalars(select(Comment).where(Comment.reviewer_id == self.id).order_by(Comment.created_at, Comment.id)).all()


class ReviewerLink(Base):
    """A personal link. It may be opened again and again until it expires or is taken back: people read in the evening, on another telephone."""

    __tablename__ = "reviewer_link"

    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    reviewer_id: Mapped[str] = mapped_column(ForeignKey("reviewer.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)

    @classmethod
    def reviewer_with(cls, token: str) -> Reviewer | None:
        """Whoever the link is for; None when it is unknown, expired or taken back."""
        found = select(Reviewer).join(cls).where(cls.token_hash == hashed(token), cls.expires_at > now(), Reviewer.revoked_at.is_(None))
        return db.session.scalar(found)


class ReviewerSitting(Base):
    """A browser in which a reviewer has pressed the button of her link."""

    __tablename__ = "reviewer_sitting"

    key_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    reviewer_id: Mapped[str] = mapped_column(ForeignKey("reviewer.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)

    @classmethod
    def find(cls, reviewer_id: str, key: str, lock: bool = False) -> Reviewer | None:
        """The reviewer, if the browser with `key` reads for her. With `lock`, nobody else can write her rows before this transaction ends."""
        if not lock:
            only_read()
        good = (cls.key_hash == hashed(key), cls.expires_at > now(), Reviewer.id == reviewer_id, Reviewer.revoked_at.is_(None))
        found = select(Reviewer).join(cls).where(*good)
        return db.session.scalar(found.with_for_update(of=Reviewer).execution_options(populate_existing=True) if lock else found)

    @classmethod
    def end(cls, key: str) -> None:
        """Close the review in the browser with `key`."""
        db.session.execute(delete(cls).where(cls.key_hash == hashed(key)))

    @classmethod
    def purge(cls, at: datetime) -> None:
        """Delete sittings and links that are over."""
        db.session.execute(delete(cls).where(cls.expires_at <= at))
        db.session.execute(delete(ReviewerLink).where(ReviewerLink.expires_at <= at))


class Comment(Base):
    """What a reviewer says about one section, or about the whole (`section_id` empty); and how it was answered."""

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint(f"{one_of('kind', KINDS)} OR (kind = '' AND sent_at IS NULL)", name="kind"),
        CheckConstraint(one_of("outcome", OUTCOMES), name="outcome"),
        CheckConstraint("(outcome = '') = (answered_at IS NULL)", name="answered"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    reviewer_id: Mapped[str] = mapped_column(ForeignKey("reviewer.id", ondelete="CASCADE"), index=True)
    section_id: Mapped[str] = mapped_column(String(60))
    kind: Mapped[Kind] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text)
    wording: Mapped[str] = mapped_column(Text)  # her own wording of the section, with a proposal
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)  # from then on HR sees it
    outcome: Mapped[Outcome] = mapped_column(String(20))
    answer: Mapped[str] = mapped_column(Text)
    mended: Mapped[str] = mapped_column(String(60))  # the question whose answer was changed
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    reply: Mapped[str] = mapped_column(Text)
    replied_at: Mapped[datetime | None] = mapped_column(Moment)
    stands: Mapped[bool]  # the disagreement stands
    revision: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": revision}

    @classmethod
    def write(cls, reviewer: Reviewer, section_id: str, kind: Kind, words: str, wording: str = "", id: str = "") -> Comment:
        """A new comment, not yet sent; added to the session. The form it comes from may have given it its `id`, so that it is written once."""
        at = now()
        comment = cls(
            id=id or new_id(), review_id=reviewer.review_id, reviewer_id=reviewer.id, section_id=section_id, kind=kind, words=words, wording=wording,
            created_at=at, changed_at=at, sent_at=None, outcome="", answer="", mended="", answered_at=None, answered_by=None, reply="",
            replied_at=None, stands=False,
        )  # fmt: skip
        db.session.add(comment)
        return comment

    def answer_with(self, outcome: Outcome, answer: str, mended: str, by: str | None) -> None:
        """What HR says to it: the outcome, words, and the question whose answer was changed for it. A later answer takes the place of the first."""
        if self.sent_at is None:
            raise ValueError("a comment that was not sent cannot be answered")
        self.outcome, self.answer, self.mended, self.answered_by, self.answered_at = outcome, answer, mended, by, now()

    def rewrite(self, kind: Kind, words: str, wording: str) -> None:
        """She puts it another way. Raises AnsweredError."""
        if self.outcome:
            raise AnsweredError
        self.kind, self.words, self.wording, self.changed_at = kind, words, wording, now()

    def reply_with(self, words: str) -> None:
        """Her one reply to HR's answer. Raises AnsweredError when there is no answer, or a reply already."""
        if not self.outcome or self.replied_at:
            raise AnsweredError
        self.reply, self.replied_at = words, now()

    def let_stand(self, stands: bool) -> None:
        """The disagreement stands, or no longer. Raises AnsweredError when nothing was answered."""
        if not self.outcome:
            raise AnsweredError
        self.stands = stands

    @property
    def needs_answer(self) -> bool:
        """Whether HR still owes an answer. Support needs none."""
        return self.sent_at is not None and self.kind != "support" and not self.outcome
