"""What is typed about a decision: every day and every length on both sides of where it is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from werkzeug.datastructures import MultiDict

from app.decisions.forms import DecisionForm, InForceForm
from app.values.vocabulary import RESULTS
from app.web.choices import Option

TODAY, READY = date(2026, 11, 20), date(2026, 11, 2)
BODIES = ("amu", "other", "political")
TYPED = {"decided_on": "10.11.2026", "body": "amu", "present": "Alle", "result": "adopted"}


def read(**typed: str) -> tuple[object, dict[str, str]]:
    """What was read, and the faults by field."""
    form = posted(**typed)
    given = form.read(READY, TODAY)
    assert (given is None) == bool(form.faults)
    return given, {name: fault.key for name, fault in form.faults.items()}


def posted(**typed: str) -> DecisionForm:
    """The form with what was typed in it."""
    form = DecisionForm(MultiDict({**TYPED, **typed}))
    form.body.options, form.result.options = ([Option(one, one) for one in ids] for ids in (BODIES, RESULTS))
    return form


def written(day: date) -> str:
    return f"{day:%d.%m.%Y}"


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (READY - timedelta(days=1), "decide_date_early"),
        (READY, ""),
        (TODAY, ""),
        (TODAY + timedelta(days=1), "decide_date_future"),
    ],
)
def test_a_decision_is_from_the_day_of_the_text_until_today(day, fault) -> None:
    assert read(decided_on=written(day))[1] == ({"decided_on": fault} if fault else {})


@pytest.mark.parametrize(("days", "is_fine"), [(-1, False), (0, True), (730, True), (731, False)])
def test_it_names_a_day_in_force_within_two_years_of_itself(days, is_fine) -> None:
    day = date(2026, 11, 10) + timedelta(days=days)
    given, faults = read(in_force_from=written(day))
    assert faults == ({} if is_fine else {"in_force_from": "decide_in_force_wrong"})
    assert given is None or given.in_force_from == day


def test_a_day_that_cannot_be_read_is_no_day_that_was_left_out() -> None:
    assert read(in_force_from="i morgen")[1] == {"in_force_from": "error_date"}
    assert read(in_force_from="")[0].in_force_from is None


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"body": "other"}, {"body_name": "decide_body_name_missing"}),
        ({"body": "political"}, {"body_name": "decide_body_name_missing"}),
        ({"body": "other", "body_name": "Klubben"}, {}),
        ({"body": "amu", "body_name": ""}, {}),
        ({"body": "kongen"}, {"body": "decide_body_missing"}),
        ({"present": " \n "}, {"present": "decide_present_missing"}),
        ({"result": "avslått"}, {"result": "decide_result_missing"}),
        ({"result": "adopted_with_changes"}, {"changes": "decide_changes_missing"}),
        ({"result": "sent_back"}, {}),
        ({"body_name": "x" * 200, "case_number": "x" * 60, "present": "x" * 5000, "dissent": "x" * 5000}, {}),
        ({"result": "adopted_with_changes", "changes": "x" * 5000}, {}),
        ({"body_name": "x" * 201, "case_number": "x" * 61}, {"body_name": "error_too_long", "case_number": "error_too_long"}),
        ({"present": "x" * 5001, "dissent": "x" * 5001}, {"present": "error_too_long", "dissent": "error_too_long"}),
        ({"result": "sent_back", "changes": "x" * 5001}, {"changes": "error_too_long"}),
    ],
)
def test_each_field_says_what_is_wrong_with_it(typed, faults) -> None:
    assert read(**typed)[1] == faults


def test_what_is_too_long_is_told_by_how_much() -> None:
    form = posted(case_number="x" * 63)
    assert form.read(READY, TODAY) is None
    assert form.faults["case_number"].values == {"more": 3, "most": 60}
    assert form.case_number.typed == "x" * 63


def test_names_and_numbers_are_one_line_and_texts_keep_theirs() -> None:
    given, _ = read(body_name=" AMU \n ved  Vik ", case_number="4 /\t26", present="Verneombud\nDaglig leder", dissent=" Én\nstemte mot ")
    assert (given.body_name, given.case_number) == ("AMU ved Vik", "4 / 26")
    assert (given.present, given.dissent) == ("Verneombud\nDaglig leder", "Én\nstemte mot")


def test_changes_belong_to_no_text_that_was_adopted_as_it_stands() -> None:
    assert read(changes="Fra et annet valg")[0].changes == ""
    assert read(result="adopted_with_changes", changes="Mer om fritid")[0].changes == "Mer om fritid"


@pytest.mark.parametrize(
    ("day", "fixed", "after", "fault"),
    [
        ("", None, None, "inforce_missing"),
        ("tull", None, None, "error_date"),
        ("09.11.2026", None, None, "inforce_early"),
        ("10.11.2026", None, None, ""),
        (written(TODAY + timedelta(days=730)), None, None, ""),
        (written(TODAY + timedelta(days=731)), None, None, "inforce_late"),
        ("01.12.2026", date(2026, 12, 1), None, ""),
        ("02.12.2026", date(2026, 12, 1), None, "inforce_fixed"),
        ("01.12.2026", None, date(2026, 12, 1), ""),
        ("30.11.2026", None, date(2026, 12, 1), "inforce_before_other"),
    ],
)
def test_the_day_in_force_is_not_before_the_decision_nor_before_the_version_it_replaces(day, fixed, after, fault) -> None:
    form = InForceForm(MultiDict({"in_force_on": day}))
    on = form.read(date(2026, 11, 10), TODAY, fixed, after)
    assert [one.key for one in form.faults.values()] == ([fault] if fault else [])
    assert (on is None) == bool(fault)
