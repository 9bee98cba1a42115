"""Parts of a template that come along, with the pictures and fonts that they lead to; what runs or is fetched is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Literal
from zipfile import ZipFile

from lxml import etree

from app.documents.packages import Link, links_of, parsed, tree_of

from .named_styles import W
from .settling import settle

_FETCHING = re.compile(r"\b(INCLUDE\w*|DDE\w*|LINK|IMPORT|DATABASE|RD|MACROBUTTON)\b", re.IGNORECASE)  # fields that bring something in, or run
_VML = "{urn:schemas-microsoft-com:vml}"
_OLE = ("{urn:schemas-microsoft-com:office:office}OLEObject", f"{W}control", f"{W}object", f"{W}altChunk", f"{W}subDoc")
_WEB = ("http://", "https://", "mailto:")
_SVG = "{http://www.w3.org/2000/svg}"
_ACTS = {"script", "foreignobject", "set"}
_INSIDE = re.compile(r"#|data:image/(png|jpe?g|gif|webp)[;,]")
_FETCHED = re.compile(r"@import|image-set|\\|url\((?!['\"]?#)", re.IGNORECASE)  # a backslash spells the others another way
_PICTURES = (
    (0, b"\x89PNG", "png", "image/png"), (0, b"\xff\xd8\xff", "jpg", "image/jpeg"), (0, b"GIF8", "gif", "image/gif"),
    (40, b" EMF", "emf", "image/x-emf"), (0, b"\xd7\xcd\xc6\x9a", "wmf", "image/x-wmf"), (0, b"BM", "bmp", "image/bmp"),
    (0, b"II*\0", "tiff", "image/tiff"), (0, b"MM\0*", "tiff", "image/tiff"),
)  # fmt: skip
_FONT = ("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont")
_REL = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/>'
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


class LinkedError(ValueError):
    """A part leads to what does not come in. `what` names it."""

    def __init__(self, reason: Literal["linked", "embedded"], what: str) -> None:
        super().__init__(reason)
        self.reason, self.what = reason, what


@dataclass(frozen=True, slots=True)
class Carried:
    """The parts so far by their new names, and the content type of each ending of a picture or font."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)


def carry(package: ZipFile, part: str, name: str, carried: Carried) -> None:
    """Add a part under another name, with what it leads to. Raises LinkedError, and what reading it raises."""
    root = parsed(package, part)
    _check(root)
    settle(root)
    links = "".join(_carried_link(package, link, carried) for link in links_of(package, part))
    carried.parts[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    if links:
        folder, _, base = name.rpartition("/")
        carried.parts[f"{folder}/_rels/{base}.rels"] = _RELS.format(links).encode()


def _check(root: etree._Element) -> None:
    fetching = _FETCHING.search(fields_of(root))
    if fetching:
        raise LinkedError("linked", fetching[1])
    for _ in root.iter(*_OLE):
        raise LinkedError("embedded", "OLE")
    for shape in root.iter(f"{_VML}*"):
        if shape.get("src"):
            raise LinkedError("linked", shape.get("src", "")[:120])


def fields_of(root: etree._Element) -> str:
    """What the fields of a part do, in one string: an instruction may be cut in pieces."""
    pieces = "".join(one.text or "" for one in root.iter(f"{W}instrText"))
    return " ".join([pieces, *(one.get(f"{W}instr") or "" for one in root.iter(f"{W}fldSimple"))])


def _carried_link(package: ZipFile, link: Link, carried: Carried) -> str:
    if link.kind == "hyperlink" and link.is_outside and link.target.casefold().startswith(_WEB):
        return _REL.format(escape(link.id), "hyperlink", escape(link.target), ' TargetMode="External"')
    if link.is_outside:
        raise LinkedError("linked", link.target[:120])
    if link.kind not in ("image", "font"):
        raise LinkedError("embedded", link.kind)
    data = package.read(link.target)
    ending, type = _FONT if link.kind == "font" else _kind_of(data)
    name = next((name for name, other in carried.parts.items() if other == data), f"word/media/template{len(carried.parts)}.{ending}")
    carried.parts[name], carried.types[ending] = data, type
    return _REL.format(escape(link.id), link.kind, name.removeprefix("word/"), "")


def _kind_of(data: bytes) -> tuple[str, str]:
    """The ending and the type of a picture, by its bytes. An SVG comes in when it neither runs nor fetches anything."""
    for at, mark, ending, type in _PICTURES:
        if data[at : at + len(mark)] == mark:
            return ending, type
    if b"<svg" in data[:2000] and _is_still(data):
        return "svg", "image/svg+xml"
    raise LinkedError("embedded", "image")


def _is_still(data: bytes) -> bool:
    """Whether an SVG neither runs nor fetches anything, nor changes into what does."""
    if b"<!DOCTYPE" in data or b"<?xml-stylesheet" in data:
        return False
    root = tree_of(data)
    named = {etree.QName(one).localname.casefold() for one in root.iter(etree.Element)}
    given = [(name.rpartition("}")[2].casefold(), value) for one in root.iter(etree.Element) for name, value in one.attrib.items()]
    leads = [value for name, value in given if name == "href"]
    looks = [*(value for _, value in given), *(one.text or "" for one in root.iter(f"{_SVG}style"))]
    return (
        all(map(_INSIDE.match, leads))
        and not any(map(_FETCHED.search, looks))
        and not any(name in _ACTS or name.startswith("animate") for name in named)
        and not any(name.startswith("on") for name, _ in given)
    )
