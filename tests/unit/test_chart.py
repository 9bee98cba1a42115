"""The risk picture: every situation has its mark, inside the field, and the words are only words."""

from __future__ import annotations

import re
from itertools import product

import pytest
from lxml import etree

from app.documents import assemble, charts, risk_chart, savefile
from app.documents.draft import Draft
from app.documents.model import Chart, RiskPoint, Table, Wheel
from app.pack.examples import EXAMPLES, NAMES
from app.pack.load import the_pack
from app.values.vocabulary import Tone

TONES: tuple[Tone, ...] = ("green", "yellow", "red")


def crowded(count: int) -> Chart:
    """All the situations in one field."""
    points = tuple(RiskPoint(at, f"<Situasjon> & {at}", 5, 5, TONES[at % 3]) for at in range(1, count + 1))
    return Chart("Risiko", 'alt "x" < & \x0b', "Sannsynlighet", "Konsekvens", points)


def test_every_mark_is_drawn_inside_the_picture() -> None:
    for count in (1, 2, 5, 12, 30):
        tree = etree.fromstring(risk_chart.svg(crowded(count)))
        texts = [text for text in tree.iter("{http://www.w3.org/2000/svg}text") if text.get("font-weight") == "600" and text.get("x")]
        marks = [text for text in texts if (text.text or "").isdigit()]
        assert sorted(int(mark.text or 0) for mark in marks) == list(range(1, count + 1))
        for mark in marks:
            assert 74 + 4 * 110 <= float(mark.get("x") or 0) <= 74 + 5 * 110
            assert 12 <= float(mark.get("y") or 0) <= 12 + 66


def test_the_picture_says_what_it_shows_and_has_no_style() -> None:
    drawn = risk_chart.svg(crowded(3))
    assert 'role="img"' in drawn
    assert 'aria-label="alt &quot;x&quot; &lt; &amp;  "' in drawn
    assert not re.search(r"\sstyle=|<style|<script", drawn)


def test_each_tone_has_a_shape_of_its_own() -> None:
    shapes = {tone: risk_chart.svg(Chart("", "a", "x", "y", (RiskPoint(1, "s", 1, 1, tone),))) for tone in TONES}
    assert "<circle" in shapes["green"]
    assert "<path" in shapes["yellow"]
    assert shapes["red"].count("<rect") == 26


def test_every_place_of_the_field() -> None:
    for at, (across, up) in enumerate(product(range(1, 6), repeat=2), start=1):
        assert f">{at}</text>" in risk_chart.svg(Chart("", "a", "x", "y", (RiskPoint(at, "s", across, up, "red"),)))


def test_the_png_is_the_same_each_time() -> None:
    charts._png.cache_clear()
    first = charts.png(crowded(4))
    charts._png.cache_clear()
    assert first.startswith(b"\x89PNG")
    assert charts.png(crowded(4)) == first


@pytest.mark.parametrize("name", NAMES)
def test_beside_every_chart_stands_a_table_with_the_same_numbers(name) -> None:
    """A picture is for those who see it; the table has every mark in words."""
    loaded = savefile.load(the_pack(), (EXAMPLES / f"{name}.json").read_bytes())
    policy = assemble.policy(Draft(the_pack(), loaded.answers, "nb", loaded.own_words).at_length("full"))
    shown = 0
    for section in policy.sections:
        for chart in (block for block in section.blocks if isinstance(block, Chart | Wheel)):
            numbers = {str(mark.number) for mark in (chart.points if isinstance(chart, Chart) else chart.marks)}
            rows = [row for table in section.blocks if isinstance(table, Table) for row in table.rows]
            told = {"".join(run.words for run in row[0].runs).partition(" ")[0].rstrip(".") for row in rows}
            assert numbers <= told, (section.id, numbers - told)
            shown += 1
    assert shown >= 1
