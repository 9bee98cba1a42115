"""The wizard's pages: the task list, the one view for every page of every step, and the look back over the answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clock import now
from app.models.db import db
from app.models.policy import Policy
from app.pack.answers import Standing
from app.pack.engine import WORKPLACE_NAME
from app.pack.load import the_pack
from app.services import delegations
from app.services.revision_cache import forget
from app.services.standing_cache import standing_of
from app.web.access import may_change, policy_for
from app.web.answer_text import said
from app.web.forms import said_by
from app.web.language import clock, current_language, t
from app.web.refusals import LockedError, fields_to_keep
from app.web.rich_text import plain
from app.web.saving import is_autosave, is_stale, remember, told

from . import date_hints, posted, progress
from .form import TypedIn
from .from_register import offer_in
from .page_context import AT_A_ROW, Sheet, Taken
from .stepper import stepper_of
from .view_models import colleagues_notice, first_of, moment_of, onward_of, task_list
from .visible_questions import Asked, counts_in

bp = Blueprint("steps", __name__, url_prefix="/<language:language>/policies/<policy:id>")
# pages that send to a question and get the reader back
BACK = {"check": "steps.check", "control": "steps.control", "review": "review.comments", "look": "looks.look"}


@bp.get("/")
def tasks(id: str) -> str:
    """The task list: six steps, how far each has come, and what comes after them."""
    policy = policy_for(id)
    stepper = stepper_of(policy)
    now_ = stepper.now
    name = now_.values.get(WORKPLACE_NAME) or ""
    first = first_of(id, now_, url_for) if may_change() and not policy.is_locked else None
    page = {
        "list": task_list(id, stepper, current_language(), url_for), "first": first,
        "onward": onward_of(id, progress.where_to_go_on(now_), may_change(), policy.is_locked, url_for),
        "colleagues": colleagues_notice(id, delegations.tally(delegations.delegated(policy)), url_for),
    }  # fmt: skip
    return render_template("steps/tasks.html", id=id, here="steps.tasks", policy=policy, name=name, **page)


@bp.get("/answered")
def answered(id: str) -> ResponseReturnValue:
    """After the last page, of the short path or of all: that it was the last, and what may be next. Nothing for those who cannot answer."""
    policy = policy_for(id)
    if policy.is_locked or not may_change():
        return redirect(url_for("steps.tasks", id=id))
    moment = moment_of(id, stepper_of(policy), "short" in request.args, url_for)
    return render_template("steps/answered.html", id=id, here="", moment=moment)


@bp.get("/<step>/<page>")
def page(id: str, step: str, page: str) -> ResponseReturnValue:
    """One page of questions. One on which nothing is asked any more leads on to the next."""
    sheet = Sheet.of(policy_for(id), step, page)
    if not may_change():
        return redirect(url_for("steps.check", id=id) + f"#{page}")  # a form that cannot be saved would only mislead
    if not sheet.asked:
        return redirect(_address(progress.after(sheet.now, sheet.step, sheet.page), sheet))
    offer = sheet.left_of(offer_in(id, request.args.get("register", "")))
    return sheet.html(sheet.stored(offer), back=_back(request.args.get("return")), offer=offer)


@bp.post("/<step>/<page>")
def save(id: str, step: str, page: str) -> ResponseReturnValue:
    """Save a page: refused when somebody else saved in between, or when something on it cannot be read."""
    policy = policy_for(id)
    typed = posted.typed()
    place = the_pack().places.get((step, page))
    sheet = Sheet.of(policy, step, page, counts_in(place[1], typed) if place else None)
    typed = sheet.own_alone(typed)
    taken = sheet.take(typed, posted.settled())
    if policy.is_locked:
        return _locked(sheet, taken, typed)
    if is_stale(sheet.fingerprint) and (differing := sheet.differing(taken)):
        return _conflict(sheet, differing, taken.given, typed)
    if is_autosave():
        return _autosaved(sheet, taken)
    if (AT_A_ROW | {"year", "use", "pass"}) & typed.keys():
        return _helped(sheet, typed)
    if taken.faults:
        return sheet.html(typed, taken.faults, back=_back(said_by("return"))), 422
    _store(sheet, taken.given)
    remember(sheet.fingerprint)
    return redirect(_onward(policy, sheet), 303)


def _store(sheet: Sheet, given: Mapping[str, Any]) -> None:
    sheet.policy.answer(sheet.merged(given))
    db.session.commit()


def _conflict(sheet: Sheet, differing: list[Asked], given: Mapping[str, Any], typed: TypedIn) -> ResponseReturnValue:
    if is_autosave():
        return told("save_conflict"), 409
    language = current_language()
    pairs = [(a.question, _mine(sheet.open, a, given, typed), said(sheet.open, a.question, sheet.open.values.get(a.id), language)) for a in differing]
    kept = {name: words for name, words in typed.items() if name not in ("csrf_token", "fingerprint", "to") and not name.startswith("keep-")}
    return render_template("steps/conflict.html", id=sheet.policy.id, here="", sheet=sheet, pairs=pairs, kept=kept), 409


def _locked(sheet: Sheet, taken: Taken, typed: TypedIn) -> ResponseReturnValue:
    """Somebody signed for these answers: whoever changed nothing goes on, everybody else is told first what a change would undo."""
    if is_autosave():
        return told("locked_autosave"), 409
    differing = sheet.differing(taken)
    if not differing and not AT_A_ROW & typed.keys():
        return redirect(_onward(sheet.policy, sheet), 303)
    shown = [(plain(asked.question.label), _mine(sheet.open, asked, taken.given, typed)) for asked in differing]
    raise LockedError(sheet.policy, f"{sheet.step.id}/{sheet.page.id}", fields_to_keep(typed), shown)


def _mine(now_: Standing, asked: Asked, given: Mapping[str, Any], typed: TypedIn) -> list[str]:
    """What was typed, in words; as it stands where it could not be read."""
    if asked.id in given:
        return said(now_, asked.question, given[asked.id], current_language()) or ([t("field_undecided")] if given[asked.id] is None else [])
    words = [word for name, found in typed.items() if name.partition("-")[0] == asked.id for word in found if word]
    return [*words, t("conflict_unreadable")]


def _autosaved(sheet: Sheet, taken: Taken) -> ResponseReturnValue:
    _store(sheet, taken.given)
    remember(sheet.fingerprint)
    wrong = dict.fromkeys(plain(a.question.label) for a in sheet.asked if a.id in taken.about and a.id not in taken.given)
    key = "save_partly" if wrong else "save_done"
    faults = {name: t("save_not_this", why=t(fault.key, **fault.values)) for name, fault in taken.faults.items()}
    faults |= date_hints.told(standing_of(sheet.policy), current_language()) if any(a.id in date_hints.spaced() for a in sheet.asked) else {}
    return jsonify(message=t(key, time=clock(now()), labels="; ".join(wrong)), fingerprint=sheet.fingerprint, faults=faults)


def _helped(sheet: Sheet, typed: TypedIn) -> str:
    """The page again, after a button beside a field did something to it: all that was typed is kept, and what can be stored is."""
    if "use" in typed or "pass" in typed:
        sheet, typed = _with_colleagues_answer(sheet, typed)
    elif "year" in typed:
        typed = _with_years(sheet, typed)
        _store(sheet, sheet.take(typed, posted.settled()).given)
    else:
        sheet, typed = sheet.with_other_rows(typed)
        _store(sheet, sheet.take(typed, posted.settled()).given)
    page = Sheet.of(sheet.policy, sheet.step.id, sheet.page.id, sheet.counts)
    return page.html(typed, back=_back(said_by("return")))


def _with_years(sheet: Sheet, typed: TypedIn) -> TypedIn:
    """The day of the button that was pressed, put into its field."""
    id, _, years = typed["year"][0].partition("-")
    day = date_hints.buttons(sheet.now).get((id, years))
    return typed if day is None else {name: words for name, words in typed.items() if name != f"{id}-undecided"} | {id: [day]}


def _with_colleagues_answer(sheet: Sheet, typed: TypedIn) -> tuple[Sheet, TypedIn]:
    """A colleague's answer put into the fields of its question, or set aside. One that is another by now is shown, and not used."""
    found = delegations.read_ref(sheet.policy, (typed.get("use") or typed["pass"])[0])
    if found and "use" in typed and found.question in found.delegation.answers:
        sheet, typed = sheet.with_answer(typed, found.question, found.delegation.answers[found.question])
    given = sheet.take(typed, posted.settled()).given
    sheet.policy.answer(sheet.merged(given))
    if found and "pass" in typed:
        delegations.set_aside(found)
    elif found and found.question in given:
        delegations.taken(sheet.policy, found)
    db.session.commit()
    return sheet, typed


def _onward(policy: Policy, sheet: Sheet) -> str:
    """Where the reader goes after a save: back to the answers, to the list, or to the page before or after as the answers now stand."""
    to = said_by("to")
    if to == "tasks":
        return url_for("steps.tasks", id=policy.id)
    back = _back(said_by("return"))
    if back and to != "before":
        return _address_back(back, sheet)
    now_ = standing_of(policy)
    find = progress.before if to == "before" else progress.after
    return _address(find(now_, sheet.step, sheet.page), sheet)


def _address_back(back: str, sheet: Sheet) -> str:
    """The page that sent the reader here: to its part that is about this page, where it has one."""
    if back == "look":
        return url_for(BACK[back], id=sheet.policy.id, step=sheet.step.id)
    return url_for(BACK[back], id=sheet.policy.id) + (f"#{sheet.page.id}" if back == "check" else "")


def _address(place: progress.Place | None, sheet: Sheet) -> str:
    if place is None:
        return url_for("steps.answered", id=sheet.policy.id, short=1 if sheet.is_short else None)
    return url_for("steps.page", id=sheet.policy.id, step=place[0].id, page=place[1].id)


def _back(asked_for: str | None) -> str:
    """The page that sent the reader here, and gets them back."""
    return asked_for if asked_for in BACK else ""


@bp.get("/check")
def check(id: str) -> str:
    """All answers on one page, each with a way to change it."""
    policy = policy_for(id)
    now_ = standing_of(policy)
    suggested = {q.id for q in progress.suggestions(now_)}
    colleagues = delegations.by_question(delegations.delegated(policy))
    words = {q: said(now_, now_.pack.questions[q], now_.values.get(q), current_language()) for q in now_.asked}
    page = {"now": now_, "places": progress.places(now_), "said": words, "suggested": suggested, "colleagues": colleagues}
    return render_template("steps/check.html", id=id, here="steps.check", **page)


@bp.route("/continue", methods=["GET", "POST"])
def hand_over(id: str) -> ResponseReturnValue:
    """Make a link that opens the draft in one more browser. It is shown once."""
    policy = policy_for(id)
    if policy.workplace_id:  # its members open it in any browser
        return redirect(url_for("workplaces.people", id=policy.workplace_id, instead=1), 303)
    link = ""
    if request.method == "POST":
        link = url_for("start.take", token=policy.link(), _external=True)
        db.session.commit()
    return render_template("steps/continue.html", id=id, here="", link=link)


@bp.route("/delete", methods=["GET", "POST"])
def remove(id: str) -> ResponseReturnValue:
    """Ask, then delete the draft with all that belongs to it."""
    policy = policy_for(id, "own", archived=True)
    if policy.workplace_id:  # what goes with it is more, and so is asked
        return redirect(url_for("workplaces.discard", id=id), 303)
    if request.method != "POST":  # a HEAD asks for the same page, and must not delete
        return render_template("steps/delete.html", id=id, here="")
    db.session.delete(policy)
    db.session.commit()
    forget(policy)
    return redirect(url_for("start.start", deleted=1), 303)
