"""Before there is a draft: the start page, the ways to begin one, and the pages about privacy and accessibility."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from flask import Blueprint, Flask, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.documents.images import Picture, PictureError, taken
from app.documents.savefile import LoadChange, Loaded, SavefileError
from app.documents.savefile import load as load_savefile
from app.documents.savefile import read as read_savefile
from app.models.db import db
from app.models.policy import Continuation, Policy
from app.pack.engine import WORKPLACE_NAME
from app.pack.examples import EXAMPLES, NAMES
from app.pack.load import the_pack
from app.web import rich_text
from app.web.access import held_policies
from app.web.language import current_language, t
from app.web.limits import count, limited
from app.web.rich_text import plain
from app.web.security import browser_key

from .forms import AnswersForm
from .time_needed import longest

bp = Blueprint("start", __name__, url_prefix="/<language:language>")
bp.record_once(lambda state: rich_text.init_app(cast("Flask", state.app)))


def first_page(id: str, **query: str) -> str:
    """The address of the first page of a draft, which is that of the short path."""
    step = the_pack().short
    return url_for("steps.page", id=id, step=step.id, page=step.pages[0].id, **query)  # type: ignore[arg-type]


@bp.get("/")
def start() -> str:
    """What one gets, how long it takes, whom to involve; and every way to begin."""
    return _start()


@bp.get("/policies")
@bp.get("/policies/from-file")
def entrance() -> ResponseReturnValue:
    """The address of a form without the form, reached by changing the language or from the address bar: back to where the form is."""
    return redirect(url_for("start.start"))


def _start(fault: str = "") -> str:
    """The front page. `fault` is a key of the app's words: what is wrong with the file that was sent."""
    form = AnswersForm()
    if fault:
        form.answers.wrong(fault)
    drafts = [(policy, _name(policy)) for policy in held_policies()]
    page = {"drafts": drafts, "examples": NAMES, "form": form, "deleted": "deleted" in request.args, "minutes": longest()}
    return render_template("steps/start.html", **page)


def _name(policy: Policy) -> str:
    name = policy.answers.get(WORKPLACE_NAME)
    return name if isinstance(name, str) and name else t("start_unnamed")


@bp.post("/policies")
@limited("start")
def begin() -> ResponseReturnValue:
    """Start a draft: a blank one, or one with the answers of an example."""
    example = request.form.get("example")
    if example is None:
        return redirect(first_page(start_draft({}).id), 303)
    if example not in NAMES:
        abort(404)
    loaded = read_savefile(the_pack(), (EXAMPLES / f"{example}.json").read_text("utf-8"))
    policy = start_draft(loaded.answers, replace(loaded, language=current_language()))
    return redirect(url_for("steps.tasks", id=policy.id), 303)


@bp.post("/policies/from-file")
@limited("upload")
def from_file() -> ResponseReturnValue:
    """Start a draft from a file of answers; say what in it no longer fits."""
    file = request.files.get("answers")
    if file is None or not file.filename:
        return _start("error_upload_missing"), 422
    try:
        loaded = load_savefile(the_pack(), file.read())
    except SavefileError as error:
        return _start(f"error_upload_{error.reason}"), 422
    logo, faults = _logo(loaded.look.logo)
    policy = start_draft(loaded.answers, loaded, logo)
    changes = [_told(change) for change in loaded.changes] + faults
    if not changes:
        return redirect(url_for("steps.tasks", id=policy.id), 303)
    return render_template("steps/uploaded.html", id=policy.id, here="", loaded=loaded, changes=changes)


def _logo(content: bytes | None) -> tuple[Picture | None, list[dict[str, Any]]]:
    """The logo in the file, or what the page says about one that cannot be taken."""
    try:
        return (taken(content) if content else None), []
    except PictureError as fault:
        return None, [_line("logo", t(f"error_logo_{fault.reason}", **fault.values))]


def _told(change: LoadChange) -> dict[str, Any]:
    """A change for the page: its kind, the question's words where it has any, where it is asked, and what stood in the file."""
    if change.key in the_pack().retired:
        return _told_retired(change)
    if change.kind == "later":
        later = the_pack().later[change.key]
        return _line(change.kind, plain(later.why)) | {"place": the_pack().place[later.id], "id": later.id}
    id = change.key.partition(".")[0]
    place = the_pack().place.get(id)
    if change.kind in ("logo", "colour"):
        return _line(change.kind, t(f"error_{change.kind}_unreadable"))
    words = plain(the_pack().questions[id].label) if place else change.key
    return _line(change.kind, words, more=change.more) | {"place": place, "id": id, "stood": change.words}


def _line(kind: str, words: str, **values: Any) -> dict[str, Any]:
    return {"kind": t(f"upload_kind_{kind}", **values), "words": words, "place": None, "id": "", "stood": ""}


def _told_retired(change: LoadChange) -> dict[str, Any]:
    """A question that is asked no more: why, where its answer went, and what it was."""
    retired = the_pack().retired[change.key]
    place = the_pack().place.get(retired.becomes or "")
    return _line(change.kind, plain(retired.why)) | {"place": place, "id": retired.becomes, "stood": change.words}


def start_draft(answers: dict[str, Any], loaded: Loaded | None = None, logo: Picture | None = None) -> Policy:
    """A new draft with these answers, and what else a file held, stored, and held by this browser."""
    own_words = loaded.own_words.stored if loaded else None
    policy = Policy.start(loaded.language if loaded else current_language(), answers, the_pack().manifest.edition, own_words)
    policy.show_logo(*(logo or (None, None)))
    policy.show_colour(loaded.look.colour if loaded else "")
    db.session.add(policy)
    policy.held_by(browser_key())
    db.session.commit()
    return policy


@bp.get("/continue/<token>")
def offer(token: str) -> str:
    """A link from another browser was opened. Only the button uses it up: mail scanners open links too."""
    return render_template("steps/take.html", token=token, used=False)


@bp.post("/continue/<token>")
def take(token: str) -> ResponseReturnValue:
    """Open the draft in this browser, once."""
    policy = Continuation.take(token, browser_key())
    db.session.commit()
    if policy is None:
        count("continue")
        return render_template("steps/take.html", token=token, used=True), 404
    return redirect(url_for("steps.tasks", id=policy.id), 303)


@bp.get("/privacy")
def privacy() -> str:
    """What is stored, where, and for how long."""
    return render_template("privacy.html")


@bp.get("/accessibility")
def accessibility() -> str:
    """What works for whom, what does not, and how to tell."""
    return render_template("accessibility.html")
