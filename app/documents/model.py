"""A document as values: what it says and in which order, never how it looks.

Every renderer (html, docx, pdf, plain) draws exactly this and decides nothing. All words, numbers of chapters included, are in here, so that all
renderers say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from app.pack.text import DocumentLanguage, Language
from app.values.vocabulary import Part, Tone
from app.values.web_address import Link, links_in, target_of

SYMBOLS: dict[Tone, str] = {"green": "●", "yellow": "▲", "red": "■"}
BOX = "☐"
OtherLanguage = Literal[Language, ""]  # of words in another language than the document; blank in all others


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words. `open` marks an open point ("not decided yet") that must be seen.

    `language` is named only where it is not the document's. `link` is the address that the whole of it leads to; addresses among the words are links
    anyway.
    """

    words: str
    kind: Literal["plain", "strong", "open"] = "plain"
    language: OtherLanguage = ""
    link: str = ""

    @property
    def links(self) -> list[Link]:
        """Where in the words a link begins and ends, and what it points at."""
        return [Link(0, len(self.words), target_of(self.link))] if self.link else links_in(self.words)


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `style` own = the workplace's own words; note = a boxed remark; lead = a first, larger one."""

    runs: Runs
    style: Literal["plain", "own", "note", "lead"] = "plain"


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading one level below its section's, not in the table of contents."""

    words: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, with bullets or numbers (numbers begin at 1 in each list). `fine` print is for lists to look things up in."""

    items: tuple[Runs, ...]
    numbered: bool = False
    fine: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. With a tone, its words begin with the tone's symbol already."""

    runs: Runs
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row. The first column names the row when `row_heads`. `widths` are shares of the text width and add up to 1.

    A `form` is filled in by hand; `fine` print is for lists to look things up in. A `board` holds what has one light: its header begins with the
    words of the `tone`, and a row of one cell goes over the whole width.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    row_heads: bool = True
    style: Literal["plain", "form", "fine", "board"] = "plain"
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """One numbered situation in the risk picture; likelihood and consequence from 1 to 5."""

    number: int
    label: str
    likelihood: int
    consequence: int
    tone: Tone


@dataclass(frozen=True, slots=True)
class Chart:
    """The risk picture: a 5 × 5 field with the numbers of the situations. `alt` says in words what it shows."""

    caption: str
    alt: str
    x_title: str
    y_title: str
    points: tuple[RiskPoint, ...]


@dataclass(frozen=True, slots=True)
class WheelMark:
    """The number of something that is done in a month, from 1 to 12; 0 for all year."""

    number: int
    month: int


@dataclass(frozen=True, slots=True)
class Wheel:
    """The year as a ring of months, with the numbers of what is done; a table says the same. `alt` says in words what it shows."""

    caption: str
    alt: str
    months: tuple[str, ...]
    all_year: str
    marks: tuple[WheelMark, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Lines to fill in by hand: a label and room to write. `lines` is how many lines each gets."""

    labels: tuple[str, ...]
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign: for each party a line for name and signature, and one for place and date."""

    parties: tuple[str, ...]
    place_and_date: str
    signature: str


SealKind = Literal["draft", "proposal", "adopted", "in_force", "replaced", "lapsed"]


@dataclass(frozen=True, slots=True)
class Seal:
    """What the text is, and since when, as it is sealed on page one. Its frame follows from `kind`, so that it is told without colour too."""

    kind: SealKind
    words: str
    more: str = ""


OwnPart = Literal["", "added", "reworded", "whole"]
Block = Paragraph | Subheading | Bullets | Table | Chart | Wheel | Fields | Signatures


@dataclass(frozen=True, slots=True)
class Section:
    """One clause as assembled. `title` holds its number already ("4.2 …", "Vedlegg 1 …"). `own` tells how much of it the workplace wrote itself.

    `language` is that of the title, named only where it is not the document's.
    """

    id: str
    level: Literal[1, 2]
    title: str
    part: Part
    blocks: tuple[Block, ...]
    answers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    page_break: bool = False
    own: OwnPart = ""
    language: OtherLanguage = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document in one language.

    `title_block` holds label and value of each line, and `status` those that say who decides, in front of them: what was decided takes their place
    (stamp.py). `draft` is the mark of whatever has not been decided. `fingerprint` is that of a frozen text, and not in it. `contents` is the heading
    of the table of contents, empty when there is none; `page_of` has the places {page} and {pages}; `open_points` are the questions whose answer is
    still open, in order. A document with a `seal` begins with a cover, and has the mark on its later pages only.
    """

    kind: Literal[
        "policy", "rules", "questionnaire", "guide", "questions", "annex", "poster", "statement", "record", "case_paper", "decision", "measures"
    ]
    language: DocumentLanguage
    title: str
    workplace: str
    sections: tuple[Section, ...]
    title_block: tuple[tuple[str, Runs], ...] = ()
    contents: str = ""
    origin: str = ""
    edition: str = ""
    page_of: str = ""
    draft: str = ""
    open_points: tuple[str, ...] = ()
    intro: tuple[Block, ...] = field(default=())
    status: tuple[tuple[str, Runs], ...] = ()
    fingerprint: str = ""
    seal: Seal | None = None

    @property
    def is_compact(self) -> bool:
        """Whether it is to be handed out on as few pages as can be."""
        return self.kind in ("questionnaire", "rules", "poster")

    def section(self, id: str) -> Section | None:
        """The section with `id`, if the document has it."""
        return next((section for section in self.sections if section.id == id), None)

    @property
    def facts(self) -> tuple[tuple[str, Runs], ...]:
        """Every line under the title."""
        return (*self.status, *self.title_block)
