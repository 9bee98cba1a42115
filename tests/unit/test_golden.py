"""The documents of every example workplace in every language, as plain text: the diff is the review.

After a change that is meant: `make golden`, and read the diff.
"""

import os
from pathlib import Path

import pytest

from app.documents import assemble, papers, savefile
from app.documents.model import Document
from app.documents.render import plain
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language
from tests.unit.sample_record import SAMPLES

GOLDEN = Path(__file__).parents[1] / "golden"
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
KINDS = {"policy": assemble.policy, "questionnaire": assemble.questionnaire, "guide": assemble.guide}
PAPERS = ("statement", "record", "case-paper", "decision")
REVIEWED = ("nursing_home", "building_firm")


def check(name: str, document: Document) -> None:
    file = GOLDEN / f"{name}.txt"
    text = plain.draw(document)
    if os.environ.get("RUSOFF_WRITE_GOLDEN"):
        file.write_text(text, "utf-8")
    assert file.read_text("utf-8") == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_documents(example: Path, kind: str, language: Language) -> None:
    answers = savefile.read(the_pack(), example.read_text("utf-8")).answers
    check(f"{example.stem}-{kind}-{language}", KINDS[kind](the_pack(), answers, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REVIEWED)
def test_papers(name: str, language: Language) -> None:
    pack, (make, decide) = the_pack(), SAMPLES[name]
    answers = savefile.read(pack, next(e for e in EXAMPLES if e.stem == name).read_text("utf-8")).answers
    policy = assemble.policy(pack, answers, language)
    record, decided = make(policy), decide()
    made = (
        papers.statement(pack, record, "a", language),
        papers.record(pack, record, language, decided),
        papers.case_paper(pack, record, policy, language, answers=answers, fingerprint=decided.text_hash, version=decided.version),
        papers.decision(pack, record, decided, language, policy_document=policy),
    )
    for kind, document in zip(PAPERS, made, strict=True):
        check(f"{name}-{kind}-{language}", document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_policy(language: Language) -> None:
    check(f"empty-policy-{language}", assemble.policy(the_pack(), {}, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_questions(language: Language) -> None:
    check(f"questions-{language}", assemble.questions(the_pack(), language))


def test_no_golden_text_is_left_over() -> None:
    made = {f"{e.stem}-{k}-{language}" for e in EXAMPLES for k in KINDS for language in LANGUAGES}
    made |= {f"{name}-{kind}-{language}" for name in REVIEWED for kind in PAPERS for language in LANGUAGES}
    made |= {f"{name}-{language}" for name in ("empty-policy", "questions") for language in LANGUAGES}
    assert {path.stem for path in GOLDEN.glob("*.txt")} == made


def test_examples_are_as_the_app_exports_them() -> None:
    for example in EXAMPLES:
        loaded = savefile.read(the_pack(), example.read_text("utf-8"))
        assert loaded.changes == ()
        assert savefile.write(the_pack(), loaded.answers, loaded.language) == example.read_text("utf-8"), example.name
