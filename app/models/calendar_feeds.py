"""Calendar feeds: the secret address at which calendar programs fetch the plan of a policy."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now

from .db import Base, Moment, db, only_read
from .keys import HASH_LENGTH, hashed, new_key
from .policy import Policy


class CalendarFeed(Base):
    """The address of one policy's calendar; of its secret part a hash is stored. Made anew, the one before is good for nothing."""

    __tablename__ = "calendar_feed"

    policy_id: Mapped[str] = mapped_column(ForeignKey("policy.id", ondelete="CASCADE"), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)

    @classmethod
    def of(cls, policy_id: str) -> CalendarFeed | None:
        """That of a policy, while it is open."""
        return db.session.get(cls, policy_id)

    @classmethod
    def open(cls, policy_id: str) -> str:
        """A new address in the session; its secret part, which nobody can be told again."""
        key = new_key()
        found = cls.of(policy_id) or cls(policy_id=policy_id)
        found.key_hash, found.made_at = hashed(key), now()
        db.session.add(found)
        return key

    @classmethod
    def policy_at(cls, key: str) -> Policy | None:
        """The policy whose calendar stands at an address: none when nothing does, and when the policy is put away."""
        only_read()
        found = select(Policy).join(cls, cls.policy_id == Policy.id).where(cls.key_hash == hashed(key), Policy.archived_at.is_(None))
        return db.session.scalar(found)

    def close(self) -> None:
        """The address is good for nothing any more."""
        db.session.delete(self)
