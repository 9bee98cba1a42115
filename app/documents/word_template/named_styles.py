"""Which styles of a template stand for ours, by the names that Word stores: English in every language of its menus."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLAIN_TABLES = ("tablegrid", "tablenormal", "normaltable")


class Need(NamedTuple):
    """A style that a document needs: the key of the words that name it, our style's id, and what Word calls it, first by its stored name."""

    key: str
    ours: str
    names: tuple[str, ...]
    type: str = "paragraph"

    @property
    def name(self) -> str:
        """The name that Word stores."""
        return self.names[0]


# Other programs write the names of the menus, Norwegian here; and the ids of Norwegian Word are made of those.
NEEDS = (
    Need("title", "Heading1", ("Title", "Tittel")),
    Need("heading_1", "Heading2", ("heading 1", "Overskrift 1")),
    Need("heading_2", "Heading3", ("heading 2", "Overskrift 2")),
    Need("heading_3", "Heading4", ("heading 3", "Overskrift 3")),
    Need("list_bullet", "ListBullet", ("List Bullet", "Punktliste", "Punktmerket liste")),
    Need("list_number", "ListNumber", ("List Number", "Nummerert liste")),
    Need("caption", "Caption", ("caption", "Bildetekst")),
    Need("contents", "TOCHeading", ("TOC Heading", "Overskrift for innholdsfortegnelse")),
    Need("contents", "TOC2", ("toc 1", "INNH 1")),
    Need("contents", "TOC3", ("toc 2", "INNH 2")),
    Need("header", "Header", ("header", "Topptekst")),
    Need("footer", "Footer", ("footer", "Bunntekst")),
    Need("strong", "Strong", ("Strong", "Sterk"), "character"),
    Need("hyperlink", "Hyperlink", ("Hyperlink", "Hyperkobling", "Hyperkopling"), "character"),
)
TABLE = Need("table", "PolicyTable", ("RusOff Table",), "table")
LISTS = ("ListBullet", "ListNumber")
OUR_MARK = "RusOff Draft Mark"
# A file drawn here in our own look: its chapters are headings of the second level, below a title of the first.
_DRAWN_HERE = {"Heading1": "heading 1", "Heading2": "heading 2", "Heading3": "heading 3", "Heading4": "heading 4", "TOC2": "toc 2", "TOC3": "toc 3"}


class Styles:
    """The styles of a template, and the numbers of its lists."""

    def __init__(self, root: etree._Element, lists: etree._Element | None, table: str) -> None:
        self.root = root
        self.by_id = {style.get(f"{W}styleId") or "": style for style in root.iter(f"{W}style")}
        self._lists = {num.get(f"{W}numId"): num for num in lists.iter(f"{W}num")} if lists is not None else {}
        self._table = table
        names = {_value(name) for name in root.iter(f"{W}name")}
        self.is_drawn_here = OUR_MARK in names and NEEDS[0].name not in names

    def found(self) -> dict[str, str]:
        """The id of their style, by the id of ours; what the template lacks is left out."""
        known = {need.ours: id for need in NEEDS if (id := self._named(need)) and (need.ours not in LISTS or self.list_of(id) is not None)}
        table = self._own_table()
        return known | ({TABLE.ours: table} if table else {})

    def lacks(self) -> tuple[str, ...]:
        """The keys of what it lacks, each once."""
        found = self.found()
        return tuple(dict.fromkeys(need.key for need in (*NEEDS, TABLE) if need.ours not in found))

    def default(self, type: str) -> str:
        """The id of the style that counts where none is named; empty when there is none."""
        return next((id for id, style in self.by_id.items() if style.get(f"{W}type") == type and style.get(f"{W}default") in ("1", "true", "on")), "")

    def numbers(self, id: str) -> bool:
        """Whether paragraphs in this style are numbered by Word."""
        given = self._first(id, f"{W}pPr/{W}numPr")
        return given is not None and _value(given.find(f"{W}numId")) not in ("", "0")

    def list_of(self, id: str) -> etree._Element | None:
        """The list that a style belongs to."""
        given = self._first(id, f"{W}pPr/{W}numPr/{W}numId")
        return self._lists.get(_value(given)) if given is not None else None

    def _named(self, need: Need) -> str:
        """By the stored name first; then by the names of menus, and by ids."""
        styles = [(id, style) for id, style in self.by_id.items() if style.get(f"{W}type") == need.type]
        stored = {_tidy(_value(style.find(f"{W}name"))): id for id, style in reversed(styles)}
        ids = {_tidy(id): id for id, _ in reversed(styles)}
        names = [_tidy(_DRAWN_HERE[need.ours])] if self.is_drawn_here and need.ours in _DRAWN_HERE else [_tidy(name) for name in need.names]
        return next((known[name] for known in (stored, ids) for name in names if name in known), "")

    def _own_table(self) -> str:
        """The table style of the template: that of the first table in it, or the first that somebody made. Not one whose head could not be read."""
        tables = {id: style for id, style in self.by_id.items() if style.get(f"{W}type") == "table" and not style.get(f"{W}default")}
        made = [id for id, style in tables.items() if style.get(f"{W}customStyle") in ("1", "true", "on")]
        is_plain = self._table not in tables or _tidy(_value(tables[self._table].find(f"{W}name"))) in PLAIN_TABLES
        chosen = next(iter(made), "") if is_plain else self._table
        head = self.by_id[chosen].find(f"{W}tblStylePr[@{W}type='firstRow']/{W}rPr/{W}color") if chosen else None
        return "" if head is not None and self._first(self.default("paragraph"), f"{W}rPr/{W}color") is not None else chosen

    def _first(self, id: str, path: str) -> etree._Element | None:
        """What a style says itself, or else the first that it is based on."""
        seen: set[str] = set()
        while id in self.by_id and id not in seen:
            seen.add(id)
            found = self.by_id[id].find(path)
            if found is not None:
                return found
            id = _value(self.by_id[id].find(f"{W}basedOn"))
        return None


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val") or ""


def _tidy(name: str) -> str:
    return "".join(name.split()).casefold()
