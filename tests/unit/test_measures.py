"""Measures: what the list shows, and what goes out to a spreadsheet and comes in from one."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from app.documents.measure_sheet import SheetError, read_sheet, write_sheet
from app.documents.measures import MeasureLine, measures_document
from app.documents.render import docx, html
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.plan import view_models_measures as vm
from app.services.plan.measures import changes_by

ID, OTHER = "a" * 26, "b" * 26
DAY = date(2026, 11, 30)
LINES = [
    MeasureLine(ID, '=HYPERLINK("http://x.example";"Øv")', "HR & BHT", date(2027, 3, 1), None, "risk"),
    MeasureLine(OTHER, "+47 ringes\nikke @nå", "", None, date(2026, 10, 1)),
]


def measure(**more: Any) -> Any:
    values = {"id": ID, "what": "Øve", "who": "HR", "due_on": None, "done_on": None, "origin": "own"} | more
    made = SimpleNamespace(**values)
    made.is_overdue = lambda at: made.done_on is None and made.due_on is not None and made.due_on < at
    return made


def sheet_of(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["x"] * 6)
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_goes_out_comes_in_again_and_words_stay_words(language) -> None:
    data = write_sheet(LINES, language)
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}, "a formula"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
    read = read_sheet(data)
    assert [one.fault for one in read] == ["", ""]
    assert [one.line for one in read] == [
        LINES[0]._replace(origin="own"),
        LINES[1]._replace(what="+47 ringes ikke @nå"),
    ]


def test_what_comes_in_is_read_as_people_type_it_and_a_wrong_line_is_named() -> None:
    rows = read_sheet(
        sheet_of(
            ("Øve", "HR", "1.3.2027", datetime(2027, 2, 1, 12), None, "abc"),  # noqa: DTZ001 (a day in a sheet)
            ("", "HR", None, None, None, None),
            ("Øve", None, "snart", None),
            (None, None, None, None, None, None),
            ("=1+1", None, None, None, None, ID),
        )
    )
    assert [(one.number, one.fault) for one in rows] == [(2, ""), (3, "measures_what_missing"), (4, "measures_day_wrong"), (6, "")]
    assert rows[0].line == MeasureLine("", "Øve", "HR", date(2027, 3, 1), date(2027, 2, 1))
    assert rows[-1].line == MeasureLine(ID, "=1+1", "", None, None)


def test_what_is_no_plan_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * (21 * 1024 * 1024))
    entity = io.BytesIO()
    with zipfile.ZipFile(entity, "w") as package:
        package.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for data in (b"", b"no", bomb.getvalue(), entity.getvalue(), empty.getvalue(), sheet_of(*[("x",)] * 1001)):
        with pytest.raises(SheetError):
            read_sheet(data)


def test_a_spreadsheet_changes_what_it_names_and_deletes_nothing() -> None:
    stored = [measure(), measure(id=OTHER, what="Annet")]
    same, changed, new = (
        MeasureLine(OTHER, "Annet", "HR", None, None),
        MeasureLine(ID, "Øve mer", "HR", DAY, None),
        MeasureLine("c" * 26, "Nytt", "", None, None),
    )
    found = changes_by([same, changed, new], stored)
    assert [(one.kind, one.line.id) for one in found] == [("changed", ID), ("new", "")]
    assert found[0].fields == (("what", "Øve", "Øve mer"), ("due_on", None, DAY))
    assert changes_by([], stored) == []


@pytest.mark.parametrize(
    ("more", "state", "open_overdue_done"),
    [
        ({}, "open", (True, False, False)),
        ({"due_on": date(2026, 11, 29)}, "overdue", (True, True, False)),
        ({"due_on": DAY}, "open", (True, False, False)),
        ({"due_on": date(2026, 1, 1), "done_on": DAY}, "done", (False, False, True)),
    ],
)
def test_a_measure_is_open_overdue_or_done(more, state, open_overdue_done) -> None:
    one = measure(**more)
    assert vm.state_of(one, DAY).words.key == f"measures_state_{state}"
    assert tuple(vm.shows(one, show, DAY) for show in ("open", "overdue", "done")) == open_overdue_done
    assert vm.shows(one, "all", DAY)


def test_the_list_offers_changes_to_those_who_may() -> None:
    def address(endpoint: str, **values: Any) -> str:
        return f"{endpoint} {' '.join(values.values())}"

    row = vm.rows_of([measure(origin="risk", due_on=DAY)], DAY, "p", address, True)[0]
    assert row.change.address == f"plan.measure p {ID}"
    assert [getattr(words, "key", words) for words in row.about] == ["HR", "measures_by", "measures_from_risk"]
    assert (vm.rows_of([measure()], DAY, "p", address, False)[0].change, vm.rows_of([measure()], DAY, "p", address, False)[0].done) == (None, "")
    assert vm.show_of("overdue") == "overdue"
    assert vm.show_of("'; drop") == "open"
    assert [(one.words.values["count"], one.is_chosen) for one in vm.filters([measure()], "open", DAY, "p", address)] == [
        (1, True),
        (0, False),
        (0, False),
        (1, False),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_annex_holds_what_is_open_first(language) -> None:
    document = measures_document(the_pack(), "Solbakken & Sønner", language, LINES, DAY)
    assert [section.id for section in document.sections] == ["open", "done"]
    text = html.draw(document)
    assert "HYPERLINK" in text
    assert "Solbakken &amp; Sønner" in text
    assert docx.draw(document)[:2] == b"PK"
    assert measures_document(the_pack(), "x", language, [], DAY).sections == ()
