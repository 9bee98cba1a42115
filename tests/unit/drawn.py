"""How the tests read a drawn document back: its words in reading order, one reader for each kind of file."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import html5lib
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from app.documents.model import Chart, Document, Wheel

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The words of a text, without marks."""
    return _WORD.findall(text)


def docx_part(file: bytes, name: str = "word/document.xml") -> etree._Element:
    """One part of a Word file, parsed."""
    with ZipFile(BytesIO(file)) as archive:
        return etree.fromstring(archive.read(name))


def docx_text(file: bytes) -> str:
    """The body of a Word file as text, with the numbers of its lists and what its pictures say."""
    counts: dict[str, int] = {}
    return "\n".join(_paragraph(p, counts) for p in docx_part(file).iter(f"{W}p"))


def _paragraph(paragraph: etree._Element, counts: dict[str, int]) -> str:
    found = []
    number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
    if number is not None:
        id = number.get(f"{W}val")
        counts[id] = counts.get(id, 0) + 1
        found.append(f"{counts[id]}. ")
    for part in paragraph.iter():
        name = etree.QName(part).localname
        found.append({"t": part.text or "", "tab": " ", "br": "\n", "docPr": part.get("descr") or ""}.get(name, ""))
    return "".join(found)


def html_text(page: str) -> str:
    """The main part of an HTML file as text, with the numbers of its lists and what its pictures say."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    main = tree.find("body/main")
    assert main is not None
    return _element(main, "")


def _element(element: Element, number: str) -> str:
    if element.tag.endswith("svg"):
        return f" {element.get('aria-label')} "
    found = [number, element.text or ""]
    for at, child in enumerate(element, start=1):
        label = f" {at}. " if element.tag == "ol" else " " if child.tag not in ("a", "strong", "span") else ""
        found += [_element(child, label), child.tail or ""]
    return "".join(found)


def pdf_text(file: bytes) -> str:
    """All pages of a PDF as text, headers and footers included."""
    return "\n".join(pdf_pages(file))


@lru_cache(maxsize=2)
def pdf_pages(file: bytes) -> tuple[str, ...]:
    """The text of each page of a PDF. Kept for a while: reading it back takes ten times as long as drawing it, and some tests ask twice."""
    return tuple(page.extract_text() for page in PdfReader(BytesIO(file)).pages)


def without_alt(document: Document) -> Document:
    """The document with nothing said for its pictures; in a PDF that is in the tags, not on the page."""
    sections = tuple(replace(s, blocks=tuple(replace(b, alt="") if isinstance(b, Chart | Wheel) else b for b in s.blocks)) for s in document.sections)
    return replace(document, sections=sections)


def missing(expected: list[str], found: list[str]) -> list[str]:
    """The expected words that do not come, in order, among the found ones.

    Found may hold more: header rows again on the next page, the words inside the risk picture. Letters are compared, since a word may be broken
    between two lines.
    """
    text, at = "".join(found), 0
    lost = []
    for word in expected:
        there = text.find(word, at)
        if there < 0:
            lost.append(word)
        else:
            at = there + len(word)
    return lost


def picture(kind: str = "PNG") -> bytes:
    """A small picture."""
    whole = BytesIO()
    Image.new("RGB", (300, 120), "#1d5a58").save(whole, kind)
    return whole.getvalue()
