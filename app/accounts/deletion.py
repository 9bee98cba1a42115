"""Deleting an account: what goes with it, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from app.models.audit_log import record_event
from app.models.db import db
from app.models.people import Person, SignIn
from app.models.workplaces import Expected, Workplace
from app.services.people.invitations import withdraw_all
from app.services.versions.retention import Lasting, of_workplace


class GoneError(Exception):
    """There is no such account any more."""


@dataclass(frozen=True, slots=True)
class AccountDeletion:
    """What becomes of the workplaces of `person`. In those of `holding` they are the last owner and others belong there too: they cannot go yet.
    Those of `going` have nobody else, and go with them. Those of `staying` have other owners.
    """

    person: Person
    holding: Sequence[Workplace]
    going: Sequence[tuple[Workplace, int]]  # with how many policies
    staying: Sequence[Workplace]

    @classmethod
    def of(cls, person: Person, lock: bool = False) -> AccountDeletion:
        """How it stands. With `lock`, it stands so until this transaction ends: two owners must not both go.

        Raises GoneError when they have gone meanwhile: the button was pressed twice.
        """
        mine = [workplace for workplace, _ in Workplace.all_of(person.id)]
        for workplace in sorted(mine, key=lambda one: one.id) if lock else ():
            workplace.lock()
        if lock and db.session.scalar(select(Person.id).where(Person.id == person.id).with_for_update()) is None:
            raise GoneError
        sorted_out: dict[str, list[Workplace]] = {"holding": [], "going": [], "staying": []}
        for workplace in mine:
            sorted_out[_becomes(workplace, person)].append(workplace)
        going = [(workplace, len(workplace.policies())) for workplace in sorted_out["going"]]
        return cls(person, sorted_out["holding"], going, sorted_out["staying"])

    def lasting(self) -> list[Lasting]:
        """The decided versions that go with them."""
        return [one for workplace, _ in self.going for one in of_workplace(workplace.id)]

    def carry_out(self) -> None:
        """Delete the person, and what goes with them. In the logs of other workplaces stays what was done, but no longer by whom."""
        for workplace, _ in self.going:
            withdraw_all(workplace)
            db.session.execute(delete(Workplace).where(Workplace.id == workplace.id))
        for workplace in self.staying:
            record_event("member_left", workplace.id)
        db.session.execute(delete(SignIn).where(SignIn.email == self.person.email))
        db.session.execute(delete(Expected).where(Expected.email == self.person.email))
        db.session.execute(delete(Person).where(Person.id == self.person.id).execution_options(synchronize_session=False))


def _becomes(workplace: Workplace, person: Person) -> str:
    members = [member for member, _ in workplace.members()]
    owners = [member for member in members if member.role == "owner"]
    if len(members) == 1:
        return "going"
    return "holding" if [member.person_id for member in owners] == [person.id] else "staying"
