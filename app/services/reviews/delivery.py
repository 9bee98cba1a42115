"""Letters to readers that do not arrive: whoever sent them is told, where they look at their readers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select, update

from app.clock import now
from app.mail.delivery import on_delivery
from app.models.db import db
from app.models.outbox import Letter
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer

REACHED: ColumnElement[bool] = or_(Reviewer.undelivered_at.is_(None), Reviewer.opened_at.is_not(None))


@on_delivery
def mark_reader(letter: Letter, has_gone: bool) -> None:
    """Remember that the last letter to a reader did not arrive, or that one has since."""
    if letter.about is None or not letter.kind.startswith("review_"):  # reviewer_finished is about a reader too, but goes to whoever asked them
        return
    theirs = update(Reviewer).where(Reviewer.id == letter.about, Reviewer.undelivered_at.is_not(None) if has_gone else True)  # type: ignore[arg-type]
    db.session.execute(theirs.values(undelivered_at=None if has_gone else now()).execution_options(synchronize_session=False))


def is_unreached(reviewer: Reviewer) -> bool:
    """Whether the letter with their invitation did not arrive, and they have not come by another way either."""
    return reviewer.undelivered_at is not None and reviewer.opened_at is None


def unreached(policy: Policy) -> Sequence[Reviewer]:
    """The readers of the open review whom no letter has reached."""
    found = select(Reviewer).join(Review).where(Review.policy_id == policy.id, Review.closed_at.is_(None), Reviewer.revoked_at.is_(None), ~REACHED)
    return db.session.scalars(found.order_by(Reviewer.invited_at, Reviewer.id)).all()
