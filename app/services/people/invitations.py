"""Letters about workplaces: the invitation, and taking back what has not been sent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select

from app.clock import now
from app.mail.delivery import on_delivery
from app.mail.messages import write
from app.models.db import db
from app.models.delegations import Delegation
from app.models.outbox import Letter
from app.models.people import Person
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.models.workplaces import EXPECTED_FOR, Expected, Workplace
from app.values.vocabulary import MemberRole
from app.web.language import current_language
from app.web.urls import external


def invite(place: Workplace, email: str, role: MemberRole, by: Person) -> None:
    """Write to somebody who is expected. In the language of whoever invites: nobody knows that of the reader."""
    about = Expected.letter_about(place.id, email)
    link = external("workplaces.mine")
    Letter.withdraw(about)
    said: dict[str, Any] = {"workplace": place.name, "by": by.called(), "role": role, "link": link, "stands": EXPECTED_FOR.days}
    write("member_invited", email, current_language(), about=about, **said)


@on_delivery
def mark_expected(letter: Letter, has_gone: bool) -> None:
    """Remember that an invitation did not arrive, so that whoever sent it is told."""
    if letter.about and letter.kind == "member_invited" and not has_gone:
        Expected.mark(letter.about, now())


def withdraw_all(place: Workplace) -> None:
    """Send nothing more about a workplace that is deleted."""
    for expected in Expected.of(place.id):
        Letter.withdraw(Expected.letter_about(place.id, expected.email))
    withdraw_from_readers(Policy.workplace_id == place.id)


def withdraw_from_readers(which: ColumnElement[bool]) -> None:
    """Send nothing more to those who were invited to read a policy that is deleted, or asked one of its questions."""
    readers = select(Reviewer.id).join(Review, Review.id == Reviewer.review_id).join(Policy, Policy.id == Review.policy_id).where(which)
    colleagues = select(Delegation.id).join(Policy).where(which)
    for id in db.session.scalars(readers.union_all(colleagues)).all():
        Letter.withdraw(id)
