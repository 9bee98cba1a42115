"""A reader's proposal, taken into the text with one click, or edited first."""

from __future__ import annotations

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from app.models.db import db
from app.services.reviews.proposals import proposal_in, take_in
from app.web.access import signed_in
from app.web.saving import is_stale
from app.web.urls import own_words_address

from .context import bp, changeable


@bp.post("/comments/<policy:comment>/take-in")
def take_proposal_in(id: str, comment: str) -> ResponseReturnValue:
    """Take the proposal in as it stands, and say so to its reader. One that its writer has changed since is shown again."""
    policy = changeable(id)
    proposal = proposal_in(policy, comment, lock=True)
    if proposal is None:
        abort(404)
    if not is_stale(str(proposal.comment.revision), "revision"):
        if not proposal.fits:
            return redirect(own_words_address(id, proposal.section, proposal=comment), 303)  # to be edited first
        take_in(policy, proposal, signed_in())
        db.session.commit()
    return redirect(url_for("review.comments", id=id, answer=comment, done="answered") + f"#comment-{comment}", 303)
