"""The measures as a spreadsheet (XLSX), out and in. Plain values: a text that begins with = is a text, and what comes in is never reckoned with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from app.pack.text import Language, clean_text
from app.ui_texts import say
from app.values.parsing import read_date

from .characters import legal
from .measures import MeasureLine

COLUMNS = (("what", 60), ("who", 28), ("due", 14), ("done", 14), ("origin", 22), ("id", 30))
LARGEST = 20 * 1024 * 1024  # unpacked; a plan is some 20 kB
MOST_ROWS = 1000
ID = re.compile(r"[a-z2-7]{26}")


class SheetError(ValueError):
    """The file is no spreadsheet that can be read as measures."""


class SheetRow(NamedTuple):
    """One line that was read: its number in the sheet, the measure, and what is wrong with it (a key of the app's words), or nothing."""

    number: int
    line: MeasureLine
    fault: str


def write_sheet(lines: Sequence[MeasureLine], language: Language) -> bytes:
    """The spreadsheet, with one measure a line under a line of headings."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = say("measures_sheet", language)
    sheet.append([say(f"measures_head_{name}", language) for name, _ in COLUMNS])
    for row, one in enumerate(lines, start=2):
        values = (one.what, one.who, one.due_on, one.done_on, say(f"measures_origin_{one.origin}", language), one.id)
        for at, value in enumerate(values, start=1):
            _put(sheet.cell(row, at), value)
    for at, (_, width) in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
        sheet.cell(1, at).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _put(cell: Any, value: str | date | None) -> None:
    cell.value = legal(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # also what begins with =
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif value:
        cell.number_format = "DD.MM.YYYY"


def read_sheet(data: bytes) -> list[SheetRow]:
    """What stands in the first sheet, by the order of its columns. Raises SheetError."""
    _check(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        rows = list(sheet.iter_rows(min_row=2, max_row=MOST_ROWS + 2, max_col=len(COLUMNS), values_only=True))
    except (InvalidFileException, BadZipFile, KeyError, IndexError, ValueError, TypeError, SyntaxError, AttributeError) as problem:
        raise SheetError from problem
    if len(rows) > MOST_ROWS:
        raise SheetError
    return list(_read(rows))


def _check(data: bytes) -> None:
    """Refuse what is no ZIP, or unfolds to more than any plan."""
    try:
        with ZipFile(BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > LARGEST:
                raise SheetError
            if any(b"<!DOCTYPE" in package.read(name)[:2000] for name in package.namelist() if name.endswith((".xml", ".rels"))):
                raise SheetError
    except (BadZipFile, OSError, RuntimeError, NotImplementedError) as problem:
        raise SheetError from problem


def _read(rows: Sequence[Sequence[Any]]) -> Iterator[SheetRow]:
    for number, row in enumerate(rows, start=2):
        cells = [*row, *[None] * (len(COLUMNS) - len(row))]
        what, who, id = (_text(cells[at]) for at in (0, 1, 5))
        if what or who or cells[2] or cells[3]:
            days, wrong = [_day(cell) for cell in cells[2:4]], any(_is_no_day(cell) for cell in cells[2:4])
            fault = "measures_what_missing" if not what else "measures_day_wrong" if wrong else ""
            yield SheetRow(number, MeasureLine(id if ID.fullmatch(id) else "", what, who, days[0], days[1]), fault)


def _text(cell: Any) -> str:
    return " ".join(clean_text(str(cell)).split()) if cell is not None else ""


def _day(cell: Any) -> date | None:
    """The day in a cell; None when there is none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = read_date(_text(cell))
    return date.fromisoformat(found) if found else None


def _is_no_day(cell: Any) -> bool:
    """Whether something stands in a cell for a day, and it is none."""
    return bool(_text(cell).strip("–- ")) and _day(cell) is None
