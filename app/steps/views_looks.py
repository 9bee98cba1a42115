"""Looking over what is suggested, one step at a time: one button makes answers of all of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.models.db import db
from app.services.delegations import by_question, delegated
from app.services.standing_cache import standing_of
from app.web.access import may_change, policy_for
from app.web.refusals import LockedError
from app.web.rich_text import plain
from app.web.saving import is_stale
from app.web.view_models import Link, message

from . import progress
from .looks import Look

bp = Blueprint("looks", __name__, url_prefix="/<language:language>/policies/<policy:id>/look")


@bp.get("/")
def first(id: str) -> ResponseReturnValue:
    """On to the first step with something to look over; to the policy check when there is none."""
    found = next(iter(progress.suggesting(standing_of(policy_for(id)))), None)
    return redirect(url_for("looks.look", id=id, step=found) if found else url_for("steps.control", id=id))


@bp.get("/<step>")
def look(id: str, step: str) -> ResponseReturnValue:
    """The suggestions of one step. A reader, who cannot confirm them, gets all answers."""
    policy = policy_for(id)
    found = Look.of(policy, step)
    if not may_change():
        return redirect(url_for("steps.check", id=id))
    return _page(found)


@bp.post("/<step>")
def confirm(id: str, step: str) -> ResponseReturnValue:
    """Store what was suggested as answers, unless it has changed since it was shown."""
    policy = policy_for(id)
    found = Look.of(policy, step)
    if policy.is_locked:
        raise LockedError(policy, "tasks")
    if found.questions and is_stale(found.mark):
        return _page(found, has_changed=True), 409
    policy.answer(found.answers)
    db.session.commit()
    return redirect(_onward(found), 303)


def _onward(found: Look) -> str:
    step = found.onward
    return url_for("looks.look", id=found.policy.id, step=step.id) if step else url_for("steps.control", id=found.policy.id)


def _ways_to_ask(found: Look) -> dict[str, Link]:
    """Where a colleague is asked instead, by question."""
    places = [(question, found.now.pack.place[question.id]) for question in found.questions]
    address = partial(url_for, "delegation.ask", id=found.policy.id)
    ask = message("delegation_ask_link")
    return {q.id: Link(ask, address(step=step.id, page=page.id, question=q.id), plain(q.label)) for q, (step, page) in places}


def _page(found: Look, *, has_changed: bool = False) -> str:
    values: dict[str, Any] = {"onward": _onward(found), "has_changed": has_changed, "ways_to_ask": _ways_to_ask(found)}
    values["colleagues"] = by_question(delegated(found.policy))
    return render_template("steps/look.html", id=found.policy.id, here="", look=found, **values)
