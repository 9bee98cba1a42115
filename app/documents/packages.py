"""Parts of zipped XML that comes from strangers: read within bounds, and without anything that unfolds or is fetched."""

from __future__ import annotations

import posixpath
from typing import NamedTuple
from zipfile import ZipFile

from lxml import etree

ENTRIES = 500
PART = 12 * 1024 * 1024  # a Word file's text is some 400 kB; what is larger was made to be
_LINK = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class DoctypeError(ValueError):
    """A part brings a document type along, which no Office program writes and which may unfold or fetch."""


class Link(NamedTuple):
    """What a part leads to: its id there, what it is to the part (the last word of its type), and the name of a part, or an address outside."""

    id: str
    kind: str
    target: str
    is_outside: bool


def parsed(package: ZipFile, name: str) -> etree._Element:
    """A part as a tree. Raises DoctypeError, KeyError when there is no such part, ValueError when it is too large, and LxmlError."""
    with package.open(name) as part:
        words = part.read(PART + 1)
    if len(words) > PART:
        raise ValueError(name)
    if b"<!DOCTYPE" in words[:2000]:
        raise DoctypeError(name)
    root = tree_of(words)
    if root.getroottree().docinfo.internalDTD is not None:
        raise DoctypeError(name)
    return root


def tree_of(words: bytes) -> etree._Element:
    """XML as a tree, with nothing unfolded or fetched. Raises LxmlError."""
    return etree.fromstring(words, etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False))


def links_of(package: ZipFile, name: str) -> list[Link]:
    """All that a part leads to; none when nothing is written of it. The empty name is the package itself. Raises what `parsed` raises."""
    folder, _, base = name.rpartition("/")
    rels = f"{folder}/_rels/{base}.rels".lstrip("/")
    if rels not in package.namelist():
        return []
    return [_link(link, folder) for link in parsed(package, rels).iter(_LINK)]


def _link(link: etree._Element, folder: str) -> Link:
    target, is_outside = link.get("Target") or "", link.get("TargetMode") == "External"
    inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Link(link.get("Id") or "", (link.get("Type") or "").rpartition("/")[2], target if is_outside else inside, is_outside)


def linked(package: ZipFile, name: str, kinds: tuple[str, ...]) -> list[str]:
    """The parts that Word opens with a part, by what they are to it. A part may have any name: only these links say which one is shown."""
    return [link.target for link in links_of(package, name) if link.kind in kinds]
