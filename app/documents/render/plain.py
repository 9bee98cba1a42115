"""A Document as plain text: what the golden texts hold, and what a person reads in a diff."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from app.documents.characters import legal
from app.documents.model import BOX, Block, Bullets, Chart, Document, Fields, Paragraph, Runs, Section, Signatures, Subheading, Table, Wheel
from app.documents.risk_chart import key_words

from .docx.body import after_box, is_checklist

_MARKS = {"plain": "", "lead": "", "own": "| ", "note": "> "}
_DOTS = "…………"


def draw(document: Document) -> str:
    """The document's words in order; headings by number signs, one line for each paragraph, item and table row."""
    seal = document.seal
    mark = " – ".join(filter(None, (seal.words, seal.more))) if seal else document.draft
    head = [f"[{mark}]"] if mark else []
    facts = [f"{label}: {_said(value)}" for label, value in document.facts]
    front = [*head, f"# {document.title}", *(["\n".join(facts)] if facts else []), *_blocks(document.intro, 2)]
    sections = [piece for section in document.sections for piece in _section(section)]
    return legal("\n\n".join([*front, *sections, *filter(None, (document.origin, document.edition))]) + "\n")


def words_of(section: Section) -> str:
    """The words of one section without its heading."""
    return legal("\n\n".join(_blocks(section.blocks, section.level + 2)))


def _section(section: Section) -> Iterator[str]:
    yield f"{'#' * (section.level + 1)} {section.title}"
    yield from _blocks(section.blocks, section.level + 2)


def _blocks(blocks: tuple[Block, ...], level: int) -> Iterator[str]:
    for block in blocks:
        yield f"{'#' * level} {block.words}" if isinstance(block, Subheading) else _DRAW[type(block)](block)


def _said(runs: Runs) -> str:
    return "".join(run.words for run in runs)


def _paragraph(block: Paragraph) -> str:
    mark = _MARKS[block.style]
    return mark + _said(block.runs).replace("\n", "\n" + mark)


def _bullets(block: Bullets) -> str:
    if block.numbered:
        return "\n".join(f"{at}. {_said(item)}" for at, item in enumerate(block.items, start=1))
    if is_checklist(block):
        return "\n".join(f"{BOX} {_said(after_box(item))}" for item in block.items)
    return "\n".join(f"- {_said(item)}" for item in block.items)


def _table(block: Table) -> str:
    rows = (" | ".join(_said(cell.runs) for cell in row) for row in block.rows)
    return "\n".join([*([block.caption] if block.caption else []), " | ".join(block.header), *rows])


def _chart(block: Chart) -> str:
    return "\n".join([*([block.caption] if block.caption else []), f"({block.alt})", *map(key_words, block.points)])


def _signatures(block: Signatures) -> str:
    return "\n".join(f"{party}\n{block.place_and_date} {_DOTS} {block.signature} {_DOTS}" for party in block.parties)


_DRAW: dict[type, Callable[[Any], str]] = {
    Paragraph: _paragraph,
    Bullets: _bullets,
    Table: _table,
    Chart: _chart,
    Wheel: lambda block: "\n".join([*([block.caption] if block.caption else []), f"({block.alt})"]),
    Fields: lambda block: "\n".join(f"{label} {_DOTS * block.lines}" for label in block.labels),
    Signatures: _signatures,
}
