"""The event log: who did what, and when. Never what somebody wrote: ids, numbers, roles and states only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now

from .db import Base, Moment, db
from .keys import ID_LENGTH

WORD_LENGTH = 40


class Event(Base):
    """One line of the log of a workplace. It outlives the policy that it tells of, and whoever did it."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workplace_id: Mapped[str] = mapped_column(ForeignKey("workplace.id", ondelete="CASCADE"), index=True)
    policy_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), index=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    reviewer_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    what: Mapped[str] = mapped_column(String(WORD_LENGTH))
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment, index=True)

    @classmethod
    def of(cls, workplace_id: str, policy_id: str | None = None, first: int = 0, most: int | None = None) -> Sequence[Event]:
        """The log of a workplace, newest first, of one policy or of all; `most` lines from number `first`."""
        found = select(cls).where(*cls._which(workplace_id, policy_id)).order_by(cls.at.desc(), cls.id.desc())
        return db.session.scalars(found.offset(first).limit(most)).all()

    @classmethod
    def count(cls, workplace_id: str, policy_id: str | None = None) -> int:
        """How many lines there are."""
        return db.session.scalar(select(func.count()).select_from(cls).where(*cls._which(workplace_id, policy_id))) or 0

    @classmethod
    def last(cls, policy_id: str, what: str) -> datetime | None:
        """When something was done with a policy for the last time."""
        return db.session.scalar(select(func.max(cls.at)).where(cls.policy_id == policy_id, cls.what == what))

    @classmethod
    def policies(cls, workplace_id: str) -> Sequence[str]:
        """The ids of the policies that the log of a workplace tells of, also of those that are deleted, in the order in which they came."""
        told = select(cls.policy_id).where(cls.workplace_id == workplace_id, cls.policy_id.is_not(None))
        return [str(id) for id in db.session.scalars(told.group_by(cls.policy_id).order_by(func.min(cls.id)))]

    @classmethod
    def _which(cls, workplace_id: str, policy_id: str | None) -> list[ColumnElement[bool]]:
        one = [cls.policy_id == policy_id] if policy_id else []
        return [cls.workplace_id == workplace_id, *one]


def record_event(
    what: str,
    workplace_id: str | None,
    policy_id: str | None = None,
    person_id: str | None = None,
    reviewer_id: str | None = None,
    **about: int | str,
) -> None:
    """Add a line to the log; for an anonymous draft, which has no workplace, there is none. `about` holds ids, numbers, roles and states."""
    if workplace_id is None:
        return
    db.session.add(
        Event(workplace_id=workplace_id, policy_id=policy_id, person_id=person_id, reviewer_id=reviewer_id, what=what, about=about, at=now())
    )
