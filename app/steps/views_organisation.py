"""Who the workplace is, before there is a draft or in one: found in Enhetsregisteret, where that is on. Nothing is sent before somebody searches."""

from __future__ import annotations

from typing import NoReturn

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.models.db import db
from app.registers.bounded_get import RegisterError
from app.registers.entity import Entity
from app.values.parsing import read_orgnr
from app.web.access import policy_for
from app.web.forms import said_by
from app.web.limits import limited
from app.web.refusals import LockedError

from .forms import SearchForm
from .from_register import answers_of, the_register, token_for
from .view_models_organisation import OUTAGE, Reply, of_name, of_number, way_of
from .views_start import first_page, start_draft

bp = Blueprint("organisation", __name__, url_prefix="/<language:language>")
BEFORE, IN_DRAFT = "/organisation", "/policies/<policy:id>/organisation"


@bp.before_request
def only_where_switched_on() -> None:
    """Without a register there are no such pages."""
    the_register()


@bp.get(f"{BEFORE}/")
def ask() -> str:
    """One field to search in, and a way past it."""
    return _page(SearchForm.here())


@bp.get(f"{BEFORE}/chosen")
def to_ask() -> ResponseReturnValue:
    """The address of a form without the form, reached by changing the language: back to where the form is."""
    return redirect(url_for("organisation.ask"))


@bp.post(f"{BEFORE}/")
@limited("lookup")
def search() -> ResponseReturnValue:
    """Ask the register for a name or a number. What was typed stands in no address, and so in no log."""
    form = SearchForm.here()
    if not form.validate():
        return _page(form), 422
    return _page(form, _found(form))


def _found(form: SearchForm) -> Reply:
    register = the_register()
    try:
        return of_number(form.number, register.numbered(form.number)) if form.number else of_name(register.named(form.words.data))
    except RegisterError:
        return OUTAGE


@bp.post(f"{BEFORE}/chosen")
@limited("start")
def choose() -> ResponseReturnValue:
    """Start a draft for a hit. The register is asked anew for what it says of it: a form can be changed on the way."""
    found = _chosen()
    if isinstance(found, Reply):
        return _page(SearchForm.here(), found)
    policy = start_draft(answers_of(found))
    return redirect(first_page(policy.id, register=token_for(policy.id, found)), 303)


def _chosen() -> Entity | Reply:
    """The hit that was chosen; what the page says instead, where it cannot be had."""
    number = read_orgnr(said_by("number")) or _nonsense()
    try:
        found = the_register().numbered(number)
    except RegisterError:
        return OUTAGE
    return found if isinstance(found, Entity) and not found.deleted else of_number(number, found)


def _nonsense() -> NoReturn:
    abort(400)


@bp.get(f"{IN_DRAFT}/")
def ask_for(id: str) -> str:
    """The same for a draft that is begun: one of a workplace, say."""
    policy_for(id, "edit")
    return _page(SearchForm.here(), id=id)


@bp.get(f"{IN_DRAFT}/chosen")
def to_ask_for(id: str) -> ResponseReturnValue:
    """The address of a form without the form: back to where the form is."""
    return redirect(url_for("organisation.ask_for", id=policy_for(id, "edit").id))


@bp.post(f"{IN_DRAFT}/")
@limited("lookup")
def search_for(id: str) -> ResponseReturnValue:
    """Ask the register, and only then look whose draft it is: nobody waits for the register with the draft locked."""
    form = SearchForm.here()
    is_sound = form.validate()
    reply = _found(form) if is_sound else Reply()
    policy_for(id)
    return _page(form, reply, id), 200 if is_sound else 422


@bp.post(f"{IN_DRAFT}/chosen")
@limited("lookup")
def choose_for(id: str) -> ResponseReturnValue:
    """Name and number are answers of the draft from now on."""
    found = _chosen()
    policy = policy_for(id)
    if policy.is_locked:
        raise LockedError(policy, "tasks")
    if isinstance(found, Reply):
        return _page(SearchForm.here(), found, id)
    policy.answer(answers_of(found))
    db.session.commit()
    return redirect(first_page(id, register=token_for(id, found)), 303)


def _page(form: SearchForm, reply: Reply = Reply(), id: str = "") -> str:  # noqa: B008 - it never changes
    return render_template("steps/organisation.html", form=form, reply=reply, way=way_of(id, url_for))
