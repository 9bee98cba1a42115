"""What the views of HR's side share: how they come to the policy and what belongs to it, and the pages that say why something cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from flask import Blueprint, abort, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import or_, select
from werkzeug.exceptions import Conflict

from app.clock import now
from app.documents.compare import diff_words, is_addition
from app.models.db import db, only_read
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer, ReviewerLink, ReviewerSitting
from app.services.reviews.actions import is_closed_to_change
from app.web.access import MAY, is_saving, may_change, policy_for
from app.web.forms import Form, said_by

from .view_models_reviews import Visit, ways_on

bp = Blueprint("review", __name__, url_prefix="/<language:language>/policies/<policy:id>/review")
OWN_WORDS = ("answer", "greeting", "present", "said")
Why = Literal["open", "over", "locked", "late", "reminded", "undelivered"]


class NotPossibleError(Conflict):
    """Something about a review that cannot be done as it stands now. `why` names the words that say so."""

    def __init__(self, why: Why) -> None:
        super().__init__()
        self.why = why


@bp.record_once
def _globals(state: object) -> None:
    app = state.app  # type: ignore[attr-defined]
    app.jinja_env.globals.update(diff_words=diff_words, is_addition=is_addition)


def kept(id: str, may: Literal["read", "edit"] = "read", archived: bool = False) -> Policy:
    """The policy, as far as a workplace keeps it: what belongs to a review does not exist before."""
    policy = policy_for(id, may, archived)
    if not is_saving():
        only_read()
    if policy.workplace_id is None:
        abort(404)
    return policy


def changeable(id: str) -> Policy:
    """The policy, for a page that changes something about its review. Says why when nothing may change now."""
    policy = kept(id, "edit")
    if is_closed_to_change(policy):
        raise NotPossibleError("locked")
    return policy


def may_work(policy: Policy) -> bool:
    """Whether whoever looks at the page may send and answer, so that the page offers it."""
    return may_change() and not is_closed_to_change(policy)


def visit_of(policy: Policy) -> Visit:
    """Who looks at the page of a review, and what they may do there."""
    return Visit(policy.id, may_work(policy), g.role in MAY["edit"], url_for)


def open_one(policy: Policy) -> Review:
    """The review that is open."""
    review = Review.open_of(policy.id)
    if review is None:
        raise NotPossibleError("over")
    return review


def reviewer_of(policy: Policy, id: str) -> Reviewer:
    """One reader of the policy. Where something may change, nobody else changes their row until the view commits."""
    found = select(Reviewer).join(Review).where(Reviewer.id == id, Review.policy_id == policy.id)
    if is_saving():
        found = found.with_for_update(of=Reviewer).execution_options(populate_existing=True)
    reviewer = db.session.scalar(found)
    if reviewer is None:
        abort(404)
    return reviewer


def readers_let_in(policy: Policy, but: str) -> Sequence[Reviewer]:
    """Everybody who can still open a review of the policy, other than the review with the id `but`."""
    opens = or_(*(Reviewer.id.in_(select(way.reviewer_id).where(way.expires_at > now())) for way in (ReviewerLink, ReviewerSitting)))
    found = select(Reviewer).join(Review).where(Review.policy_id == policy.id, Review.id != but, Reviewer.revoked_at.is_(None), opens)
    return db.session.scalars(found.order_by(Reviewer.invited_at, Reviewer.id)).all()


def origin() -> str:
    """Where the site is, for links in letters."""
    return str(current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/"))


@bp.errorhandler(NotPossibleError)
def not_possible(error: NotPossibleError) -> ResponseReturnValue:
    """Say why this cannot be done, and where to go on. Nothing is changed, and the words that were typed are still to be read."""
    db.session.rollback()
    typed = [words for name in OWN_WORDS if (words := said_by(name))]
    id = (request.view_args or {})["id"]
    return render_template("review/stop.html", here="review.overview", id=id, why=error.why, typed=typed, ways=ways_on(error.why, id, url_for)), 409


def shown(template: str, policy: Policy, form: Form | None = None, status: int = 200, **values: Any) -> ResponseReturnValue:
    """A page of the review; with a form that has faults, a 422 that says what to mend."""
    told = form.faults if form else {}
    page = render_template(template, id=policy.id, here="review.overview", policy=policy, form=form, told=told, may=may_work(policy), **values)
    return page, 422 if told else status
