"""From a draft to a policy in force: where it stands, and the steps that bind."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.clock import day_of, today
from app.documents.frozen import FrozenError
from app.models.audit_log import Event
from app.models.db import db, only_read
from app.models.policy import Policy
from app.models.versions import Decision, Version
from app.pack.engine import DECIDES, REVIEW_DATE
from app.pack.load import the_pack
from app.services.reviews.delivery import unreached
from app.services.versions.file_links import file_links
from app.services.versions.freeze import paper_of, recorded, text_of
from app.services.versions.situation import History, Situation, carried, facts_of, signed
from app.services.versions.transitions import NotNowError
from app.services.versions.transitions import decide as decide_on
from app.services.versions.transitions import make_ready as freeze_ready
from app.services.versions.transitions import put_in_force as enforce
from app.services.versions.transitions import reopen as open_again
from app.services.versions.workflow import TRANSITIONS, Facts, Hindrance, back, can_begin, hindrances, may, stops
from app.values.dates import is_date
from app.web.access import may_change, policy_for
from app.web.choices import Option
from app.web.forms import said_by
from app.web.language import current_language, t
from app.web.rich_text import plain

from .blueprint import TooLateError, address_of, asked_about, bp, mark_of, may_take, stops_of, who
from .forms import DecisionForm, InForceForm, ReasonForm
from .view_models import Visit, is_review_over, status_page
from .view_models_timeline import Happened, timeline_of


@bp.get("/status")
def status(id: str) -> str:
    """Where the policy stands, what the next step is, what stops it, and every version there has been."""
    policy = policy_for(id)
    only_read()
    situation = Situation.load(policy)
    facts, history, now_ = facts_of(situation, current_language()), History.told(situation.versions, situation.decisions), signed(policy)
    found = [] if policy.is_locked else stops_of(id, hindrances("ready", facts))
    allowed = frozenset(one for one in TRANSITIONS if may(one, g.role, policy.state) and can_begin(one, policy.state))
    visit = Visit(allowed, may_change(), bool(g.get("is_archived")), address_of, g.role == "owner")
    page = status_page(facts, policy, history, now_, unreached(policy), visit)
    page |= {"timeline": timeline_of(_happened(situation, facts, now_), history, today()), "stops": found, "signed": now_}
    files = file_links(now_, history.decisions.get(now_.id), address_of) if now_ else ()
    return render_template("decisions/status.html", id=id, here="decisions.status", files=files, **page)


def _happened(found: Situation, facts: Facts, signed: Version | None) -> Happened:
    """What the timeline tells of."""
    policy, read = found.policy, found.round
    planned = (signed.answers if signed else policy.answers).get(REVIEW_DATE)
    on = date.fromisoformat(planned) if isinstance(planned, str) and is_date(planned) else None
    begun = policy.created_at if policy.round == 1 else Event.last(policy.id, "revision_begun")
    return Happened(policy.state, begun, read.reviews, len(read.reviewers), signed, on, is_review_over(facts))


# ── ready ──


@bp.get("/ready")
def ready(id: str) -> ResponseReturnValue:
    """What it means to make the text ready, what stops it, and the button."""
    policy = policy_for(id, "edit")
    only_read()
    if not may_take("ready", policy):
        return redirect(url_for("decisions.status", id=id))
    found = Situation.load(policy)
    return _ready(policy, _stopping(found), ReasonForm(data={"reason": found.last_reason}))


def _stopping(found: Situation) -> list[Hindrance]:
    return hindrances("ready", facts_of(found, current_language()))


def _ready(policy: Policy, stopping: list[Hindrance], form: ReasonForm) -> str:
    values = {"stops": stops_of(policy.id, stopping), "form": form, "advice": the_pack().review.advice("ready")}
    return render_template("decisions/ready.html", id=policy.id, here="decisions.status", policy=policy, **values)


@bp.post("/ready")
def make_ready(id: str) -> ResponseReturnValue:
    """Freeze the text that is to be decided. What stops it is looked at again here, with the policy locked: nothing that came meanwhile is lost."""
    policy = policy_for(id, "edit")
    if policy.state == "ready":  # the button was pressed twice
        return redirect(url_for("decisions.status", id=id), 303)
    form = ReasonForm.here()
    if not can_begin("ready", policy.state):
        raise TooLateError(policy, form)
    found, reason = Situation.load(policy), form.reason.data
    stopping = _stopping(found)
    if form.validate() and stops(stopping, reason) and not stops(stopping, "x"):
        form.reason.wrong("ready_reason_missing")
    if form.faults or stops(stopping, reason):
        return _ready(policy, stopping, form), 422
    because = reason if stopping else ""
    freeze_ready(policy, text_of(found, because), who(), because)
    db.session.commit()
    return redirect(url_for("decisions.status", id=id), 303)


# ── the decision ──


@bp.get("/decide")
def decide(id: str) -> ResponseReturnValue:
    """The form for what was decided."""
    policy = policy_for(id, "own")
    only_read()
    version = signed(policy)
    if version is None or not may_take("decide", policy):
        return redirect(url_for("decisions.status", id=id))
    return _decide(policy, version, DecisionForm(data=_suggested(policy, version)))


def _suggested(policy: Policy, version: Version) -> dict[str, Any]:
    """What stands in the form at first: the decision that this text carries out, or what the answers planned."""
    if before := carried(policy, version):
        return recorded(before)._asdict() | {"result": "adopted", "changes": ""}
    body, case = version.answers.get(DECIDES), version.answers.get("case_number")
    known = {named.id for named in the_pack().review.bodies}
    return {"body": body if body in known else "", "case_number": case if isinstance(case, str) else ""}


def _offered(form: DecisionForm) -> DecisionForm:
    """The form with the bodies and results that the content knows."""
    form.body.options = [Option(body.id, plain(body.label), plain(body.help) if body.help else "") for body in the_pack().review.bodies]
    form.result.options = [Option(one.id, plain(one.label), t(f"decide_result_{one.id}_help")) for one in the_pack().papers.results]
    return form


def _decide(policy: Policy, version: Version, form: DecisionForm, changed: bool = False) -> str:
    values = {"version": version, "form": _offered(form), "changed": changed, "carried": carried(policy, version)}
    return render_template("decisions/decide.html", id=policy.id, here="decisions.status", policy=policy, **values)


@bp.post("/decide")
def record_decision(id: str) -> ResponseReturnValue:
    """Record what was decided about the very text that the form was about."""
    policy = policy_for(id, "own")
    form = _offered(DecisionForm.here())
    version = signed(policy)
    if version is None or policy.state != "ready":
        raise TooLateError(policy, form)
    if said_by("text_hash") != version.text_hash:
        form.forgive()
        return _decide(policy, version, form, changed=True), 409
    before = carried(policy, version)
    earliest = before.decided_on if before else day_of(version.made_at)
    given = form.read(earliest, today())
    if given is None:
        return _decide(policy, version, form), 422
    decide_on(policy, version, given, who(), _paper(policy, version, given))
    db.session.commit()
    return redirect(url_for("decisions.status", id=id), 303)


def _paper(policy: Policy, version: Version, given: Any) -> dict[str, Any] | None:
    """The record of the decision; none when this program is too old to read the text, which is no reason to refuse the decision."""
    try:
        return paper_of(policy, version, given)
    except FrozenError:
        return None


# ── in force ──


@bp.get("/in-force")
def in_force(id: str) -> ResponseReturnValue:
    """From when the policy is to apply."""
    policy = policy_for(id, "own")
    only_read()
    version = signed(policy)
    if version is None or not may_take("put_in_force", policy):
        return redirect(url_for("decisions.status", id=id))
    planned = version.in_force_on or db.session.get_one(Decision, version.id).in_force_from
    return _in_force(policy, version, InForceForm(data={"in_force_on": planned or today()}))


def _in_force(policy: Policy, version: Version, form: InForceForm) -> str:
    fixed = db.session.get_one(Decision, version.id).in_force_from
    values = {"version": version, "before": Version.one_in(policy.id, "in_force"), "fixed": fixed, "form": form}
    return render_template("decisions/in_force.html", id=policy.id, here="decisions.status", policy=policy, **values)


@bp.post("/in-force")
def put_in_force(id: str) -> ResponseReturnValue:
    """Put the decided version in force; the one before it is replaced."""
    policy = policy_for(id, "own")
    form = InForceForm.here()
    version = signed(policy)
    if version is None or policy.state != "decided" or not asked_about(version, policy):
        raise TooLateError(policy, form)
    decision, before = db.session.get_one(Decision, version.id), Version.one_in(policy.id, "in_force")
    on = form.read(decision.decided_on, today(), decision.in_force_from, before.in_force_on if before else None)
    if on is None:
        return _in_force(policy, version, form), 422
    enforce(policy, version, on, who())
    db.session.commit()
    return redirect(url_for("decisions.status", id=id), 303)


# ── open for changes ──


@bp.get("/reopen")
def reopen(id: str) -> ResponseReturnValue:
    """What it does to open the text for changes, before it is done."""
    policy = policy_for(id, "edit")
    only_read()
    transition = back(policy.state)
    if transition is None:
        return redirect(url_for("decisions.status", id=id))
    version = signed(policy)
    values = {"version": version, "about": mark_of(version, policy), "can": may_take(transition, policy)}
    return render_template("decisions/reopen.html", id=id, here="decisions.status", policy=policy, **values)


@bp.post("/reopen")
def open_for_changes(id: str) -> ResponseReturnValue:
    """Open the text for changes; what was typed on another page is sent on there, to be saved as it would have been."""
    policy = policy_for(id, "edit")
    if transition := back(policy.state):
        if not may_take(transition, policy):
            abort(403)
        if not asked_about(signed(policy), policy):
            raise TooLateError(policy)
        _open(policy)
    return _onward(id, said_by("then"))


def _open(policy: Policy) -> None:
    try:
        open_again(policy, who())
    except NotNowError:
        return
    db.session.commit()


def _onward(id: str, then: str) -> ResponseReturnValue:
    """Back to where the change was made: with 307 the browser sends the same form there."""
    step, _, page = then.partition("/")
    if (step, page) in the_pack().places:
        return redirect(url_for("steps.save", id=id, step=step, page=page), 307)
    if step in ("own-words", "own-sections"):
        return redirect(_to_own_words(id, step, page), 307)
    if then in ("language", "colour"):
        return redirect(url_for("documents.speak" if then == "language" else "documents.colour", id=id), 307)
    if then in ("logo", "template"):
        return redirect(url_for("documents.download", id=id) + f"#{then}", 303)
    return redirect(url_for("steps.tasks", id=id) if then == "tasks" else url_for("decisions.status", id=id), 303)


def _to_own_words(id: str, kind: str, name: str) -> str:
    """Where own words are stored: those of a section by its name; without one, their order."""
    if not name:
        return url_for("own_words.arrange", id=id)
    return url_for("own_words.save", id=id, section=name) if kind == "own-words" else url_for("own_words.change", id=id, own=name)
