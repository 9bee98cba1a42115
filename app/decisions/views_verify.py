"""The page on which anybody may check a file: which version it is, whether its words are unchanged, and whether it is in force."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.documents.verify.extract import LARGEST, UnreadableError
from app.services.versions.verification import Verdict, check
from app.web.language import day, t
from app.web.limits import limited

bp = Blueprint("verify", __name__, url_prefix="/<language:language>")


@bp.get("/verify")
def ask() -> str:
    """The form for a file."""
    return render_template("decisions/verify.html", verdict=None, standing="", asked=False, fault="")


@bp.post("/verify")
@limited("upload")
def tell() -> ResponseReturnValue:
    """What is known about the file that was sent. It is read, and not kept."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _refused("verify_missing")
    try:
        verdict = check(sent.read(LARGEST + 1))
    except UnreadableError:
        return _refused("verify_unreadable")
    return render_template("decisions/verify.html", verdict=verdict, standing=_standing(verdict) if verdict else "", asked=True, fault="")


def _standing(verdict: Verdict) -> str:
    """Where the version stands today, in a sentence."""
    on = verdict.replaced_from if verdict.state == "replaced" else verdict.applies_from
    if on and verdict.state in ("decided", "in_force", "replaced"):
        return t(f"verify_state_{verdict.state}_from", day=day(on))
    return t(f"verify_state_{verdict.state}")


def _refused(key: str) -> ResponseReturnValue:
    return render_template("decisions/verify.html", verdict=None, standing="", asked=False, fault=t(key)), 422
