"""Letters about workplaces: the invitation, and taking back what has not been sent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.accounts.models import Person
from app.db import db, now
from app.language import current_language
from app.links import external
from app.mail.letters import write
from app.mail.models import Letter
from app.mail.outcome import listens
from app.models import Policy
from app.review.models import Review, Reviewer

from .models import EXPECTED_FOR, Expected, Role, Workplace


def invite(place: Workplace, email: str, role: Role, by: Person) -> None:
    """Write to somebody who is expected. In the language of whoever invites: nobody knows that of the reader."""
    about = Expected.letter_about(place.id, email)
    link = external("workplaces.mine")
    Letter.withdraw(about)
    said: dict[str, Any] = {"workplace": place.name, "by": by.called(), "role": role, "link": link, "stands": EXPECTED_FOR.days}
    write("member_invited", email, current_language(), about=about, **said)


@listens
def mark_expected(letter: Letter, has_gone: bool) -> None:
    """Remember that an invitation did not arrive, so that whoever sent it is told."""
    if letter.about and letter.kind == "member_invited" and not has_gone:
        Expected.mark(letter.about, now())


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
