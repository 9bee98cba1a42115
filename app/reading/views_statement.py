"""What the reader says beside the text: about how the policy came to be, and in a statement of their own with a Word file of it."""

from __future__ import annotations

from collections.abc import Iterable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.documents import papers
from app.documents.outputs import FORMATS
from app.models.db import db
from app.pack.load import the_pack
from app.services.reviews.record import own_record_of
from app.values.fingerprint import fingerprint
from app.web import render_queue
from app.web.files import attached
from app.web.language import current_language, t
from app.web.limits import limited
from app.web.saving import form_id, is_autosave, remember, told

from .blueprint import AT, bp
from .context import ReaderContext, is_overtaken, saved
from .forms import LONGEST_NOTE, LONGEST_STATEMENT, Checklist, checklist_posted, clean, differing, with_stored


@bp.get(f"{AT}/process")
def process(id: str) -> str:
    """The checklist for the process itself: was everyone reached, and heard?"""
    desk = ReaderContext.of(id)
    return _checklist(desk, desk.reviewer.checklist)


def _checklist(desk: ReaderContext, shown: Checklist, faults: dict[str, str] | None = None, overtaken: tuple[str, ...] = ()) -> str:
    stored = desk.reviewer.checklist
    page = {"id": desk.reviewer.id, "given": shown, "stored": stored, "faults": faults or {}, "overtaken": overtaken}
    return render_template("reading/process.html", desk=desk, form=form_id(), fingerprint=fingerprint(stored), most=LONGEST_NOTE, **page)


@bp.post(f"{AT}/process")
@limited("comment")
def check(id: str) -> ResponseReturnValue:
    """Save the answers of the reader about the process."""
    desk = ReaderContext.to_write(id)
    stored = desk.reviewer.checklist
    given = checklist_posted(request.form, *_ids())
    if is_overtaken(stored, given):
        if both := differing(given, stored):
            return _overtaken(_checklist(desk, with_stored(given, stored), overtaken=tuple(both)))
        given = with_stored(given, stored)
    if faults := {id: _too_long(len(one["note"]), LONGEST_NOTE) for id, one in given.items() if len(one["note"]) > LONGEST_NOTE}:
        return _wrong(faults.values(), _checklist(desk, given, faults))
    desk.reviewer.checklist = {**{id: one for id, one in stored.items() if id not in _ids()[0]}, **given}
    db.session.commit()
    return _onward(desk, desk.reviewer.checklist, "process")


def _ids() -> tuple[list[str], list[str]]:
    words = the_pack().review
    return [question.id for question in words.process], [answer.id for answer in words.process_answers]


@bp.get(f"{AT}/statement")
def statement(id: str) -> str:
    """The statement of the reader as a whole, in their own words."""
    desk = ReaderContext.of(id)
    return _statement(desk, desk.reviewer.statement)


def _statement(desk: ReaderContext, shown: str, fault: str = "", is_overtaken: bool = False) -> str:
    stored = desk.reviewer.statement
    page = {"id": desk.reviewer.id, "shown": shown, "stored": stored, "fault": fault, "is_overtaken": is_overtaken}
    return render_template("reading/statement.html", desk=desk, form=form_id(), fingerprint=fingerprint(stored), most=LONGEST_STATEMENT, **page)


@bp.post(f"{AT}/statement")
@limited("comment")
def state(id: str) -> ResponseReturnValue:
    """Save the statement."""
    desk = ReaderContext.to_write(id)
    given = clean(request.form.get("statement"))
    if is_overtaken(desk.reviewer.statement, given):
        return _overtaken(_statement(desk, given, is_overtaken=True))
    if len(given) > LONGEST_STATEMENT:
        fault = _too_long(len(given), LONGEST_STATEMENT)
        return _wrong([fault], _statement(desk, given, fault))
    desk.reviewer.statement = given
    db.session.commit()
    return _onward(desk, given, "statement")


def _too_long(length: int, most: int) -> str:
    return t("reading_fault_long", over=length - most, most=most)


def _overtaken(page: str) -> ResponseReturnValue:
    return (told("reading_overtaken_short") if is_autosave() else page), 409


def _wrong(faults: Iterable[str], page: str) -> ResponseReturnValue:
    return (told("reading_not_saved", why=" ".join(faults)) if is_autosave() else page), 422


def _onward(desk: ReaderContext, stored: object, here: str) -> ResponseReturnValue:
    """After a save: on to what comes next, back to what came before, or to the Word file of what was just saved."""
    if is_autosave():
        return saved("reading_saved_own", stored)
    remember(fingerprint(stored))
    places = ["whole", "process", "statement", "summary"]
    step = {"next": 1, "before": -1}.get(request.form.get("to", ""), 0)
    return redirect(url_for(f"reading.{places[places.index(here) + step]}", id=desk.reviewer.id, saved=None if step else 1), 303)


@bp.get(f"{AT}/statement.docx")
@limited("document")
def paper(id: str) -> ResponseReturnValue:
    """The statement of the reader as a Word file, with their comments and the answers to them."""
    desk = ReaderContext.of(id)
    said = own_record_of(desk.reviewer, desk.workplace, t("reading_whole_title"))
    document = papers.statement(the_pack(), said, desk.reviewer.id, current_language())
    return attached(render_queue.word(document, desk.version.logo, desk.version.policy_id), FORMATS["docx"].media_type, t("reading_statement_file"))
