"""How grave a risk is: likelihood × consequence, and the band in which the number falls. Tables, picture and wizard all ask here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.pack.question import Question
from app.values.vocabulary import Tone


class Band(NamedTuple):
    """The risks from a number up to the next band: their tone, and the word of the pack that names them."""

    least: int
    tone: Tone
    word: str


BANDS = (Band(15, "red", "risk_high"), Band(8, "yellow", "risk_medium"), Band(1, "green", "risk_low"))  # the gravest first
GRAVEST = BANDS[0]


def band_of(score: int) -> Band:
    """The band of a risk from 1 to 25."""
    return next(band for band in BANDS if score >= band.least)


def values_of(question: Question, record: Mapping[str, Any]) -> list[int]:
    """The numbers chosen in a record, in the order of its columns."""
    options = [column.option(record.get(column.id)) for column in question.columns]
    return [option.value for option in options if option and option.value is not None]


def score_of(question: Question, record: Mapping[str, Any]) -> int:
    """Likelihood × consequence; 0 unless both are answered."""
    values = values_of(question, record)
    return values[0] * values[1] if len(values) == 2 else 0
