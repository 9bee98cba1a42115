"""A part of a template without what somebody noted in it: changes that are tracked, with names and times, and marks of comments and notes."""

from __future__ import annotations

import re

from lxml import etree

from .named_styles import OUR_MARK, W

_CHANGES = (
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange", "tblGridChange", "numberingChange",
    "cellIns", "cellDel", "cellMerge",
)  # fmt: skip
_RANGES = ("moveFromRange", "moveToRange", "commentRange", "customXmlInsRange", "customXmlDelRange", "customXmlMoveFromRange", "customXmlMoveToRange")
_NOTES = ("commentReference", "footnoteReference", "endnoteReference", "annotationRef")
_GONE = [f"{W}{name}" for name in ("del", "moveFrom", *_CHANGES, *_NOTES, *(f"{range}{end}" for range in _RANGES for end in ("Start", "End")))]
_EDITION = re.compile(r"\b20\d\d\.\d")
_ADDED = (f"{W}ins", f"{W}moveTo")


def settle(root: etree._Element) -> None:
    """Accept what was added and leave out what was taken away, as Word does when all changes are accepted."""
    for row in [one.getparent().getparent() for one in root.iter(f"{W}del") if one.getparent().tag == f"{W}trPr"]:
        row.getparent().remove(row)
    for one in list(root.iter(*_GONE)):
        one.getparent().remove(one)
    for one in list(root.iter(*_ADDED)):
        for child in list(one):
            one.addprevious(child)
        one.getparent().remove(one)


def is_ours(styles: etree._Element) -> bool:
    """Whether the file with these styles was drawn here."""
    return any(name.get(f"{W}val") == OUR_MARK for name in styles.iter(f"{W}name"))


def unmark(side: etree._Element) -> bool:
    """Take the lines with our mark of a draft and our edition out of a header or footer drawn here. Whether there was nothing else in it."""
    for line in [one for one in side.findall(f"{W}p") if _is_mark(one)]:
        side.remove(line)
    is_empty = len(side) == 0
    if is_empty or side[-1].tag != f"{W}p":
        etree.SubElement(side, f"{W}p")
    return is_empty


def _is_mark(line: etree._Element) -> bool:
    looks = (one.get(f"{W}val") or "" for one in line.iter(f"{W}rStyle"))
    return any(look.endswith("DraftMark") for look in looks) or bool(_EDITION.search("".join(one.text or "" for one in line.iter(f"{W}t"))))
