"""The state machine, as a table: which transition leads where, who may take it, and what stops it."""

from dataclasses import replace

import pytest

from app.services.versions.workflow import NEEDS, TRANSITIONS, Blocking, Facts, Hindrance, back, can_begin, hindrances, may, next_step, stops
from app.values.vocabulary import LOCKED_STATES, POLICY_STATES

FINE = Facts("draft", took_part=True, decided=True)
LEADS = {
    # transition: draft, in_review, ready, decided, in_force
    "send": ("in_review", "in_review", "", "", ""),
    "ready": ("ready", "ready", "", "", ""),
    "decide": ("", "", "decided", "", ""),
    "put_in_force": ("", "", "", "in_force", ""),
    "reopen": ("", "", "draft", "draft", ""),
    "revise": ("", "", "", "", "draft"),
}


def test_what_is_locked_can_be_opened_and_nothing_else() -> None:
    assert {state for state in POLICY_STATES if back(state)} == LOCKED_STATES


@pytest.mark.parametrize("transition", TRANSITIONS)
def test_a_transition_leads_from_these_states_and_no_other(transition) -> None:
    assert tuple(TRANSITIONS[transition].to if can_begin(transition, state) else "" for state in POLICY_STATES) == LEADS[transition]


def test_every_state_but_the_first_is_reached_and_every_state_is_left() -> None:
    assert {one.to for one in TRANSITIONS.values()} == set(POLICY_STATES)
    assert {source for one in TRANSITIONS.values() for source in one.sources} == set(POLICY_STATES)


@pytest.mark.parametrize(
    ("transition", "state", "roles"),
    [
        ("send", "draft", "owner editor"),
        ("ready", "draft", "owner editor"),
        ("decide", "ready", "owner"),
        ("put_in_force", "decided", "owner"),
        ("reopen", "ready", "owner editor"),
        ("reopen", "decided", "owner"),
        ("revise", "in_force", "owner"),
    ],
)
def test_who_may_make_a_transition(transition, state, roles) -> None:
    assert [role for role in ("owner", "editor", "reader", "holder") if may(transition, role, state)] == roles.split()


WRONG = [
    (replace(FINE, kept=False), Hindrance("kept")),
    (replace(FINE, open_questions=("a",)), Hindrance("answers", about="a")),
    (replace(FINE, blocking=(Blocking("b", "Nei"),)), Hindrance("findings", about="b", words="Nei")),
    (replace(FINE, review_open=True), Hindrance("review_over")),
    (replace(FINE, unanswered=2), Hindrance("comments", count=2)),
    (replace(FINE, unchanged=3), Hindrance("unchanged", count=3)),
    (replace(FINE, took_part=False), Hindrance("participation", overcome=True)),
]


@pytest.mark.parametrize(("facts", "found"), WRONG)
def test_each_thing_that_is_wrong_stops_the_draft_from_being_made_ready(facts, found) -> None:
    assert hindrances("ready", facts) == [found]
    assert stops([found])


def test_nothing_stops_what_is_in_order() -> None:
    assert all(hindrances(one, FINE) == [] for one in TRANSITIONS)
    assert not stops([])


def test_every_need_of_a_step_can_stop_it() -> None:
    worst = Facts("draft", False, ("a",), (Blocking("b", ""),), True, 1, 1, False, False)
    for transition, about in TRANSITIONS.items():
        assert {found.need for found in hindrances(transition, worst)} == set(about.needs)
    assert {need for one in TRANSITIONS.values() for need in one.needs} == set(NEEDS)


def test_a_reason_overcomes_that_nobody_was_asked_and_nothing_else() -> None:
    found = [one for _, one in WRONG]
    assert [one.need for one in found if not stops([one], "Drøftet i AMU")] == ["participation"]
    assert stops([Hindrance("participation", overcome=True)], "  ")


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        (replace(FINE, open_questions=("a",), kept=False), "answer"),
        (replace(FINE, kept=False, took_part=False), "keep"),
        (replace(FINE, took_part=False), "send"),
        (replace(FINE, state="in_review", review_open=True, open_questions=("a",)), "follow"),
        (replace(FINE, state="in_review", unanswered=1), "follow"),
        (replace(FINE, state="in_review"), "ready"),
        (replace(FINE, took_part=False, carries_out=True), "ready"),
        (replace(FINE, state="ready"), "decide"),
        (replace(FINE, state="decided"), "put_in_force"),
        (replace(FINE, state="in_force", open_questions=("a",)), "revise"),
    ],
)
def test_there_is_one_next_step(facts, step) -> None:
    assert next_step(facts) == step
