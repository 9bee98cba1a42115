"""The body of a Word document: every block of a Document as a string of WordprocessingML, in the document's order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from app.documents.colours import MARKS, TONES
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
    Runs,
    Seal,
    Section,
    Signatures,
    Subheading,
    Table,
    Wheel,
)
from app.documents.risk_chart import HEIGHT, WIDTH

from .page_estimate import FEW_ROWS, TOGETHER, leads, pages, stays_whole
from .sheet import OURS, Sheet
from .styles import SEAL_PLACE, seal_style, tabs
from .xml import FIELD_END, TAB, InlinePicture, contents, field_begin, field_in_link, look, paragraph, picture, run, runs
from .xml import escaped as e

_CM = 360000
_CHART = (int(7.8 * _CM), int(7.8 * _CM * HEIGHT / WIDTH))
_WHEEL = (int(7.8 * _CM), int(7.8 * _CM))
_STYLES = {"plain": "Normal", "own": "OwnWords", "note": "Note", "lead": "Lead"}
_LONG_ROW = 900
_NARROW = 1100
_LONG_KEY = 14
_HALF_LINE = 48
_BELOW = {1: "Subheading", 2: "Heading4"}  # a heading within a section; never one of those that the table of contents is made of
_WITH_NEXT = "<w:keepNext/>"
_HALVES = tabs(("left", "none", 4700), ("left", "none", 5040))


class Body:
    """Draws one document; afterwards `lists` is how many numbered lists it has and `charts` its charts, in order."""

    def __init__(self, document: Document, logo: tuple[int, int] | None = None, sheet: Sheet = OURS) -> None:
        self.document = document
        self.lists = 0
        self.charts: list[Chart | Wheel] = []
        self._heading = "Heading2"  # of the introduction
        self._about = document.title
        self._logo = logo
        self.sheet = sheet
        self._pages, self.pages = pages(document, logo[1] / 12700 if logo else 0.0, sheet.room)

    def draw(self) -> str:
        """The whole body, without the page set-up that ends it."""
        origin = paragraph("Origin", run(self.document.origin)) if self.document.origin else ""
        return "".join((self._front(), *(self._section(at, section) for at, section in enumerate(self.document.sections)), origin))

    def _front(self) -> str:
        document = self.document
        logo = paragraph("Logo", picture(1, InlinePicture("rIdLogo", document.workplace, document.workplace, *self._logo))) if self._logo else ""
        title = paragraph("Heading1", run(_one_line(document.title)))
        facts = "".join(paragraph("Fact", run(label, _FACT) + TAB + runs(value)) for label, value in document.facts)
        cover = _seal(document.seal) + (logo or self._name()) if document.seal else logo
        return cover + title + facts + self._blocks(document.intro) + (self._contents() if document.contents else "")

    def _name(self) -> str:
        """The workplace above the title; where room is scarce, the title alone names it."""
        return "" if self.document.is_compact else paragraph("CoverName", run(_one_line(self.document.workplace)))

    def _contents(self) -> str:
        """A field that Word and LibreOffice can reckon anew, with its entries as we reckon them. Nobody is asked anything when the file is opened."""
        heading = paragraph("TOCHeading", run(self.document.contents))
        entries = "".join([self._entry(at, section) for at, section in enumerate(self.document.sections)])
        return contents(heading + entries + paragraph("AfterTable", FIELD_END))

    def _entry(self, at: int, section: Section) -> str:
        begin = "" if at else field_begin(rf'TOC \o "{self.sheet.levels}" \h \z')
        number = field_in_link(f"PAGEREF {_bookmark(at)} \\h", run(str(self._pages[at])))
        link = f'<w:hyperlink w:anchor="{_bookmark(at)}" w:history="1">{run(_one_line(section.title))}{TAB}{number}</w:hyperlink>'
        return paragraph(f"TOC{section.level + 1}", begin + link, tabs(("right", "dot", self.sheet.width)) if self.sheet.ids else "")

    def _section(self, at: int, section: Section) -> str:
        title = run(_one_line(section.title), look(language=section.language))
        mark = f'<w:bookmarkStart w:id="{at}" w:name="{_bookmark(at)}"/>{title}<w:bookmarkEnd w:id="{at}"/>'
        heading = paragraph(f"Heading{section.level + 1}", mark, "<w:pageBreakBefore/>" if section.page_break else "")
        self._heading = _BELOW[section.level]
        self._about = section.title
        blocks = self._blocks(section.blocks)
        if not stays_whole(section):
            return heading + blocks
        is_last = at + 1 == len(self.document.sections)
        return heading + together(blocks, is_last and bool(self.document.origin))

    def _blocks(self, blocks: tuple[Block, ...]) -> str:
        drawn = [_DRAW[type(block)](self, block) for block in blocks]
        for at, (block, below) in enumerate(pairwise(blocks)):
            if isinstance(block, Paragraph) and leads(block, below):
                drawn[at] = self._paragraph(block, _WITH_NEXT)
        return "".join(drawn)

    def _paragraph(self, block: Paragraph, extra: str = "") -> str:
        return paragraph(_STYLES[block.style], runs(block.runs), extra)

    def _subheading(self, block: Subheading) -> str:
        return paragraph(self._heading, run(_one_line(block.words)))

    def _bullets(self, block: Bullets) -> str:
        if block.numbered:
            number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self.sheet.first_list + self.lists}"/></w:numPr>'
            self.lists += 1
            return _items("ListNumberFine" if block.fine else "ListNumber", [runs(item) for item in block.items], number, block.fine)
        if is_checklist(block):
            return _items("CheckList", [run(BOX) + TAB + runs(after_box(item)) for item in block.items])
        return _items("ListBulletFine" if block.fine else "ListBullet", [runs(item) for item in block.items], whole=block.fine)

    def _table(self, block: Table) -> str:
        caption = paragraph("Caption", run(block.caption), _WITH_NEXT) if block.caption else ""
        widths = [round(self.sheet.width * share) for share in block.widths]
        form = block.style == "form"
        marks = form and max(widths[1:], default=_NARROW) < _NARROW
        head = _board_head(block, widths) if block.style == "board" else _head(block, widths, marks)
        rest = "TableMark" if marks else "TableFine" if block.style == "fine" else "TableText"
        first = "TableRowHead" if block.row_heads and block.style in ("plain", "board") else "TableFine" if block.style == "fine" else "TableText"
        styles = [first] + [rest] * (len(widths) - 1)
        edge = _EDGE.format(MARKS[block.tone]) if block.tone else ""
        rows = [_row(row, widths, styles, keep, edge) for row, keep in zip(block.rows, _kept(len(block.rows)), strict=True)]
        grid = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
        look = _LOOKS[block.style]
        return (
            f'{caption}<w:tbl><w:tblPr><w:tblStyle w:val="{look}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="{int(block.row_heads)}" '
            f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{e(_one_line(block.caption or self._about))}"/>'
            f'<w:tblDescription w:val="{e(_one_line(", ".join(block.header)))}"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>"
            f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{''.join(rows)}</w:tbl>{_AFTER_TABLE}"
        )

    def _chart(self, block: Chart) -> str:
        return self._picture(block, _CHART) + _key(block) + _AFTER_TABLE

    def _picture(self, block: Chart | Wheel, size: tuple[int, int]) -> str:
        self.charts.append(block)
        number = len(self.charts)
        caption = paragraph("Caption", run(block.caption), _WITH_NEXT) if block.caption else ""
        image = picture(number + 1, InlinePicture(f"rIdChart{number}", block.alt, block.caption or self._about, *size))
        return caption + paragraph("Figure", image)

    def _wheel(self, block: Wheel) -> str:
        return self._picture(block, _WHEEL)

    def _fields(self, block: Fields) -> str:
        if block.lines == 1:
            return "".join([paragraph("FieldInline", run(label + " ") + TAB) for label in block.labels]) + _AFTER_TABLE
        lines = paragraph("FieldLine", TAB) * block.lines
        return "".join([paragraph("FieldLabel", run(label)) + lines for label in block.labels])

    def _signatures(self, block: Signatures) -> str:
        line = _ROOM + run(f"{block.place_and_date} ", _FACT) + TAB + TAB + run(f"{block.signature} ", _FACT) + TAB
        last = len(block.parties) if len(block.parties) <= TOGETHER else 0
        return "".join(
            [paragraph("Signature", run(party, _PARTY) + line, _WITH_NEXT if at < last else "") for at, party in enumerate(block.parties, start=1)]
        )


_FACT = '<w:rPr><w:rStyle w:val="FactName"/></w:rPr>'
_SEAL = '<w:rPr><w:rStyle w:val="SealWords"/></w:rPr>'
_PARTY = '<w:rPr><w:rStyle w:val="Strong"/></w:rPr>'
_ROOM = "<w:r><w:br/></w:r><w:r><w:br/></w:r>"  # to sign in
_LOOKS = {"plain": "PolicyTable", "fine": "PolicyTable", "form": "FormTable", "board": "BoardTable"}
_EDGE = '<w:tcBorders><w:left w:val="single" w:sz="36" w:space="0" w:color="{}"/></w:tcBorders>'
_LAST = '<w:spacing w:after="80"/>'
_STYLED = re.compile(r'(<w:pStyle w:val="\w+"/>)(?!<w:keepNext/>)')
_AFTER_TABLE = paragraph("AfterTable", "")
_DRAW: dict[type, Callable[[Body, Any], str]] = {
    Paragraph: Body._paragraph,
    Subheading: Body._subheading,
    Bullets: Body._bullets,
    Table: Body._table,
    Chart: Body._chart,
    Wheel: Body._wheel,
    Fields: Body._fields,
    Signatures: Body._signatures,
}


def _seal(seal: Seal) -> str:
    more = "<w:r><w:br/></w:r>" + run(seal.more) if seal.more else ""
    return paragraph(seal_style(seal.kind), run(seal.words, _SEAL) + more, SEAL_PLACE)


def _key(block: Chart) -> str:
    """What each mark stands for, two on a line when all are short; kept on the picture's page unless there are very many."""
    names = [f"{SYMBOLS[p.tone]} {_one_line(p.label)}" for p in block.points]
    width = 2 if max(map(len, names), default=0) <= _HALF_LINE else 1
    marks = [run(str(p.number)) + TAB + run(name) for p, name in zip(block.points, names, strict=True)]
    lines = [TAB.join(marks[at : at + width]) for at in range(0, len(marks), width)]
    keep = "<w:keepNext/>" if len(block.points) <= _LONG_KEY else ""
    return "".join([paragraph("ChartKey", line, (keep if at < len(lines) else "") + _HALVES) for at, line in enumerate(lines, start=1)])


def _items(style: str, items: list[str], number: str = "", whole: bool = False) -> str:
    """The items of one list, with the room of a paragraph after the last. `whole` keeps them on one page, where it has the room."""
    extra = (_WITH_NEXT if whole else "") + number
    return "".join([*(paragraph(style, item, extra) for item in items[:-1]), paragraph(style, items[-1], number + _LAST)]) if items else ""


def is_checklist(block: Bullets) -> bool:
    """Whether every item begins with a box to tick, which then stands where the bullet would."""
    return bool(block.items) and all(item and item[0].words.startswith(BOX) for item in block.items)


def after_box(item: Runs) -> Runs:
    """The item without its box."""
    first = replace(item[0], words=item[0].words.removeprefix(BOX).lstrip())
    return (first, *item[1:])


def together(words: str, with_next: bool) -> str:
    """The paragraphs, in tables too, each kept on the page of the next, so that nobody signs a page of its own; the last only `with_next`."""
    held, mark, last = (words, "", "") if with_next else words.rpartition("<w:p>")
    return _STYLED.sub(r"\1" + _WITH_NEXT, held) + mark + last


def _bookmark(at: int) -> str:
    return f"_Toc{at + 1:06d}"


def _one_line(words: str) -> str:
    return words.replace("\n", " ")


def _head(block: Table, widths: list[int], marks: bool) -> str:
    return "".join([_head_cell(words, width, marks and at > 0) for at, (words, width) in enumerate(zip(block.header, widths, strict=True))])


def _head_cell(words: str, width: int, narrow: bool) -> str:
    style = "TableMarkHead" if narrow else "TableHead"
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph(style, run(words))}</w:tc>'


def _board_head(block: Table, widths: list[int]) -> str:
    """The band of a light: its words, and what stands below."""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{MARKS[block.tone]}"/>' if block.tone else ""
    looks = [_PARTY, *("" for _ in widths[1:])]
    return "".join(
        [
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{paragraph("BoardHead", run(words, look))}</w:tc>'
            for words, width, look in zip(block.header, widths, looks, strict=True)
        ]
    )


def _kept(rows: int) -> Iterator[bool]:
    """For each row whether it stays with the next: all of a short table, else the first with the second and the last but one with the last."""
    return (at < rows - 1 and (rows <= FEW_ROWS or at in (0, rows - 2)) for at in range(rows))


def _row(row: tuple[Cell, ...], widths: list[int], styles: list[str], keep: bool, edge: str) -> str:
    widths = widths if len(row) == len(widths) else [sum(widths)]
    alone = len(row) < len(styles) or (bool(edge) and len(row) == 1)
    span = len(styles) if alone else 1
    styles = ["TableText"] if alone else styles
    extra = _WITH_NEXT if keep else ""
    cells = "".join(
        [
            _cell(cell, width, style, extra, edge if not at else "", span)
            for at, (cell, width, style) in enumerate(zip(row, widths, styles, strict=False))
        ]
    )
    # A row taller than a page must be allowed to break, or its end is lost in some readers.
    whole = "" if len(cells) > _LONG_ROW * len(widths) else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{whole}{cells}</w:tr>"


def _cell(cell: Cell, width: int, style: str, extra: str, edge: str, span: int) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{TONES[cell.tone]}"/>' if cell.tone else ""
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{over}{edge}{fill}</w:tcPr>{paragraph(style, runs(cell.runs), extra)}</w:tc>'
