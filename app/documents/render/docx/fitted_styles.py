"""The styles of a workplace's template, with ours added where it lacks them and where they carry meaning. None of theirs is overwritten."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from app.documents.word_template.named_styles import NEEDS, TABLE, Styles, W

from .styles import TEXT_WIDTH

_DEFAULTS = {"Normal": "paragraph", "DefaultParagraphFont": "character", "TableNormal": "table", "NoList": "numbering"}
_HEADINGS = {"Heading1": "", "Heading2": "0", "Heading3": "1", "Heading4": "2"}  # the level of each in the outline; the title has none
_BEFORE_NUMBER = tuple(f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"))
_TABLE_HEADS = ("TableHead", "TableMarkHead")  # their table may have a dark head
_OURS = "RusOff"


def fit(styles: Styles, ours: etree._Element, width: int, tag: str) -> dict[str, str]:
    """Add to the tree of `styles` what it lacks of `ours`; the id there of each of our styles. `width` is that of the text, `tag` the language."""
    for twin in [style for style in styles.root.findall(f"{W}style") if styles.by_id[style.get(f"{W}styleId") or ""] is not style]:
        styles.root.remove(twin)
    found = styles.found()
    ids = {id: styles.default(type) for id, type in _DEFAULTS.items() if styles.default(type)} | found
    _unnumber(styles, found)
    added = [deepcopy(style) for style in ours.iter(f"{W}style") if style.get(f"{W}styleId") not in ids]
    for style in added:
        own = style.get(f"{W}styleId") or ""
        ids[own] = _free(f"{_OURS}{own}", set(styles.by_id))
    names = {(style.find(f"{W}name").get(f"{W}val") or "").casefold() for style in styles.by_id.values() if style.find(f"{W}name") is not None}
    for style in added:
        _make_fit(style, ids, names, found, width / TEXT_WIDTH)
        styles.root.append(style)
    _speak(styles.root, tag)
    return ids


def _free(id: str, taken: set[str]) -> str:
    return id if id not in taken else _free(f"{id}x", taken)


def _make_fit(style: etree._Element, ids: dict[str, str], names: set[str], found: dict[str, str], wider: float) -> None:
    """Give one of our styles its id, name and kin in the template."""
    own = style.get(f"{W}styleId") or ""
    style.set(f"{W}styleId", ids[own])
    style.attrib.pop(f"{W}default", None)
    _call(style, own, names)
    for kin in style.iter(f"{W}basedOn", f"{W}next", f"{W}link"):
        kin.set(f"{W}val", ids.get(kin.get(f"{W}val") or "", ids["Normal"]))
    for stop in style.iter(f"{W}tab"):
        at = int(stop.get(f"{W}pos") or 0)
        stop.set(f"{W}pos", str(round(at * wider)) if at > TEXT_WIDTH / 3 else str(at))
    _outline(style, own)
    if own == "Subheading" and "Heading3" in found:
        _look_like(style, found["Heading3"])
    if own in _TABLE_HEADS and TABLE.ours in found:
        _drop(style, f"{W}rPr/{W}color")


def _outline(style: etree._Element, own: str) -> None:
    """One level up, for what is our first heading is their title."""
    for level in style.iter(f"{W}outlineLvl"):
        level.set(f"{W}val", _HEADINGS.get(own) or level.get(f"{W}val") or "0")
    if own == "Heading1":
        _drop(style, f"{W}pPr/{W}outlineLvl")


def _drop(style: etree._Element, path: str) -> None:
    for found in style.findall(path):
        found.getparent().remove(found)


def _call(style: etree._Element, own: str, names: set[str]) -> None:
    """The name under which Word knows it, where that is free."""
    name = style.find(f"{W}name")
    called = next((need.name for need in NEEDS if need.ours == own), name.get(f"{W}val") or own)
    if called.casefold() in names:
        called = f"{_OURS} {called}"
    name.set(f"{W}val", called)
    names.add(called.casefold())


def _look_like(style: etree._Element, heading: str) -> None:
    """A heading within a section: like theirs of that level, and not one of which the contents are made."""
    style.find(f"{W}basedOn").set(f"{W}val", heading)
    _drop(style, f"{W}pPr")
    _drop(style, f"{W}rPr")


def _unnumber(styles: Styles, found: dict[str, str]) -> None:
    """Headings carry our numbers, to which the text refers; theirs would stand beside them."""
    for id in (found[own] for own in _HEADINGS if own in found and styles.numbers(found[own])):
        style = styles.by_id[id]
        looks = style.find(f"{W}pPr")
        if looks is None:
            looks = etree.Element(f"{W}pPr")
            letters = style.find(f"{W}rPr")
            style.append(looks) if letters is None else letters.addprevious(looks)
        for old in looks.findall(f"{W}numPr"):
            looks.remove(old)
        number = etree.Element(f"{W}numPr")
        etree.SubElement(number, f"{W}numId").set(f"{W}val", "0")
        looks.insert(sum(one.tag in _BEFORE_NUMBER for one in looks), number)


def _speak(root: etree._Element, tag: str) -> None:
    """Everything is in the language of the document."""
    for spoken in root.iter(f"{W}lang"):
        spoken.set(f"{W}val", tag)
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    if defaults is not None and defaults.find(f"{W}lang") is None:
        etree.SubElement(defaults, f"{W}lang").set(f"{W}val", tag)
