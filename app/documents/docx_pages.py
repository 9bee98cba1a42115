"""An estimate of which page each section begins on, for the numbers that stand in the table of contents until Word counts for itself.

It reckons with average letters of the body font and the spacing of docx_look.py; all lengths are in points.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

from .model import Block, Bullets, Chart, Document, Fields, Paragraph, Runs, Signatures, Subheading, Table

PAGE, WIDTH = 711.0, 470.0
_LETTER, _SMALL = 4.4, 4.05
_LINE, _TABLE_LINE = 13.8, 11.7
_FULL, _BOXED = int(WIDTH / _LETTER), int((WIDTH - 20) / _LETTER)


def pages(document: Document) -> tuple[tuple[int, ...], int]:
    """The page of each section's heading, and how many pages there are."""
    at = _front(document)
    found: list[int] = []
    for section in document.sections:
        heading = 38.0 if section.level == 1 else 28.0
        if (section.page_break and at % PAGE) or PAGE - at % PAGE < heading + 30:
            at = ceil(at / PAGE) * PAGE
        found.append(int(at // PAGE) + 1)
        at += heading + sum(map(_height, section.blocks))
    return tuple(found), max(1, ceil((at + (30 if document.origin else 0)) / PAGE))


def _front(document: Document) -> float:
    """Title, title block, introduction and table of contents."""
    entries = sum(13.5 if section.level == 1 else 11.0 for section in document.sections) + 50 if document.contents else 0.0
    return 30 * ceil(len(document.title) / 32) + 14 + 23 * len(document.facts) + sum(map(_height, document.intro)) + entries


def _lines(runs: Runs, letters: int) -> int:
    """How many lines the runs fill, with so many letters to a line."""
    lines = length = 0
    for run in runs:
        length += len(run.words)
        lines += run.words.count("\n")
    return lines + (length + letters - 1) // letters or 1


def _paragraph(block: Paragraph) -> float:
    extra = {"note": 30.0, "lead": 12.0, "own": 8.0, "plain": 5.0}[block.style]
    return _lines(block.runs, _BOXED if block.style in ("note", "own") else _FULL) * _LINE + extra


def _bullets(block: Bullets) -> float:
    return sum(_lines(item, _BOXED) * _LINE + 1.9 for item in block.items)


def _table(block: Table) -> float:
    small = 0.86 if block.style == "fine" else 1.0
    letters = [max(1, int((WIDTH * share - 11) / (_SMALL * small))) for share in block.widths]
    lines = sum([max([_lines(cell.runs, wide) for cell, wide in zip(row, letters, strict=True)]) for row in block.rows])
    return (50.0 if block.caption else 30.0) + lines * _TABLE_LINE * small + 4.5 * len(block.rows)


def _fields(block: Fields) -> float:
    return len(block.labels) * (21.0 if block.lines == 1 else 19 + 20.0 * block.lines)


_HEIGHTS: dict[type, Callable[[Any], float]] = {
    Paragraph: _paragraph,
    Subheading: lambda block: 24.0,
    Bullets: _bullets,
    Table: _table,
    Chart: lambda block: 215.0 + 11 * len(block.points),
    Fields: _fields,
    Signatures: lambda block: 62.0 * len(block.parties),
}


def _height(block: Block) -> float:
    return _HEIGHTS[type(block)](block)


__all__ = ["pages"]
