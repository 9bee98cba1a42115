"""The one way in for Word templates: what is sent is read within bounds, and what documents are drawn with is written anew, without the rest.

Sample text, properties with names, comments, macros and settings do not come in. What is fetched from elsewhere, or runs, is refused and named.
"""

from __future__ import annotations

import re
from io import BytesIO
from threading import Lock
from typing import Literal, NamedTuple
from zipfile import ZipFile

from lxml import etree

from app.documents.packages import ENTRIES, DoctypeError, linked, links_of, parsed

from .carrying import Carried, LinkedError, carry
from .kept import Kept, Side
from .named_styles import Styles, W
from .settling import is_ours, unmark

MAX_TEMPLATE = 1024 * 1024
UNPACKED = 12 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a Word file of before 2007, and one of today with a password
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAIN = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
_NAMES = {"styles": "word/styles.xml", "theme": "word/theme.xml", "numbering": "word/numbering.xml", "fontTable": "word/fontTable.xml"}
_MARGINS = ("top", "right", "bottom", "left", "header", "footer", "gutter")
_LEAST = 5670  # 10 cm of text, or tables have no room
A4 = {"w": 11906, "h": 16838, "top": 1361, "right": 1247, "bottom": 1247, "left": 1247, "header": 680, "footer": 567, "gutter": 0}

_lane = Lock()
_RELS = re.compile(r"(.*/)?_rels/([^/]*)\.rels")

Reason = Literal["missing", "large", "unpacked", "locked", "type", "macros", "attached", "linked", "embedded", "dtd", "broken"]


class TemplateError(ValueError):
    """The bytes are no template that we take. `reason` is the end of the key of the sentence that says so, `values` what the sentence names."""

    def __init__(self, reason: Reason, **values: object) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values


class Template(NamedTuple):
    """A template as we keep it, and the keys of the styles that it lacks."""

    data: bytes
    lacks: tuple[str, ...]


def taken(content: bytes) -> Template:
    """The template in `content`, reduced. Raises TemplateError with the reason. Never inside a transaction: one is read at a time."""
    _check_beginning(content)
    try:
        with _lane, ZipFile(BytesIO(content)) as package:
            return _read(package)
    except TemplateError:
        raise
    except DoctypeError as fault:
        raise TemplateError("dtd") from fault
    except LinkedError as fault:
        raise TemplateError(fault.reason, what=fault.what) from fault
    except Exception as fault:  # whatever a stranger's file leads to
        raise TemplateError("broken") from fault


def _check_beginning(content: bytes) -> None:
    if not content:
        raise TemplateError("missing")
    if len(content) > MAX_TEMPLATE:
        raise TemplateError("large")
    if content.startswith(_OLE):
        raise TemplateError("locked")
    if not content.startswith(b"PK\x03\x04"):
        raise TemplateError("type")


def _read(package: ZipFile) -> Template:
    _check_size(package)
    main = _main_of(package)
    _check_outside(package, main)
    document = parsed(package, main)
    if document.tag != f"{W}document":
        raise TemplateError("type")
    carried = Carried()
    for kind, name in _NAMES.items():
        for part in linked(package, main, (kind,))[:1]:
            carry(package, part, name, carried)
    if "word/styles.xml" not in carried.parts:
        raise TemplateError("broken")
    kept = _laid_out(package, main, document, carried)
    root = kept.tree("word/styles.xml")
    assert root is not None
    return Template(kept.packed(), Styles(root, kept.tree("word/numbering.xml"), kept.table).lacks())


def _check_size(package: ZipFile) -> None:
    infos = package.infolist()
    if len(infos) > ENTRIES or sum(one.file_size for one in infos) > UNPACKED:
        raise TemplateError("unpacked", most=UNPACKED // 1024**2)
    if any(one.flag_bits & 1 for one in infos):
        raise TemplateError("locked")


def _main_of(package: ZipFile) -> str:
    """The part with the text of a Word file. What a file is, its content types say, never its name."""
    named = list(parsed(package, "[Content_Types].xml").iterchildren(etree.Element))
    types = {one.get("PartName", ""): one.get("ContentType", "") for one in named}
    every = [one.get("ContentType", "") for one in named]
    names = [name.rpartition("/")[2].casefold() for name in package.namelist()]
    if any("macroenabled" in type.casefold() or "vba" in type.casefold() for type in every) or any(name.startswith("vba") for name in names):
        raise TemplateError("macros")
    main = next(iter(linked(package, "", ("officeDocument",))), "")
    if not types.get(f"/{main}", "").endswith(_MAIN):
        raise TemplateError("type")
    return main


def _check_outside(package: ZipFile, main: str) -> None:
    """Nothing in the file is fetched from elsewhere. A link in the text to follow is no such thing, and goes with the text."""
    parts = ((found[1] or "") + found[2] for found in map(_RELS.fullmatch, package.namelist()) if found)
    outside = [link for part in parts for link in links_of(package, part) if link.is_outside and link.kind != "hyperlink"]
    for link in outside:
        name = link.target.replace("\\", "/").rpartition("/")[2]
        raise TemplateError("attached", what=name[:120]) if link.kind == "attachedTemplate" else TemplateError("linked", what=link.target[:120])
    if any(True for _ in parsed(package, main).iter(f"{W}altChunk", f"{W}subDoc")):
        raise TemplateError("embedded", what="altChunk")


def _laid_out(package: ZipFile, main: str, document: etree._Element, carried: Carried) -> Kept:
    """The page of the last section, and the headers and footers that are in force there: each section goes on with those of the one before."""
    sections = [one for one in document.iter(f"{W}sectPr") if one.getparent().tag != f"{W}sectPrChange"]  # that one tells how it was before
    inside = {link.id: link.target for link in links_of(package, main)}
    sides: dict[tuple[str, str], str] = {}
    for section in sections:
        for kind in ("header", "footer"):
            sides |= {(kind, one.get(f"{W}type") or "default"): inside[one.get(f"{_R}id") or ""] for one in section.iter(f"{W}{kind}Reference")}
    found = [Side(f"word/{kind}_{pages}.xml", kind, pages) for kind, pages in sorted(sides)]
    for side in found:
        carry(package, sides[side.kind, side.pages], side.part, carried)
    if is_ours(etree.fromstring(carried.parts["word/styles.xml"])):
        found = [side for side in found if not _is_only_ours(side.part, carried)]
    last = sections[-1] if sections else None
    settings = [parsed(package, name) for name in linked(package, main, ("settings",))[:1]]
    table = document.find(f".//{W}tblStyle")
    return Kept(
        parts=carried.parts, types=carried.types, sides=tuple(found), page=_page(last), table="" if table is None else table.get(f"{W}val") or "",
        titled=last is not None and _is_on(last.find(f"{W}titlePg")),
        even=any(_is_on(one.find(f"{W}evenAndOddHeaders")) for one in settings),
    )  # fmt: skip


def _is_only_ours(part: str, carried: Carried) -> bool:
    """Whether a header or footer that was drawn here holds our marks alone, which say of another text that it is a draft, and what its code is."""
    root = etree.fromstring(carried.parts.pop(part))
    if unmark(root):
        carried.parts.pop(f"word/_rels/{part.rpartition('/')[2]}.rels", None)
        return True
    carried.parts[part] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return False


def _page(section: etree._Element | None) -> dict[str, int]:
    """Its page and margins; A4 with ours where it says none, or where no table would have room."""
    size = section.find(f"{W}pgSz") if section is not None else None
    margins = section.find(f"{W}pgMar") if section is not None else None
    if size is None or margins is None:
        return A4
    page = {side: int(size.get(f"{W}{side}") or 0) for side in "wh"} | {side: abs(int(margins.get(f"{W}{side}") or 0)) for side in _MARGINS}
    has_room = page["w"] - page["left"] - page["right"] - page["gutter"] >= _LEAST and page["h"] - page["top"] - page["bottom"] >= _LEAST
    return page if has_room and max(page["w"], page["h"]) <= 31680 else A4


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off")
