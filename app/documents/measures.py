"""The measures of a plan as plain values, and as an annex for Word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from babel.dates import format_date

from app.pack.model import Pack
from app.pack.text import LOCALES, Language
from app.ui_texts import say
from app.values.vocabulary import MeasureOrigin

from .model import Cell, Document, Paragraph, Run, Section, Table

WIDTHS = (0.46, 0.22, 0.16, 0.16)
COLUMNS = ("what", "who", "due", "done")


class MeasureLine(NamedTuple):
    """One measure: its id, what is to be done, the function that does it, by when, when it was done, and where it comes from. The id of a new one,
    and any text but the first, may be empty.
    """

    id: str
    what: str
    who: str
    due_on: date | None
    done_on: date | None
    origin: MeasureOrigin = "own"


def measures_document(pack: Pack, workplace: str, language: Language, lines: Sequence[MeasureLine], at: date) -> Document:
    """The annex: what is open on the day `at`, then what is done."""
    parts = (("open", [one for one in lines if not one.done_on]), ("done", [one for one in lines if one.done_on]))
    sections = tuple(_section(name, found, language) for name, found in parts if found)
    return Document(
        kind="measures",
        language=language,
        title=say("measures_paper_title", language),
        workplace=workplace,
        sections=sections,
        title_block=((say("measures_paper_day", language), (Run(_day(at, language)),)),),
        intro=(Paragraph((Run(say("measures_paper_intro" if sections else "measures_none", language)),)),),
        origin=pack.papers.origin.in_(language),
        edition=pack.word("edition", language).replace("{edition}", pack.manifest.edition),
        page_of=pack.word("page_of", language),
    )


def _section(name: str, lines: Sequence[MeasureLine], language: Language) -> Section:
    head = tuple(say(f"measures_head_{column}", language) for column in COLUMNS)
    rows = tuple(
        tuple(Cell((Run(words),)) for words in (one.what, one.who, _day(one.due_on, language), _day(one.done_on, language))) for one in lines
    )
    return Section(name, 1, say(f"measures_paper_{name}", language), "body", (Table("", head, rows, WIDTHS),))


def _day(on: date | None, language: Language) -> str:
    return format_date(on, "medium", locale=LOCALES[language]) if on else "–"
