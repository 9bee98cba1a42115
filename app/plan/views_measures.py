"""The measures: the list, one more, take in what is written elsewhere, change, mark as done, delete."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clock import today
from app.models.db import db, only_read
from app.models.measures import MOST, Measure
from app.models.policy import Policy
from app.services.plan.measures import candidates
from app.web.access import may_change, policy_for
from app.web.forms import is_sent
from app.web.saving import is_stale
from app.web.view_models import counted

from .blueprint import bp, record
from .forms import MeasureForm, SheetForm, TakeForm
from .view_models_measures import filters, options_of, rows_of, show_of, shows


@bp.get("/measures")
def measures(id: str) -> ResponseReturnValue:
    """The measures, and what may become one."""
    policy = policy_for(id)
    only_read()
    return list_page(policy, MeasureForm())


def list_page(policy: Policy, form: MeasureForm, sheet: SheetForm | None = None) -> ResponseReturnValue:
    """The page of the list; with a form that has faults, a 422 that says what to mend."""
    found, at, show = Measure.all_of(policy.id), today(), show_of(request.args.get("show", ""))
    offered = TakeForm()
    options = options_of(candidates(policy)) if may_change() else []
    offered.taken.options, offered.taken.data = options, [one.value for one in options]
    sheet = sheet or SheetForm()
    page: dict[str, Any] = {
        "filters": filters(found, show, at, policy.id, url_for),
        "rows": rows_of([one for one in found if shows(one, show, at)], at, policy.id, url_for, may_change()),
        "show": show,
        "any": bool(found),
        "form": form,
        "offered": offered,
        "sheet": sheet,
        "may": may_change(),
        "taken": counted("measures_taken", int(request.args["taken"])) if request.args.get("taken", "").isdecimal() else None,
    }
    text = render_template("plan/measures.html", id=policy.id, here="decisions.status", policy=policy, **page)
    return text, 422 if form.faults or sheet.faults else 200


@bp.post("/measures")
def add_measure(id: str) -> ResponseReturnValue:
    """One more measure."""
    policy = policy_for(id, "edit")
    form = MeasureForm.here()
    form.validate()
    if Measure.count(policy.id) >= MOST:
        form.what.wrong("measures_full", most=MOST)
    if form.faults:
        return list_page(policy, form)
    made = Measure.add(policy.id, form.what.data, form.who.data, form.due_on.data)
    made.done_on = form.done_on.data
    record("measures_added", policy, count=1)
    db.session.commit()
    return redirect(url_for("plan.measures", id=id), 303)


@bp.post("/measures/take")
def take_measures(id: str) -> ResponseReturnValue:
    """Take in what was ticked. What is there already stays as it is."""
    policy = policy_for(id, "edit")
    offered = candidates(policy)
    form = TakeForm.here()
    form.taken.options = options_of(offered)
    form.validate()
    room = max(0, MOST - Measure.count(policy.id))
    wanted = [one for one in offered if one.name in form.taken.data][:room]
    for one in wanted:
        Measure.add(policy.id, one.what, one.who, one.due_on, one.origin, one.key)
    if wanted:
        record("measures_added", policy, count=len(wanted))
        db.session.commit()
    return redirect(url_for("plan.measures", id=id, taken=len(wanted)), 303)


@bp.route("/measures/<policy:measure>", methods=["GET", "POST"])
def measure(id: str, measure: str) -> ResponseReturnValue:
    """Change one measure, or delete it. A save on top of a colleague's shows both first."""
    policy = policy_for(id, "edit")
    if request.method != "POST":
        only_read()
    found = _find(policy, measure)
    if request.method != "POST":
        return _one(policy, found, MeasureForm(data=_stored(found)))
    if is_sent("delete"):
        db.session.delete(found)
        record("measure_deleted", policy)
        db.session.commit()
        return redirect(url_for("plan.measures", id=id), 303)
    return _change(policy, found, MeasureForm.here())


def _change(policy: Policy, found: Measure, form: MeasureForm) -> ResponseReturnValue:
    form.validate()
    if is_stale(found.mark, "mark"):
        form.mark.typed = found.mark
        form.forgive()
        return _one(policy, found, form, is_overtaken=True), 409
    if form.faults:
        return _one(policy, found, form), 422
    found.change(form.what.data, form.who.data, form.due_on.data, form.done_on.data)
    record("measure_changed", policy)
    db.session.commit()
    return redirect(url_for("plan.measures", id=policy.id), 303)


def _one(policy: Policy, found: Measure, form: MeasureForm, is_overtaken: bool = False) -> str:
    stored = rows_of([found], today(), policy.id, url_for, False)[0]
    page = {"form": form, "measure": found.id, "stored": stored if is_overtaken else None}
    return render_template("plan/measure.html", id=policy.id, here="decisions.status", policy=policy, **page)


def _stored(found: Measure) -> dict[str, Any]:
    return {"what": found.what, "who": found.who, "due_on": found.due_on, "done_on": found.done_on, "mark": found.mark}


def _find(policy: Policy, id: str) -> Measure:
    return Measure.find(policy.id, id) or abort(404)


@bp.post("/measures/<policy:measure>/done")
def done(id: str, measure: str) -> ResponseReturnValue:
    """Say that a measure is done today, or that it is not done after all."""
    policy = policy_for(id, "edit")
    found = _find(policy, measure)
    found.change(found.what, found.who, found.due_on, None if is_sent("undo") else found.done_on or today())
    record("measure_undone" if is_sent("undo") else "measure_done", policy)
    db.session.commit()
    return redirect(url_for("plan.measures", id=id, show="done" if is_sent("undo") else "open"), 303)
