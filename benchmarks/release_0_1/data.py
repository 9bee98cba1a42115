"""How release 0.1 wrote a Document for its template: kept as it was, to measure against."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from app.documents.characters import legal
from app.documents.model import (
    BOX,
    SYMBOLS,
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Fields,
    Paragraph,
    Run,
    Runs,
    Section,
    Signatures,
    Subheading,
    Table,
)
from app.documents.render.docx.body import after_box, is_checklist
from app.documents.risk_chart import svg
from app.pack.text import TAGS

ADDRESS = re.compile(r"https?://[^\s<>\"'\\{}|^`]*[^\s<>\"'\\{}|^`.,;:!?)\]»”]")
_LONG = re.compile(r"[^\s\u200b]{31,}")
_PIECE = re.compile(r"(.{10})(?=.)")
_NARROW = 0.12
_LETTERS = 84  # of the widest common letters across the whole text width
_BREAK = re.compile(r"[\s-]+")
_LONG_CELL = 900


def data_of(document: Document) -> dict[str, Any]:
    """The whole document as dicts, lists, strings and numbers."""
    language, region = TAGS[document.language].split("-")
    words = {name: _words(getattr(document, name)) for name in ("title", "workplace", "contents", "origin", "edition", "page_of", "draft")}
    return words | {
        "lang": language,
        "region": region,
        "compact": document.kind == "questionnaire",
        "title_block": [{"label": _words(label), "runs": _runs(value)} for label, value in document.title_block],
        "intro": _blocks(document.intro),
        "sections": [_section(section) for section in document.sections],
    }


def breakable(words: str) -> str:
    return _LONG.sub(lambda long: _PIECE.sub("\\1\u200b", long[0]), words)


def _words(words: str) -> str:
    return breakable(legal(words))


def _runs(runs: Runs) -> list[dict[str, str]]:
    return [piece for run in runs for piece in _pieces(run)]


def _pieces(run: Run) -> list[dict[str, str]]:
    """The run, cut where an address begins and ends."""
    pieces, at = [], 0
    for address in ADDRESS.finditer(run.words):
        pieces += [(run.words[at : address.start()], ""), (address[0], legal(address[0]))]
        at = address.end()
    pieces.append((run.words[at:], ""))
    return [{"words": _words(words), "kind": run.kind, "link": link} for words, link in pieces if words]


def _section(section: Section) -> dict[str, Any]:
    return {"level": section.level, "title": _words(section.title), "page_break": section.page_break, "blocks": _blocks(section.blocks)}


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    return [{"type": type(block).__name__} | _DATA[type(block)](block) for block in blocks]


def _bullets(block: Bullets) -> dict[str, Any]:
    boxes = not block.numbered and is_checklist(block)
    return {"numbered": block.numbered, "checklist": boxes, "items": [_runs(after_box(item) if boxes else item) for item in block.items]}


def _table(block: Table) -> dict[str, Any]:
    return {
        "caption": _words(block.caption),
        "header": [_words(words) for words in block.header],
        "rows": [{"cells": list(map(_cell, row, block.widths)), "long": _is_long(row)} for row in block.rows],
        "widths": block.widths,
        "row_heads": block.row_heads,
        "style": block.style,
        "narrow": max(block.widths[1:], default=1) < _NARROW,
    }


def _cell(cell: Cell, width: float) -> dict[str, Any]:
    """One cell; it is `tight`, and may be hyphenated, when a word in it is wider than its column."""
    words = "".join(run.words for run in cell.runs)
    tight = any(len(word) > width * _LETTERS for word in _BREAK.split(words))
    return {"runs": _runs(cell.runs), "tone": cell.tone or "", "box": words == BOX, "tight": tight}


def _is_long(row: tuple[Cell, ...]) -> bool:
    """Whether the row may have to break between pages; one cell that may not would keep the whole row together, and its end would be lost."""
    return any(sum(len(run.words) + 40 * run.words.count("\n") for run in cell.runs) > _LONG_CELL for cell in row)


def _chart(block: Chart) -> dict[str, Any]:
    key = [{"number": str(p.number), "words": _words(f"{SYMBOLS[p.tone]} {p.label}")} for p in block.points]
    return {"caption": _words(block.caption), "alt": legal(block.alt), "picture": svg(block), "key": key}


_DATA: dict[type, Callable[[Any], dict[str, Any]]] = {
    Paragraph: lambda block: {"style": block.style, "runs": _runs(block.runs)},
    Subheading: lambda block: {"words": _words(block.words)},
    Bullets: _bullets,
    Table: _table,
    Chart: _chart,
    Fields: lambda block: {"labels": [_words(label) for label in block.labels], "lines": block.lines},
    Signatures: lambda block: {
        "parties": [_words(party) for party in block.parties],
        "place_and_date": _words(block.place_and_date),
        "signature": _words(block.signature),
    },
}
