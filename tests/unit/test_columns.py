"""No column is narrower than its longest word, also where Word has to take another font."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import assemble, savefile
from app.documents.column_widths import fitted
from app.documents.draft import Draft
from app.documents.model import Table
from app.pack.load import the_pack
from app.pack.text import LANGUAGES

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
TEXT, MARGINS, SIZE, WIDE = 493.3, 10.5, 10.0, 0.6  # points; the width of a bold letter of DejaVu Sans, of its size


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_no_word_of_a_first_column_or_a_heading_breaks(example: Path, language) -> None:
    answers = savefile.read(the_pack(), example.read_text("utf-8")).answers
    tables = [
        b for s in assemble.policy(Draft(the_pack(), answers, language)).sections for b in s.blocks if isinstance(b, Table) and b.style == "plain"
    ]
    assert tables
    for table in tables:
        first = {word for row in table.rows for word in words_of("".join(run.words for run in row[0].runs))}
        columns = [first, *(set() for _ in table.widths[1:])]
        for width, name, words in zip(table.widths, table.header, columns, strict=True):
            room = width * TEXT - MARGINS
            assert [word for word in words.union(words_of(name)) if len(word) * WIDE * SIZE > room] == []


def words_of(text: str) -> list[str]:
    return re.split(r"[\s/–-]+", text)


@given(st.lists(st.tuples(st.floats(0.1, 1), st.integers(0, 60)), min_size=1, max_size=6))
def test_columns_fill_the_text_and_none_is_lost(columns: list[tuple[float, int]]) -> None:
    made = fitted([share for share, _ in columns], [letters for _, letters in columns])
    assert sum(made) == pytest.approx(1, abs=0.001)
    assert min(made) > 0.01


def test_room_is_taken_where_there_is_some() -> None:
    assert fitted((1, 1, 2), (4, 4, 4)) == (0.25, 0.25, 0.5)
    wide, short, rest = fitted((1, 1, 2), (22, 4, 4))
    assert wide > 0.28
    assert short < 0.25
    assert rest < 0.5
    assert fitted((1, 1), (500, 500)) == (0.5, 0.5)
