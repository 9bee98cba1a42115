"""Findings: the rules of checks.yaml that reckon with days, or with a risk."""

from typing import Any

import pytest

from app.documents.findings import findings
from app.pack.load import the_pack


def found(**answers: Any) -> set[str]:
    return {finding.id for finding in findings(the_pack(), answers, "nb")}


@pytest.mark.parametrize(
    ("decided", "review", "is_late"),
    [
        ("2026-03-15", "2028-03-14", False),
        ("2026-03-15", "2028-03-15", False),
        ("2026-03-15", "2028-03-16", True),
        ("2026-03-15", "2028-04-01", True),
        ("2026-03-15", "2028-02-28", False),
        ("2026-12-31", "2028-12-31", False),
        ("2026-12-31", "2029-01-01", True),
    ],
)
def test_two_years_to_the_day_is_not_too_late_for_the_review(decided, review, is_late) -> None:
    assert ("review_too_late" in found(decision_planned=decided, review_date=review)) == is_late


@pytest.mark.parametrize(("review", "is_before"), [("2026-03-14", True), ("2026-03-15", False), ("2026-02-28", True), ("2026-04-01", False)])
def test_a_review_on_the_very_day_of_the_decision_is_not_before_it(review, is_before) -> None:
    assert ("review_before_decision" in found(decision_planned="2026-03-15", review_date=review)) == is_before


@pytest.mark.parametrize("missing", ["", "2026-02-30", None])
def test_without_both_days_nothing_is_said_of_them(missing) -> None:
    assert not {"review_too_late", "review_before_decision"} & (found(decision_planned=missing, review_date="2040-01-01"))
    assert not {"review_too_late", "review_before_decision"} & (found(decision_planned="2026-03-15", review_date=missing))


@pytest.mark.parametrize(
    ("likelihood", "consequence", "measure", "is_told"),
    [("l3", "c5", None, True), ("l5", "c5", "  ", True), ("l3", "c5", "Buss hjem", False), ("l2", "c5", None, False), ("l5", None, None, False)],
)
def test_a_high_risk_wants_a_measure(likelihood, consequence, measure, is_told) -> None:
    record = {"likelihood": likelihood, "consequence": consequence, "existing": "Vi snakker om det"} | ({"measure": measure} if measure else {})
    good = {"likelihood": "l4", "consequence": "c4", "measure": "Vert"}
    told = found(situations=["workday", "gift"], risk={"gift": good, "workday": {id: value for id, value in record.items() if value}})
    assert ("high_risk_without_measure" in told) == is_told
