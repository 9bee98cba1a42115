"""A part of a template without what somebody noted in it: changes that are tracked, with names and times, and marks of comments and notes."""

from __future__ import annotations

from lxml import etree

from .named_styles import W

_CHANGES = (
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange", "tblGridChange", "numberingChange",
    "cellIns", "cellDel", "cellMerge",
)  # fmt: skip
_RANGES = ("moveFromRange", "moveToRange", "commentRange", "customXmlInsRange", "customXmlDelRange", "customXmlMoveFromRange", "customXmlMoveToRange")
_NOTES = ("commentReference", "footnoteReference", "endnoteReference", "annotationRef")
_GONE = [f"{W}{name}" for name in ("del", "moveFrom", *_CHANGES, *_NOTES, *(f"{range}{end}" for range in _RANGES for end in ("Start", "End")))]
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
