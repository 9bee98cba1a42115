"""Delegated questions: what a colleague is asked by a link, without an account, and what they answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, bindparam, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.pack.text import LANGUAGES, Language
from app.values.fingerprint import fingerprint

from .db import READING, Base, Moment, db, one_of, only_read
from .keys import HASH_LENGTH, ID_LENGTH, hashed, new_id, new_key
from .people import EMAIL_LENGTH, NAME_LENGTH
from .policy import UNUSED, Policy

LINK_LASTS = timedelta(days=30)
MOST = 40  # of one policy at a time
MESSAGE_LENGTH = 1000
NOTE_LENGTH = 1000
SET_ASIDE = ""  # what stands for a question whose answer HR does not use


class Delegation(Base):
    """Questions of one policy that a colleague was asked together. A question without an answer in `answers` or `notes` waits."""

    __tablename__ = "delegation"
    __table_args__ = (CheckConstraint(one_of("language", LANGUAGES), name="language"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    policy_id: Mapped[str] = mapped_column(ForeignKey("policy.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by: Mapped[str] = mapped_column(String(NAME_LENGTH))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))  # whom HR asks
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH))  # empty when they got a link to copy
    undelivered_at: Mapped[datetime | None] = mapped_column(Moment)  # when it was clear that the letter with their link does not arrive
    language: Mapped[Language] = mapped_column(String(2))
    message: Mapped[str] = mapped_column(Text)
    questions: Mapped[list[str]] = mapped_column(JSON)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by: Mapped[str] = mapped_column(String(NAME_LENGTH))  # the name that whoever answered gave
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)  # question id → the answer, as it is stored in a policy
    notes: Mapped[dict[str, str]] = mapped_column(JSON)  # question id → what they wrote instead, or beside it
    settled: Mapped[dict[str, str]] = mapped_column(JSON)  # question id → the mark of the policy's answer once HR used it, or SET_ASIDE
    revision: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": revision}

    @classmethod
    def ask(
        cls, policy: Policy, questions: Iterable[str], name: str, asked_by: str, email: str = "", message: str = "", language: Language = "nb"
    ) -> tuple[Delegation, str]:
        """Ask somebody; the row, added to the session, and the token of their link, of which the hash alone is stored."""
        token, at = new_key(), now()
        asked = cls(
            id=new_id(), policy_id=policy.id, token_hash=hashed(token), expires_at=at + LINK_LASTS, asked_at=at, asked_by=asked_by, name=name,
            email=email, undelivered_at=None, language=language, message=message, questions=list(questions), answered_at=None, answered_by="",
            answers={}, notes={}, settled={},
        )  # fmt: skip
        db.session.add(asked)
        return asked, token

    @classmethod
    def with_token(cls, token: str, lock: bool = False) -> Delegation | None:
        """What a link asks; None when it is unknown, past its time or withdrawn, or when its draft is gone.

        With `lock`, nobody else can change it before this transaction ends.
        """
        lives = or_(Policy.workplace_id.is_not(None), Policy.used_at > now() - UNUSED)
        found = select(cls).join(Policy).where(cls.token_hash == hashed(token), cls.expires_at > now(), lives)
        if lock:
            return db.session.scalar(found.with_for_update(of=cls).execution_options(populate_existing=True))
        only_read()
        return db.session.scalar(found)

    @classmethod
    def of(cls, policy_id: str) -> Sequence[Delegation]:
        """All of a policy, the last asked first.

        Most have none, and every page of the wizard asks: through SQLAlchemy's session that made such a page half as slow again.
        """
        if not db.session().in_transaction() and not cls._is_any(policy_id):
            return []
        only_read()
        return db.session.scalars(select(cls).where(cls.policy_id == policy_id).order_by(cls.asked_at.desc(), cls.id)).all()

    @classmethod
    def _is_any(cls, policy_id: str) -> bool:
        with db.engine.connect().execution_options(**READING) as connection:
            return connection.execute(_ANY, {"policy": policy_id}).first() is not None

    @classmethod
    def find(cls, policy_id: str, id: str) -> Delegation | None:
        """One of a policy, that nobody else can change before this transaction ends."""
        found = select(cls).where(cls.policy_id == policy_id, cls.id == id).with_for_update()
        return db.session.scalar(found.execution_options(populate_existing=True))

    def open_questions(self) -> list[str]:
        """The questions that may still be answered: those that HR has not settled."""
        return [id for id in self.questions if id not in self.settled]

    def answer(self, by: str, answers: Mapping[str, Any], notes: Mapping[str, str], about: Collection[str]) -> None:
        """Store what somebody answers to the questions it is `about`, in the place of what they said before. What they said of others stays."""
        stays = [id for id in self.questions if id in self.settled or id not in about]
        self.answers = {id: self.answers[id] for id in stays if id in self.answers} | dict(answers)
        self.notes = {id: self.notes[id] for id in stays if id in self.notes} | dict(notes)
        self.answered_by, self.answered_at = by, now()

    def mark(self, question: str) -> str:
        """What tells one answer to a question from another: nobody uses what they have not seen."""
        return fingerprint([self.answers.get(question), self.notes.get(question)])

    def settle(self, question: str, mark: str) -> None:
        """HR is done with the answer to a question: `mark` is that of the policy's answer now, or SET_ASIDE."""
        self.settled = {**self.settled, question: mark}

    @classmethod
    def purge(cls, at: datetime) -> None:
        """When a link is past its time: delete what nobody answered, and of the rest the address and the message."""
        past = cls.expires_at <= at
        db.session.execute(delete(cls).where(past, cls.answered_at.is_(None)))
        wiped = update(cls).where(past, or_(cls.email != "", cls.message != "")).values(email="", message="")
        db.session.execute(wiped.execution_options(synchronize_session=False))


# Built once: SQLAlchemy then finds the compiled statement by identity instead of by walking it.
_ANY = select(Delegation.id).where(Delegation.policy_id == bindparam("policy")).limit(1)
