"""Drafts: the answers of a workplace, who holds them, and links to another browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, LargeBinary, String, bindparam, delete, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, deferred, make_transient_to_detached, mapped_column
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.orm.exc import DetachedInstanceError

from app.clock import now, today
from app.documents.draft import Draft
from app.documents.look import Look
from app.documents.own_words import OwnWords, Stored
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language
from app.values.fingerprint import fingerprint
from app.values.vocabulary import LOCKED_STATES, POLICY_STATES, PolicyState

from .db import READING, Base, Moment, db, one_of, only_read
from .keys import HASH_LENGTH, ID_LENGTH, hashed, new_id, new_key

UNUSED = timedelta(days=30)  # a draft that nobody opens for this long is deleted; the privacy page says so
TOUCH_EVERY = timedelta(days=1)
CONTINUATION_LASTS = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
UNIT_LENGTH = 120


class Policy(Base):
    """A workplace's draft: its answers, by question id, its own words, and its look."""

    __tablename__ = "policy"
    __table_args__ = (
        CheckConstraint(one_of("language", LANGUAGES), name="language"),
        CheckConstraint("(logo IS NULL) = (logo_type IS NULL)", name="logo"),
        CheckConstraint(one_of("state", POLICY_STATES), name="state"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    language: Mapped[Language] = mapped_column(String(2))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    edition: Mapped[str] = mapped_column(String(20))
    logo: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))  # up to 1 MB: read only where it is drawn
    logo_type: Mapped[str | None] = mapped_column(String(20))
    colour: Mapped[str | None] = mapped_column(String(6))  # as they gave it; what is drawn is readable
    template: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))  # see app.documents.word_template; up to 1 MB, as the logo
    template_lacks: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # the styles; None when there is no template
    created_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime] = mapped_column(Moment, index=True)
    minute: Mapped[datetime] = mapped_column(Moment)
    saves_in_minute: Mapped[int]
    revision: Mapped[int] = mapped_column()
    workplace_id: Mapped[str | None] = mapped_column(ForeignKey("workplace.id", ondelete="CASCADE"), index=True)
    unit: Mapped[str] = mapped_column(String(UNIT_LENGTH))  # which part of the workplace it is for; empty for the whole
    archived_at: Mapped[datetime | None] = mapped_column(Moment)
    stored_state: Mapped[PolicyState] = mapped_column("state", String(10))
    takes_over_on: Mapped[date | None]  # the day on which the decided version is in force, while that day lies ahead
    round: Mapped[int]  # grows each time a policy in force is taken up again
    meetings_before: Mapped[list[dict[str, str]] | None] = mapped_column(JSON)  # those of earlier rounds, as they stood in the answers
    own_words: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # see app.documents.own_words

    __mapper_args__ = {"version_id_col": revision}

    @classmethod
    def start(cls, language: Language, answers: Mapping[str, Any], edition: str = "", own_words: Stored | None = None) -> Policy:
        """A new draft with `answers` and own words (often none), to be added to the session and given to a holder."""
        at = now()
        return cls(
            id=new_id(), language=language, answers=dict(answers), edition=edition, logo=None, logo_type=None, colour=None,
            template=None, template_lacks=None,
            created_at=at, used_at=at, minute=at, saves_in_minute=0,
            workplace_id=None, unit="", archived_at=None, state="draft", takes_over_on=None, round=1, meetings_before=None,
            own_words=dict(own_words) if own_words else None,
        )  # fmt: skip

    @hybrid_property
    def state(self) -> PolicyState:
        """Where the policy stands today. A decided version is in force from its day on, whether or not anybody has written that down."""
        is_due = self.stored_state == "decided" and self.takes_over_on is not None and self.takes_over_on <= today()
        return "in_force" if is_due else self.stored_state

    @state.inplace.setter
    def _become(self, state: PolicyState) -> None:
        self.stored_state, self.takes_over_on = state, None

    @state.inplace.expression
    @classmethod
    def _as_stored(cls) -> ColumnElement[PolicyState]:
        return cls.stored_state.expression

    @classmethod
    def due(cls, on: date) -> Sequence[str]:
        """The ids of the policies whose decided version is in force from this day or an earlier one, and whose rows do not say so yet."""
        return db.session.scalars(select(cls.id).where(cls.stored_state == "decided", cls.takes_over_on <= on)).all()

    @classmethod
    def find(cls, id: str, key: str, lock: bool = False) -> Policy | None:
        """The draft, if the browser with `key` holds it and it has not expired; None to everybody else.

        With `lock`, nobody else can read it to write it before this transaction ends. Without, it is a copy to read, that no session knows:
        SQLAlchemy's session, for one row that nobody changes, was a third of the work of showing a page.
        """
        which = {"id": id, "key_hash": hashed(key), "since": now() - UNUSED}
        return db.session.scalar(_LOCK, which) if lock else cls._copy(which)

    @classmethod
    def _copy(cls, which: dict[str, Any]) -> Policy | None:
        with db.engine.connect().execution_options(**READING) as connection:
            row = connection.execute(_FIND, which).first()
        return None if row is None else cls.copy_of(dict(row._mapping))

    @classmethod
    def copy_of(cls, row: Mapping[str, Any]) -> Policy:
        """A copy of a row, to read alone: no session knows it."""
        policy = cls(**row)
        make_transient_to_detached(policy)
        return policy

    def _refuse_copy(self) -> None:
        """What is written in a copy would be lost without a word. Raises DetachedInstanceError."""
        if instance_state(self).detached:
            raise DetachedInstanceError("this draft was found without the lock, to be read alone")

    def draft(self, language: Language | None = None) -> Draft:
        """What its documents are assembled from, in the language of the documents or another one."""
        return Draft(the_pack(), self.answers, language or self.language, OwnWords.of(self.own_words))

    @property
    def look(self) -> Look:
        """How its documents look. Logo and template are read now."""
        only_read()
        logo, template = db.session.execute(select(Policy.logo, Policy.template).where(Policy.id == self.id)).one()
        return Look(logo, self.colour or "", template)

    @classmethod
    def all_held(cls, key: str) -> list[Policy]:
        """Every draft that the browser with `key` holds, the last used first. A transaction that begins here may only read."""
        only_read()
        held = select(cls).join(Holder).where(Holder.key_hash == hashed(key), cls.used_at > now() - UNUSED)
        return list(db.session.scalars(held.order_by(cls.used_at.desc())))

    @classmethod
    def purge(cls, at: datetime) -> int:
        """Delete every draft that no workplace keeps and nobody used for 30 days, and every link past its time. How many drafts."""
        db.session.execute(delete(Continuation).where(Continuation.expires_at <= at))
        gone = db.session.execute(delete(cls).where(cls.used_at <= at - UNUSED, cls.workplace_id.is_(None)).returning(cls.id))
        return len(gone.all())

    def answer(self, given: Mapping[str, Any]) -> None:
        """Store the answers of one page. Those of every other page stay as they are."""
        self._refuse_copy()
        self.answers = {**self.answers, **given}
        self.used_at = now()

    def say(self, own_words: OwnWords) -> None:
        """Store what the workplace says in its own words."""
        self._refuse_copy()
        self.own_words = own_words.stored or None
        self.used_at = now()

    def fingerprint(self, question_ids: Iterable[str]) -> str:
        """A short hash of the stored answers of these questions: a form carries it, and a save with another one is stale."""
        stored = [[id, self.answers[id]] for id in sorted(question_ids) if id in self.answers]
        return fingerprint(stored)

    def held_by(self, key: str) -> None:
        """From now on the browser with `key` holds this draft, beside those who hold it already."""
        db.session.merge(Holder(policy_id=self.id, key_hash=hashed(key)))

    def keep(self, workplace_id: str) -> None:
        """From now on a workplace keeps this draft: its members open it, and no longer the browsers that held it."""
        self._refuse_copy()
        self.workplace_id = workplace_id
        db.session.execute(delete(Holder).where(Holder.policy_id == self.id))
        db.session.execute(delete(Continuation).where(Continuation.policy_id == self.id))

    def archive(self) -> None:
        """Put it away: it can be read, but not changed."""
        self.archived_at = now()

    def restore(self) -> None:
        """Take it out of the archive."""
        self.archived_at = None

    @property
    def saved_at(self) -> datetime:
        """When somebody last saved something in it, to the minute. `used_at` says when it was last used, which reading is too."""
        return self.minute

    def named_at(self, workplace: str) -> str:
        """What the policy is of: the name of the workplace, and the unit that it is for."""
        return ", ".join(part for part in (workplace, self.unit) if part)

    @property
    def is_locked(self) -> bool:
        """Whether somebody signed for the text that these answers give, so that they change only after an express step."""
        return self.state in LOCKED_STATES

    def is_due(self) -> bool:
        """Whether the day of last use has to be written anew. Once a day will do, and spares most pages a write."""
        return now() - self.used_at >= TOUCH_EVERY

    def touch(self) -> None:
        """Somebody used the draft now: its 30 days begin again."""
        self._refuse_copy()
        self.used_at = now()

    def count_save(self) -> int:
        """Count one more save; how many there have been within this minute. Kept in the row itself, so that counting costs no statement."""
        at = now()
        if not timedelta(0) <= at - self.minute < MINUTE:  # also when the clock was set back: or nobody could save until it has caught up
            self.minute, self.saves_in_minute = at, 0
        self.saves_in_minute += 1
        return self.saves_in_minute

    def show_logo(self, logo: bytes | None, type: str | None) -> None:
        """Put this picture on the documents; None takes it away."""
        self.logo, self.logo_type = logo, type
        self.touch()

    def show_colour(self, colour: str) -> None:
        """Draw the documents in this colour; an empty one takes it away."""
        self.colour = colour or None
        self.touch()

    def show_template(self, template: bytes | None, lacks: Sequence[str] = ()) -> None:
        """Draw Word files with this template, which lacks these styles; None takes it away."""
        self.template, self.template_lacks = template, None if template is None else list(lacks)
        self.touch()

    def link(self) -> str:
        """A new token that lets another browser take part, once, within the hour. Only its hash is stored."""
        token = new_key()
        db.session.add(Continuation(token_hash=hashed(token), policy_id=self.id, expires_at=now() + CONTINUATION_LASTS))
        return token


class Holder(Base):
    """A browser that may open a draft, known by the hash of its key alone."""

    __tablename__ = "holder"

    policy_id: Mapped[str] = mapped_column(ForeignKey("policy.id", ondelete="CASCADE"), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True, index=True)


class Continuation(Base):
    """A single-use link that takes a draft to another browser."""

    __tablename__ = "continuation"

    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    policy_id: Mapped[str] = mapped_column(ForeignKey("policy.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)

    @classmethod
    def take(cls, token: str, key: str) -> Policy | None:
        """Use the link up: the browser with `key` holds the draft. None when the link is unknown, used, or past its time."""
        used = delete(cls).where(cls.token_hash == hashed(token), cls.expires_at > now()).returning(cls.policy_id)
        id = db.session.scalar(used)
        policy = db.session.scalar(select(Policy).where(Policy.id == id, Policy.used_at > now() - UNUSED)) if id else None
        if policy:
            policy.held_by(key)
            policy.touch()
        return policy


# Built once: SQLAlchemy then finds the compiled statement by identity instead of by walking it.
_HELD = (
    Policy.id == Holder.policy_id,
    Policy.id == bindparam("id"),
    Holder.key_hash == bindparam("key_hash"),
    Policy.used_at > bindparam("since", type_=Moment()),
)
COLUMNS = [column for column in Policy.__table__.c if column.name not in ("logo", "template")]
_FIND = select(*COLUMNS).where(*_HELD)
_LOCK = select(Policy).where(*_HELD).with_for_update(of=Policy).execution_options(populate_existing=True)
