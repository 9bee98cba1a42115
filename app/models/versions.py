"""Versions, frozen for ever, and the decisions about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
    false,
    func,
    inspect,
    or_,
    select,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Mapper, deferred, mapped_column

from app.clock import now, today
from app.documents.draft import Draft
from app.documents.frozen import thaw
from app.documents.look import Look
from app.documents.model import Document
from app.documents.own_words import OwnWords
from app.pack.answers import brought_up
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language
from app.values.vocabulary import RESULTS, VERSION_STATES, Result, VersionState

from .db import Base, Moment, db, one_of
from .keys import HASH_LENGTH, ID_LENGTH, new_id
from .policy import Policy

FROZEN = (
    "id", "policy_id", "number", "language", "edition", "answers", "own_words", "document", "papers", "unread_because", "text_hash", "logo",
    "logo_type", "colour", "template", "made_at",
)  # fmt: skip
RECORDED = (
    "version_id", "text_hash", "decided_on", "body", "body_name", "case_number", "present", "result", "changes", "dissent", "in_force_from", "paper",
    "recorded_at",
)  # fmt: skip
CASE_LENGTH = 60
BODY_LENGTH = 200
LONG = 5000


class FrozenVersionError(Exception):
    """Something tried to change what a version says, or what was decided about it. The database refuses it as well."""


class Version(Base):
    """The policy as it read at one moment: answers, own words, document and content edition. Only its state ever changes."""

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("policy_id", "number", name="uq_version_policy_id"),
        UniqueConstraint("id", "text_hash", name="uq_version_id"),
        CheckConstraint(one_of("state", VERSION_STATES), name="state"),
        CheckConstraint(one_of("language", LANGUAGES), name="language"),
        Index("ix_version_text_hash", "text_hash"),
        Index("ix_version_in_force", "policy_id", unique=True, sqlite_where=text("state = 'in_force'"), postgresql_where=text("state = 'in_force'")),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    policy_id: Mapped[str] = mapped_column(ForeignKey("policy.id", ondelete="CASCADE"))
    number: Mapped[int]
    stored_state: Mapped[VersionState] = mapped_column("state", String(10))
    language: Mapped[Language] = mapped_column(String(2))
    edition: Mapped[str] = mapped_column(String(20))
    answers: Mapped[dict[str, Any]] = deferred(mapped_column(JSON))
    own_words: Mapped[dict[str, Any] | None] = deferred(mapped_column(JSON))
    document: Mapped[dict[str, Any]] = deferred(mapped_column(JSON))
    papers: Mapped[dict[str, Any] | None] = deferred(mapped_column(JSON))  # name → frozen document, of a version made ready: record, case_paper
    unread_because: Mapped[str] = mapped_column(Text)  # why it was made ready without a review or a meeting; empty when there was one
    text_hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
    logo: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    logo_type: Mapped[str | None] = mapped_column(String(20))
    colour: Mapped[str | None] = mapped_column(String(6))
    template: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(Moment)  # when its state changed last
    in_force_on: Mapped[date | None]  # the day from which it applies, once somebody has set it; it may lie ahead
    until: Mapped[date | None]  # the day from which another version applies in its place; it may lie ahead

    @cached_property
    def thawed(self) -> Document:
        """The frozen text as a document, read once for each row that is loaded: it never changes.

        Raises FrozenError.
        """
        return thaw(self.document)

    @property
    def look(self) -> Look:
        """How its documents look, for ever. Logo and template are read now."""
        return Look(self.logo, self.colour or "", self.template)

    @hybrid_property
    def state(self) -> VersionState:
        """Where the version stands today: its days count, whether or not anybody has written down that they have come."""
        state, at = self.stored_state, today()
        if state == "decided" and self.in_force_on is not None and self.in_force_on <= at:
            state = "in_force"
        return "replaced" if state == "in_force" and self.until is not None and self.until <= at else state

    @state.inplace.setter
    def _become(self, state: VersionState) -> None:
        self.stored_state = state

    @state.inplace.expression
    @classmethod
    def _as_stored(cls) -> ColumnElement[VersionState]:
        return cls.stored_state.expression

    @classmethod
    def freeze(
        cls,
        policy: Policy,
        state: VersionState,
        document: dict[str, Any],
        text_hash: str,
        edition: str,
        by: str | None,
        papers: dict[str, Any] | None = None,
        unread_because: str = "",
    ) -> Version:
        """The next version of `policy`, with the document (and the papers that go with it) as plain values and its hash; added to the session."""
        at, look = now(), policy.look
        version = cls(
            id=new_id(), policy_id=policy.id, number=cls.next_number(policy.id), state=state, language=policy.language, edition=edition,
            answers=dict(policy.answers), own_words=policy.own_words, document=document, papers=papers, unread_because=unread_because,
            text_hash=text_hash, logo=look.logo, logo_type=policy.logo_type, colour=policy.colour, template=look.template, made_at=at,
            made_by=by, changed_at=at,
            in_force_on=None, until=None,
        )  # fmt: skip
        db.session.add(version)
        return version

    @classmethod
    def next_number(cls, policy_id: str) -> int:
        """The number that the next version will have."""
        return (db.session.scalar(select(func.max(cls.number)).where(cls.policy_id == policy_id)) or 0) + 1

    @classmethod
    def all_of(cls, policy_id: str) -> Sequence[Version]:
        """Every version, the newest first."""
        return db.session.scalars(select(cls).where(cls.policy_id == policy_id).order_by(cls.number.desc())).all()

    @classmethod
    def one_in(cls, policy_id: str, state: VersionState) -> Version | None:
        """The newest version that is in this state today."""
        return next((version for version in cls.all_of(policy_id) if version.state == state), None)

    @classmethod
    def with_code(cls, codes: Iterable[str], most: int) -> Sequence[Version]:
        """The versions, of whatever workplace, whose fingerprint begins with one of these check codes; the newest first."""
        begins = [cls.text_hash.between(code, f"{code}g") for code in codes]
        found = select(cls).where(or_(false(), *begins)).order_by(cls.made_at.desc()).limit(most)
        return db.session.scalars(found).all()

    @classmethod
    def numbered(cls, policy_id: str, number: int) -> Version | None:
        """The version with this number."""
        return db.session.scalar(select(cls).where(cls.policy_id == policy_id, cls.number == number))

    def draft(self, language: Language | None = None) -> Draft:
        """The answers and own words behind the text, in its own language or another one, as the content of today reads them."""
        answers = brought_up(the_pack(), self.answers, self.edition)
        return Draft(the_pack(), answers, language or self.language, OwnWords.of(self.own_words))

    def become(self, state: VersionState) -> None:
        """Take another state, now."""
        self.state, self.changed_at = state, now()


class Decision(Base):
    """What a body decided about a version. The key reaches to the very text: no other text can be what was decided."""

    __tablename__ = "decision"
    __table_args__ = (
        ForeignKeyConstraint(
            ["version_id", "text_hash"], ["version.id", "version.text_hash"], name="fk_decision_version_id_version", ondelete="CASCADE"
        ),
        CheckConstraint(one_of("result", RESULTS), name="result"),
    )

    version_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    text_hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
    decided_on: Mapped[date]
    body: Mapped[str] = mapped_column(String(40))  # an id of the content pack
    body_name: Mapped[str] = mapped_column(String(BODY_LENGTH))
    case_number: Mapped[str] = mapped_column(String(CASE_LENGTH))
    present: Mapped[str] = mapped_column(Text)
    result: Mapped[Result] = mapped_column(String(24))
    changes: Mapped[str] = mapped_column(Text, default="")  # what the body wanted otherwise, when it adopted with changes
    dissent: Mapped[str] = mapped_column(Text)
    in_force_from: Mapped[date | None]
    paper: Mapped[dict[str, Any] | None] = deferred(mapped_column(JSON))  # the frozen record of the decision
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))

    @classmethod
    def all_about(cls, policy_id: str) -> dict[str, Decision]:
        """Every decision about a policy, by the id of its version."""
        found = select(cls).join(Version, Version.id == cls.version_id).where(Version.policy_id == policy_id)
        return {decision.version_id: decision for decision in db.session.scalars(found)}


def _guard(columns: tuple[str, ...]) -> Callable[[Mapper[Any], object, Any], None]:
    def refuse(_mapper: Mapper[Any], _connection: object, row: Any) -> None:
        changed = [name for name in columns if inspect(row).attrs[name].history.has_changes()]
        if changed:
            raise FrozenVersionError(", ".join(changed))

    return refuse


event.listen(Version, "before_update", _guard(FROZEN))
event.listen(Decision, "before_update", _guard(RECORDED))
