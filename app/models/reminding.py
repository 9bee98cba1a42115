"""What somebody was told of the plans that they own, when, and what they do not want to hear of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import JSON, ForeignKey, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.values.vocabulary import REMINDER_KINDS

from .db import Base, Moment, db

APART = timedelta(days=7)  # between two letters to one person


class Reminding(Base):
    """One person's reminders. `told` holds keys of what they have heard of and what still holds; `off` the kinds that they have turned off."""

    __tablename__ = "reminding"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    off: Mapped[list[str]] = mapped_column(JSON)
    told: Mapped[list[str]] = mapped_column(JSON)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)

    @classmethod
    def of(cls, person_id: str) -> Reminding:
        """That of a person; a new one, added to the session, when there is none."""
        if found := db.session.get(cls, person_id):
            return found
        made = cls(person_id=person_id, off=[], told=[], sent_at=None)
        try:
            with db.session.begin_nested():
                db.session.add(made)
        except IntegrityError:  # another process was quicker
            return db.session.get_one(cls, person_id)
        return made

    @classmethod
    def off_of(cls, person_ids: Collection[str]) -> dict[str, list[str]]:
        """What each of these people has turned off."""
        rows = db.session.execute(select(cls.person_id, cls.off).where(cls.person_id.in_(person_ids)))
        return {id: list(off) for id, off in rows}

    @classmethod
    def claim(cls, person_id: str, at: datetime) -> bool:
        """Say that they are written to now; True for the one process that may, and when a week has passed."""
        free = or_(cls.sent_at.is_(None), cls.sent_at <= at - APART)
        marked = update(cls).where(cls.person_id == person_id, free).values(sent_at=at).returning(cls.person_id)
        return db.session.scalar(marked.execution_options(synchronize_session=False)) is not None

    def turn(self, kinds: Iterable[str], off: bool) -> None:
        """Turn kinds off, or on again; others than those that there are, are passed over."""
        wanted = {kind for kind in kinds if kind in REMINDER_KINDS}
        self.off = sorted(set(self.off) | wanted if off else set(self.off) - wanted)
