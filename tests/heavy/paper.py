"""How the pages of a PDF are filled: what stands lowest on each, and what stands there alone."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from app.documents.model import Document, Subheading

_HEAD, _FOOT = 58.0, 44.0  # points, in which header and footer stand
_LINE = 3.0


class Page(NamedTuple):
    """The lines of one page between header and footer, and how far down the lowest reaches, as a share of the room."""

    lines: tuple[str, ...]
    filled: float


def pages(file: Path) -> list[Page]:
    """Every page of a PDF, by poppler."""
    made = subprocess.run(["pdftotext", "-bbox", str(file), "-"], check=True, capture_output=True).stdout
    found = etree.fromstring(re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", made), etree.XMLParser(recover=True))
    return [_page(page) for page in found.iter("{*}page")]


def _page(page: etree._Element) -> Page:
    height = float(page.get("height"))
    words = [(float(word.get("yMax")), float(word.get("xMin")), word.text or "") for word in page.iter("{*}word")]
    inside = sorted(word for word in words if _HEAD < word[0] < height - _FOOT)
    lines: list[list[tuple[float, float, str]]] = []
    for word in inside:
        if lines and word[0] - lines[-1][0][0] < _LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    lowest = inside[-1][0] if inside else _HEAD
    return Page(tuple(" ".join(w[2] for w in sorted(line, key=lambda w: w[1])) for line in lines), (lowest - _HEAD) / (height - _HEAD - _FOOT))


def page_faults(document: Document, file: Path) -> Iterator[str]:
    """Pages less than a third full, but for the last of a part; headings at the foot of a page."""
    titles = {_plain(section.title) for section in document.sections}
    titles |= {_plain(block.words) for section in document.sections for block in section.blocks if isinstance(block, Subheading)}
    parts = {_plain(section.title) for section in document.sections if section.page_break}
    found = pages(file)
    for number, (page, below) in enumerate(pairwise(found), start=1):
        begins = any(below.lines and title.startswith(_plain(below.lines[0])) for title in parts)
        if page.filled < 1 / 3 and not begins:
            yield f"page {number} is {page.filled:.0%} full"
        if page.lines and _plain(page.lines[-1]) in titles:
            yield f"page {number} ends with a heading: {page.lines[-1]}"


def _plain(words: str) -> str:
    return " ".join(words.split())
