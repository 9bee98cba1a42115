"""The smallest pieces of a Word document as strings: escaped words, runs, paragraphs, fields and pictures."""

from __future__ import annotations

from typing import NamedTuple

from app.documents.model import OtherLanguage, Run, Runs
from app.pack.languages import tag_of

_STYLES = {"plain": "", "strong": '<w:rStyle w:val="Strong"/>', "open": '<w:rStyle w:val="OpenPoint"/>'}
_LINK = '<w:rStyle w:val="Hyperlink"/>'
TAB = "<w:r><w:tab/></w:r>"


def escaped(words: str) -> str:
    """Words as XML text or a value in double quotes."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def run(words: str, look: str = "") -> str:
    """One stretch of words; a line break in them is a line break in Word."""
    text = escaped(words)
    if "\n" in text:
        text = text.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def runs(pieces: Runs) -> str:
    """Runs with their looks; addresses in them are links."""
    return "".join([_linked(piece) if piece.link or "://" in piece.words else run(piece.words, _look(piece)) for piece in pieces])


def _linked(piece: Run) -> str:
    found, at = [], 0
    for link in piece.links:
        found.append(run(piece.words[at : link.start], _look(piece)))
        found.append(field(f'HYPERLINK "{link.target}"', run(piece.words[link.start : link.end], look(_LINK, piece.language))))
        at = link.end
    return "".join((*found, run(piece.words[at:], _look(piece))))


def _look(piece: Run) -> str:
    return look(_STYLES[piece.kind], piece.language)


def look(style: str = "", language: OtherLanguage = "") -> str:
    """The properties of a run: its style, and its language where that is not the document's."""
    inside = style + (f'<w:lang w:val="{tag_of(language)}"/>' if language else "")
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def field(instruction: str, shown: str) -> str:
    """A field with what it shows until Word reckons it anew."""
    return f'<w:fldSimple w:instr=" {escaped(instruction)} ">{shown}</w:fldSimple>'


_BEGIN, _MIDDLE, FIELD_END = ('<w:r><w:fldChar w:fldCharType="' + kind + '"/></w:r>' for kind in ("begin", "separate", "end"))


def field_begin(instruction: str) -> str:
    """The beginning of a field that goes over several paragraphs; FIELD_END ends it."""
    return f'{_BEGIN}<w:r><w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>{_MIDDLE}'


def field_in_link(instruction: str, shown: str) -> str:
    """The same written out in five runs, the only way that LibreOffice understands inside a link."""
    return field_begin(instruction) + shown + FIELD_END


def contents(inside: str) -> str:
    """What Word shows as a table of contents, with a button to update it."""
    part = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    return f"<w:sdt><w:sdtPr>{part}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def paragraph(style: str, inside: str, extra: str = "") -> str:
    """A paragraph in a named style; `extra` is what follows the style in its properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{inside}</w:p>'


class InlinePicture(NamedTuple):
    """A picture to place: the id of its relationship, what it says, and its size in Word's units (360,000 to the centimetre)."""

    link: str
    alt: str
    title: str
    width: int
    height: int


_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def picture(number: int, image: InlinePicture) -> str:
    """A run that shows a picture in the line, with its alternative text."""
    alt, title = escaped(image.alt.replace("\n", " ")), escaped(image.title.replace("\n", " "))
    size = f'cx="{image.width}" cy="{image.height}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="Picture {number}" descr="{alt}" title="{title}"/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{image.link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
