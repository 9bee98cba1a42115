"""The outbox. A letter is written in the transaction of what it tells of, so that both stand or neither; a worker takes it from here.

What the letter says and to whom is sealed: whoever reads the database, or a backup of it, finds no link, no code and no address.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ColumnElement, LargeBinary, String, and_, bindparam, delete, or_, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from app.pack.text import LANGUAGES, Language

from .db import READING, Base, Moment, db, one_of, only_read
from .keys import ID_LENGTH

LEASE = timedelta(minutes=3)  # longer than the slowest delivery: another worker takes the letter only when this one must be dead
KEPT = timedelta(days=7)  # how long one can see that a letter was sent, and of which kind
SHOWN = timedelta(hours=1)  # how long a letter without a mail server can be read
FAULT_LENGTH = 60


class Letter(Base):
    """A letter on its way: waiting, sent or given up."""

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint(one_of("language", LANGUAGES), name="language"),
        CheckConstraint("sealed IS NOT NULL OR sent_at IS NOT NULL OR given_up_at IS NOT NULL", name="sealed"),
        CheckConstraint("sent_at IS NULL OR given_up_at IS NULL", name="end"),
        CheckConstraint("tries >= 0", name="tries"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    about: Mapped[str | None] = mapped_column(String(ID_LENGTH), index=True)  # the id of what it tells of, so that it can be withdrawn
    language: Mapped[Language] = mapped_column(String(2))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment, index=True)
    good_until: Mapped[datetime | None] = mapped_column(Moment)  # past this the letter would only mislead
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int]
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    given_up_at: Mapped[datetime | None] = mapped_column(Moment)
    fault: Mapped[str | None] = mapped_column(String(FAULT_LENGTH))

    @classmethod
    def withdraw(cls, about: str) -> None:
        """Delete every letter about this that has not been sent: its reader is done, or its link is no longer good."""
        db.session.execute(delete(cls).where(cls.about == about, cls._is_waiting()))

    @classmethod
    def is_any_due(cls, at: datetime) -> bool:
        """Whether there is a letter to take. Reads alone: a worker with nothing to do stands in nobody's way."""
        with db.engine.connect().execution_options(**READING) as connection:
            return connection.execute(select(cls.id).where(cls._is_due(at)).limit(1)).first() is not None

    @classmethod
    def claim(cls, at: datetime) -> Letter | None:
        """Take the letter that has been due longest, for as long as a lease lasts; None when there is none.

        One statement, so that of several workers one gets it. When that one dies, the lease runs out and the letter can be taken again.
        """
        next_one = select(cls.id).where(cls._is_due(at)).order_by(cls.due_at, cls.id).limit(1).with_for_update(skip_locked=True)
        taken = update(cls).where(cls.id == next_one.scalar_subquery()).values(claimed_until=at + LEASE).returning(cls)
        return db.session.scalar(taken.execution_options(synchronize_session=False, populate_existing=True))

    def mark_sent(self, at: datetime, wipe: bool = True) -> None:
        """It has been delivered. Its words are wiped, unless this is a machine without a mail server, where they are still to be read."""
        self._write(self._is_waiting(), sent_at=at, claimed_until=None, fault=None, **({"sealed": None} if wipe else {}))

    def put_back(self, due_at: datetime, fault: str) -> None:
        """Delivery failed: try again then. `fault` is the kind of failure, without the words of it, which may quote an address."""
        self._write(self._is_mine(), due_at=due_at, claimed_until=None, tries=self.tries + 1, fault=fault[:FAULT_LENGTH])

    def give_up(self, at: datetime, fault: str) -> None:
        """It will never be delivered. What stays is its kind and why."""
        self._write(self._is_mine(), given_up_at=at, sealed=None, claimed_until=None, tries=self.tries + 1, fault=fault[:FAULT_LENGTH])

    def _write(self, where: ColumnElement[bool], **values: object) -> None:
        """By statement and not by attribute: the letter may have been withdrawn in the meantime, or taken by another worker."""
        cls = type(self)
        changed = update(cls).where(cls.id == self.id, where).values(**values)
        db.session.execute(changed.execution_options(synchronize_session=False))

    @classmethod
    def purge(cls, at: datetime) -> None:
        """Wipe what is no longer to be read, and delete what was sent or given up a week ago."""
        db.session.execute(update(cls).where(cls.sent_at <= at - SHOWN, cls.sealed.is_not(None)).values(sealed=None))
        db.session.execute(delete(cls).where(or_(cls.sent_at <= at - KEPT, cls.given_up_at <= at - KEPT)))

    @classmethod
    def lately_shown(cls, at: datetime, most: int) -> list[Letter]:
        """The last letters that can still be read, newest first."""
        only_read()
        readable = select(cls).where(cls.sent_at > at - SHOWN, cls.sealed.is_not(None))
        return list(db.session.scalars(readable.order_by(cls.created_at.desc(), cls.id).limit(most)))

    @classmethod
    def _is_waiting(cls) -> ColumnElement[bool]:
        return and_(cls.sent_at.is_(None), cls.given_up_at.is_(None))

    @classmethod
    def _is_due(cls, at: datetime) -> ColumnElement[bool]:
        return and_(cls._is_waiting(), cls.due_at <= at, or_(cls.claimed_until.is_(None), cls.claimed_until <= at))

    def _is_mine(self) -> ColumnElement[bool]:
        return and_(self._is_waiting(), type(self).claimed_until == self.claimed_until)


class Beat(Base):
    """When a worker last looked after the outbox. Whoever watches over the app can see that one is there."""

    __tablename__ = "beat"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)

    @classmethod
    def mark(cls, at: datetime) -> None:
        """A worker is there. In a transaction of its own."""
        with db.engine.begin() as connection:
            connection.execute(_BEAT, {"name": WORKER, "at": at})

    @classmethod
    def last(cls) -> datetime | None:
        """When a worker was last there."""
        with db.engine.connect().execution_options(**READING) as connection:
            return connection.execute(select(cls.at).where(cls.name == WORKER)).scalar()


WORKER = "worker"
_BEAT = text("INSERT INTO beat (name, at) VALUES (:name, :at) ON CONFLICT (name) DO UPDATE SET at = excluded.at").bindparams(
    bindparam("at", type_=Moment())
)
