"""The page with everything that makes a policy known, for the members of the workplace."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.models.db import only_read
from app.pack.text import LANGUAGES, Language
from app.ui_texts import say
from app.web import limits
from app.web.access import policy_for
from app.web.files import attached, file_name
from app.web.limits import limited

from .files import drawn, files_of, packed
from .in_force import InForce
from .view_models import Visit, page_of

bp = Blueprint("launch", __name__, url_prefix="/<language:language>/policies/<policy:id>/launch")
SPOKEN = f"<any({', '.join(LANGUAGES)}):spoken>"


@bp.get("/")
def page(id: str) -> ResponseReturnValue:
    """The kit in the language of the decision."""
    return _page(id, "")


@bp.get(f"/{SPOKEN}/")
def page_in(id: str, spoken: str) -> ResponseReturnValue:
    """The kit in one language."""
    return _page(id, spoken)


def _page(id: str, spoken: str) -> ResponseReturnValue:
    found = _in_force(id)
    language = _language(found, spoken or found.version.language)
    visit = Visit(id, g.role == "owner", url_for)
    page = page_of(visit, found.version.number, files_of(found, language), found.languages, language, bool(found.address))
    return render_template("launch/page.html", id=id, here="decisions.status", page=page)


@bp.get(f"/{SPOKEN}/<item>")
@limited("document")
def file(id: str, spoken: str, item: str) -> ResponseReturnValue:
    """One file of the kit."""
    found = _in_force(id)
    language = _language(found, spoken)
    wanted = next((one for one in files_of(found, language) if one.name == item), None)
    if wanted is None:
        abort(404)
    called = file_name(found.version.answers, language, wanted.title, wanted.ending, found.version.number)
    return attached(drawn(found, wanted, language), wanted.type, called)


@bp.get(f"/{SPOKEN}/all.zip")
def everything(id: str, spoken: str) -> ResponseReturnValue:
    """All files of the kit as one. Counted as the files that are in it."""
    found = _in_force(id)
    language = _language(found, spoken)
    for _ in files_of(found, language):
        limits.count_document()
    called = file_name(found.version.answers, language, say("launch_zip", language), "zip", found.version.number)
    return attached(packed(found, language), "application/zip", called)


def _in_force(id: str) -> InForce:
    """The version in force; where there is none, back to where the policy stands."""
    policy = policy_for(id)
    only_read()
    return InForce.of(policy) or abort(redirect(url_for("decisions.status", id=id)))


def _language(found: InForce, spoken: str) -> Language:
    """A language that the kit can be had in."""
    return spoken if spoken in found.languages else abort(404)
