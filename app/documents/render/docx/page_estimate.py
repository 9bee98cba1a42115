"""An estimate of which page each section begins on, for the numbers that stand in the table of contents until Word counts for itself.

It lays the document out in rough: average letters of the body font, the spacing of styles.py, and Word's own rules of what stays together.
All lengths are in points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import zip_longest
from math import ceil
from typing import Any, NamedTuple

from app.documents.model import Block, Bullets, Cell, Chart, Document, Fields, Paragraph, Runs, Section, Signatures, Subheading, Table, Wheel
from app.documents.risk_chart import HEIGHT
from app.documents.risk_chart import WIDTH as CHART_WIDTH

TOGETHER = 6  # so many parties sign on one page
FEW_ROWS = 6  # a table of no more stays on one page
PAGE, WIDTH = 745.0, 493.3
_BODY = 11.0  # the size of the letters
_LINE, _TABLE_LINE, _FINE_LINE = 13.54, 12.2, 11.0
_LETTER = 0.409  # of the letters' size
_LOST, _LOST_IN_CELL = 2.0, 3.5  # letters that found no room at the end of a line: more where whole words are long for the line
_FULL, _BOXED = WIDTH / (_BODY * _LETTER), (WIDTH - 17) / (_BODY * _LETTER)
_AFTER_TABLE, _ROW, _BOARD_ROW = 6.2, 3.8, 4.0
_CHART_HEIGHT = 7.8 / 2.54 * 72 * HEIGHT / CHART_WIDTH

_WHEEL_HEIGHT = 7.8 / 2.54 * 72


class Measure(NamedTuple):
    """What stands on one page; with a `line` it may break between two lines, with `rows` between two of them, and `head` is repeated on a new page.

    `keep`: it stays with what follows. Of the room after one piece and before the next, the larger counts.
    """

    height: float
    before: float = 0.0
    after: float = 0.0
    line: float = 0.0
    keep: bool = False
    rows: tuple[float, ...] = ()
    head: float = 0.0


def pages(document: Document, logo: float = 0.0, room: float = 1.0) -> tuple[tuple[int, ...], int]:
    """The page of each section's heading, and how many pages there are. `logo` is the height of the picture on page one, 0 when there is none.

    `room` is how much goes on a page of another template, beside ours.
    """
    flow = _Flow(PAGE * room)
    name = Measure(12.2) if document.seal else Measure(0.0)
    flow.add([Measure(logo, after=12.0) if logo else name, *_front(document)])
    found = tuple([flow.add(_section(section), section.page_break) for section in document.sections])
    if document.origin:
        flow.add([Measure(13.0, before=8.0)])
    return found, flow.page


class _Flow:
    """Where the next piece stands: on which page, how far down, and the room that the last one left below it."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.page, self.at, self.gap = 1, 0.0, 0.0

    def add(self, pieces: list[Measure], page_break: bool = False) -> int:
        """Set the pieces, and say on which page the first came to stand."""
        if page_break and self.at:
            self._turn(0.0)
        first = 0
        for piece, need in zip(pieces, _needs(pieces, self.height), strict=True):
            self.at += max(self.gap, piece.before)
            if self.at + need > self.height and self.at:
                self._turn(0.0)
            first = first or self.page
            self._set(piece)
            self.gap = piece.after
        return first or self.page

    def _turn(self, at: float) -> None:
        self.page, self.at, self.gap = self.page + 1, at, 0.0

    def _set(self, piece: Measure) -> None:
        for row in piece.rows:
            if self.at + row > self.height:
                self._turn(piece.head)
            self.at += row
        left = self.height - self.at
        if piece.line and piece.height > left:
            here = max(0, min(left // piece.line, piece.height // piece.line - 2))
            self._turn(piece.height - here * piece.line)
        else:
            self.at += piece.height
        while self.at > self.height + 1:
            self._turn(self.at - self.height)


def _needs(pieces: list[Measure], page: float) -> list[float]:
    """How much room each piece needs to begin on a page: the first lines of it, or itself and what it stays with."""
    needs, below, before = [], 0.0, 0.0
    for piece in reversed(pieces):
        height, before_it, after, line, keep, rows, _ = piece
        if keep:
            below += height + sum(rows) + max(after, before)
        else:
            below = rows[0] if rows else min(height, 2 * line) if line else height
        before = before_it
        needs.append(below if below <= page else 0.0)
    return needs[::-1]


def _section(section: Section) -> list[Measure]:
    """The heading and all below it; where it is signed, the whole of it stays together when a page holds it."""
    pieces = [
        Measure(18.3 * ceil(len(section.title) / 60), 9.5, 2.0, keep=True)
        if section.level == 1
        else Measure(14.65 * ceil(len(section.title) / 78), 8.5, 1.5, keep=True)
    ]
    for block, below in zip_longest(section.blocks, section.blocks[1:]):
        found = [_LOWER] if section.level == 2 and isinstance(block, Subheading) else _PIECES[type(block)](block)
        pieces += [piece._replace(line=0.0, keep=True) for piece in found] if leads(block, below) else found
    if stays_whole(section):
        pieces = [*(piece._replace(line=0.0, keep=True) for piece in pieces[:-1]), pieces[-1]]
    return pieces


def leads(block: Block, below: Block | None) -> bool:
    """Whether a paragraph stays on the page of what it leads to: lines to sign, a list to look things up in, what comes after its colon."""
    if not isinstance(block, Paragraph):
        return False
    if isinstance(below, Bullets | Table) and block.runs and block.runs[-1].words.rstrip().endswith(":"):
        return True
    return isinstance(below, Signatures) or (isinstance(below, Bullets) and below.fine)


def stays_whole(section: Section) -> bool:
    """Whether the section stays on one page, where a page holds it: what stands before the chapters, and what is signed, if it is short."""
    if section.part == "front":
        return not section.page_break
    parties = [len(block.parties) for block in section.blocks if isinstance(block, Signatures)]
    rows = sum(len(block.rows) for block in section.blocks if isinstance(block, Table))
    return bool(parties) and not section.page_break and sum(parties) <= TOGETHER and rows <= TOGETHER


def _front(document: Document) -> Iterable[Measure]:
    """Title, title block, introduction and table of contents."""
    yield Measure(27.5 * ceil(len(document.title) / 43) + 6.5, 1.0, 7.0, keep=True)
    yield from [Measure(17.9) for _ in document.facts]
    for block in document.intro:
        yield from _PIECES[type(block)](block)
    if document.contents:
        yield Measure(14.65, 10.0, 2.5, keep=True)
        yield from [Measure(12.8, 1.0) if section.level == 1 else Measure(11.4) for section in document.sections]
        yield Measure(_AFTER_TABLE)


def _lines(runs: Runs, letters: float, lost: float = _LOST) -> int:
    """How many lines the runs fill, with so many letters to a line."""
    lines = length = 0
    for run in runs:
        length += len(run.words)
        if "\n" in run.words:
            lines += run.words.count("\n")
    return lines + (1 if length <= letters else ceil((length - lost) / (letters - lost)))


def _text(lines: int, before: float, after: float) -> Measure:
    """A paragraph. Of two or three lines none stands alone on a page."""
    return Measure(lines * _LINE, before, after, _LINE if lines > 3 else 0.0)


def _paragraph(block: Paragraph) -> list[Measure]:
    if block.style == "lead":
        return [Measure(_lines(block.runs, _FULL * 0.86) * 17.5, 10.0, 8.0)]
    lines = _lines(block.runs, _BOXED if block.style in ("note", "own") else _FULL)
    if block.style == "note":
        return [Measure(lines * _LINE + 17, 7.0, 8.0)]
    return [_text(lines, 0.0, 3.5) if block.style == "plain" else _text(lines, 2.0, 6.0)]


def _bullets(block: Bullets) -> list[Measure]:
    letters, line = (_BOXED * _BODY / 9.0, _FINE_LINE) if block.fine else (_BOXED, _LINE)
    rows = [_lines(item, letters) * line + 0.5 for item in block.items]
    return [Measure(0.0, after=3.5, rows=(sum(rows),) if block.fine else tuple(rows))]


def _table(block: Table) -> list[Measure]:
    room = _BOARD_ROW if block.style == "board" else _ROW
    size, line = (9.0, _FINE_LINE) if block.style == "fine" else (10.0, _TABLE_LINE)
    letters = [max(5.0, (WIDTH * share - 10.5) / (size * _LETTER)) for share in block.widths]
    head = max([ceil(len(words) / wide) for words, wide in zip(block.header, letters, strict=True)], default=1) * 11.6 + room
    pieces = [Measure(12.2, 6.0, 2.5, keep=True)] if block.caption else []
    lines = [max([_lines(cell.runs, wide, _LOST_IN_CELL) for cell, wide in zip(row, _places(row, letters), strict=True)]) for row in block.rows]
    rows = [count * line + room for count in lines]
    held = [sum(rows)] if len(rows) <= FEW_ROWS else [sum(rows[:2]), *rows[2:-2], sum(rows[-2:])]
    return [*pieces, Measure(head, keep=True), Measure(0.0, rows=tuple(held), head=head), Measure(_AFTER_TABLE)]


def _places(row: tuple[Cell, ...], letters: list[float]) -> list[float]:
    """The letters on a line of each cell; one cell alone has the whole width."""
    return letters if len(row) == len(letters) else [sum(letters)]


def _chart(block: Chart) -> list[Measure]:
    key = Measure(10.4 * ceil(len(block.points) / 2) + _AFTER_TABLE)
    return [Measure(12.2, 6.0, 2.5, keep=True), Measure(_CHART_HEIGHT, 4.0, 4.0, keep=True), key]


def _fields(block: Fields) -> list[Measure]:
    if block.lines == 1:
        return [Measure(_LINE, 7.5) for _ in block.labels] + [Measure(_AFTER_TABLE)]
    return [Measure(_LINE + 22.4 * block.lines, 4.5) for _ in block.labels]


def _signatures(block: Signatures) -> list[Measure]:
    last = len(block.parties) if len(block.parties) <= TOGETHER else 0
    return [Measure(43.1, 6.0, 5.0, keep=at < last) for at, _ in enumerate(block.parties, start=1)]


_LOWER = Measure(13.4, 7.0, 1.5, keep=True)  # a heading in a section of the second level
_PIECES: dict[type, Callable[[Any], list[Measure]]] = {
    Paragraph: _paragraph,
    Subheading: lambda block: [Measure(14.65, 8.5, 1.5, keep=True)],
    Bullets: _bullets,
    Table: _table,
    Chart: _chart,
    Wheel: lambda block: [Measure(12.2, 6.0, 2.5, keep=True), Measure(_WHEEL_HEIGHT, 4.0, 4.0, keep=True)],
    Fields: _fields,
    Signatures: _signatures,
}
