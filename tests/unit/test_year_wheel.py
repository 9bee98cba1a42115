"""The year wheel: every number stands in its month, none upon another, and the table beside it has the same numbers."""

from __future__ import annotations

import re
from itertools import combinations
from math import hypot
from pathlib import Path

import pytest
from lxml import etree

from app.documents import assemble, charts, savefile, year_wheel
from app.documents.draft import Draft
from app.documents.model import Table, Wheel, WheelMark
from app.pack.load import the_pack

PACK = the_pack()
EXAMPLE = Path(__file__).parents[2] / "examples" / "building_firm.json"
MONTHS = tuple(f"<{at}>" for at in range(1, 13))


def wheel(*months: int) -> Wheel:
    return Wheel("Året", 'alt "x" & <', MONTHS, "Hele & året", tuple(WheelMark(at, month) for at, month in enumerate(months, start=1)))


def circles(drawn: str) -> list[tuple[float, float, float]]:
    found = etree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}circle")
    return [(float(one.get("cx")), float(one.get("cy")), float(one.get("r"))) for one in found]


@pytest.mark.parametrize("months", [(1,), (2, 2), (3,) * 4, (9,) * 7, (12,) * 16, (0,) * 3, (0,) * 14, tuple(range(13)) * 2])
def test_no_mark_lies_upon_another_and_all_are_inside(months: tuple[int, ...]) -> None:
    marks = circles(year_wheel.svg(wheel(*months)))
    assert len(marks) == len(months)
    assert all(hypot(x - 200, y - 200) + r <= 160 for x, y, r in marks)
    assert all(hypot(a[0] - b[0], a[1] - b[1]) >= a[2] + b[2] for a, b in combinations(marks, 2))


def test_a_month_has_its_place_as_on_a_clock() -> None:
    [(x, y, _)] = circles(year_wheel.svg(wheel(4)))
    assert x > 300
    assert y == pytest.approx(200)


def test_the_picture_says_what_it_shows_and_has_no_style() -> None:
    drawn = year_wheel.svg(wheel(1))
    assert 'aria-label="alt &quot;x&quot; &amp; &lt;"' in drawn
    assert not re.search(r"\sstyle=|<style|<script", drawn)
    assert charts.png(wheel(1)).startswith(b"\x89PNG")


def test_the_table_has_the_numbers_of_the_wheel() -> None:
    draft = Draft(PACK, savefile.read(PACK, EXAMPLE.read_text("utf-8")).answers, "nb").at_length("full")
    section = assemble.policy(draft).section("year")
    assert section is not None
    drawn, table = section.blocks[:2]
    assert isinstance(drawn, Wheel)
    assert isinstance(table, Table)
    months = {
        label.nb: value for option in PACK.questions["wheel"].columns[0].options if (value := option.value or 0) + 1 and (label := option.label)
    }
    assert [WheelMark(at, months[row[1].runs[0].words]) for at, row in enumerate(table.rows, start=1)] == list(drawn.marks)
    assert [row[0].runs[0].words.partition(" ")[0] for row in table.rows] == [f"{mark.number}." for mark in drawn.marks]
    assert drawn.months[:5] == ("Jan", "Feb", "Mar", "Apr", "Mai")
