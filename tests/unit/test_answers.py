"""Standing answers: what counts is what is still asked."""

from typing import Any

import pytest

from app.documents import assemble
from app.documents.draft import Draft
from app.pack.answers import Standing, default_of, standing
from app.pack.kinds.records import is_complete
from app.pack.load import the_pack
from app.pack.text import Text


def now(**answers: Any) -> Standing:
    return standing(the_pack(), answers)


def test_defaults_count_until_somebody_answers() -> None:
    assert now().values["own_events"] == "limited"
    assert "own_events" not in now().confirmed
    assert now(own_events="no_events").values["own_events"] == "no_events"


def test_blank_is_an_answer_and_drives_the_default_out() -> None:
    assert now(covers=[]).tokens("covers") == {"blank"}


def test_undecided_is_neither_given_nor_blank() -> None:
    assert now(hangover=None).tokens("hangover") == {"undecided"}


def test_an_answer_whose_question_is_no_longer_asked_does_not_count() -> None:
    row = {"position": "Kranfører", "ground": "particular_risk", "reason": "Tunge løft", "discussed": "2026-03-01"}
    assert "complete" in now(testing="positions", testing_positions=[row]).tokens("testing_positions")
    assert now(testing="none", testing_positions=[row]).tokens("testing_positions") == frozenset()


def test_hiding_goes_on_through_a_chain() -> None:
    answers = {"substances": ["alcohol"], "medicines_rule": "must"}
    assert not now(**answers).holds({"medicines_rule": ["must"]})


def test_conditions_are_all_of_any_of() -> None:
    said = now(size="n10_29", bodies=["amu", "safety_rep"])
    assert said.holds({"size": ["n1_4", "n10_29"], "bodies": ["amu"]})
    assert not said.holds({"size": ["n10_29"], "bodies": ["none"]})
    assert said.holds({})


def test_a_grid_row_and_any_row() -> None:
    said = now(situations=["workday", "gift"], lights={"workday": {"light": "green"}, "gift": {"light": "red"}})
    assert said.holds({"lights.workday": ["green"]})
    assert not said.holds({"lights.workday": ["red"]})
    assert said.holds({"lights": ["red"]})


def test_grid_rows_follow_the_question_they_come_from() -> None:
    said = now(situations=["gift"], lights={"workday": {"light": "green"}, "gift": {"light": "red"}})
    assert [row.id for row in said.rows(the_pack().questions["lights"])] == ["gift", "own_1", "own_2", "own_3"]
    assert "workday" not in said.values["lights"]


def test_a_row_that_nobody_chose_is_blank_whatever_is_suggested_for_it() -> None:
    assert now(situations=["workday"]).holds({"lights.gift": ["blank"]})
    assert now(situations=["gift"]).holds({"lights.gift": ["red"]})


def test_gifts_are_asked_about_once() -> None:
    told = {"gifts": "no_alcohol", "lights": {"gift": {"light": "yellow"}}}
    assert "gifts" not in now(situations=["gift"], **told).asked
    assert now(situations=[], **told).values["gifts"] == "no_alcohol"  # kept all the while
    assert now(situations=["gift"], lights={"workday": {"light": "red"}}, gifts="occasion").values["gifts"] == "occasion"
    assert "gifts" in now(situations=["gift"], lights=None).asked


def test_meetings_with_customers_are_asked_about_once() -> None:
    told = {"representation": "none", "lights": {"customer_visit": {"light": "yellow"}}}
    assert "representation" not in now(situations=["customer_visit"], **told).asked
    assert now(situations=[], **told).values["representation"] == "none"  # kept all the while


def test_a_refused_option_never_counts() -> None:
    question = the_pack().questions["testing_positions"]
    row = {"position": "Lager", "ground": "consent", "reason": "Alle sa ja", "discussed": "2026-03-01"}
    assert not is_complete(question, row)
    assert is_complete(question, row | {"ground": "protect_life"})
    assert not is_complete(question, row | {"ground": "protect_life", "reason": "  "})


def test_values_of_the_wrong_shape_are_passed_over() -> None:
    junk: list[Any] = [0, 1.5, "x", ["x"], {"x": "y"}, {"workday": "red"}, [["x"]], {"workday": {"light": 7}}, True]
    for id in the_pack().questions:
        for value in junk:
            standing(the_pack(), {id: value})


def test_suggested_words_come_in_the_language_asked_for() -> None:
    text = next(question for question in the_pack().questions.values() if question.kind == "text")
    suggesting = text.model_copy(update={"default": Text(nb="Ja", nn="Jau", en="Yes")})
    assert default_of(now(), suggesting) == "Ja"
    assert default_of(now(), suggesting, "nn") == "Jau"


DONE = {"position": "Kranfører", "ground": "particular_risk", "reason": "Tunge løft", "discussed": "2026-03-01"}
BEGUN = {"position": "Lager"}


@pytest.mark.parametrize(
    ("rows", "tokens"),
    [
        ([DONE], {"given", "particular_risk", "complete"}),
        ([BEGUN], {"given", "incomplete"}),
        ([BEGUN, DONE], {"given", "particular_risk", "complete", "incomplete"}),
        ([DONE, {}], {"given", "particular_risk", "complete"}),
        ([{}], {"blank"}),
        ([], {"blank"}),
    ],
)
def test_one_complete_record_is_enough_and_one_begun_is_told(rows, tokens) -> None:
    assert now(testing="positions", testing_positions=rows).tokens("testing_positions") == tokens


def test_the_policy_has_rules_for_testing_as_soon_as_one_position_is_complete() -> None:
    def sections(*rows: dict[str, str]) -> set[str]:
        return {one.id for one in assemble.policy(Draft(the_pack(), {"testing": "positions", "testing_positions": list(rows)}, "nb")).sections}

    assert sections(DONE) - sections(BEGUN) == sections(BEGUN, DONE) - sections(BEGUN) != set()
