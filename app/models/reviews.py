"""Reviews: one round of reading a frozen version, those who are invited to read it, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Index, String, Text, delete, exists, func, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.pack.text import LANGUAGES, Language
from app.values.vocabulary import REVIEWER_ROLES, ReviewerRole

from .comments import UNCHOSEN, Comment
from .db import Base, Moment, db, one_of, only_read
from .keys import HASH_LENGTH, ID_LENGTH, hashed, new_id, new_key
from .people import EMAIL_LENGTH, NAME_LENGTH
from .policy import Policy

LINK_LASTS_AFTER = timedelta(days=60)  # after the answer-by date: long enough to read the answers and reply
SITTING_LASTS = timedelta(days=30)
LONG = 5000
ORIGIN_LENGTH = 300


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
    closes_at: Mapped[datetime | None] = mapped_column(Moment)  # HR closed it while somebody had words not sent: until then they may send them
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
        """Another date to answer by; a review that was about to close stays open. Links that were good are good for as long after it."""
        self.answer_by, self.closes_at = answer_by, None
        theirs = select(Reviewer.id).where(Reviewer.review_id == self.id)
        good = (ReviewerLink.reviewer_id.in_(theirs), ReviewerLink.expires_at > now())
        db.session.execute(update(ReviewerLink).where(*good).values(expires_at=link_expires(answer_by)))


def link_expires(answer_by: date) -> datetime:
    """Until when the links of a review are good."""
    return datetime.combine(answer_by, time(), UTC) + LINK_LASTS_AFTER


class Reviewer(Base):
    """Somebody invited to read one review and to comment on it, without an account."""

    __tablename__ = "reviewer"
    __table_args__ = (
        CheckConstraint(one_of("role", REVIEWER_ROLES), name="role"),
        CheckConstraint(one_of("language", LANGUAGES), name="language"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH))  # empty when they got a link to copy
    role: Mapped[ReviewerRole] = mapped_column(String(20))
    language: Mapped[Language] = mapped_column(String(2))
    invited_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    link_made_at: Mapped[datetime | None] = mapped_column(Moment)  # when HR made a link to copy, though they have an address
    undelivered_at: Mapped[datetime | None] = mapped_column(Moment)  # when it was clear that the last letter to the reader does not arrive
    told_at: Mapped[datetime | None] = mapped_column(Moment)  # when they were last told that there are answers
    end_told_at: Mapped[datetime | None] = mapped_column(Moment)  # when they were told that the policy is in force
    statement: Mapped[str] = mapped_column(Text)
    checklist: Mapped[dict[str, Any]] = mapped_column(JSON)  # question id → {"answer": id, "note": words}
    seen: Mapped[list[str]] = mapped_column(JSON, insert_default=list)  # ids of the sections they have read
    revision: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": revision}

    @classmethod
    def invite(cls, review: Review, name: str, email: str, role: ReviewerRole, language: Language) -> Reviewer:
        """One more reader; added to the session."""
        reviewer = cls(
            id=new_id(), review_id=review.id, name=name, email=email, role=role, language=language, invited_at=now(), opened_at=None,
            finished_at=None, revoked_at=None, reminded_at=None, link_made_at=None, undelivered_at=None, told_at=None, end_told_at=None,
            statement="", checklist={}, seen=[],
        )  # fmt: skip
        db.session.add(reviewer)
        return reviewer

    def link(self, answer_by: date) -> str:
        """A new token for a personal link; those made before stay good. Only its hash is stored."""
        token = new_key()
        db.session.add(ReviewerLink(token_hash=hashed(token), reviewer_id=self.id, expires_at=link_expires(max(answer_by, now().date()))))
        return token

    def revoke(self) -> None:
        """Take the invitation back: links and open browsers are of no use from now on. What they have sent stays, and nobody reads the rest."""
        self.revoked_at = now()
        Reviewer.forget_unsent(Reviewer.id == self.id)
        db.session.expire(self, ["statement", "checklist"])
        db.session.execute(delete(ReviewerLink).where(ReviewerLink.reviewer_id == self.id))
        db.session.execute(delete(ReviewerSitting).where(ReviewerSitting.reviewer_id == self.id))

    @classmethod
    def forget_unsent(cls, *whose: ColumnElement[bool]) -> None:
        """Delete what these readers wrote and never sent: they can no longer send it, and it is nobody else's to read."""
        theirs = select(cls.id).where(*whose)
        db.session.execute(delete(Comment).where(Comment.reviewer_id.in_(theirs), Comment.sent_at.is_(None)))
        unsent = update(cls).where(cls.id.in_(theirs), cls.finished_at.is_(None)).values(statement="", checklist={})
        db.session.execute(unsent.execution_options(synchronize_session=False))

    def unsent(self) -> int:
        """How many comments, and other words, HR does not see."""
        words = 0 if self.finished_at else bool(self.statement) + bool(self.checklist)
        return words + sum(comment.sent_at is None for comment in self.comments())

    def sit_down(self) -> str:
        """Let one browser read, for no longer than their links are good; its key."""
        key, latest, self.opened_at = new_key(), now() + SITTING_LASTS, self.opened_at or now()
        last = db.session.scalar(select(func.max(ReviewerLink.expires_at)).where(ReviewerLink.reviewer_id == self.id)) or latest
        db.session.add(ReviewerSitting(key_hash=hashed(key), reviewer_id=self.id, expires_at=min(last, latest)))
        return key

    def read(self, section_id: str) -> None:
        """Note that the reader has read this section."""
        if section_id not in self.seen:
            self.seen = [*self.seen, section_id]

    def send_all(self) -> int:
        """Send every comment that HR has not seen; how many. Words without a kind go as a question, which gets an answer."""
        db.session.execute(select(Reviewer.id).where(Reviewer.id == self.id).with_for_update())  # a comment saved just now is sent as well
        unsent = [comment for comment in self.comments() if comment.sent_at is None]
        for comment in unsent:
            comment.kind, comment.sent_at = "question" if comment.kind == UNCHOSEN else comment.kind, now()
        return len(unsent)

    def finish(self) -> int:
        """Finish: everything is sent. How many comments went now."""
        self.finished_at = now()
        return self.send_all()

    def reopen(self) -> None:
        """Begin again: the reader has more to say after all."""
        self.finished_at = None

    def comments(self) -> Sequence[Comment]:
        """The comments of the reader, sent or not, in the order of writing."""
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
    """A browser in which a reviewer has pressed the button of their link."""

    __tablename__ = "reviewer_sitting"

    key_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    reviewer_id: Mapped[str] = mapped_column(ForeignKey("reviewer.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)

    @classmethod
    def find(cls, reviewer_id: str, key: str, lock: bool = False) -> Reviewer | None:
        """The reviewer, if the browser with `key` reads for them. With `lock`, nobody else can write their rows before this transaction ends."""
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
        """Delete sittings and links that are over, and with the last link of a reader what they never sent."""
        db.session.execute(delete(cls).where(cls.expires_at <= at))
        over = db.session.scalars(delete(ReviewerLink).where(ReviewerLink.expires_at <= at).returning(ReviewerLink.reviewer_id)).all()
        if over:
            left = ~exists().where(ReviewerLink.reviewer_id == Reviewer.id)
            Reviewer.forget_unsent(Reviewer.id.in_(set(over)), left)
