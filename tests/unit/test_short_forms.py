"""No short form says what its long form does not: read from the content, for every clause and every question.

tests/unit/test_lengths.py draws the documents; here the sentences are held against each other one by one, so that a new clause is covered the day it
is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from app.pack.clause import Block, Clause
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language, Text

PACK = the_pack()
HOLE = re.compile(r"\{([a-z_0-9]+)[.}]")
EVERY = ("policy", "full")

# What only the whole policy tells, and why its absence leaves nobody in doubt about their duty.
LONG_ALONE = {
    "acute_lead": "the emergency routine, for those on duty",
    "agreement_coordinator": "told to whoever gets an agreement",
    "agreement_months": "told to whoever gets an agreement",
    "agreement_more": "told to whoever gets an agreement",
    "agreement_people": "told to whoever gets an agreement",
    "akan_setup": "how the work is organised",
    "appendices": "what stands at the back",
    "help_practice": "what the employer promises; the offer of help stands in both",
    "hms_place": "where the document is kept",
    "incident_system": "where incidents are reported, as they always are",
    "inclusion": "what we do beside the rule, which stands in both",
    "leader_training": "plans of the employer",
    "links_owner": "who looks after links",
    "made_known": "plans of the employer",
    "mapping_sources": "what the rules build on",
    "needs": "why the rules are as they are",
    "own_links": "further reading",
    "own_need": "why the rules are as they are",
    "policy_languages": "plans of the employer",
    "records_place": "where notes are kept; who sees them and for how long stands in both",
    "staff_training": "plans of the employer",
    "testing_after": "told, with the reason, to whoever may be tested, before anything is tested",
    "training_deadline": "plans of the employer",
    "warning_time": "told, in the warning, to whoever gets one",
}

Answers = dict[str, tuple[str, ...]]


class Line(NamedTuple):
    clause: str
    text: Text
    when: Answers

    @property
    def lengths(self) -> tuple[str, ...]:
        return self.when.get("length", EVERY)

    @property
    def rest(self) -> Answers:
        """All its conditions but the length."""
        return {id: answers for id, answers in self.when.items() if id != "length"}

    def can_stand_with(self, other: Line) -> bool:
        """Whether some question is asked of both, and no answer to one rules out the other."""
        shared = self.rest.keys() & other.rest.keys()
        return bool(shared) and all(set(self.rest[id]) & set(other.rest[id]) for id in shared)


def _when(*conditions: object) -> Answers:
    return {id: tuple(answers) for one in conditions for id, answers in dict(one).items()}  # type: ignore[call-overload]


def _lines(clause: Clause) -> Iterator[Line]:
    for block in clause.blocks:
        yield from (Line(clause.id, text, _when(clause.when, block.when)) for text in (block.paragraph, block.note) if text)
        for line in (line for lines in (block.bullets, block.numbered) for line in lines or ()):
            yield Line(clause.id, line.text, _when(clause.when, block.when, line.when))
        for option in PACK.questions[block.each].options if block.each else ():
            words = option.label if block.briefly or not option.text else option.text
            yield Line(clause.id, words, _when(clause.when, block.when, {block.each: [option.id]}))


LINES = [line for clause in PACK.clauses for line in _lines(clause)]
LONG = [line for line in LINES if "full" in line.lengths and not line.clause.startswith("rules-")]
SHORT = [line for line in LINES if "full" not in line.lengths]


def _long_of(short: Line) -> list[Line]:
    """The long lines that hold when the short one does: by the same conditions, else by answers that agree."""
    rest = short.rest
    return [line for line in LONG if line.rest == rest] or [line for line in LONG if line.can_stand_with(short)]


PAIRS = [(short, _long_of(short)) for short in SHORT]


WORDS: dict[Language, dict[str, str]] = {
    "nb": {"duty": "skal|må|plikt", "advice": "bør", "never": "aldri", "always": "alltid", "limit": "bare|høyst|minst"},
    "nn": {"duty": "skal|må|plikt", "advice": "bør", "never": "aldri", "always": "alltid", "limit": "berre|høgst|minst"},
    "en": {"duty": "must|duty|requires?|required", "advice": "should", "never": "never", "always": "always", "limit": "only|most|least"},
}
NUMBERS: dict[Language, str] = {
    "nb": r"\d+|én|to|tre|seks|åtte|tolv",
    "nn": r"\d+|éin|éi|eitt|to|tre|seks|åtte|tolv",
    "en": r"\d+|one|two|three|six|eight|twelve",
}
ALSO_SO = {
    ("rules-help", "116"),
    ("rules-help", "117"),
    ("rules-breach", "to"),
    ("rules-breach", "two"),
}  # a number to ring; the second of two warnings


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_short_form_is_stricter_or_milder_than_the_long(language: Language) -> None:
    wrong = []
    for short, long in PAIRS:
        said = short.text.in_(language).lower()
        there = " ".join(line.text.in_(language).lower() for line in long)
        wrong += [(short.clause, kind, said) for kind, word in WORDS[language].items() if _has(word, said) and not _has(word, there)]
        numbers = set(_found(NUMBERS[language], said)) - set(_found(NUMBERS[language], there))
        wrong += [(short.clause, number, said) for number in numbers if (short.clause, number) not in ALSO_SO]
    assert wrong == []


def _has(word: str, text: str) -> bool:
    return bool(_found(word, text))


def _found(word: str, text: str) -> list[str]:
    return re.findall(rf"\b(?:{word})\b", text)


def test_every_short_form_has_a_long_one() -> None:
    assert [short.text.nb for short, long in PAIRS if not long] == []


def _asked(block: Block, clause: Clause) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The questions that a block makes use of, with the lengths in which it stands."""
    when = _when(clause.when, block.when)
    lengths = when.get("length", EVERY)
    yield from ((id.split(".")[0], lengths) for id in when if id != "length")
    yield from ((id, lengths) for id in (block.each, block.own, block.table, block.chart) if id)


def _used(length: str) -> set[str]:
    body = [clause for clause in PACK.clauses if clause.part != "appendix" and not clause.id.startswith("rules-")]
    used = {id for clause in body for block in clause.blocks for id, lengths in _asked(block, clause) if length in lengths}
    lines = [line for clause in body for line in _lines(clause) if length in line.lengths]
    return used | {id.split(".")[0] for line in lines for id in (*line.rest, *HOLE.findall(line.text.nb))}


def test_what_binds_somebody_stands_in_both_lengths() -> None:
    """A question of the body that the short policy does not use is named above, with the reason; and none is that uses it after all."""
    assert _used("full") - _used("policy") == LONG_ALONE.keys()
    assert _used("policy") <= _used("full")
