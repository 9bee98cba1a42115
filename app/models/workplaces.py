"""Workplaces, their members, and people who are expected to become members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String, bindparam, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.pack.engine import MEETINGS
from app.values.vocabulary import MEMBER_ROLES, MemberRole

from .db import READING, Base, Moment, db, one_of, only_read
from .keys import ID_LENGTH, hashed, new_id
from .people import EMAIL_LENGTH, SITTING_LASTS, Person, Sitting, address_of
from .policy import COLUMNS, Policy

NAME_LENGTH = 200
EXPECTED_FOR = timedelta(days=30)  # so long an invitation to become a member stands
MOST_OWNED = 20  # workplaces of one account
MOST_POLICIES = 200  # policies of one workplace, those in the archive too
MOST_LOGOS = 10 * 1024 * 1024  # bytes of all the logos and templates of a workplace's policies: each copy has its own


class LastOwnerError(Exception):
    """A workplace must have an owner: the last one can neither leave nor become something else."""


class Workplace(Base):
    """An organisation that keeps policies."""

    __tablename__ = "workplace"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    created_at: Mapped[datetime] = mapped_column(Moment)

    @classmethod
    def start(cls, name: str, owner: Person) -> Workplace:
        """A new workplace, owned by `owner`; both rows are added to the session."""
        workplace = cls(id=new_id(), name=name, created_at=now())
        db.session.add(workplace)
        db.session.flush()
        workplace.take_in(owner, "owner")
        return workplace

    @classmethod
    def find(cls, id: str, lock: bool = False) -> Workplace | None:
        """The workplace with `id`. With `lock`, nobody else can change who belongs to it before this transaction ends."""
        found = select(cls).where(cls.id == id)
        return db.session.scalar(found.with_for_update(key_share=True).execution_options(populate_existing=True) if lock else found)

    @classmethod
    def all_of(cls, person_id: str) -> Sequence[tuple[Workplace, MemberRole]]:
        """Every workplace of a person with their role there, by name."""
        found = select(cls, Member.role).join(Member).where(Member.person_id == person_id).order_by(func.lower(cls.name), cls.id)
        return [(workplace, role) for workplace, role in db.session.execute(found)]

    @classmethod
    def owned_by(cls, person_id: str) -> int:
        """How many workplaces a person owns."""
        return db.session.scalar(select(func.count()).select_from(Member).where(Member.person_id == person_id, Member.role == "owner")) or 0

    def take_in(self, person: Person, role: MemberRole) -> None:
        """Make somebody a member, or give a member another role. Raises LastOwnerError."""
        member = self.member(person.id)
        if member is None:
            db.session.add(Member(workplace_id=self.id, person_id=person.id, role=role, since=now()))
        else:
            member.become(role)

    def member(self, person_id: str) -> Member | None:
        """The membership of a person here."""
        return db.session.get(Member, (self.id, person_id))

    def members(self) -> Sequence[tuple[Member, Person]]:
        """Everybody who belongs here, owners first."""
        found = select(Member, Person).join(Person).where(Member.workplace_id == self.id)
        rows = [(member, person) for member, person in db.session.execute(found)]
        return sorted(rows, key=lambda row: (MEMBER_ROLES.index(row[0].role), row[1].called().lower()))

    def policies(self) -> Sequence[Policy]:
        """Every policy that is kept here, archived or not, by the part of the workplace that it is for."""
        only_read()
        return db.session.scalars(select(Policy).where(Policy.workplace_id == self.id).order_by(func.lower(Policy.unit), Policy.created_at)).all()

    @classmethod
    def counts(cls, person_id: str) -> dict[str, int]:
        """How many policies each workplace of a person has, those in the archive left out."""
        mine = (Member.workplace_id == Policy.workplace_id, Member.person_id == person_id, Policy.archived_at.is_(None))
        counted = select(Policy.workplace_id, func.count()).join(Member, mine[0]).where(*mine[1:]).group_by(Policy.workplace_id)
        return {str(id): number for id, number in db.session.execute(counted)}

    def has_unit(self, unit: str, but: str = "") -> bool:
        """Whether a policy that is not archived is for `unit` already; `but` is the id of one that does not count."""
        taken = [policy.unit.casefold() for policy in self.policies() if policy.archived_at is None and policy.id != but]
        return unit.casefold() in taken

    def is_full(self) -> bool:
        """Whether it keeps as many policies as it may."""
        return len(self.policies()) >= MOST_POLICIES

    def has_room_for_look_of(self, policy: Policy) -> bool:
        """Whether the logo and the template of `policy` may be copied once more."""
        look = policy.look
        more = len(look.logo or b"") + len(look.template or b"")
        size = func.coalesce(func.length(Policy.logo), 0) + func.coalesce(func.length(Policy.template), 0)
        sizes = select(func.coalesce(func.sum(size), 0)).where(Policy.workplace_id == self.id)
        return not more or (db.session.scalar(sizes) or 0) + more <= MOST_LOGOS

    def begin(self, policy: Policy, unit: str) -> Policy:
        """Keep a new draft, for `unit`; added to the session."""
        policy.workplace_id, policy.unit = self.id, unit
        db.session.add(policy)
        return policy

    def copy(self, policy: Policy, unit: str) -> Policy:
        """A new draft with the answers, own words, look and language of `policy`. What was said and decided about that one stays with it."""
        copied = Policy.start(policy.language, policy.answers, policy.edition, policy.own_words)
        look = policy.look
        copied.logo, copied.logo_type, copied.colour = look.logo, policy.logo_type, policy.colour
        copied.template, copied.template_lacks = look.template, policy.template_lacks
        copied.meetings_before = policy.answers.get(MEETINGS) or None  # they were about that one
        return self.begin(copied, unit)

    def lock(self) -> None:
        """Nobody else may change who belongs here before this transaction ends: two owners must not both leave as the last but one."""
        _lock(self.id)


class Member(Base):
    """A person's place in a workplace."""

    __tablename__ = "member"
    __table_args__ = (CheckConstraint(one_of("role", MEMBER_ROLES), name="role"),)

    workplace_id: Mapped[str] = mapped_column(ForeignKey("workplace.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[MemberRole] = mapped_column(String(10))
    since: Mapped[datetime] = mapped_column(Moment)

    def become(self, role: MemberRole) -> None:
        """Take another role. Raises LastOwnerError when nobody would own the workplace."""
        if role != "owner":
            self._leave_an_owner()
        self.role = role

    def leave(self) -> None:
        """Be a member no more. Raises LastOwnerError when nobody would own the workplace."""
        self._leave_an_owner()
        db.session.delete(self)

    def _leave_an_owner(self) -> None:
        if self.role != "owner":
            return
        _lock(self.workplace_id)
        owners = select(func.count()).select_from(Member).where(Member.workplace_id == self.workplace_id, Member.role == "owner")
        if (db.session.scalar(owners) or 0) < 2:
            raise LastOwnerError


class Expected(Base):
    """Somebody who was invited to become a member: whoever shows that the address is theirs may say yes."""

    __tablename__ = "expected"
    __table_args__ = (CheckConstraint(one_of("role", MEMBER_ROLES), name="role"),)

    workplace_id: Mapped[str] = mapped_column(ForeignKey("workplace.id", ondelete="CASCADE"), primary_key=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), primary_key=True, index=True)
    role: Mapped[MemberRole] = mapped_column(String(10))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    undelivered_at: Mapped[datetime | None] = mapped_column(Moment)  # when it was clear that the letter does not arrive

    @classmethod
    def at(cls, workplace: Workplace, email: str, role: MemberRole) -> None:
        """Expect somebody with this address."""
        db.session.merge(cls(workplace_id=workplace.id, email=address_of(email), role=role, asked_at=now(), undelivered_at=None))

    @classmethod
    def of(cls, workplace_id: str) -> Sequence[Expected]:
        """Everybody expected in a workplace, by address."""
        return db.session.scalars(select(cls).where(cls.workplace_id == workplace_id, cls._stands()).order_by(cls.email)).all()

    @classmethod
    def _stands(cls) -> ColumnElement[bool]:
        return cls.asked_at > now() - EXPECTED_FOR

    @property
    def until(self) -> datetime:
        """When the invitation stands no more."""
        return self.asked_at + EXPECTED_FOR

    @classmethod
    def purge(cls, at: datetime) -> None:
        """Delete the invitations that nobody has answered in time."""
        db.session.execute(delete(cls).where(cls.asked_at <= at - EXPECTED_FOR))

    @classmethod
    def mark(cls, letter_about: str, undelivered_at: datetime | None) -> None:
        """Remember that the letter with an invitation did not arrive, or that it did after all. It is known by its hash alone, and this is seldom."""
        changed = [one for one in db.session.scalars(select(cls)) if cls.letter_about(one.workplace_id, one.email) == letter_about]
        for one in changed:
            one.undelivered_at = undelivered_at

    @classmethod
    def waiting_for(cls, email: str) -> Sequence[tuple[Expected, Workplace]]:
        """The workplaces that expect whoever has this address, by name."""
        found = select(cls, Workplace).join(Workplace).where(cls.email == address_of(email), cls._stands()).order_by(func.lower(Workplace.name))
        return [(expected, workplace) for expected, workplace in db.session.execute(found)]

    @classmethod
    def take(cls, workplace_id: str, email: str) -> MemberRole | None:
        """Expect this address no more: the role that was meant for it; None when it was not, or is no longer, expected."""
        taken = delete(cls).where(cls.workplace_id == workplace_id, cls.email == address_of(email), cls._stands()).returning(cls.role)
        return db.session.scalar(taken)

    @classmethod
    def letter_about(cls, workplace_id: str, email: str) -> str:
        """What the letter of invitation is about, so that it can be withdrawn as long as it has not been sent."""
        return hashed(f"{workplace_id} {address_of(email)}")[:ID_LENGTH]


def _lock(workplace_id: str) -> None:
    """Wait for whoever changes the members of this workplace. Rows that only point to it (policies, the log) are not held up."""
    db.session.execute(select(Workplace.id).where(Workplace.id == workplace_id).with_for_update(key_share=True))


# Built once, as those of Policy. Who sits there, their role and the policy come in one statement: a role that is taken away is gone at once.
_MEMBERS = (
    Policy.id == bindparam("id"),
    Member.workplace_id == Policy.workplace_id,
    Member.person_id == Sitting.person_id,
    Sitting.key_hash == bindparam("key_hash"),
    Sitting.used_at > bindparam("since", type_=Moment()),
)
_FIND = select(*COLUMNS, Member.role.label("member_role")).where(*_MEMBERS)
_LOCK = select(Policy, Member.role).where(*_MEMBERS).with_for_update(of=Policy).execution_options(populate_existing=True)


def policy_of_member(id: str, key: str, lock: bool = False) -> tuple[Policy, MemberRole] | None:
    """The policy and the role, if whoever sits in the browser with `key` belongs to the workplace that keeps it.

    With `lock`, nobody else can read it to write it before this transaction ends; without, it is a copy to read alone.
    """
    which = {"id": id, "key_hash": hashed(key), "since": now() - SITTING_LASTS}
    if lock:
        found = db.session.execute(_LOCK, which).first()
        return (found[0], found[1]) if found else None
    with db.engine.connect().execution_options(**READING) as connection:
        row = connection.execute(_FIND, which).first()
    if row is None:
        return None
    values = dict(row._mapping)
    role = values.pop("member_role")
    return Policy.copy_of(values), role
