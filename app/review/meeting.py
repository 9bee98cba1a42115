"""The meetings of a round: when, of which kind, who was there, and what was said."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Moment, db, now
from app.models import ID_LENGTH, Policy, new_id


class Meeting(Base):
    """A meeting where the policy was talked over, for the record."""

    __tablename__ = "meeting"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    policy_id: Mapped[str] = mapped_column(ForeignKey("policy.id", ondelete="CASCADE"), index=True)
    round: Mapped[int]
    held_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(40))  # an id of the content pack
    present: Mapped[str] = mapped_column(Text)
    said: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)

    @classmethod
    def hold(cls, policy: Policy, held_on: date, kind: str, present: str, said: str) -> Meeting:
        """A meeting of the round that the policy is in; added to the session."""
        meeting = cls(id=new_id(), policy_id=policy.id, round=policy.round, held_on=held_on, kind=kind, present=present, said=said, created_at=now())
        db.session.add(meeting)
        return meeting

    def correct(self, held_on: date, kind: str, present: str, said: str) -> None:
        """Tell it as it was."""
        self.held_on, self.kind, self.present, self.said = held_on, kind, present, said
