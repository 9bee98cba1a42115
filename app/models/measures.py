"""Measures: what a workplace has set itself to do about its policy, who does it, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.values.vocabulary import MEASURE_ORIGINS, MeasureOrigin

from .db import Base, Moment, db, one_of
from .keys import ID_LENGTH, new_id

WHAT_LENGTH = 500
WHO_LENGTH = 120
KEY_LENGTH = 120
MOST = 300  # of one policy


class Measure(Base):
    """One thing to do. `origin` says where it comes from, and `origin_key` which one there, so that nothing is taken in twice."""

    __tablename__ = "measure"
    __table_args__ = (
        UniqueConstraint("policy_id", "origin", "origin_key", name="uq_measure_policy_id"),
        CheckConstraint(one_of("origin", MEASURE_ORIGINS), name="origin"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    policy_id: Mapped[str] = mapped_column(ForeignKey("policy.id", ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(WHAT_LENGTH))
    who: Mapped[str] = mapped_column(String(WHO_LENGTH))  # a function, not a name; may be empty
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    origin: Mapped[MeasureOrigin] = mapped_column(String(10))
    origin_key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    made_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)

    @classmethod
    def add(cls, policy_id: str, what: str, who: str = "", due_on: date | None = None, origin: MeasureOrigin = "own", key: str = "") -> Measure:
        """One more, in the session."""
        id, at = new_id(), now()
        made = cls(
            id=id, policy_id=policy_id, what=what[:WHAT_LENGTH], who=who[:WHO_LENGTH], due_on=due_on, done_on=None, origin=origin,
            origin_key=key[:KEY_LENGTH] or id, made_at=at, changed_at=at,
        )  # fmt: skip
        db.session.add(made)
        return made

    @classmethod
    def all_of(cls, policy_id: str) -> Sequence[Measure]:
        """Every one: what is due first comes first, then what has no day."""
        found = db.session.scalars(select(cls).where(cls.policy_id == policy_id)).all()
        return sorted(found, key=lambda one: (one.due_on or date.max, one.made_at, one.id))

    @classmethod
    def count(cls, policy_id: str) -> int:
        """How many a policy has."""
        return db.session.scalar(select(func.count()).select_from(cls).where(cls.policy_id == policy_id)) or 0

    @classmethod
    def find(cls, policy_id: str, id: str) -> Measure | None:
        """The one with this id, if it belongs to the policy."""
        return db.session.scalar(select(cls).where(cls.policy_id == policy_id, cls.id == id))

    @property
    def mark(self) -> str:
        """What tells whether somebody has changed it meanwhile."""
        return self.changed_at.isoformat()

    def change(self, what: str, who: str, due_on: date | None, done_on: date | None) -> None:
        """What it says from now on."""
        self.what, self.who, self.due_on, self.done_on, self.changed_at = what, who, due_on, done_on, now()

    def is_overdue(self, at: date) -> bool:
        """Whether its day is past, and nobody has said that it is done."""
        return self.done_on is None and self.due_on is not None and self.due_on < at
