"""What is the same in every Word document: made once for each language by python-docx from the template, kept packed, and split where words go in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import docx.document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle

from app.documents.colours import palette_of
from app.pack.languages import DocumentLanguage, tag_of

from .sheet import OURS, Sheet

TEMPLATE = Path(__file__).resolve().parents[4] / "content" / "rusoff" / "template.docx"
_BODY = "<w:p><w:r><w:t>@body@</w:t></w:r></w:p>"
_FILLED = ("word/document.xml", "word/numbering.xml", "docProps/core.xml")
_SIDES = re.compile(r"word/(firstHeader|(header|footer)(_\w+)?)\.xml")
_LINKS = "word/_rels/document.xml.rels"
_CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = f'<Override PartName="/{_CUSTOM}" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
_CUSTOM_LINK = (
    f'<Relationship Id="rIdCustom" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties" Target="{_CUSTOM}"/>'
)
_CUSTOM_PART = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">@properties@</Properties>'
)
_PICTURES = '<Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>'


class Frame(NamedTuple):
    """The packed parts that never change, the others as text with @marks@ where a document's own words go, and what the body must know."""

    packed: bytes
    before: str
    after: str
    parts: dict[str, str]
    sheet: Sheet = OURS


def entry(name: str) -> ZipInfo:
    """A place in the package that depends on neither clock nor machine."""
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    info.create_system = 0
    return info


@lru_cache(maxsize=64)
def frame(language: DocumentLanguage, tight: bool = False, colour: str = "") -> Frame:
    """The frame in `language`; read-only, so one serves all threads. A `tight` one gets more on a page, for forms handed out on paper.

    `colour` is that of a workplace, in the place of our accent; empty for ours.
    """
    return cut(saved(language, colour, tight))


def saved(language: DocumentLanguage, colour: str, tight: bool = False) -> dict[str, str]:
    """Our parts in `language`, in the palette of a workplace with this `colour`."""
    return {name: _coloured(words, colour) for name, words in _saved(language, tight).items()}


def cut(parts: Mapping[str, str | bytes], sheet: Sheet = OURS) -> Frame:
    """The frame of these parts: what never changes is packed, the rest is kept as text."""
    parts = dict(parts)
    types = str(parts["[Content_Types].xml"]).replace("<Default ", _PICTURES + "<Default ", 1)
    parts["[Content_Types].xml"] = types.replace("</Types>", _CUSTOM_TYPE + "</Types>")
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("</Relationships>", _CUSTOM_LINK + "</Relationships>")
    names = [name for name in parts if name in (*_FILLED, _LINKS) or _SIDES.fullmatch(name)]
    filled = {name: str(parts.pop(name)) for name in names} | {_CUSTOM: _CUSTOM_PART}
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, words in parts.items():
            archive.writestr(entry(name), words)
    before, after = filled.pop("word/document.xml").split(_BODY)
    return Frame(packed.getvalue(), before, after, filled, sheet)


def _coloured(words: str, colour: str) -> str:
    """A part in the palette of a workplace: a colour is a whole value of an attribute, wherever it stands."""
    for ours, theirs in zip(palette_of(""), palette_of(colour), strict=True):
        words = words.replace(f'"{ours}"', f'"{theirs}"')
    return words


# Style: size of letters, room before and after, in points.
_TIGHT = {
    "Heading 1": (19, 0, 7),
    "Heading 2": (13, 11, 4),
    "RusOff Lead": (11, 4, 6),
    "RusOff After Table": (4, 0, 3),
    "List Bullet": (10, 0, 0),
    "RusOff Field Line": (9, 0, 0),
    "RusOff Table Mark": (11, 0, 0),
}


def _tighten(template: docx.document.Document) -> None:
    for name, (size, before, after) in _TIGHT.items():
        style = template.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size, style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size), Pt(before), Pt(after)
    page = template.sections[0]
    page.top_margin, page.bottom_margin, page.header_distance = Cm(1.7), Cm(1.7), Cm(0.8)


@cache
def _saved(language: DocumentLanguage, tight: bool) -> dict[str, str]:
    """The parts of the template as python-docx writes them, with the language set and nobody's name in the properties."""
    template = docx.Document(str(TEMPLATE))
    if tight:
        _tighten(template)
    tag = tag_of(language)
    for attribute in ("val", "eastAsia"):
        template.styles.element.find(".//" + qn("w:lang")).set(qn(f"w:{attribute}"), tag)
    template.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), tag)
    template.core_properties.language = tag
    template.core_properties.author = ""
    whole = BytesIO()
    template.save(whole)
    with ZipFile(whole) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
