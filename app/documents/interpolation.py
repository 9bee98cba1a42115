"""Putting answers into sentences: how each kind of answer reads, and how an open one is seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.lists import format_list

from app.pack.answers import Standing, records_of
from app.pack.kinds import kind_of
from app.pack.kinds.records import BLANK
from app.pack.languages import AND, AS_WELL_AS, DocumentLanguage, locale_of
from app.pack.model import Column, Option, Pack, Question
from app.pack.question import GridRow
from app.pack.text import Text, clean_text
from app.values.vocabulary import Tone

from .model import SYMBOLS, Cell, Paragraph, Run, Runs


class Wording:
    """Turns texts of the content into runs of words, with what the workplace answered in the holes.

    `used` gathers the ids of the answers that were put in since it was last emptied; `marks` says whether anything was seen to be open.
    """

    def __init__(self, pack: Pack, now: Standing, language: DocumentLanguage) -> None:
        self.pack = pack
        self.now = now
        self.language = language
        self.used: dict[str, None] = {}
        self.marks = False
        self.fixed = {"edition": pack.manifest.edition}

    def word(self, id: str, **places: object) -> str:
        """One of the small fixed words, with its places filled."""
        words = self.pack.word(id, self.language)
        for name, value in places.items():
            words = words.replace("{" + name + "}", str(value))
        return words

    def runs(self, text: Text) -> Runs:
        """The words of `text` with the answers in."""
        found: list[Run] = []
        for part in text.parts(self.language):
            if part.kind == "hole":
                found += self.hole(part.words)
            else:
                found.append(Run(part.words, part.kind))
        return sentence(found)

    def plain(self, text: Text) -> str:
        """The words of `text` as one string."""
        return "".join(run.words for run in self.runs(text))

    def hole(self, hole: str) -> list[Run]:
        """What stands in one hole: the answer in words, or the open point."""
        if hole in self.fixed:
            return [Run(self.fixed[hole])]
        id, _, cell = hole.partition(".")
        self.used[id] = None
        question = self.pack.questions[id]
        words = self._cell_words(question, cell) if cell else self.answer(question, self.now.values.get(id))
        return [Run(words)] if words else [self.open_point(question)]

    def open_point(self, question: Question) -> Run:
        """The mark that shows that something is not decided."""
        self.used[question.id] = None
        self.marks = True
        return Run(f"[{self.word('open_point')}]", "open")

    def _cell_words(self, question: Question, cell: str) -> str:
        row, _, id = cell.partition(".")
        column = question.column(id)
        record = records_of(question, self.now.values.get(question.id), row)[0]
        return self.cell_answer(column, record.get(id, "")) if column else ""

    def answer(self, question: Question, value: Any) -> str:
        """One whole answer in words; empty when there is none."""
        if value is None or value in ("", [], {}):
            return ""
        return joined(kind_of(question).said(question, value, self), self.language)

    def cell_answer(self, column: Column, value: Any) -> str:
        """One cell's answer in words; empty when there is none."""
        return joined(kind_of(column).said(column, value, self), self.language) if value not in BLANK else ""

    # ── the pieces of an answer, for its kind (app.pack.kinds.AnswerWords) ──

    def own(self, words: str) -> str:
        """Own words in the middle of a sentence."""
        return tidy(words)

    def day(self, iso: str) -> str:
        """A date in words; empty when it is none."""
        return day(iso, self.language)

    def option(self, option: Option) -> str:
        """An option as it reads in the middle of a sentence."""
        words: list[str] = []
        for part in option.words.parts(self.language):
            words += [run.words for run in self.hole(part.words)] if part.kind == "hole" else [part.words]
        return "".join(words)

    def label(self, text: Text) -> str:
        """The name of a row."""
        return self.plain(text)

    def rows(self, question: Question) -> Sequence[GridRow]:
        """The rows that are asked now."""
        return self.now.rows(question)

    def toned(self, words: str, tone: Tone | None) -> Cell:
        """A cell whose tone is seen as a symbol and words, not as colour alone."""
        return Cell((Run(f"{SYMBOLS[tone]} {words}" if tone else words),), tone)


def sentence(runs: list[Run]) -> Runs:
    """The runs with neighbours of one kind joined, and a capital first."""
    joined_runs: list[Run] = []
    for run in runs:
        if joined_runs and joined_runs[-1].kind == run.kind != "open":
            joined_runs[-1] = Run(joined_runs[-1].words + run.words, run.kind)
        else:
            joined_runs.append(run)
    if joined_runs and joined_runs[0].kind != "open":
        first = joined_runs[0]
        joined_runs[0] = Run(capital(first.words), first.kind)
    return tuple(joined_runs)


def run_in(lead: Runs, items: tuple[Runs, ...]) -> Paragraph:
    """A list of a few words each, in one paragraph after the words that lead to it."""
    return Paragraph((*lead, *(run for at, item in enumerate(items) for run in (Run(" · " if at else " "), *item))))


def capital(words: str) -> str:
    """The words with a capital first."""
    return words[:1].upper() + words[1:]


def tidy(words: str) -> str:
    """One line of own words: clean, without line breaks or space at the ends."""
    return " ".join(clean_text(words).split())


def paragraphs(words: str) -> list[str]:
    """Own words of several lines as paragraphs."""
    return [line for line in (" ".join(line.split()) for line in clean_text(words).split("\n")) if line]


@lru_cache(maxsize=512)
def day(iso: str, language: DocumentLanguage) -> str:
    """An ISO date in words (3. mars 2026); empty when it is no date."""
    try:
        return format_date(date.fromisoformat(iso), format="long", locale=locale_of(language))
    except ValueError:
        return ""


def joined(words: list[str], language: DocumentLanguage) -> str:
    """A list in a sentence: a, b og c; or a, b samt c og d, when an item has an "og" of its own."""
    if len(words) > 1 and any(has_and(item, language) for item in words):
        return f"{', '.join(words[:-1])} {AS_WELL_AS[language]} {words[-1]}"
    return format_list(words, locale=locale_of(language)) if len(words) > 1 else "".join(words)


def has_and(words: str, language: DocumentLanguage) -> bool:
    """Whether the words hold the conjunction that `joined` puts between the last two items; not told of a further language."""
    return language in AND and AND[language].search(words) is not None
