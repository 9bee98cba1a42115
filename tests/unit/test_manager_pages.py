"""The pages for managers: made of the same clauses as the appendices, and silent where the workplace has its own words."""

from __future__ import annotations

from random import Random

import pytest

from app.documents import assemble
from app.documents.draft import Draft
from app.documents.manager import Steps, steps_of
from app.documents.own_words import OwnWords
from app.documents.render.plain import words_of
from app.pack.engine import LENGTH, LENGTHS
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from tests.deciding import ANSWERS
from tests.unit.any_answers import any_answers

PACK = the_pack()


def page(at: int, answers: dict, language: str = "nb", **more) -> Steps:
    draft = Draft(PACK, answers, language, **more)  # type: ignore[arg-type]
    return steps_of(draft, assemble.policy(draft), PACK.manager.pages[at])


@pytest.mark.parametrize("seed", range(3))
def test_there_are_five_steps_and_none_is_empty_whatever_is_answered(seed: int) -> None:
    chance = Random(seed)
    answers = any_answers(chance) | {LENGTH: chance.choice(LENGTHS)}
    for language in LANGUAGES:
        now, talk = page(0, answers, language), page(1, answers, language)
        assert [step.number for step in now.steps] == [1, 2, 3, 4, 5, 0]
        assert [step.number for step in talk.steps] == [1, 2, 3, 4, 5, 6, 7]
        assert all(step.section.blocks for step in (*now.steps, *talk.steps))


def test_what_stands_in_the_appendix_is_not_said_otherwise() -> None:
    answers = {**ANSWERS, LENGTH: "full", "appendices": ["acute_routine", "conversation_guide"]}
    text = assemble.policy(Draft(PACK, answers, "nb"))
    for at, id in enumerate(("appendix-acute", "appendix-conversation")):
        appendix = words_of(text.section(id))
        said = [line.lstrip("-1234567890.> ") for step in page(at, answers).steps for line in words_of(step.section).split("\n") if line]
        assert sum(line in appendix for line in said) >= 8, id


def test_own_words_go_before_ours() -> None:
    answers = {**ANSWERS, LENGTH: "full", "appendices": ["acute_routine", "conversation_guide"]}
    own = OwnWords.of({"sections": {"appendix-acute": {"nb": {"rewording": "Ring vakten på 55 55."}}}})
    found = page(0, answers, own_words=own)
    assert [step.section.title for step in found.steps] == ["Akuttrutine"]
    assert "55 55" in words_of(found.steps[0].section)
    added = OwnWords.of({"sections": {"appendix-acute": {"nb": {"addition": "Ring vakten på 55 55."}}}})
    assert [step.number for step in page(0, answers, own_words=added).steps] == [1, 2, 3, 4, 5, 0, 6]
