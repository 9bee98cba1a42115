"""Slides with notes, 16:9, in the colour and with the logo of the workplace: an item of the launch kit as PowerPoint reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

import segno
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Pt

from app.documents.characters import legal
from app.documents.colours import TONES, palette_of
from app.documents.launch import Item, Made, situations_of
from app.documents.logo import logo_of
from app.documents.look import OURS, Look
from app.documents.model import Block, Bullets, Paragraph, Run, Runs, Table
from app.pack.languages import tag_of
from app.pack.text import Language
from app.ui_texts import say

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
SIDE, TOP, ROOM = Inches(0.8), Inches(1.75), Inches(4.9)
INSET = Inches(0.1)  # of the words in a placeholder
SIZES = (32, 28, 26, 24, 22, 20, 18, 16, 14)
KEPT_LAYOUTS = (0, 1, 5)  # title, title and content, title alone
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 – a file says what was decided, not when it was drawn


class Deck(NamedTuple):
    """What all slides share: whose they are, the language, and the address that everybody reads the policy at, if there is one."""

    workplace: str
    language: Language
    address: str = ""
    look: Look = OURS


class Line(NamedTuple):
    """A paragraph on a slide."""

    runs: Runs
    mark: str = ""  # in front of it: a bullet, or a number


def draw(item: Item, deck: Deck) -> bytes:
    """The slides as a file, one for each part of the item; the first is the title. Raises LogoError when the logo is no PNG or JPEG."""
    made = Presentation()
    _master(made, deck)
    for at, part in enumerate(item.parts):
        slide = _title_slide(made, part, deck) if at == 0 else _slide(made, part, deck, last=at == len(item.parts) - 1)
        _logo(slide, deck)
        slide.notes_slide.notes_text_frame.text = "\n".join(_words(line.runs) for line in _lines(part.notes))
        _in_language(slide.notes_slide.notes_text_frame, deck)
    _about(made.core_properties, item, deck)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _about(properties: Any, item: Item, deck: Deck) -> None:
    properties.title, properties.author, properties.language = legal(item.parts[0].title), legal(deck.workplace), tag_of(deck.language)
    properties.created = properties.modified = MADE
    properties.last_modified_by = legal(deck.workplace)


# ── the master: what stands where, and in which colour ──


def _master(made: Any, deck: Deck) -> None:
    made.slide_width, made.slide_height = WIDTH, HEIGHT
    layouts = list(made.slide_layouts)
    for at, layout in enumerate(layouts):
        if at not in KEPT_LAYOUTS:
            made.slide_layouts.remove(layout)
    for layout in (made.slide_master, *(layouts[at] for at in KEPT_LAYOUTS)):
        _settle(layout)
    _place(layouts[0].placeholders[0], SIDE, Inches(2.3), WIDTH - 2 * SIDE, Inches(1.7))
    _place(layouts[0].placeholders[1], SIDE, Inches(4.15), WIDTH - 2 * SIDE, Inches(1.5))
    _bar(made, deck)


def _settle(layout: Any) -> None:
    """Put title and text where they are on every slide, and take out what no slide of ours has: day, footer and number."""
    for shape in list(layout.placeholders):
        kind = shape.placeholder_format.idx
        if kind >= 10:
            shape._element.getparent().remove(shape._element)
        elif kind == 0:
            _place(shape, SIDE, Inches(0.55), WIDTH - SIDE - Inches(3), Inches(1.0))
        else:
            _place(shape, SIDE, TOP, WIDTH - 2 * SIDE, ROOM)


def _bar(made: Any, deck: Deck) -> None:
    """A bar in the colour of the workplace at the foot of every slide. It stands in the master, where nobody reads it aloud."""
    slide = made.slides.add_slide(made.slide_layouts[0])
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(0), HEIGHT - Inches(0.22), WIDTH, Inches(0.22))
    bar.fill.solid()
    bar.fill.fore_color.rgb = _accent(deck)
    bar.line.fill.background()
    bar.shadow.inherit = False
    made.slide_master.shapes._spTree.insert(2, bar._element)
    id = made.slides._sldIdLst[0]
    made.part.drop_rel(id.rId)
    made.slides._sldIdLst.remove(id)


def _accent(deck: Deck) -> Any:
    return _colour(palette_of(deck.look.colour).accent)


def _colour(hex: str) -> Any:
    return RGBColor.from_string(hex)  # type: ignore[no-untyped-call]


def _place(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = Emu(left), Emu(top), Emu(width), Emu(height)


# ── one slide ──


def _title_slide(made: Any, part: Made, deck: Deck) -> Any:
    slide = made.slides.add_slide(made.slide_layouts[0])
    _title(slide, part, deck, 44)
    _fill(slide.placeholders[1].text_frame, _lines(part.blocks), deck, 26)
    return slide


def _slide(made: Any, part: Made, deck: Deck, last: bool) -> Any:
    boards = [block for block in part.blocks if isinstance(block, Table) and block.style == "board"]
    slide = made.slides.add_slide(made.slide_layouts[2 if boards else 1])
    _title(slide, part, deck, 34)
    if boards:
        _boards(slide, boards, deck)
        return slide
    with_code = last and bool(deck.address)
    body = slide.placeholders[1]
    width = WIDTH - 2 * SIDE - (Inches(3.9) if with_code else 0)
    _place(body, SIDE, TOP, width, ROOM)
    lines = list(_lines(part.blocks))
    _fill(body.text_frame, lines, deck, _size(lines, width, ROOM))
    if with_code:
        _code(slide, deck)
    return slide


def _title(slide: Any, part: Made, deck: Deck, size: int) -> None:
    frame = slide.shapes.title.text_frame
    frame.text = legal(part.title)
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    for run in frame.paragraphs[0].runs:
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), True, _accent(deck)
    frame.paragraphs[0].alignment = 1
    _in_language(frame, deck)


def _fill(frame: Any, lines: Any, deck: Deck, size: int) -> None:
    """The lines as paragraphs. A bullet is a letter of ours: what a template calls a bullet is drawn differently by every program."""
    frame.word_wrap = True
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = 1, Pt(size * 0.45)
        _hang(paragraph, bool(line.mark), size)
        for words, strong in [(f"{line.mark}\t", False)] * bool(line.mark) + [(run.words, run.kind != "plain") for run in line.runs]:
            run = paragraph.add_run()
            run.text = legal(words)
            run.font.size, run.font.bold, run.font.color.rgb = Pt(size), strong, _colour(palette_of("").ink)
    _in_language(frame, deck)


def _hang(paragraph: Any, is_item: bool, size: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    indent = int(Pt(size * 0.9)) if is_item else 0
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    for old in list(properties):
        if old.tag.endswith(("buNone", "buChar", "buAutoNum")):
            properties.remove(old)
    properties.append(properties.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}buNone", {}))


def _in_language(frame: Any, deck: Deck) -> None:
    """What the spelling checker and a screen reader are told."""
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", tag_of(deck.language))


def _size(lines: list[Line], width: int, height: int) -> int:
    """The largest size in which the lines have room."""
    return next((size for size in SIZES if _high(lines, size, width) <= height / Pt(1)), SIZES[-1])


def _high(lines: list[Line], size: int, width: int) -> float:
    """How high the lines are in points, about: letters are half as wide as the font is high."""
    letters = max(1, width / Pt(1) / (size * 0.52))
    return sum(-(-max(1, len(_words(line.runs))) // letters) * size * 1.2 + size * 0.45 for line in lines)


def _boards(slide: Any, boards: list[Table], deck: Deck) -> None:
    """A box for each light, with the situations that have it."""
    gap = Inches(0.3)
    width = (WIDTH - 2 * (SIDE + INSET) - gap * (len(boards) - 1)) // len(boards)
    columns = [[Line((Run(situation.name),)) for situation in situations_of(board)] for board in boards]
    size = min(
        _size([Line(board.rows[0][0].runs), *lines], width - Inches(0.4), ROOM - Inches(0.6)) for board, lines in zip(boards, columns, strict=True)
    )
    for at, (board, lines) in enumerate(zip(boards, columns, strict=True)):
        box = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(SIDE + INSET + at * (width + gap)), TOP, Emu(width), ROOM)
        box.name = legal(board.header[0])
        box.fill.solid()
        box.fill.fore_color.rgb = _colour(TONES[board.tone] if board.tone else palette_of(deck.look.colour).pale)
        box.line.fill.background()
        box.shadow.inherit = False
        frame = box.text_frame
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = Inches(0.2)
        _fill(frame, [Line((Run(board.header[0], "strong"),)), *lines], deck, min(size, 24))


def _logo(slide: Any, deck: Deck) -> None:
    mark = logo_of(deck.look.logo) if deck.look.logo else None
    if mark is None:
        return
    picture = slide.shapes.add_picture(BytesIO(mark.data), Emu(WIDTH - SIDE - mark.width), Inches(0.45), Emu(mark.width), Emu(mark.height))
    _alt(picture, deck.workplace)


def _code(slide: Any, deck: Deck) -> None:
    """The code that leads to the page for everybody, with the address below it in words."""
    kept = BytesIO()
    segno.make_qr(deck.address, error="q").save(kept, kind="png", border=2, scale=12)
    left, side = WIDTH - SIDE - Inches(3.3), Inches(3.3)
    picture = slide.shapes.add_picture(BytesIO(kept.getvalue()), Emu(left), TOP, side, side)
    _alt(picture, say("launch_code_alt", deck.language, address=deck.address))
    box = slide.shapes.add_textbox(Emu(left), Emu(TOP + side), Emu(side), Inches(0.9))
    box.text_frame.word_wrap = True
    run = box.text_frame.paragraphs[0].add_run()
    run.text, run.font.size, run.hyperlink.address = deck.address, Pt(12), deck.address
    _in_language(box.text_frame, deck)


def _alt(picture: Any, words: str) -> None:
    picture._element._nvXxPr.cNvPr.set("descr", legal(words))


# ── from blocks to lines ──


def _lines(blocks: tuple[Block, ...]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Line(block.runs)
        elif isinstance(block, Bullets):
            yield from (Line(item, f"{at}." if block.numbered else "•") for at, item in enumerate(block.items, start=1))


def _words(runs: Runs) -> str:
    return legal("".join(run.words for run in runs))
