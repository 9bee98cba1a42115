"""What is said of a file that was sent to be checked."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from app.decisions.view_models_verify import Answer, answer_to
from app.web.view_models import message

DAY = date(2026, 11, 2)


def answer(state: str = "in_force", is_same: bool = True, **more: Any) -> Answer:
    values = {"number": 2, "state": state, "applies_from": None, "replaced_from": None, "code": "abcd", "is_exact": True, "is_current": True}
    alike = SimpleNamespace(places=["title"], sections=["Formål"])
    return answer_to(SimpleNamespace(**values | {"is_same": is_same, "similarity": alike} | more))  # type: ignore[arg-type]


def keys(found: Answer) -> list[str]:
    return [one.key for one in found.words]


def test_a_file_of_nobody_is_unknown() -> None:
    assert answer_to(None) == Answer("warning", message("verify_unknown"), (message("verify_unknown_text"),))


def test_a_file_that_is_the_same_is_told_so() -> None:
    found = answer()
    assert (found.color, found.title, found.places, found.code) == ("success", message("verify_same", number=2), (), "abcd")
    assert keys(found) == ["verify_state_in_force", "verify_exact"]
    assert keys(answer(is_exact=False)) == ["verify_state_in_force", "verify_resaved"]
    assert keys(answer(is_current=False)) == ["verify_state_in_force", "verify_exact", "verify_older"]
    assert answer("ready").color == "info"


def test_a_file_that_was_changed_is_told_where() -> None:
    found = answer(is_same=False, is_exact=False, is_current=False)
    assert (found.color, found.title) == ("danger", message("verify_changed", number=2))
    assert found.places == (message("verify_place_title"), "Formål")
    assert keys(found) == ["verify_state_in_force", "verify_where"]


@pytest.mark.parametrize(
    ("state", "more", "expected"),
    [
        ("in_force", {"applies_from": DAY}, message("verify_state_in_force_from", day=DAY)),
        ("decided", {"applies_from": DAY}, message("verify_state_decided_from", day=DAY)),
        ("replaced", {"applies_from": date(2025, 1, 1), "replaced_from": DAY}, message("verify_state_replaced_from", day=DAY)),
        ("replaced", {"applies_from": DAY}, message("verify_state_replaced")),
        ("ready", {"applies_from": DAY}, message("verify_state_ready")),
    ],
)
def test_where_the_version_stands_is_told_with_the_day_where_there_is_one(state, more, expected) -> None:
    assert answer(state, **more).words[0] == expected
