"""The section of the policy beside the form: as the form is just now, which nobody has saved; and the way to it for whoever has no script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.documents.draft import Draft
from app.documents.frozen import FrozenError
from app.documents.model import Document
from app.documents.own_words import OwnWords
from app.documents.shaped import shapes_of
from app.models.policy import Policy
from app.pack.load import the_pack
from app.services.versions.stamping import signed_document
from app.web.access import policy_for, policy_unsaved
from app.web.limits import limited

from . import posted
from .page_context import Sheet
from .view_models_beside import beside, pieces_of
from .visible_questions import counts_in

bp = Blueprint("beside", __name__, url_prefix="/<language:language>/policies/<policy:id>")


@bp.post("/<step>/<page>/section")
@limited("section")
def section(id: str, step: str, page: str) -> ResponseReturnValue:
    """What the policy says at a question with the form as it is now. Nothing is stored."""
    policy = policy_unsaved(id)
    source = _signed(policy) or _draft(policy, {} if policy.is_locked else _given(policy, step, page))
    found = beside(source, the_pack(), request.args.get("question", ""))
    return jsonify(html=render_template("steps/beside.html", id=id, found=found, back=_back(step, page)))


@bp.get("/<step>/<page>/section")
def lead(id: str, step: str, page: str) -> ResponseReturnValue:
    """To the section in the whole text, from where a link leads back to the question."""
    policy = policy_for(id)
    place = the_pack().places.get((step, page)) or abort(404)
    question = request.args.get("question") or place[1].questions[0].id
    if question not in the_pack().questions:
        abort(404)
    pieces = pieces_of(_signed(policy) or policy.draft(), shapes_of(the_pack(), question))
    return redirect(url_for("documents.preview", id=id, **_back(step, page), _anchor=pieces[0].anchor or None if pieces else None))


def _given(policy: Policy, step: str, page: str) -> dict[str, Any]:
    """The answers that saving the form would store."""
    typed, place = posted.typed(), the_pack().places.get((step, page))
    sheet = Sheet.of(policy, step, page, counts_in(place[1], typed) if place else None)
    return sheet.merged(sheet.take(sheet.own_alone(typed), posted.settled()).given)


def _draft(policy: Policy, given: Mapping[str, Any]) -> Draft:
    return Draft(the_pack(), {**policy.answers, **given}, policy.language, OwnWords.of(policy.own_words))


def _signed(policy: Policy) -> Document | None:
    """The text that was signed for, which no answer changes."""
    try:
        signed = signed_document(policy)
    except FrozenError:  # a newer program froze it: where the versions are, that is said
        return None
    return signed[1] if signed else None


def _back(step: str, page: str) -> dict[str, Any]:
    """What the page of the whole text is told, so that it leads back to the question, and from there to where somebody came from."""
    return {"question": request.args.get("question", ""), "page": f"{step}/{page}", "return": request.values.get("return") or None}
