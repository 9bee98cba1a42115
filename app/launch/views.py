"""The page with everything that makes a policy known, for the members of the workplace."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.models.db import only_read
from app.pack.text import LANGUAGES, Language
from app.web.access import policy_for

from .in_force import InForce
from .view_models import page_of

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
    policy = policy_for(id)
    only_read()
    found = InForce.of(policy)
    if found is None:
        return redirect(url_for("decisions.status", id=id))
    language = cast("Language", spoken or found.version.language)
    if language not in found.languages:
        abort(404)
    page = page_of(id, found.version.number, found.kit(language), found.languages, language, g.role == "owner", bool(found.address), url_for)
    return render_template("launch/page.html", id=id, here="decisions.status", page=page)
