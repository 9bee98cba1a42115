"""Which sections a question shapes, and one section made without the others: it says what the document says."""

from random import Random

import pytest

from app.documents import assemble, shaped
from app.documents.draft import Draft
from app.documents.model import Document
from app.documents.preview.sentences import REPEATED
from app.documents.shaped import FRONT, shapes_of
from app.pack.engine import LENGTH
from app.pack.text import LANGUAGES
from tests.unit.any_answers import PACK, any_answer, any_answers, any_own_words

CLAUSES = [clause.id for clause in PACK.clauses]
LISTS = {clause.id for clause in PACK.clauses if any(b.listing in REPEATED - {"statements"} for b in clause.blocks)}


@pytest.mark.parametrize("seed", range(9))
def test_a_section_made_alone_is_that_of_the_whole_document(seed: int) -> None:
    chance = Random(seed)
    answers, own = any_answers(chance), any_own_words(chance)
    draft = Draft(PACK, answers, LANGUAGES[seed % 3], own)
    whole = assemble.policy(draft)
    stands = {section.id: section for section in whole.sections}
    for id in CLAUSES:
        alone = assemble.sections(Draft(PACK, answers, draft.language, own), [id])
        assert alone == ((stands[id],) if id in stands else ()), id
    some = chance.sample(CLAUSES, 5)
    assert assemble.sections(draft, some) == tuple(section for section in whole.sections if section.id in some)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_section_of_a_policy_without_answers(language: str) -> None:
    draft = Draft(PACK, {}, language)
    for section in assemble.policy(draft).sections:
        assert assemble.sections(draft, [section.id]) == (section,)


def test_the_front_is_that_of_the_whole_document() -> None:
    draft = Draft(PACK, any_answers(Random(1)), "nn")
    front, whole = assemble.front(draft), assemble.policy(draft)
    assert (front.title, front.facts, front.workplace, front.sections) == (whole.title, whole.facts, whole.workplace, ())


def says(document: Document) -> dict[str, object]:
    """What each section says, whatever its number; with the front."""
    return {section.id: section.blocks for section in document.sections if section.id not in LISTS} | {FRONT: (document.title, document.facts)}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_an_answer_changes_is_named(seed: int) -> None:
    chance = Random(100 + seed)
    answers = any_answers(chance, blanks=0)
    before = says(assemble.policy(Draft(PACK, answers, "nb")))
    for question in chance.sample([q for q in PACK.questions.values() if q.id in answers and q.id not in (LENGTH, "sector")], 12):
        after = says(assemble.policy(Draft(PACK, answers | {question.id: any_answer(chance, question, answers)}, "nb")))
        changed = {id for id in before.keys() | after.keys() if before.get(id) != after.get(id)}
        assert changed <= {*shapes_of(PACK, question.id).sections}, question.id


def test_every_question_of_the_content_shapes_the_policy_or_says_that_it_decides_about_all() -> None:
    for id in PACK.questions:
        found = shapes_of(PACK, id)
        assert found.sections or found.is_all, id
    assert [id for id in PACK.questions if shapes_of(PACK, id).is_all] == [LENGTH]
    assert FRONT not in CLAUSES
    assert shapes_of(PACK, "nothing") == shaped.Shapes()


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("lights", "green-yellow-red"), ("hangover", "working-hours"), ("situations", "green-yellow-red"), ("testing", "control-testing"),
        ("agreement_months", "help"), ("review_date", FRONT), ("org_number", FRONT), ("event_from", "own-events"), ("reading", "further-reading"),
        ("risk", "appendix-risk"),
    ],
)  # fmt: skip
def test_the_nearest_is_the_one_that_is_about_it(question: str, nearest: str) -> None:
    assert shapes_of(PACK, question).sections[0] == nearest


def test_where_else_an_answer_shows() -> None:
    assert shapes_of(PACK, "substances").elsewhere == ("rules", "questionnaire", "guide", "findings")
    assert shapes_of(PACK, "mapping_notes").elsewhere == ()
