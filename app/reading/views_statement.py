"""What the reader says beside the text: about how the policy came to be, and in a statement of their own with a Word file of it."""

from __future__ import annotations

from collections.abc import Collection

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
from app.web.forms import said_by
from app.web.language import current_language, t
from app.web.limits import limited
from app.web.saving import is_autosave, remember

from .blueprint import AT, bp
from .context import ReaderContext, carried, is_overtaken, overtaken, saved, to_mend
from .forms import ChecklistForm, StatementForm, differing, with_stored
from .view_models_forms import WAY, checklist_page, statement_page


@bp.get(f"{AT}/process")
def process(id: str) -> str:
    """The checklist for the process itself: was everyone reached, and heard?"""
    desk = ReaderContext.of(id)
    return _checklist(desk, ChecklistForm.now(desk.reviewer.checklist))


def _checklist(desk: ReaderContext, form: ChecklistForm, differing: Collection[str] = ()) -> str:
    stored = desk.reviewer.checklist
    page = checklist_page(desk, form, differing, "saved" in request.args, url_for)
    return render_template("reading/process.html", desk=desk, id=desk.reviewer.id, form=form, **carried(stored), **page)


@bp.post(f"{AT}/process")
@limited("comment")
def check(id: str) -> ResponseReturnValue:
    """Save the answers of the reader about the process."""
    desk = ReaderContext.to_write(id)
    stored = desk.reviewer.checklist
    form = ChecklistForm.now(stored)
    if is_overtaken(stored, form.given):
        both = differing(form.given, stored)
        form.show(with_stored(form.given, stored))
        if both:
            form.forgive()
            return overtaken(lambda: _checklist(desk, form, both))
    if not form.validate():
        return to_mend(form, lambda: _checklist(desk, form))
    desk.reviewer.checklist = form.beside(stored)
    db.session.commit()
    return _onward(desk, desk.reviewer.checklist, "process")


@bp.get(f"{AT}/statement")
def statement(id: str) -> str:
    """The statement of the reader as a whole, in their own words."""
    desk = ReaderContext.of(id)
    return _statement(desk, StatementForm.here(statement=desk.reviewer.statement))


def _statement(desk: ReaderContext, form: StatementForm, is_overtaken: bool = False) -> str:
    stored = desk.reviewer.statement
    page = statement_page(desk, stored, is_overtaken, "saved" in request.args, url_for)
    return render_template("reading/statement.html", desk=desk, id=desk.reviewer.id, form=form, **carried(stored), **page)


@bp.post(f"{AT}/statement")
@limited("comment")
def state(id: str) -> ResponseReturnValue:
    """Save the statement."""
    desk = ReaderContext.to_write(id)
    form = StatementForm.here()
    if is_overtaken(desk.reviewer.statement, form.statement.typed):
        form.forgive()
        return overtaken(lambda: _statement(desk, form, is_overtaken=True))
    if not form.validate():
        return to_mend(form, lambda: _statement(desk, form))
    desk.reviewer.statement = form.statement.data
    db.session.commit()
    return _onward(desk, form.statement.data, "statement")


def _onward(desk: ReaderContext, stored: object, here: str) -> ResponseReturnValue:
    """After a save: on to what comes next, back to what came before, or to the Word file of what was just saved."""
    if is_autosave():
        return saved("reading_saved_own", stored)
    remember(fingerprint(stored))
    step = {"next": 1, "before": -1}.get(said_by("to"), 0)
    return redirect(url_for(f"reading.{WAY[WAY.index(here) + step]}", id=desk.reviewer.id, saved=None if step else 1), 303)


@bp.get(f"{AT}/statement.docx")
@limited("document")
def paper(id: str) -> ResponseReturnValue:
    """The statement of the reader as a Word file, with their comments and the answers to them."""
    desk = ReaderContext.of(id)
    said = own_record_of(desk.reviewer, desk.workplace, t("reading_whole_title"))
    document = papers.statement(the_pack(), said, desk.reviewer.id, current_language())
    return attached(render_queue.word(document, desk.version.look, desk.version.policy_id), FORMATS["docx"].media_type, t("reading_statement_file"))
