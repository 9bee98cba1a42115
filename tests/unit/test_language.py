"""The three languages: one form of each word, the same duties, and lists that read as lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from app.documents.interpolation import Wording, has_and, joined
from app.pack.answers import standing
from app.pack.load import the_pack
from app.pack.model import Clause, Question
from app.pack.text import Language, Text

PACK = the_pack()
ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content" / "rusoff"
FILES = sorted([*CONTENT.rglob("*.yaml"), *(ROOT / "app" / "translations").glob("*.yaml")])
LANGUAGES: tuple[Language, ...] = get_args(Language)


def read(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text("utf-8"))


def texts(found: Any, key: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a file, with its key."""
    if isinstance(found, dict) and set(found) == set(LANGUAGES):
        if all(isinstance(words, str) for words in found.values()):
            yield key, found
        return
    for name, value in _parts(found):
        yield from texts(value, f"{key}.{name}")


def _parts(found: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(found, dict):
        return found.items()
    if isinstance(found, list):
        return ((value.get("id", at) if isinstance(value, dict) else at, value) for at, value in enumerate(found))
    return ()


@cache
def all_texts() -> list[tuple[str, str, dict[str, str]]]:
    return [(str(file.relative_to(ROOT)), key, words) for file in FILES for key, words in texts(read(file))]


FORMS = read(Path(__file__).with_name("forms.yaml"))


def breaches(language: Language, twin: str) -> Iterable[tuple[str, str]]:
    """The file and key of every text that holds the twin."""
    pattern = re.compile(rf"(?<!\w)(?:{twin})(?!\w)", 0 if re.search("[A-ZÆØÅ]", twin) else re.I)
    return ((file, key) for file, key, words in all_texts() if not _quoted(file, key) and pattern.search(words[language]))


def _quoted(file: str, key: str) -> bool:
    """What a source calls itself, and how its paragraphs are cited, is not ours to change."""
    return file.endswith("references.yaml") and key.endswith((".title", ".paragraph"))


TWINS = [(language, form, twin) for language, forms in FORMS["forms"].items() for form, twins in forms.items() for twin in twins]


@pytest.mark.parametrize(("language", "form", "twin"), TWINS, ids=[f"{language}: {twin}" for language, _, twin in TWINS])
def test_each_word_has_one_form(language: Language, form: str, twin: str) -> None:
    allowed = set((FORMS["standing"] or {}).get(language, {}).get(twin, []))
    found = list(breaches(language, twin))
    new = [f"{file}{key}" for file, key in found if file not in allowed]
    assert not new, f"write «{form}»"
    assert allowed <= {file for file, _ in found}, "take the file off the list: it holds the word no longer"


# ── the same duty in every language ──

# a purpose ("for at alle skal kunne", "det vi skal bruke") and a question ("om vi skal") lay nothing upon anybody
DUTY = re.compile(r"(?<!\bsom )(?<!\bom vi )(?<!\bdet vi )(?<!\bat alle )(?<!\bat andre )\b(skal|må)\b", re.I)
MUST = re.compile(r"\b(must|has to|have to|is to|are to|need|requires?|will)\b", re.I)
POLICY = [
    (file, key, words) for file, key, words in all_texts() if ("/policy/" in file or file.endswith("/rules.yaml")) and not key.endswith(".heading")
]


def test_a_duty_is_a_duty_in_all_three_languages() -> None:
    duties = [(file, key, words) for file, key, words in POLICY if DUTY.search(words["nb"])]
    assert len(duties) > 60
    weaker = [f"{file}{key}" for file, key, words in duties if not (DUTY.search(words["nn"]) and MUST.search(words["en"]))]
    assert not weaker
    stronger = [f"{file}{key}" for file, key, words in POLICY if DUTY.search(words["nn"]) and not DUTY.search(words["nb"])]
    assert not stronger


def test_english_advises_only_where_norwegian_does() -> None:
    assert not [f"{file}{key}" for file, key, words in POLICY if re.search(r"\bshould\b", words["en"]) and not re.search(r"\bbør\b", words["nb"])]


# ── lists ──

PLAIN = st.text("abcdef ", min_size=1, max_size=8).filter(str.strip)


def ands(words: str, language: Language) -> int:
    return len(re.findall(r"\band\b" if language == "en" else r"\bog\b", words))


@given(items=st.lists(PLAIN, max_size=6), at=st.integers(0, 6), language=st.sampled_from(LANGUAGES))
def test_a_list_with_an_and_inside_gets_no_second_and(items: list[str], at: int, language: Language) -> None:
    own = "workload and pressure" if language == "en" else "mengd og press"
    words = joined([*items[:at], own, *items[at:]], language)
    assert ands(words, language) == 1
    assert all(item in words for item in items)
    assert ands(joined(items, language), language) == (1 if len(items) > 1 else 0)


def _holes(clause: Clause) -> Iterator[tuple[dict[str, Any], str]]:
    """Every hole of a clause with the conditions under which it is shown."""
    for block in clause.blocks:
        for text in (block.paragraph, block.note, block.subheading, block.caption):
            yield from (({**block.when}, hole) for hole in (text.holes() if isinstance(text, Text) else ()))
        for line in [*(block.bullets or []), *(block.numbered or []), *(block.fields or []), *(block.signatures or [])]:
            yield from (({**block.when, **line.when}, hole) for hole in line.text.holes())


def in_sentences() -> list[Question]:
    """The questions with several answers that are put into a sentence when they are answered."""
    ids = {hole for clause in PACK.clauses for when, hole in _holes(clause) if set(when.get(hole, ["given"])) - {"undecided", "blank"}}
    return [question for question in PACK.questions.values() if question.kind == "choices" and question.id in ids]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_list_in_a_sentence_holds_two_ands(language: Language) -> None:
    found = in_sentences()
    assert len(found) >= 4
    for question in found:
        chosen = [option.id for option in question.options if option.id != "none"]
        words = Wording(PACK, standing(PACK, {}), language)
        own = [o for o in question.options if has_and(words.option(o), language)]
        assert len(own) <= 1, f"{question.id}: make bullets of it (`each`), or leave the conjunction out of {[o.id for o in own]}"
        assert ands(words.answer(question, chosen), language) <= 1
        for at in range(2, len(chosen)):
            assert ands(words.answer(question, chosen[:at]), language) <= 1


@settings(deadline=None)
@given(data=st.data())
def test_any_choice_of_options_reads_as_a_list(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(in_sentences()))
    chosen = data.draw(st.lists(st.sampled_from([o.id for o in question.options]), unique=True))
    for language in LANGUAGES:
        assert ands(Wording(PACK, standing(PACK, {}), language).answer(question, chosen), language) <= 1
