"""The blueprint of own words, and what its views share."""

from __future__ import annotations

from flask import Blueprint, url_for

from app.models.policy import Policy
from app.services.reviews.proposals import Proposal, answer_taken_in
from app.web.access import signed_in
from app.web.forms import Form, posted
from app.web.refusals import LockedError, fields_to_keep

bp = Blueprint("own_words", __name__, url_prefix="/<language:language>/policies/<policy:id>/own-words")


def locked(policy: Policy, then: str, form: Form | None = None) -> LockedError:
    """Why own words of a text that somebody signed for are not changed yet, with what was typed."""
    shown = [(field.title, [field.typed]) for field, _ in form.leaves if field.typed] if form else []
    return LockedError(policy, then, fields_to_keep(dict(posted().lists())), shown)


def taken_in(policy: Policy, proposal: Proposal) -> str:
    """Say to its reader that a proposal is taken in; where whoever took it in goes on."""
    answer_taken_in(policy, proposal.comment, signed_in())
    id = proposal.comment.id
    return url_for("review.comments", id=policy.id, answer=id, done="answered") + f"#comment-{id}"
