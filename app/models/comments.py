"""What a reviewer says, and how it was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, cast

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.values.vocabulary import COMMENT_KINDS, STORED_OUTCOMES, CommentKind, StoredOutcome

from .db import Base, Moment, db, one_of
from .keys import ID_LENGTH, new_id

UNCHOSEN = cast("CommentKind", "")  # words that are saved before somebody chose what kind they are


class Author(Protocol):
    """Whoever writes a comment: a reviewer."""

    @property
    def id(self) -> str:
        """The id of the reviewer."""

    @property
    def review_id(self) -> str:
        """The id of the review that they were invited to."""


class AnsweredError(Exception):
    """What HR has answered stays as it is; there is one reply, and the disagreement may stand."""


class Comment(Base):
    """What a reviewer says about one section, or about the whole (`section_id` empty); and how it was answered."""

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint(f"{one_of('kind', COMMENT_KINDS)} OR (kind = '' AND sent_at IS NULL)", name="kind"),
        CheckConstraint(one_of("outcome", STORED_OUTCOMES), name="outcome"),
        CheckConstraint("(outcome = '') = (answered_at IS NULL)", name="answered"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    reviewer_id: Mapped[str] = mapped_column(ForeignKey("reviewer.id", ondelete="CASCADE"), index=True)
    section_id: Mapped[str] = mapped_column(String(60))
    kind: Mapped[CommentKind] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text)
    wording: Mapped[str] = mapped_column(Text)  # their own wording of the section, with a proposal
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)  # from then on HR sees it
    outcome: Mapped[StoredOutcome] = mapped_column(String(20))
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
    def write(cls, reviewer: Author, section_id: str, kind: CommentKind, words: str, wording: str = "", id: str = "") -> Comment:
        """A new comment, not yet sent; added to the session. The form it comes from may have given it its `id`, so that it is written once."""
        at = now()
        comment = cls(
            id=id or new_id(), review_id=reviewer.review_id, reviewer_id=reviewer.id, section_id=section_id, kind=kind, words=words, wording=wording,
            created_at=at, changed_at=at, sent_at=None, outcome="", answer="", mended="", answered_at=None, answered_by=None, reply="",
            replied_at=None, stands=False,
        )  # fmt: skip
        db.session.add(comment)
        return comment

    def answer_with(self, outcome: StoredOutcome, answer: str, mended: str, by: str | None) -> None:
        """What HR says to it: the outcome, words, and the question whose answer was changed for it. A later answer takes the place of the first."""
        if self.sent_at is None:
            raise ValueError("a comment that was not sent cannot be answered")
        self.outcome, self.answer, self.mended, self.answered_by, self.answered_at = outcome, answer, mended, by, now()

    def rewrite(self, kind: CommentKind, words: str, wording: str) -> None:
        """Change what is said. Raises AnsweredError."""
        if self.outcome:
            raise AnsweredError
        self.kind, self.words, self.wording, self.changed_at = kind, words, wording, now()

    def reply_with(self, words: str) -> None:
        """The one reply of the reader to HR's answer. Raises AnsweredError when there is no answer, or a reply already."""
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
