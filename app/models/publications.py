"""Publications: the short address at which everybody can read the version of a policy that is in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now

from .db import Base, Moment, db, only_read
from .policy import Policy

NAME_LENGTH = 40


class Publication(Base):
    """The public page of one policy. Closed, it keeps its name: what was printed with it is good again when it is opened once more."""

    __tablename__ = "publication"

    policy_id: Mapped[str] = mapped_column(ForeignKey("policy.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    is_open: Mapped[bool]
    frames: Mapped[list[str]] = mapped_column(JSON)  # the origins whose pages may show it in a frame
    changed_at: Mapped[datetime] = mapped_column(Moment)

    @classmethod
    def of(cls, policy_id: str) -> Publication | None:
        """That of a policy, once somebody has opened a page for it."""
        return db.session.get(cls, policy_id)

    @classmethod
    def is_taken(cls, name: str, policy_id: str) -> bool:
        """Whether another policy has this name."""
        return db.session.scalar(select(cls.policy_id).where(cls.name == name, cls.policy_id != policy_id)) is not None

    @classmethod
    def opened(cls, name: str) -> tuple[Publication, Policy] | None:
        """What stands at an address: None when nothing does, when it is closed, and when the policy is put away."""
        only_read()
        found = select(cls, Policy).join(Policy).where(cls.name == name, cls.is_open, Policy.archived_at.is_(None))
        row = db.session.execute(found).first()
        return (row[0], row[1]) if row else None

    @classmethod
    def open(cls, policy_id: str, name: str, frames: Iterable[str]) -> Publication:
        """Open the page of a policy, or change it; in the session."""
        found = cls.of(policy_id) or cls(policy_id=policy_id)
        found.name, found.frames, found.is_open, found.changed_at = name, list(frames), True, now()
        db.session.add(found)
        return found

    def close(self) -> None:
        """Nobody finds the page any more."""
        self.is_open, self.changed_at = False, now()
