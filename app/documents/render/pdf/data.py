"""A Document as plain data for policy.typ."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from app.documents import charts
from app.documents.model import (
    BOX,
    SYMBOLS,
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Fields,
    OtherLanguage,
    Paragraph,
    Run,
    Runs,
    Seal,
    Section,
    Signatures,
    Subheading,
    Table,
    Wheel,
)
from app.documents.render.docx.body import after_box, is_checklist
from app.documents.render.docx.page_estimate import FEW_ROWS, leads
from app.pack.languages import tag_of

from .words import TEXT, Said, TextWidth, said, seen

_NARROW = 0.12
_LONG_CELL = 900
_NUMBER = re.compile(r"[ .,%]*\d[\d .,%]*")
_LINE = TextWidth(TEXT - 24)  # a paragraph, in its frame, or an item of a list
_FACT = TextWidth(TEXT - 130)
_TITLE = TextWidth(TEXT - 10, 22)
_ENTRY = TextWidth(TEXT - 40)
_HEAD = TextWidth(TEXT - 120, 8)
_SEAL = TextWidth(TEXT / 3, 11.5)
_KEY = TextWidth(TEXT / 2 - 30, 8.4)


def data_of(document: Document) -> dict[str, Any]:
    """The whole document as dicts, lists, strings and numbers."""
    language, region = tag_of(document.language).split("-")
    return _frame(document) | {
        "lang": language,
        "region": region,
        "fingerprint": document.fingerprint,
        "compact": document.is_compact,
        "poster": document.kind == "poster",
        "seal": _seal(document.seal) if document.seal else None,
        "name": seen(document.title),
        "logo_alt": seen(document.workplace or document.title),
        "title_block": [{"label": said(label, _KEY), "runs": _runs(value, _FACT)} for label, value in document.facts],
        "intro": _blocks(document.intro),
        "sections": [_section(section) for section in document.sections],
    }


def _seal(seal: Seal) -> dict[str, Any]:
    return {"kind": seal.kind, "words": said(seal.words, _SEAL), "more": said(seal.more, _SEAL)}


def _frame(document: Document) -> dict[str, Any]:
    """What stands on every page, and round the text."""
    words = {name: said(getattr(document, name), _HEAD) for name in ("workplace", "edition", "draft")}
    return words | {
        "title": said(document.title, _TITLE),
        "contents": seen(document.contents),
        "page_of": seen(document.page_of),
        "origin": said(document.origin, _LINE),
    }


def _runs(runs: Runs, place: TextWidth = _LINE) -> list[dict[str, Said]]:
    return [piece for run in runs for piece in _pieces(run, place)]


def _pieces(run: Run, place: TextWidth) -> list[dict[str, Said]]:
    """The run, cut where an address begins and ends."""
    pieces, at = [], 0
    for link in run.links:
        pieces += [(run.words[at : link.start], ""), (run.words[link.start : link.end], link.target)]
        at = link.end
    pieces.append((run.words[at:], ""))
    return [{"words": said(words, place), "kind": run.kind, "link": link} | _language(run.language) for words, link in pieces if words]


def _language(language: OtherLanguage) -> dict[str, Said]:
    """What a screen reader is told of words in another language than the document's."""
    return dict(zip(("lang", "region"), tag_of(language).split("-"), strict=True)) if language else {}


def _section(section: Section) -> dict[str, Any]:
    title = {"title": said(section.title, _TITLE), "short": _ENTRY.fits(section.title) and "\n" not in section.title}
    place = {"level": section.level, "page_break": section.page_break, "front": section.part == "front"}
    return title | _language(section.language) | place | {"blocks": _blocks(section.blocks)}


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    both = zip_longest(blocks, blocks[1:])
    return [{"type": type(block).__name__, "leads": leads(block, below)} | _DATA[type(block)](block) for block, below in both]


def _bullets(block: Bullets) -> dict[str, Any]:
    boxes = not block.numbered and is_checklist(block)
    return {
        "numbered": block.numbered,
        "fine": block.fine,
        "checklist": boxes,
        "items": [_runs(after_box(item) if boxes else item) for item in block.items],
    }


def _table(block: Table) -> dict[str, Any]:
    places = [TextWidth(width * TEXT - 12, 9.5) for width in block.widths]
    return {
        "caption": said(block.caption, _LINE),
        "alt": "" if block.caption else seen(", ".join(block.header)),
        "header": list(map(said, block.header, places)),
        "rows": [{"cells": list(map(_cell, row, places if len(row) == len(places) else [_LINE])), "long": _is_long(row)} for row in block.rows],
        "numbers": [all(_is_number(row[x]) for row in block.rows if len(row) > x) for x in range(len(block.widths))],
        "tone": block.tone or "",
        "whole": len(block.rows) <= FEW_ROWS and not any(map(_is_long, block.rows)),
        "widths": block.widths,
        "row_heads": block.row_heads,
        "style": block.style,
        "narrow": block.style == "form" and max(block.widths[1:], default=1) < _NARROW,
    }


def _cell(cell: Cell, place: TextWidth) -> dict[str, Any]:
    words = "".join(run.words for run in cell.runs)
    return {"runs": _runs(cell.runs, place), "tone": cell.tone or "", "box": words == BOX}


def _is_number(cell: Cell) -> bool:
    return all(_NUMBER.fullmatch(run.words) for run in cell.runs)


def _is_long(row: tuple[Cell, ...]) -> bool:
    """Whether the row may have to break between pages; one cell that may not would keep the whole row together, and its end would be lost."""
    return any(sum(len(run.words) + 40 * run.words.count("\n") for run in cell.runs) > _LONG_CELL for cell in row)


def _chart(block: Chart) -> dict[str, Any]:
    key = [{"number": str(p.number), "words": said(f"{SYMBOLS[p.tone]} {p.label}", _KEY)} for p in block.points]
    return {"caption": said(block.caption, _LINE), "alt": seen(block.alt), "picture": charts.svg(block), "key": key}


_DATA: dict[type, Callable[[Any], dict[str, Any]]] = {
    Paragraph: lambda block: {"style": block.style, "runs": _runs(block.runs)},
    Subheading: lambda block: {"words": said(block.words, _TITLE)},
    Bullets: _bullets,
    Table: _table,
    Chart: _chart,
    Wheel: lambda block: {"caption": said(block.caption, _LINE), "alt": seen(block.alt), "picture": charts.svg(block)},
    Fields: lambda block: {"labels": [said(label, _KEY) for label in block.labels], "lines": block.lines},
    Signatures: lambda block: {
        "parties": [said(party, _LINE) for party in block.parties],
        "place_and_date": seen(block.place_and_date),
        "signature": seen(block.signature),
    },
}
