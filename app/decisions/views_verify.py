"""The page on which anybody may check a file: which version it is, whether its words are unchanged, and whether it is in force."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.documents.verify.extract import LARGEST, UnreadableError
from app.services.versions.verification import check
from app.web.limits import limited

from .forms import VerifyForm
from .view_models_verify import answer_to

bp = Blueprint("verify", __name__, url_prefix="/<language:language>")


@bp.get("/verify")
def ask() -> str:
    """The form for a file."""
    return render_template("decisions/verify.html", answer=None, form=VerifyForm())


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
    return render_template("decisions/verify.html", answer=answer_to(verdict), form=VerifyForm())


def _refused(key: str) -> ResponseReturnValue:
    form = VerifyForm()
    form.file.wrong(key)
    return render_template("decisions/verify.html", answer=None, form=form), 422
