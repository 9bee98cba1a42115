"""Letters about workplaces: the invitation, and taking back what has not been sent."""

from __future__ import annotations

from sqlalchemy import select

from app.accounts.models import Person
from app.db import db
from app.language import current_language
from app.links import external
from app.mail.letters import write
from app.mail.models import Letter
from app.models import Policy
from app.review.models import Review, Reviewer

from .models import Expected, Role, Workplace


def invite(place: Workplace, email: str, role: Role, by: Person) -> None:
    """Write to somebody who is expected. In the language of whoever invites: nobody knows that of the reader."""
    about = Expected.letter_about(place.id, email)
    link = external("workplaces.mine")
    Letter.withdraw(about)
    write("member_invited", email, current_language(), about=about, workplace=place.name, by=by.called(), role=role, link=link)


def withdraw_all(place: Workplace) -> None:
    """Send nothing more about a workplace that is deleted."""
    for expected in Expected.of(place.id):
        Letter.withdraw(Expected.letter_about(place.id, expected.email))
    withdraw_from_readers(Policy.workplace_id == place.id)


def withdraw_from_readers(which: object) -> None:
    """Send nothing more to those who were invited to read a policy that is deleted."""
    readers = select(Reviewer.id).join(Review, Review.id == Reviewer.review_id).join(Policy, Policy.id == Review.policy_id).where(which)  # type: ignore[arg-type]
    for id in db.session.scalars(readers).all():
        Letter.withdraw(id)
