"""The documents of every example workplace in every language, as plain text: the diff is the review.

After a change that is meant: `make golden`, and read the diff.
"""

import json
import os
from pathlib import Path

import pytest

from app.documents import assemble, papers, savefile
from app.documents.draft import Draft
from app.documents.model import Document
from app.documents.outputs import Output, outputs_from, outputs_of
from app.documents.render import plain
from app.pack.engine import LENGTHS
from app.pack.load import the_pack
from app.pack.model import Pack
from app.pack.text import LANGUAGES, Language
from tests.unit.sample_record import SAMPLES

GOLDEN = Path(__file__).parents[1] / "golden"
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
DRAFTS = {output.id: output for output in outputs_from(the_pack(), "draft") if not output.like}
PAPERS = tuple(output.id for output in outputs_of(the_pack()) if output.assemble is None)
REVIEWED = ("nursing_home", "building_firm")


def draft_of(example: Path, language: Language) -> Draft:
    """What an example makes, with its own words."""
    loaded = savefile.read(the_pack(), example.read_text("utf-8"))
    return Draft(the_pack(), loaded.answers, language, loaded.own_words)


def check(name: str, document: Document) -> None:
    file = GOLDEN / f"{name}.txt"
    text = plain.draw(document)
    if os.environ.get("RUSOFF_WRITE_GOLDEN"):
        file.write_text(text, "utf-8")
    assert file.read_text("utf-8") == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in DRAFTS if kind != "policy"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_documents(example: Path, kind: str, language: Language) -> None:
    make = DRAFTS[kind].assemble
    assert make is not None
    check(f"{example.stem}-{kind}-{language}", make(draft_of(example, language)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", LENGTHS[1:])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_policy_in_each_length(example: Path, length: str, language: Language) -> None:
    check(f"{example.stem}-{length}-{language}", assemble.policy(draft_of(example, language).at_length(length)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REVIEWED)
def test_papers(name: str, language: Language) -> None:
    pack, (make, decide) = the_pack(), SAMPLES[name]
    answers = savefile.read(pack, next(e for e in EXAMPLES if e.stem == name).read_text("utf-8")).answers
    policy = assemble.policy(Draft(pack, answers, language))
    record, decided = make(policy), decide()
    made = {
        "statement": papers.statement(pack, record, "a", language),
        "record": papers.record(pack, record, language, decided),
        "case-paper": papers.case_paper(
            pack, record, policy, language, draft=Draft(pack, answers, language), fingerprint=decided.text_hash, version=decided.version
        ),
        "decision": papers.decision(pack, record, decided, language, policy_document=policy),
    }
    for id in PAPERS:
        check(f"{name}-{id}-{language}", made[id])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_policy(language: Language) -> None:
    check(f"empty-policy-{language}", assemble.policy(Draft(the_pack(), {}, language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_questions(language: Language) -> None:
    check(f"questions-{language}", assemble.questions(Draft(the_pack(), {}, language)))


def subjects_of(output: Output) -> tuple[str, ...]:
    """For whom an output is made here: every example, those that were reviewed, or nobody."""
    if "draft" in output.sources:
        return tuple(f"{example.stem}-" for example in EXAMPLES)
    return ("",) if "nothing" in output.sources else tuple(f"{name}-" for name in REVIEWED)


def names_of(output: Output) -> tuple[str, ...]:
    """What the golden texts of an output are called: those of the policy by their length. What says the words of another has none."""
    if output.like:
        return ()
    return LENGTHS[1:] if output.id == "policy" else (output.id,)


def golden_names(pack: Pack) -> set[str]:
    """The name of every golden text that there must be for the outputs of this pack."""
    names = {"empty-policy"} | {f"{subject}{id}" for output in outputs_of(pack) for subject in subjects_of(output) for id in names_of(output)}
    return {f"{name}-{language}" for name in names for language in LANGUAGES}


def test_every_output_has_a_golden_text_and_none_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == golden_names(the_pack())


def test_examples_are_as_the_app_exports_them() -> None:
    for example in EXAMPLES:
        loaded = savefile.read(the_pack(), example.read_text("utf-8"))
        assert loaded.changes == ()
        again = savefile.write(the_pack(), loaded.answers, loaded.language, own_words=loaded.own_words.stored)
        assert json.loads(again) == json.loads(example.read_text("utf-8")), example.name


@pytest.mark.parametrize("name", ["kindergarten", "sports_club"])
def test_an_example_that_is_done_has_nothing_open_and_nothing_found(name: str) -> None:
    draft = draft_of(next(e for e in EXAMPLES if e.stem == name), "nb")
    assert (draft.findings, draft.open_questions) == ([], [])
