"""The lists of a workplace's template with ours beside them, and which of them our numbered lists are made of."""

from __future__ import annotations

from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from app.documents.word_template.named_styles import LISTS, Styles, W

_FAR = 2**30  # no document has so many lists; Word reads numbers up to twice that


class Lists(NamedTuple):
    """The tree to write; the kind of list of which each numbered list is one, and the first number that is free for them."""

    root: etree._Element
    numbers: int
    first: int


def fit(theirs: etree._Element | None, ours: etree._Element, styles: Styles, ids: dict[str, str]) -> Lists:
    """Put our two lists into theirs under free numbers, for those of our styles that the template lacks."""
    root = etree.Element(f"{W}numbering", nsmap={"w": W[1:-1]}) if theirs is None else theirs
    for old in root.findall(f"{W}numIdMacAtCleanup"):
        root.remove(old)
    kind = _next(root, "abstractNum", "abstractNumId")
    first = max(_next(root, "num", "numId"), 1)
    lacking = {style: styles.list_of(ids[style]) is None or ids[style].startswith("RusOff") for style in LISTS}
    place = next(iter(root.findall(f"{W}num")), None)
    for at, (made, style) in enumerate(zip(ours.findall(f"{W}abstractNum"), LISTS, strict=True)):
        shape = _shape(made, kind + at, ids[style] if lacking[style] else "")
        _ = root.append(shape) if place is None else place.addprevious(shape)
    for at, style in enumerate(LISTS):
        root.append(_list(first + at, kind + at))
        if lacking[style]:
            _belong(styles.by_id[ids[style]], first + at)
    given = None if lacking["ListNumber"] else styles.list_of(ids["ListNumber"])
    numbers = int(given.find(f"{W}abstractNumId").get(f"{W}val") or 0) if given is not None else kind + 1
    return Lists(root, numbers, first + 2)


def _shape(made: etree._Element, number: int, style: str) -> etree._Element:
    """A kind of list under another number, for the style that it belongs to; none when that has a list of its own."""
    shape = deepcopy(made)
    shape.set(f"{W}abstractNumId", str(number))
    for named in shape.findall(f"{W}lvl/{W}pStyle"):
        named.set(f"{W}val", style)
        if not style:
            named.getparent().remove(named)
    return shape


def _belong(style: etree._Element, number: int) -> None:
    for one in style.findall(f"{W}pPr/{W}numPr/{W}numId"):
        one.set(f"{W}val", str(number))


def _list(number: int, kind: int) -> etree._Element:
    made = etree.Element(f"{W}num")
    made.set(f"{W}numId", str(number))
    etree.SubElement(made, f"{W}abstractNumId").set(f"{W}val", str(kind))
    return made


def _next(root: etree._Element, tag: str, name: str) -> int:
    numbers = [int(one.get(f"{W}{name}") or 0) for one in root.findall(f"{W}{tag}")]
    return max([number for number in numbers if number < _FAR], default=-1) + 1
