"""Who the workplace is, before there is a draft: found in Enhetsregisteret, where that is switched on. Nothing is sent before somebody searches."""

from __future__ import annotations

from typing import NoReturn

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.registers.bounded_get import RegisterError
from app.registers.entity import Entity
from app.values.parsing import read_orgnr
from app.web.forms import said_by
from app.web.limits import limited

from .forms import SearchForm
from .from_register import answers_of, the_register, token_for
from .view_models_organisation import OUTAGE, Reply, of_name, of_number
from .views_start import first_page, start_draft

bp = Blueprint("organisation", __name__, url_prefix="/<language:language>/organisation")


@bp.before_request
def only_where_switched_on() -> None:
    """Without a register there are no such pages."""
    the_register()


@bp.get("/")
def ask() -> str:
    """One field to search in, and a way past it."""
    return _page(SearchForm.here())


@bp.get("/chosen")
def to_ask() -> ResponseReturnValue:
    """The address of a form without the form, reached by changing the language: back to where the form is."""
    return redirect(url_for("organisation.ask"))


@bp.post("/")
@limited("lookup")
def search() -> ResponseReturnValue:
    """Ask the register for a name or a number. What was typed stands in no address, and so in no log."""
    form = SearchForm.here()
    if not form.validate():
        return _page(form), 422
    try:
        return _page(form, _reply(form))
    except RegisterError:
        return _page(form, OUTAGE)


def _reply(form: SearchForm) -> Reply:
    register = the_register()
    return of_number(form.number, register.numbered(form.number)) if form.number else of_name(register.named(form.words.data))


@bp.post("/chosen")
@limited("start")
def choose() -> ResponseReturnValue:
    """Start a draft for a hit. The register is asked anew for what it says of it: a form can be changed on the way."""
    number = read_orgnr(said_by("number")) or _nonsense()
    try:
        found = the_register().numbered(number)
    except RegisterError:
        return _page(SearchForm.here(), OUTAGE)
    if not isinstance(found, Entity) or found.deleted:
        return _page(SearchForm.here(), of_number(number, found))
    policy = start_draft(answers_of(found))
    return redirect(first_page(policy.id, register=token_for(policy.id, found)), 303)


def _nonsense() -> NoReturn:
    abort(400)


def _page(form: SearchForm, reply: Reply = Reply()) -> str:  # noqa: B008 - it never changes
    return render_template("steps/organisation.html", form=form, reply=reply)
