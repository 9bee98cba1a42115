"""The timeline of a policy: what has happened and by whom, where it is now, and how long it is until the next look at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from app.decisions.view_models_timeline import Happened, Milestone, left_until, timeline_of
from app.services.versions.situation import History
from app.values.vocabulary import POLICY_STATES
from app.web.view_models import Day, Message

BEGUN, SENT, CLOSED, MADE = (datetime(2026, month, 1, 12, tzinfo=UTC) for month in (8, 9, 10, 11))
DECIDED, FROM, TODAY = date(2026, 11, 2), date(2027, 1, 1), date(2026, 11, 30)
VERSION = SimpleNamespace(id="v1", number=1, made_by="me", made_at=MADE, in_force_on=FROM, answers={})
DECISION = SimpleNamespace(result="adopted", body="amu", body_name="Utvalget", decided_on=DECIDED, in_force_from=None)
OPEN = SimpleNamespace(version_id="v1", opened_at=SENT, closed_at=None, answer_by=date(2026, 9, 20))
OVER = SimpleNamespace(version_id="v1", opened_at=SENT, closed_at=CLOSED, answer_by=date(2026, 9, 20))
HISTORY = History([VERSION], {"v1": DECISION}, {"me": "Anne"})  # type: ignore[list-item,dict-item]


def of(state: Any, **more: Any) -> dict[str, Milestone]:
    """The timeline of a policy that was read and signed for, by what each line tells of."""
    reviews = [OVER] if state != "in_review" else [OPEN]
    given: dict[str, Any] = {"reviews": reviews, "readers": 2, "signed": VERSION if state in ("ready", "decided", "in_force") else None}
    happened = Happened(state, BEGUN, **given | {"review_on": date(2027, 11, 2)} | more)
    return {one.name.key.removeprefix("timeline_"): one for one in timeline_of(happened, HISTORY, TODAY)}


def looks(found: dict[str, Milestone]) -> dict[str, str]:
    return {name: one.attributes["class"] for name, one in found.items()}


def keys(one: Milestone) -> list[object]:
    return [words.key if isinstance(words, Message) else words for words in one.about]


@pytest.mark.parametrize("state", POLICY_STATES)
def test_exactly_one_place_is_where_the_policy_is_and_it_is_told_in_words(state: Any) -> None:
    found = of(state).values()
    assert [one.note.key for one in found if one.attributes.get("aria-current") == "step" and one.note] == ["status_current"]


def test_what_is_done_has_its_day_and_who_did_it() -> None:
    found = of("in_force")
    days = {"begun": BEGUN, "sent": SENT, "closed": CLOSED, "ready": MADE, "decided": DECIDED, "in_force": FROM, "next_look": date(2027, 11, 2)}
    assert {name: one.day for name, one in found.items()} == {name: Day(at) for name, at in days.items()}
    assert keys(found["sent"]) == ["timeline_by", "timeline_readers"]
    assert keys(found["ready"]) == ["timeline_version", "timeline_by"]
    assert found["decided"].about[0] == "Utvalget"
    assert looks(found)["in_force"] == "current"
    assert [found[name].note_class for name in ("begun", "in_force")] == ["ds-sr-only", "way-mark"]


def test_whoever_made_a_version_and_is_gone_is_left_out() -> None:
    gone = replace(HISTORY, names={})
    found = timeline_of(Happened("ready", BEGUN, [OVER], 1, VERSION), gone, TODAY)  # type: ignore[list-item,arg-type]
    assert all("timeline_by" not in keys(one) for one in found)


def test_a_review_that_never_was_is_passed_over_in_one_line() -> None:
    found = of("ready", reviews=[])
    assert looks(found)["sent"] == "skipped"
    assert found["sent"].note is not None
    assert found["sent"].note.key == "status_skipped"
    assert "closed" not in found
    assert looks(of("draft", reviews=[]))["sent"] == "coming"


def test_while_others_read_their_day_is_told_and_afterwards_that_they_are_done() -> None:
    reading = of("in_review")
    assert (looks(reading)["sent"], looks(reading)["closed"], keys(reading["closed"])) == ("current", "coming", ["timeline_answer_by"])
    over = of("in_review", reviews=[OVER], is_over=True)
    assert (looks(over)["sent"], looks(over)["closed"]) == ("done", "current")
    assert over["closed"].note is not None
    assert over["closed"].note.key == "status_read_through"


def test_what_is_to_come_has_no_day_but_the_one_that_was_planned() -> None:
    found = of("draft", review_on=None)
    assert [name for name, one in found.items() if one.day] == ["begun", "sent", "closed"]
    planned = SimpleNamespace(**vars(DECISION) | {"in_force_from": FROM})
    history = History([VERSION], {"v1": planned}, {})  # type: ignore[list-item,dict-item]
    unset = SimpleNamespace(**vars(VERSION) | {"in_force_on": None})
    found = {one.name.key: one for one in timeline_of(Happened("decided", BEGUN, signed=unset), history, TODAY)}  # type: ignore[arg-type]
    assert found["timeline_in_force"].day == Day(FROM)


def test_the_days_to_the_next_look_are_counted_where_a_policy_is_in_force() -> None:
    assert keys(of("in_force")["next_look"]) == ["timeline_months"]
    assert keys(of("ready")["next_look"]) == []


@pytest.mark.parametrize(
    ("on", "key", "count"),
    [
        (date(2026, 11, 29), "timeline_past", None),
        (TODAY, "timeline_today", None),
        (date(2026, 12, 1), "timeline_days", 1),
        (date(2027, 1, 10), "timeline_days", 41),
        (date(2027, 1, 30), "timeline_months", 2),
        (date(2027, 11, 30), "timeline_months", 12),
    ],
)
def test_how_long_it_is(on: date, key: str, count: int | None) -> None:
    found = left_until(on, TODAY)
    assert (found.key, found.count) == (key, count)
