"""What is in order: told only when somebody's answer makes it so, with its source; and how much of the whole that is."""

from __future__ import annotations

from typing import Any

import pytest

from app.documents.findings import Finding, findings_of
from app.documents.met import is_met, met_checks
from app.pack.answers import standing
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.steps.view_models_control import met_of, score_of
from app.web.view_models import counted, message
from tests.unit.test_sectors import confirmed

PACK = the_pack()
CHECKS = {check.id: check for check in PACK.checks}


def met(**answers: Any) -> set[str]:
    return {check.id for check in met_checks(standing(PACK, answers))}


@pytest.mark.parametrize(
    ("answers", "is_in_order"),
    [
        ({"size": "n10_29", "bodies": ["safety_rep"]}, True),
        ({"size": "n10_29", "bodies": ["union_reps"]}, False),  # a finding
        ({"size": "n10_29", "bodies": None}, False),  # not decided
        ({"size": "n10_29"}, False),  # not answered
        ({"size": "n1_4", "bodies": ["safety_rep"]}, False),  # about others
        ({"size": "n10_29", "sector": "shipping", "bodies": ["safety_rep"]}, False),  # spared
    ],
)
def test_an_answer_meets_a_check(answers, is_in_order) -> None:
    assert ("safety_rep_required" in met(**answers)) is is_in_order


def test_what_is_only_suggested_meets_nothing() -> None:
    assert "not_made_known" not in met()
    assert "not_made_known" in met(made_known=["team_meeting"])


def test_a_row_that_is_blank_meets_nothing() -> None:
    situations = {"situations": ["driving_work", "workday"]}
    assert "driving_not_red" not in met(**situations, lights={"workday": {"light": "red"}})
    assert "driving_not_red" in met(**situations, lights={"driving_work": {"light": "red"}})


def test_two_days_are_needed_to_say_that_one_is_soon_enough() -> None:
    assert "review_too_late" not in met(review_date="2028-01-15")
    assert "review_too_late" in met(review_date="2028-01-15", decision_planned="2027-01-15")
    assert "review_too_late" not in met(review_date="2030-01-15", decision_planned="2027-01-15")


def test_nothing_is_in_order_and_to_be_mended_at_once() -> None:
    for sector in PACK.sectors:
        now = standing(PACK, confirmed(sector))
        assert not {check.id for check in met_checks(now)} & {finding.id for finding in findings_of(now, "nb")}


def test_checks_of_words_have_nothing_to_say_when_met() -> None:
    assert not [check.id for check in PACK.checks if check.met and check.words]
    assert sum(check.met is not None for check in PACK.checks) > 20


def test_a_check_without_words_is_never_told() -> None:
    check = CHECKS["not_made_known"].model_copy(update={"met": None})
    assert not is_met(check, standing(PACK, {"made_known": ["team_meeting"]}))


# ── what is shown ──


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_says_its_source_and_its_point(language) -> None:
    law, own = met_of(PACK, [CHECKS["safety_rep_required"], CHECKS["no_support_person"]], language)
    assert "6-1" in law.source
    assert (own.source, own.point.values["number"]) == ("", 4)


def finding(severity) -> Finding:
    return Finding("x", severity, "", "", "size", ())


def address(endpoint: str, **_: Any) -> str:
    return endpoint


@pytest.mark.parametrize(
    ("found", "open_points", "is_ready", "title", "lead"),
    [
        (["blocks"], 0, False, message("control_score", met=3, points=4), message("control_lead")),
        ([], 2, False, message("control_score", met=3, points=3), message("control_lead")),
        (["warns", "warns"], 0, True, message("control_ready"), counted("control_ready_advice", 2)),
        ([], 0, True, message("control_ready"), message("control_ready_lead")),
    ],
)
def test_the_score(found, open_points, is_ready, title, lead) -> None:
    score = score_of("p", 3, [finding(severity) for severity in found], open_points, address)
    assert (score.is_ready, score.title, score.lead) == (is_ready, title, lead)
    assert (score.ring, bool(score.next)) == (f"3 {len(found)}", is_ready)


def test_what_is_next_when_it_is_ready() -> None:
    ways = score_of("p", 3, [], 0, address).next
    assert [way.link.address for way in ways] == ["documents.preview", "review.overview", "decisions.status"]
