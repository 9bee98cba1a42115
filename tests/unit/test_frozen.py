"""Frozen documents: nothing is lost, the same words have the same hash, and what was frozen once opens for ever."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents import assemble, frozen, savefile
from app.documents.characters import legal
from app.documents.draft import Draft
from app.documents.frozen import FORMAT, FrozenError, canonical, freeze, text_hash, thaw
from app.documents.model import Block, Cell, Document, Run, Section, Table
from app.documents.outputs import outputs_from
from app.documents.render import docx, html, pdf, plain
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language
from tests.unit.drawn import docx_text, html_text, missing, pdf_text, without_alt, words_of
from tests.unit.sample_document import HARD, sample

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
FIRST = Path(__file__).parent / "frozen" / "format-1.json"
FIRST_HASH = "e54467d4c67dcaa464bc580421d8b3140aa1e2647244623c41af8c09c7afed3d"


def through_json(document: Document) -> Document:
    return thaw(json.loads(canonical(freeze(document))))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_document_of_every_example(example: Path, language: Language) -> None:
    answers = savefile.read(the_pack(), example.read_text("utf-8")).answers
    for make in [output.assemble for output in outputs_from(the_pack(), "draft") if output.assemble]:
        document = make(Draft(the_pack(), answers, language))
        assert through_json(document) == document


@pytest.mark.parametrize("language", LANGUAGES)
def test_drafts_and_questions(language: Language) -> None:
    for document in (assemble.policy(Draft(the_pack(), {}, language)), assemble.questions(Draft(the_pack(), {}, language)), sample(language)):
        assert through_json(document) == document


def test_every_kind_of_block_has_its_tag() -> None:
    """A new kind of block is listed in frozen.BLOCKS, and stands in the sample document."""
    assert set(frozen.BLOCKS.values()) == set(get_args(Block))
    assert {type(b) for section in sample().sections for b in section.blocks} == set(get_args(Block))


PLAIN = {
    str: st.text(max_size=30).map(legal),
    int: st.integers(-9, 9),
    float: st.floats(0, 1),
    bool: st.booleans(),
    NoneType: st.none(),
}


def some(shape: type) -> st.SearchStrategy[Any]:
    """Any value of one kind of block, field by field as the model says."""
    return st.builds(shape, **{f.name: kinds(get_type_hints(shape)[f.name]) for f in fields(shape)})


def kinds(hint: Any) -> st.SearchStrategy[Any]:
    """Values of one field."""
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        return st.lists(kinds(inner[0]), max_size=3).map(tuple) if inner[-1] is Ellipsis else st.tuples(*map(kinds, inner))
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(*map(kinds, get_args(hint)))
    if is_dataclass(hint):
        return some(hint)  # type: ignore[arg-type]
    return PLAIN[hint] if hint in PLAIN else st.sampled_from(get_args(hint))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(*map(some, get_args(Block))), max_size=4), st.lists(some(Run), max_size=3).map(tuple))
def test_any_blocks(blocks: list[Block], runs: tuple[Run, ...]) -> None:
    section = Section("a", 1, "A", "body", tuple(blocks))
    document = replace(sample(), sections=(section,), title_block=(("x", runs),))
    assert through_json(document) == document


@pytest.mark.parametrize("extra", HARD)
def test_hard_words(extra: str) -> None:
    document = sample("nb", extra)
    again = through_json(document)
    assert plain.draw(again) == plain.draw(document)
    assert docx_text(docx.draw(again)) == docx_text(docx.draw(document))


def test_a_default_is_left_out_and_comes_back() -> None:
    document = Document("policy", "nb", "T", "W", ())
    assert freeze(document) == {"format": 1, "kind": "policy", "language": "nb", "title": "T", "workplace": "W", "sections": []}
    assert thaw(freeze(document)) == document


def test_the_hash_is_of_the_words_and_not_of_their_order() -> None:
    one = freeze(sample())
    other = dict(reversed(one.items()))
    assert text_hash(one) == text_hash(other)
    assert len(text_hash(one)) == 64
    assert text_hash(freeze(replace(sample(), title="another"))) != text_hash(one)
    assert b", " not in canonical({"a": [1, 2], "b": "å"})
    assert canonical({"b": "å", "a": [1, 2]}) == '{"a":[1,2],"b":"å"}'.encode()


def test_a_key_that_is_not_known_is_passed_over() -> None:
    data = freeze(sample())
    data["colour"] = {"a": 1}
    data["sections"][0]["mood"] = "good"
    data["sections"][0]["blocks"][0]["size"] = 7
    assert thaw(data) == sample()


def edited(path: str, value: object) -> dict[str, Any]:
    data: Any = json.loads(canonical(freeze(sample())))
    *way, last = path.split("/")
    place = data
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return dict(data)


REFUSED = {
    "format": 2,
    "language": "sv",
    "kind": "poem",
    "title": 3,
    "sections": "none",
    "sections/0": [],
    "sections/0/blocks/0": {"block": "video"},
    "sections/0/blocks/1": "words",
    "sections/0/level": 9,
    "sections/0/page_break": 1,
    "title_block/0": ["one"],
    "sections/1/level": "1",
    "sections/0/answers": "abc",
    "sections/0/sources": {"a": 1},
    "sections/2/blocks/2/widths": [True],
    "sections/2/blocks/2/widths/0": "0.5",
    "sections/2/blocks/2/row_heads": "true",
}


@pytest.mark.parametrize("path", REFUSED)
def test_refuses_what_it_cannot_read(path: str) -> None:
    with pytest.raises(FrozenError):
        thaw(edited(path, REFUSED[path]))


@pytest.mark.parametrize("wrong", [None, "x", 7, [], {}, {"format": "1"}, {"format": True}, {"format": 0}, {"format": 1}, {"format": 99}])
def test_refuses_what_is_no_frozen_document(wrong: object) -> None:
    with pytest.raises(FrozenError):
        thaw(wrong)


def test_refuses_to_write_what_is_no_json() -> None:
    for wrong in ({"a": float("nan")}, {"a": object()}, {"a": "\ud800"}):
        with pytest.raises(FrozenError):
            canonical(wrong)


@pytest.mark.parametrize("wrong", ["a secret", {"block": "a secret"}, {"block": "paragraph", "runs": "a secret"}, {"a secret": 1}])
def test_says_where_and_not_what(wrong: object) -> None:
    with pytest.raises(FrozenError, match=r"^document\.sections\.0\.blocks\.1(\.paragraph\.runs)?: ") as refused:
        thaw(edited("sections/0/blocks/1", wrong))
    assert "secret" not in str(refused.value)


# ── for ever ──


def test_the_first_form_opens_and_draws_for_ever() -> None:
    """This file was written in November 2026. It is never written anew: what was frozen then must open with every later program."""
    data = json.loads(FIRST.read_text("utf-8"))
    assert text_hash(data) == FIRST_HASH
    document = thaw(data)
    bare = replace(document, contents="", draft="", edition="", page_of="")
    words = words_of(plain.draw(bare))
    assert len(words) > 200
    assert words_of(html_text(html.draw(bare))) == words
    assert words_of(docx_text(docx.draw(bare))) == words
    assert missing(words_of(plain.draw(without_alt(bare))), words_of(pdf_text(pdf.draw(bare)))) == []
    assert plain.draw(document) == FIRST.with_suffix(".txt").read_text("utf-8")


def test_the_first_form_holds_every_kind_of_everything() -> None:
    document = thaw(json.loads(FIRST.read_text("utf-8")))
    blocks = [b for section in document.sections for b in section.blocks] + list(document.intro)
    assert {type(b).__name__ for b in blocks} >= {"Paragraph", "Subheading", "Bullets", "Table", "Chart", "Fields", "Signatures"}
    assert {b.style for b in blocks if isinstance(b, Table)} == {"plain", "form", "fine"}
    assert {getattr(b, "style", "") for b in blocks} >= {"plain", "own", "note", "lead"}
    empty = {f.name for f in fields(document) if not getattr(document, f.name)}
    assert empty == {"status", "fingerprint", "seal"}, "these were not there then"
    assert {cell.tone for b in blocks if isinstance(b, Table) for row in b.rows for cell in row} == {"green", "yellow", "red", None}


def test_this_program_writes_the_newest_form() -> None:
    assert FORMAT == freeze(sample())["format"] == 1
    assert Cell(()) == thaw(freeze(replace(sample(), sections=(Section("a", 1, "A", "body", (_one_cell(),)),)))).sections[0].blocks[0].rows[0][0]  # type: ignore[union-attr]


def _one_cell() -> Table:
    return Table("", ("a",), ((Cell(()),),), (1.0,))
