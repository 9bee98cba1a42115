"""Grids with a look of their own: the board, where each row gets a light, and the risk picture, where each gets two numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from app.documents import risk_chart
from app.documents.colours import MARKS
from app.documents.model import SYMBOLS, Chart, RiskPoint
from app.documents.risk_bands import BANDS, GRAVEST, Band, band_of, values_of
from app.pack.load import the_pack
from app.pack.question import Column, Option, Question
from app.pack.standards import lights_of, scales_of, standards_for
from app.pack.text import Language, Text
from app.web.rich_text import plain

from .visible_questions import Asked, cell

Typed = Mapping[str, list[str]]


def face_of(question: Question) -> str:
    """The template, below `fields/`, that draws the question."""
    return "board" if lights_of(question) else "risk" if len(scales_of(question)) == 2 else question.kind


def words_of(question: Question) -> list[Column]:
    """The other columns, in which one writes."""
    return [column for column in question.columns if not column.options]


def brief(option: Option) -> str:
    """The word or the number on a narrow control."""
    return plain(option.short) if option.short else plain(option.label) if option.value is None else str(option.value)


# ── the board ──


class Say(NamedTuple):
    """What the policy says of a row that has this light, where the workplace says nothing itself; None when it has no words for it."""

    light: Option
    words: Text | None


def says(asked: Asked, row: str) -> Iterator[Say]:
    """The sentence for each light."""
    column = lights_of(asked.question)
    for light in column.options if column else ():
        yield Say(light, asked.said.standard.text(row, light.id) if asked.said.standard else None)


def own_alone(asked: Iterable[Asked], typed: Typed) -> dict[str, list[str]]:
    """What stands in the fields, without the rules that say no more than the policy does of itself: those are nobody's own, whatever the light."""
    found = dict(typed)
    for one in asked:
        for row in one.rows if lights_of(one.question) else ():
            name = cell(one.id, row.id, words_of(one.question)[0].id)
            words = " ".join(typed.get(name, [""])[0].split())
            if words and words in _standards(one.id, row.id):
                found[name] = [""]
    return found


@lru_cache(maxsize=512)
def _standards(question: str, row: str) -> frozenset[str]:
    return standards_for(the_pack().questions[question], row, the_pack())


def stands(typed: Typed, rule: str, lights: str, light: str) -> bool:
    """Whether the sentence for this light is what stands in a row: it is chosen, and nobody wrote a rule instead."""
    return not has_words(typed, (rule,)) and light in typed.get(lights, ())


def standard_again(typed: Typed, row: str) -> dict[str, list[str]]:
    """What stands in the fields when a row is to say again what the policy says of itself; `row` begins the names of its fields."""
    question = the_pack().questions.get(row.partition("-")[0])
    words = [f"{row}-{column.id}" for column in words_of(question)] if question and lights_of(question) else []
    return {name: [""] if name in words else found for name, found in typed.items()}


# ── rows of one's own ──


def has_words(typed: Typed, names: Iterable[str]) -> bool:
    """Whether something stands in one of the fields."""
    return any(words for name in names for words in typed.get(name, ()))


def is_absent(typed: Typed, question: str, row: str) -> bool:
    """Whether a row of the workplace's own is not on the page: nothing stands in it, and nobody asked for it or for one after it."""
    begins = f"{question}-{row}-"
    if has_words(typed, (name for name in typed if name.startswith(begins))):
        return False
    asked_for, _, last = typed.get("add", [""])[0].partition("-")
    return asked_for != question or row > last


def next_own(typed: Typed, question: str, *rows: str) -> str:
    """The field of the first row that is not on the page; empty when all are."""
    return next((f"{question}-{row}" for row in rows if is_absent(typed, question, row)), "")


def emptied(typed: Typed, question: str, row: str) -> dict[str, list[str]]:
    """What stands in the fields when a row of the workplace's own is taken away."""
    begins = f"{question}-{row}-"
    return {name: words for name, words in typed.items() if not name.startswith(begins)}


# ── the risk picture ──


class Risk(NamedTuple):
    """A situation whose risk is known: its number and name on the page, the two numbers, and the band they fall in."""

    number: int
    name: str
    likelihood: int
    consequence: int
    band: Band

    @property
    def score(self) -> int:
        """Likelihood × consequence."""
        return self.likelihood * self.consequence

    @property
    def title(self) -> str:
        """Its name with its number, as in the picture."""
        return f"{self.number}. {self.name}"

    @property
    def reckoned(self) -> str:
        """What is multiplied."""
        return f"{self.likelihood} × {self.consequence}"


class Risks(NamedTuple):
    """The risks of one question, as they are now in its fields: by row, by rank from 1, and drawn."""

    by_row: Mapping[str, Risk]
    by_rank: Mapping[str, Risk]
    picture: Markup

    def is_in(self, row: str, tone: str) -> bool:
        """Whether the risk of a row is known, and in the band of this tone."""
        return row in self.by_row and self.by_row[row].band.tone == tone

    def is_grave(self, row: str) -> bool:
        """Whether something should be done about a row."""
        return self.is_in(row, GRAVEST.tone)


def risks_of(asked: Iterable[Asked], typed: Typed, language: Language) -> dict[str, Risks]:
    """The risk pictures of a page, by question."""
    return {a.id: _risks(a, typed, language) for a in asked if face_of(a.question) == "risk"}


def _risks(asked: Asked, typed: Typed, language: Language) -> Risks:
    found = {row: risk for number, row in enumerate(asked.lines(), start=1) if (risk := _risk(asked, number, row, typed, language))}
    ranked = sorted(found.values(), key=lambda risk: -risk.score)
    return Risks(found, {str(at): risk for at, risk in enumerate(ranked, start=1)}, picture_of(found.values(), language))


def _risk(asked: Asked, number: int, row: str, typed: Typed, language: Language) -> Risk | None:
    record = {column.id: typed.get(cell(asked.id, row, column.id), [""])[0] for column in asked.question.columns}
    values = values_of(asked.question, record)
    label = next((one.label for one in asked.rows if one.id == row), None)
    if len(values) != 2 or label is None:
        return None
    name = "".join(part.words for part in label.parts(language))
    return Risk(number, name, values[0], values[1], band_of(values[0] * values[1]))


def picture_of(risks: Iterable[Risk], language: Language) -> Markup:
    """The picture that the annex has, with these situations in it."""
    pack = the_pack()
    points = tuple(RiskPoint(r.number, r.name, r.likelihood, r.consequence, r.band.tone) for r in risks)
    alt = pack.word("chart_alt", language).replace("{count}", str(len(points)))
    chart = Chart("", alt, pack.word("likelihood", language), pack.word("consequence", language), points)
    return Markup(risk_chart.svg(chart, risk_chart.LARGE))  # noqa: S704 (svg escapes its words)


def bands(language: Language) -> str:
    """What the script must know to draw the same picture: the bands with their words, symbols and colours, and where the field lies."""
    told = [
        {"least": b.least, "tone": b.tone, "word": the_pack().word(b.word, language), "symbol": SYMBOLS[b.tone], "fill": f"#{MARKS[b.tone]}"}
        for b in BANDS
    ]
    return json.dumps({"bands": told, "field": risk_chart.FIELD})


BOARD_HELPERS = {
    "face_of": face_of, "lights_of": lights_of, "scales_of": scales_of, "words_of": words_of, "brief": brief, "says": says, "bands": bands,
    "band_list": BANDS,
}  # fmt: skip
