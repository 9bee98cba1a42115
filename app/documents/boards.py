"""A board: a table for each light, the strictest first, with what it holds for and how it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from app.values.vocabulary import Tone

from .interpolation import sentence
from .model import Cell, Run, Table

NOTHING = (Run("–"),)
_NAME, _WORDS = 0.4, 0.6  # shares of the width

Row = tuple[Cell, ...]


class Light(NamedTuple):
    """One light: its words, which begin with its symbol, and the rows that have it. Without a tone they have none yet."""

    words: str
    tone: Tone | None
    rows: Sequence[Row]


def board(lights: Iterable[Light], heads: tuple[str, ...], caption: str) -> Iterator[Table]:
    """The tables, those without rows left out. `heads` are those of the columns after the first; a light of which only names are said has none."""
    for light in lights:
        if light.rows:
            silent = [row for row in light.rows if _is_silent(row)]
            speaking = [row for row in light.rows if not _is_silent(row)]
            shown = heads if speaking else ()
            widths = (_NAME, *(_WORDS / len(shown) for _ in shown)) if shown else (1.0,)
            yield Table(caption, (light.words, *shown), (*_joined(silent), *speaking), widths, style="board", tone=light.tone)
            caption = ""


def _is_silent(row: Row) -> bool:
    return all(cell.runs == NOTHING for cell in row[1:])


def _joined(rows: Sequence[Row]) -> Iterator[Row]:
    """Those of which nothing but their name is said, on one line over the whole width."""
    if rows:
        names = [run for row in rows for run in (Run(" · "), *row[0].runs)]
        yield (Cell(sentence(names[1:])),)
