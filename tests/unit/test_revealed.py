"""Questions under a choice on the same page: which they are, and how a script and a reader are told when to answer."""

from __future__ import annotations

from typing import Any

from app.pack.answers import standing
from app.pack.load import the_pack
from app.steps.revealed import script_of
from app.steps.visible_questions import Asked, asked_on

PACK = the_pack()


def page_of(step: str, page: str, **answers: Any) -> dict[str, Asked]:
    found = PACK.pages[step, page][1]
    return {one.id: one for one in asked_on(found, standing(PACK, answers, {q.id for q in found.questions}))}


def test_all_that_a_page_may_ask_is_on_it_with_its_condition() -> None:
    page = page_of("scope", "events", own_events="no_events")
    told = {one.id: script_of(one.under, page) for one in page.values()}
    assert told["own_events"] == ""
    assert told["event_limits"] == "own_events=limited"
    assert told["event_units"] == "event_limits=max_units"
    assert told["host_duty"] == "own_events=alcohol_free,limited"


def test_not_decided_yet_may_reveal_as_well() -> None:
    page = page_of("follow_up", "conversation", agreement="no")
    assert script_of(page["agreement_months"].under, page) == "agreement=yes,undecided"


def test_what_hangs_on_a_question_that_is_not_asked_is_not_on_the_page() -> None:
    assert "game_rules" not in page_of("scope", "breach", substances=["alcohol"])
    assert "game_rules" in page_of("scope", "breach", substances=["gambling"], gambling_rule="none")


def test_an_option_reveals_what_the_general_one_does() -> None:
    sector = PACK.questions["sector"]
    asked = Asked(sector, tuple(sector.options))
    assert "kindergarten" in script_of({"sector": ["education"]}, {"sector": asked})
