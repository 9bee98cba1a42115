"""The blueprint of states, decisions and versions, and what their views share."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Blueprint, current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Conflict

from app.documents.papers.facts import grouped
from app.models.policy import Policy
from app.models.versions import Version
from app.pack.load import the_pack
from app.services.versions.situation import signed
from app.services.versions.workflow import Hindrance, TransitionId, back, can_begin, may
from app.web.access import person_here
from app.web.forms import Form
from app.web.language import t, t_n
from app.web.refusals import LockedError
from app.web.rich_text import plain
from app.web.saving import is_stale
from app.web.urls import own_words_address
from app.web.view_models import Link

from .view_models_locked import locked_page

bp = Blueprint("decisions", __name__, url_prefix="/<language:language>/policies/<policy:id>")
# What mends a hindrance, where it is not a question: an endpoint.
MENDS = {
    "kept": "workplaces.keep",
    "review_over": "review.overview",
    "comments": "review.comments",
    "unchanged": "review.comments",
    "participation": "review.meetings",
}


class Stop(NamedTuple):
    """A hindrance in words, and the way to where it is mended, if there is one."""

    words: str
    onward: Link | None
    overcome: bool


def stops_of(id: str, found: list[Hindrance]) -> list[Stop]:
    """The hindrances as a page shows them."""
    return [_stop(id, one) for one in found]


def _stop(id: str, one: Hindrance) -> Stop:
    if one.section:
        return Stop(one.words, Link(t("status_mend_own_words"), own_words_address(id, one.section)), one.overcome)
    if one.about:
        return _at_question(id, one)
    address = address_of(MENDS.get(one.need, ""), id=id)
    return Stop(t_n(f"status_stop_{one.need}", one.count), Link(t(f"status_mend_{one.need}"), address) if address else None, one.overcome)


def _at_question(id: str, one: Hindrance) -> Stop:
    step, page = the_pack().place[one.about]
    label = plain(the_pack().questions[one.about].label)
    address = url_for("steps.page", id=id, step=step.id, page=page.id) + f"#q-{one.about}"
    return Stop(one.words or t("status_stop_answers", label=label), Link(t("status_mend_question", label=label), address), one.overcome)


def address_of(endpoint: str, **values: Any) -> str:
    """The address of a page; empty when this app has no such page."""
    return url_for(endpoint, **values) if has_page(endpoint) else ""


def has_page(endpoint: str) -> bool:
    """Whether this app has such a page."""
    return endpoint in current_app.view_functions


def who() -> str | None:
    """The id of whoever is signed in here."""
    person = person_here()
    return person.id if person else None


def may_take(transition: TransitionId, policy: Policy) -> bool:
    """Whether whoever is here may make the transition, in the state in which the policy is."""
    return can_begin(transition, policy.state) and may(transition, g.role, policy.state)


class TooLateError(Conflict):
    """A transition that the policy is past, or not at yet: somebody else was there first. `form` is the one that was sent."""

    def __init__(self, policy: Policy, form: Form | None = None) -> None:
        super().__init__()
        self.policy, self.form = policy, form


@bp.errorhandler(TooLateError)
def too_late(error: TooLateError) -> ResponseReturnValue:
    """Say where the policy stands, with what was typed, to be copied."""
    policy, kept = error.policy, error.form.typed if error.form else []
    return render_template("decisions/late.html", id=policy.id, here="decisions.status", policy=policy, kept=kept), 409


@bp.app_errorhandler(LockedError)
def locked(error: LockedError) -> ResponseReturnValue:
    """Say what a change would undo, with what was typed, and offer to open the text."""
    policy = error.policy
    version, transition = signed(policy), back(policy.state)
    can = transition is not None and may_take(transition, policy)
    values = locked_page(policy.state, version.number if version else None, error.then, can, bool(error.shown))
    values |= {"about": mark_of(version, policy), "can": can, "then": error.then, "kept": error.kept, "shown": error.shown}
    return render_template("decisions/locked.html", id=policy.id, here="", policy=policy, **values), 409


def mark_of(version: Version | None, policy: Policy) -> str:
    """What a form carries to say what it is about: another version, or another state, and it is refused."""
    return f"{version.number if version else 0}-{policy.state}"


def asked_about(version: Version | None, policy: Policy) -> bool:
    """Whether the form that was sent is about what stands now."""
    return not is_stale(mark_of(version, policy), "about")


@bp.record_once
def _globals(state: object) -> None:
    app = state.app  # type: ignore[attr-defined]
    app.jinja_env.globals.update(grouped=grouped, has_page=has_page)
