"""What a reader sees of a Word, PDF or HTML file of ours: its words in order, and what stands in its margins. Files come from strangers.

Only what is seen counts: properties, deleted text, hidden text and instructions are passed over, for anybody can write what they like in them.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lxml import etree

from app.documents.packages import ENTRIES, PART, linked, parsed
from app.values.vocabulary import Format

LARGEST = 2 * 1024 * 1024
MOST = 3 * PART
PDF_SECONDS = 30
_READ_PDF = [sys.executable, "-I", str(Path(__file__).with_name("pdf_extract.py"))]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = (f"{_W}drawing", f"{_W}pict", f"{_W}object")
_SPACES = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
_MAIN, _MARGINS, _LOOKS = ("officeDocument",), ("header", "footer", "footnotes", "endnotes"), ("styles", "numbering")
_ADDED = (f"{_W}sym", f"{_W}altChunk", f"{_W}subDoc")  # what is seen and holds no words
_CROSSED = (f"{_W}strike", f"{_W}dstrike", f"{_W}vanish")
_LETTER = re.compile(r"[^\W\d_]")
_SMALLEST = 8  # half points
_CODE = re.compile(r"\b[0-9a-f]{4} [0-9a-f]{4}\b")
MOST_CODES = 50
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_FOLDED = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00a0": " "})
_BLOCKS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "tr", "table", "caption", "div", "section", "header", "footer", "dl", "dt", "dd",
     "figure", "figcaption", "nav", "ul", "ol", "body", "br")
)  # fmt: skip
_SILENT = frozenset({"script", "style", "template", "head", "title"})


class UnreadableError(Exception):
    """This is no Word, PDF or HTML file, or one that cannot be read within bounds."""


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """What is seen of a file: each line of its text, each line of its margins once, its pictures and looks, to compare, and its check codes.

    A check code is the first eight digits of a fingerprint, without the space between.
    """

    kind: Format
    lines: tuple[str, ...]
    margins: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()


def extract(data: bytes) -> ExtractedText:
    """What is seen of the file.

    Raises UnreadableError.
    """
    kind = kind_of(data)
    try:
        return _READERS[kind](data)
    except Exception as fault:  # whatever a stranger's file leads to
        raise UnreadableError from fault


def kind_of(data: bytes) -> Format:
    """What kind of file it is, by how it begins. Raises UnreadableError."""
    if len(data) > LARGEST:
        raise UnreadableError
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if re.match(rb"\s*(<!doctype html|<html|<!--)", data[:1024].removeprefix(b"\xef\xbb\xbf"), re.IGNORECASE):
        return "html"
    raise UnreadableError


def plain_line(words: str) -> str:
    """A line as it is compared: letters as they look, white space as one space, nothing that nobody sees."""
    return " ".join(unicodedata.normalize("NFKC", _UNSEEN.sub("", words)).translate(_FOLDED).split())


def _lines(raw: Iterator[str]) -> tuple[str, ...]:
    return tuple(line for line in (plain_line(_without_page(words)) for words in raw) if line)


def _without_page(words: str) -> str:
    """A line of the table of contents without the page at its end, which Word reckons anew; any other line as it is."""
    title = words.rstrip("0123456789")
    line = title.rstrip(" .\t")
    gap = title[len(line) :]
    return line if title != words and ("\t" in gap or len(gap) > 3) else words


def _codes(lines: tuple[str, ...]) -> frozenset[str]:
    found = [code.replace(" ", "") for line in lines for code in _CODE.findall(line)]
    return frozenset(found[:MOST_CODES])


# ── Word ──


def _docx(data: bytes) -> ExtractedText:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if len(package.namelist()) > ENTRIES or sum(one.file_size for one in package.infolist()) > MOST:
            raise UnreadableError
        (main,) = linked(package, "", _MAIN)
        body = parsed(package, main)
        parts = [parsed(package, name) for name in linked(package, main, _MARGINS)]
        looks = [parsed(package, name) for name in linked(package, main, _LOOKS)]
    margins = [line for part in parts for line in _lines(_paragraphs(part))]
    pictures = sum(1 for one in body.iter(*_PICTURES) if next(one.iterancestors(_FALLBACK), None) is None)
    added = sum(1 for part in (body, *parts) for _ in part.iter(*_ADDED))
    crossed = sum(1 for part in looks for one in part.iter(*_CROSSED) if _is_on(one))
    bullets = {one.get(f"{_W}val") or "" for part in looks for one in part.iter(f"{_W}lvlText")}
    lines = _lines(_paragraphs(body))
    others = (f"pictures: {pictures}", f"added: {added}", f"crossed out: {crossed}", f"bullets: {sorted(filter(_LETTER.search, bullets))}")
    return ExtractedText("docx", lines, frozenset(map(without_numbers, margins)), others, _codes((*margins, *lines)))


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        yield "".join(_run_words(paragraph))


def _run_words(above: etree._Element) -> Iterator[str]:
    """The words below, without those of a paragraph within (a text box has its own line) and without what is deleted or hidden."""
    for element in above:
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in _SPACES:
            yield _SPACES[element.tag]
        elif not _is_unseen(element):
            yield from _run_words(element)


def _is_unseen(element: etree._Element) -> bool:
    if element.tag in (f"{_W}p", f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _FALLBACK):
        return True
    looks = element.find(f"{_W}rPr") if element.tag == f"{_W}r" else None
    return looks is not None and any(map(_hides, looks))


def _hides(look: etree._Element) -> bool:
    """Whether a run with this look is not read as words that hold: hidden, struck out, white, or too small for any eye."""
    value = look.get(f"{_W}val") or ""
    if look.tag == f"{_W}color":
        return value.upper() == "FFFFFF"
    return (look.tag in _CROSSED and _is_on(look)) or (look.tag == f"{_W}sz" and value.isdecimal() and int(value) < _SMALLEST)


def _is_on(look: etree._Element) -> bool:
    return look.get(f"{_W}val") not in ("0", "false", "off")


def without_numbers(line: str) -> str:
    """A line of the margins without the numbers of pages, which every program reckons for itself."""
    return re.sub(r"\b\d+\b", "#", line)


# ── HTML ──


def _html(data: bytes) -> ExtractedText:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root is None:
        raise UnreadableError
    looks = sha256("".join("".join(style.itertext()) for style in root.iter("style")).encode()).hexdigest()
    marks = Counter(_mark(element) for element in root.iter() if isinstance(element.tag, str))
    others = (f"looks: {looks}", f"marks: {sorted((mark, many) for mark, many in marks.items() if mark)}")
    lines = _lines(iter("".join(_html_words(root)).split("\n")))
    return ExtractedText("html", lines, others=others, codes=_codes(lines))


def _mark(element: etree._Element) -> str:
    """An element without its words: it may cross them out, hide them or lead elsewhere. Empty for what a browser adds when it saves a page."""
    given = sorted((name, value) for name, value in element.attrib.items() if (element.tag, name) != ("img", "src"))
    if element.tag == "tbody" or (element.tag == "meta" and dict(given).get("http-equiv", "Content-Type").lower() == "content-type"):
        return ""
    return f"{element.tag} {given}"


def _html_words(root: etree._Element) -> Iterator[str]:
    """The words in order, with a line break around each block. Without recursion: files are as deep as their sender likes."""
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        is_silent = tag in _SILENT or not tag
        silent += is_silent if event == "start" else -is_silent
        words = (element.text if event == "start" else element.tail) or ""
        yield "\n" if tag in _BLOCKS else ""
        yield "" if silent else " ".join(words.split("\n"))


# ── PDF ──


def _pdf(data: bytes) -> ExtractedText:
    try:
        done = subprocess.run(_READ_PDF, input=data, capture_output=True, timeout=PDF_SECONDS, check=False)  # noqa: S603 – the words are ours
    except subprocess.TimeoutExpired as late:
        raise UnreadableError from late
    if done.returncode:
        raise UnreadableError
    pages: list[str] = json.loads(done.stdout)
    lines = _lines(line for page in pages for line in page.split("\n"))
    return ExtractedText("pdf", lines, codes=_codes(lines))


_READERS = {"docx": _docx, "html": _html, "pdf": _pdf}
