"""The measures as files: a Word annex, and a spreadsheet that goes out and comes in. What one that comes in will change is shown before it does."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.clock import today
from app.documents.measure_sheet import ID, SheetError, SheetRow, read_sheet, write_sheet
from app.documents.measures import MeasureLine, measures_document
from app.documents.outputs import FORMATS
from app.models.db import db, only_read
from app.models.measures import MOST, Measure
from app.models.policy import Policy
from app.pack.engine import WORKPLACE_NAME
from app.pack.load import the_pack
from app.pack.text import clean_text
from app.services.plan.measures import Change, apply, changes_by, fits, lines_of
from app.ui_texts import say
from app.values.dates import is_date
from app.values.vocabulary import Format
from app.web import render_queue
from app.web.access import policy_for
from app.web.files import attached, file_name
from app.web.forms import said_by
from app.web.limits import limited

from .blueprint import bp, record
from .forms import MeasureForm, SheetForm
from .view_models_measures import change_rows, left_alone
from .views_measures import list_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX: Format = "docx"


@bp.get("/measures.docx")
@limited("document")
def annex(id: str) -> Response:
    """The measures for Word, to follow the policy."""
    policy = policy_for(id)
    only_read()
    name = str(policy.answers.get(WORKPLACE_NAME) or "")
    document = measures_document(the_pack(), name, policy.language, lines_of(Measure.all_of(policy.id)), today())
    return attached(render_queue.word(document, policy.look, policy.id), FORMATS[DOCX].media_type, _called(policy, DOCX))


@bp.get("/measures.xlsx")
@limited("document")
def sheet(id: str) -> Response:
    """The measures as a spreadsheet."""
    policy = policy_for(id)
    only_read()
    return attached(write_sheet(lines_of(Measure.all_of(policy.id)), policy.language), XLSX, _called(policy, "xlsx"))


def _called(policy: Policy, ending: str) -> str:
    return file_name(policy.answers, policy.language, say("measures_sheet", policy.language), ending)


@bp.post("/measures/sheet")
@limited("upload")
def take_sheet(id: str) -> ResponseReturnValue:
    """Show what a spreadsheet will change; with the button on that page, change it."""
    policy = policy_for(id, "edit")
    if rows := said_by("rows"):
        return _apply(policy, _sent(rows))
    given = request.files.get("file")
    form = SheetForm()
    if given is None or not given.filename:
        form.file.wrong("measures_sheet_missing")
        return list_page(policy, MeasureForm(), form)
    try:
        rows_read = [_bounded(one) for one in read_sheet(given.read())]
    except SheetError:
        form.file.wrong("measures_sheet_unreadable")
        return list_page(policy, MeasureForm(), form)
    lines = [one.line for one in rows_read if not one.fault]
    changes = changes_by(lines, Measure.all_of(policy.id))
    if sum(one.kind == "new" for one in changes) > MOST - Measure.count(policy.id):
        form.file.wrong("measures_sheet_full", most=MOST)
        return list_page(policy, MeasureForm(), form)
    page: dict[str, Any] = {
        "changes": change_rows(changes),
        "same": left_alone(len(lines), len(changes)),
        "faults": [(one.number, one.line.what, one.fault) for one in rows_read if one.fault],
        "rows": json.dumps([_plain(one.line) for one in changes], ensure_ascii=False),
    }
    return render_template("plan/sheet.html", id=id, here="decisions.status", policy=policy, **page)


def _bounded(row: SheetRow) -> SheetRow:
    """The line, refused when it says more than there is room for: nothing is cut."""
    return row if row.fault or fits(row.line) else row._replace(fault="measures_too_long")


def _plain(line: MeasureLine) -> list[str]:
    days = [on.isoformat() if on else "" for on in (line.due_on, line.done_on)]
    return [line.id, line.what, line.who, *days]


def _sent(rows: str) -> list[MeasureLine]:
    """The lines that the page carried along; what is none of them is passed over."""
    try:
        found = json.loads(rows)
    except ValueError:
        return []
    lines = [[clean_text(cell) for cell in row] for row in found if _is_row(row)] if isinstance(found, list) else []
    made = [MeasureLine(id if ID.fullmatch(id) else "", what, who, _day(due), _day(done)) for id, what, who, due, done in lines if what.strip()]
    return [one for one in made if fits(one)]


def _is_row(row: object) -> bool:
    return isinstance(row, list) and len(row) == 5 and all(isinstance(cell, str) for cell in row)


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if is_date(words) else None


def _apply(policy: Policy, lines: list[MeasureLine]) -> ResponseReturnValue:
    changes: list[Change] = changes_by(lines, Measure.all_of(policy.id))
    room = MOST - Measure.count(policy.id)
    new = [one for one in changes if one.kind == "new"][: max(0, room)]
    wanted = [one for one in changes if one.kind == "changed"] + new
    apply(policy, wanted)
    if wanted:
        record("measures_from_sheet", policy, count=len(wanted))
        db.session.commit()
    return redirect(url_for("plan.measures", id=policy.id, show="all"), 303)
