"""A document with an undecided mark is a draft, always; and one without an open point has no mark. Over answers made by chance.

With TEST_THOROUGHLY, as in `make check`, 1,000 sets of answers are tried.
"""

import json
import os
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents import assemble, savefile
from app.documents.draft import Draft
from app.documents.findings import findings, open_questions
from app.documents.model import Document
from app.documents.render import html, plain
from app.pack.answers import LABEL, OWN_ROW, standing
from app.pack.load import the_pack
from app.pack.model import Column, Question
from app.pack.text import LANGUAGES, Language

PACK = the_pack()
MARKS = {language: f"[{PACK.word('open_point', language)}]" for language in LANGUAGES}
EXAMPLES = {path.stem: json.loads(path.read_text("utf-8"))["answers"] for path in (Path(__file__).resolve().parents[2] / "examples").glob("*.json")}
MANY = 1000 if "TEST_THOROUGHLY" in os.environ else 120

WORDS = st.sampled_from(
    ["", "", " ", "\t", "Ord", "Båten\nog bilen", "2027-01-20", "https://eksempel.example/a", "16.00", "974760673", *MARKS.values()]
)
ANY = st.one_of(st.none(), st.booleans(), st.integers(-3, 200), WORDS, st.lists(WORDS, max_size=2), st.dictionaries(WORDS, WORDS, max_size=2))


def _cell(column: Column) -> st.SearchStrategy[Any]:
    if column.kind == "choice":
        return st.sampled_from(["", "gone", *(option.id for option in column.options)])
    return st.sampled_from(["", "2027-02-30", "2026-12-01"]) if column.kind == "date" else WORDS


def _record(question: Question) -> st.SearchStrategy[dict[str, Any]]:
    cells = {column.id: _cell(column) for column in question.columns}
    return st.fixed_dictionaries({}, optional=cells | ({LABEL: WORDS} if question.own_rows else {}))


def _answer(question: Question) -> st.SearchStrategy[Any]:
    options = [option.id for option in question.options]
    rows = [row.id for row in question.rows] + [f"{OWN_ROW}{n}" for n in range(1, question.own_rows + 1)]
    if question.rows_from:
        rows += [option.id for option in PACK.questions[question.rows_from].options]
    made: dict[str, Any] = {
        "text": lambda: WORDS,
        "long_text": lambda: WORDS,
        "date": lambda: st.sampled_from(["", "2026-12-01", "2027-06-01", "2030-01-01", "31.12.2026"]),
        "number": lambda: st.integers(question.min or 0, question.max or 99) | st.just(""),
        "choice": lambda: st.sampled_from(["", *options]),
        "choices": lambda: st.lists(st.sampled_from(options), max_size=6, unique=True) if options else st.just([]),
        "grid": lambda: st.dictionaries(st.sampled_from(rows), _record(question), max_size=4),
        "rows": lambda: st.lists(_record(question), max_size=3),
    }
    return st.one_of(st.none(), made[question.kind](), made[question.kind](), made[question.kind](), ANY)


QUESTIONS = {id: _answer(question) for id, question in PACK.questions.items()}
CHANGES = st.lists(st.sampled_from(sorted(QUESTIONS)), max_size=8, unique=True).flatmap(
    lambda ids: st.fixed_dictionaries({i: QUESTIONS[i] for i in ids})
)
GONE = st.lists(st.sampled_from(sorted(QUESTIONS)), max_size=2)
BASES = st.sampled_from(["", *EXAMPLES, *EXAMPLES])


def contradictions(answers: dict[str, Any], language: Language) -> list[str]:
    """Where the document says two things about whether all is decided."""
    document = assemble.policy(Draft(PACK, answers, language))
    marked = any(mark in words for mark in MARKS.values() for words in (plain.draw(document), html.draw(document)))
    is_draft = document.draft == PACK.word("draft", language)
    now, found = standing(PACK, answers), findings(PACK, answers, language)
    open_now = bool(open_questions(now))
    wrong = {
        "neither draft nor proposal": document.draft not in (PACK.word("draft", language), PACK.word("proposal", language)),
        "a mark, and no draft": marked and not is_draft,
        "a mark, and nothing open": marked and not open_now and not any(finding.id == "mark_in_text" for finding in found),
        "a draft, and nothing wrong": is_draft and not open_now and all(finding.severity != "blocks" for finding in found),
        "open points, and no draft": bool(document.open_points) and not is_draft,
    }
    return [words for words, is_so in wrong.items() if is_so]


@settings(max_examples=MANY, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], derandomize=True)
@given(BASES, CHANGES, GONE, st.sampled_from(LANGUAGES), st.booleans())
def test_a_mark_means_a_draft(base: str, changes: dict[str, Any], gone: list[str], language: Language, as_file: bool) -> None:
    answers = {id: value for id, value in (deepcopy(EXAMPLES.get(base, {})) | changes).items() if id not in gone}
    if as_file:
        answers = savefile.read(PACK, savefile.written("rusoff", PACK.manifest.edition, language, answers)).answers
    assert contradictions(answers, language) == []


# What people really left half done.
HALF: dict[str, dict[str, Any]] = {
    "an own situation without name and light": {"lights": {"own_2": {"rule": "Bare regel uten navn"}}},
    "an own situation without light": {"lights": {"own_1": {"label": "Fisketur"}}},
    "an own situation without name": {"lights": {"own_1": {"light": "green"}}},
    "an own situation with a name of spaces": {"lights": {"own_1": {"label": "  ", "light": "green"}}},
    "a situation of ours whose light was taken away": {"lights": {"@": {"light": "", "rule": "Noe"}}},
    "likelihood without consequence": {"risk": {"@": {"likelihood": "l3"}}},
    "consequence without likelihood": {"risk": {"@": {"consequence": "c3"}}},
    "what we have, and no numbers": {"risk": {"@": {"existing": "Vi snakker om det"}}},
    "a test without reason": {"testing": "positions", "testing_positions": [{"position": "Kranfører"}]},
    "a meeting without a kind": {"consulted": [{"who": "AMU"}]},
    "a link without an address": {"own_links": [{"title": "Håndboka"}]},
}


def _half(answers: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """The answers with this change; @ is a situation that the workplace chose."""
    situation = next(iter(standing(PACK, answers).values["situations"]))
    found = json.loads(json.dumps(change).replace("@", situation))
    for id, value in found.items():
        found[id] = {**(answers.get(id) or {}), **value} if isinstance(value, dict) else value
    return {**answers, **found}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("half", HALF)
def test_what_is_begun_and_not_finished_is_an_open_point(half: str, language: Language) -> None:
    answers = EXAMPLES["building_firm"]
    assert assemble.policy(Draft(PACK, answers, language)).draft == PACK.word("proposal", language)
    halved = _half(answers, HALF[half])
    document: Document = assemble.policy(Draft(PACK, halved, language))
    asked = set(HALF[half]) & set(document.open_points)
    assert document.draft == PACK.word("draft", language), half
    assert asked, half
    mended = [finding.mend for finding in findings(PACK, halved, language) if finding.severity == "blocks"]
    assert set(mended) & asked
    assert len(mended) == len(set(mended))
    assert contradictions(halved, language) == []


def test_the_finding_names_the_row() -> None:
    halved = _half(EXAMPLES["building_firm"], HALF["an own situation without name and light"])
    [finding] = [one for one in findings(PACK, halved, "nb") if one.id == "unfinished-lights"]
    assert "Egen linje 2" in finding.message


def test_the_mark_typed_by_hand_counts_as_a_mark() -> None:
    for mark in MARKS.values():
        answers = {**EXAMPLES["building_firm"], "own_values": f"Datoen er\n{mark.replace(' ', '  ')}."}
        assert assemble.policy(Draft(PACK, answers, "nb")).draft == "Utkast"
