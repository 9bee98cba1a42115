"""Forms built from the content: what stands in the fields, what is read, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.documents import savefile
from app.pack.answers import Standing, standing
from app.pack.load import the_pack
from app.steps.form import PageForm, form_for, read, typed_in
from app.steps.kind_fields import FIELDS
from app.steps.visible_questions import Asked, asked_on, counts_in

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
NAMED = [path.stem for path in EXAMPLES]


def page_of(step: str, page: str):
    return the_pack().pages[step, page][1]


def posted(place: tuple[str, str], typed: dict[str, list[str]], answers: dict[str, Any] | None = None) -> PageForm:
    page = page_of(*place)
    now = standing(the_pack(), answers or {}, {q.id for q in page.questions})
    return read(form_for(page, "nb", now, counts_in(page, typed)), typed)


def given(place: tuple[str, str], typed: dict[str, list[str]], answers: dict[str, Any] | None = None) -> dict[str, Any]:
    form = posted(place, typed, answers)
    return form.answers(frozenset(a.id for a in form.asked))


def fault_keys(place: tuple[str, str], typed: dict[str, list[str]], answers: dict[str, Any] | None = None) -> dict[str, str]:
    return {name: fault.key for name, fault in posted(place, typed, answers).faults().items()}


WORKPLACE, RULES, EVENTS, DECISION, PREMISES = (
    ("map", "workplace"),
    ("scope", "rules"),
    ("scope", "events"),
    ("anchor", "decision"),
    ("scope", "premises"),
)


def test_every_kind_of_the_content_has_its_form() -> None:
    assert {q.kind for q in the_pack().questions.values()} <= set(FIELDS)


@pytest.mark.parametrize("example", NAMED)
def test_what_stands_in_the_fields_gives_the_same_answer_back(example) -> None:
    pack = the_pack()
    file = savefile.read(pack, (EXAMPLES[NAMED.index(example)]).read_text("utf-8"))
    now = standing(pack, file.answers)
    for _, page in pack.pages.values():
        asked = asked_on(page, now)
        typed = typed_in(asked, now, "nb")
        again = standing(pack, file.answers | read(form_for(page, "nb", now), typed).answers(frozenset(a.id for a in asked)))
        for one in asked:
            assert tidy(again, one) == tidy(now, one), (example, one.id)


def tidy(now: Standing, asked: Asked) -> Any:
    """An answer as it counts: no blank cells, no rows that are not asked, and nothing is nothing."""
    value = now.values.get(asked.id)
    if asked.question.kind == "grid":
        value = {row: {k: v for k, v in record.items() if v} for row, record in (value or {}).items() if row in asked.lines()}
        value = {row: record for row, record in value.items() if record}
    if asked.question.kind == "rows":
        value = [{k: v for k, v in record.items() if v} for record in value or []]
    return value or ""


def test_blank_never_stops_saving() -> None:
    for _, page in the_pack().pages.values():
        form = read(form_for(page, "nb", standing(the_pack(), {})), {})
        assert form.faults() == {}


@pytest.mark.parametrize(
    ("place", "typed", "fault"),
    [
        (WORKPLACE, {"org_number": ["974 760 674"]}, "error_orgnr"),
        (WORKPLACE, {"workplace_name": ["x" * 201]}, "error_too_long"),
        (WORKPLACE, {"sector": ["no-such"]}, "error_choice"),
        (WORKPLACE, {"bodies": ["none", "amu"]}, "error_none_and_more"),
        (WORKPLACE, {"workplace_name": ["Vi"], "workplace_name-undecided": ["yes"]}, "error_text_and_undecided"),
        (EVENTS, {"event_units": ["7"]}, "error_range"),
        (EVENTS, {"event_units": ["to"]}, "error_number"),
        (EVENTS, {"event_from": ["25"]}, "error_time"),
        (DECISION, {"decision_planned": ["30.02.2027"]}, "error_date"),
        (DECISION, {"consulted-0-date": ["i går"]}, "error_date"),
        (
            ("map", "environment"),
            {"needs": ["known_policy", "event_rules", "leader_confidence", "early_help", "safety_critical", "culture"]},
            "error_too_many",
        ),
        (("references", "links"), {"own_links-0-address": ["javascript:x"]}, "error_url"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(place, typed, fault) -> None:
    assert set(fault_keys(place, typed).values()) == {fault}
    wrong = next(iter(fault_keys(place, typed))).partition("-")[0]
    assert wrong not in given(place, typed), "what is refused is not stored"


def test_typed_answers_are_stored_tidily() -> None:
    found = given(WORKPLACE, {"org_number": ["NO 974 760 673 MVA"], "workplace_name": ["  Sol\u00adbakken\x0b\tsykehjem "]})
    assert found["org_number"] == "974760673"
    assert "\x0b" not in found["workplace_name"]
    assert found["workplace_name"].endswith("sykehjem")
    assert given(EVENTS, {"event_units": [" 2 "], "event_from": ["kl 18"]})["event_from"] == "18.00"


def test_not_decided_yet_is_stored_as_nothing() -> None:
    found = given(WORKPLACE, {"sector": ["undecided"], "bodies": ["amu", "undecided"], "org_number-undecided": ["yes"]})
    assert (found["sector"], found["bodies"], found["org_number"]) == (None, None, None)
    assert given(RULES, {"lights-undecided": ["yes"], "lights-workday-light": ["red"]})["lights"] is None


def test_a_grid_gives_its_rows_and_own_rows() -> None:
    typed = {"lights-workday-light": ["red"], "lights-own_1-label": ["Dugnad"], "lights-own_1-light": ["yellow"], "lights-own_2-label": [" "]}
    assert given(RULES, typed)["lights"] == {"workday": {"light": "red"}, "own_1": {"light": "yellow", "label": "Dugnad"}}


def test_records_are_closed_up_and_capped() -> None:
    typed = {
        "consulted-0-who": [""],
        "consulted-3-who": ["AMU"],
        "consulted-3-how": ["meeting"],
        "consulted-99999999-who": ["x"],
        "consulted-500-who": ["y"],
    }
    assert given(DECISION, typed)["consulted"] == [{"who": "AMU", "how": "meeting"}]
    form = posted(DECISION, typed)
    assert max(a.count for a in form.asked) <= 40


def test_a_refused_option_may_be_chosen() -> None:
    typed = {"testing_positions-0-position": ["Kranfører"], "testing_positions-0-ground": ["consent"]}
    found = given(("scope", "consequences"), typed, {"testing": "positions"})
    assert found["testing_positions"] == [{"position": "Kranfører", "ground": "consent"}]


def test_only_what_was_on_the_page_is_answered() -> None:
    form = posted(WORKPLACE, {"workplace_name": ["Vi"]})
    assert set(form.answers(frozenset({"workplace_name", "invented"}))) == {"workplace_name"}


def test_a_question_that_is_not_asked_has_no_field() -> None:
    assert "premises_owner" not in posted(PREMISES, {}, {"work_features": []})
    assert "premises_owner" in posted(PREMISES, {}, {"work_features": ["own_premises"]})


def test_answers_can_be_written_as_json() -> None:
    for place in the_pack().pages:
        json.dumps(given(place, {}))
