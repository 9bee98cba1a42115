"""What HR sees of questions that were handed to colleagues."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app.delegation.view_models import Card, cards_of
from app.models.delegations import Delegation
from app.models.policy import Policy
from app.pack.answers import standing
from app.pack.load import the_pack
from app.services.delegations import Delegated, State, by_question, tally

PACK = the_pack()
AT = datetime(2026, 12, 3, tzinfo=UTC)


def asked(state: State, question: str = "ohs", name: str = "Kari", **about: Any) -> Delegated:
    row: dict[str, Any] = {
        "id": name, "asked_by": "Ola", "name": name, "email": "", "message": "", "questions": [question], "asked_at": AT, "expires_at": AT,
        "answered_at": None, "undelivered_at": None, "answered_by": "", "answers": {}, "notes": {}, "settled": {},
    }  # fmt: skip
    return Delegated(Delegation(**(row | about)), PACK.questions[question], state)


def card(one: Delegated, answers: dict[str, Any], may_settle: bool = True) -> Card:
    policy = Policy.start("nb", answers)
    [found] = cards_of(policy, [one], standing(PACK, answers), "nb", lambda *_, **__: "/", may_settle)
    return found


def test_of_several_a_question_shows_the_answer_to_look_at_and_then_whom_it_waits_for() -> None:
    found = [asked("taken", name="Per"), asked("waiting", name="Siri"), asked("answered", name="Kari"), asked("done", "bodies")]
    assert {id: one.delegation.name for id, one in by_question(found).items()} == {"ohs": "Kari"}
    assert by_question(found[:2])["ohs"].delegation.name == "Siri"
    assert tally(found) == (1, 0, 1, 4)


def test_what_stands_in_the_policy_is_shown_only_where_it_is_another_answer() -> None:
    answered = asked("answered", answers={"ohs": "yes"}, answered_at=AT, answered_by="Kari")
    other, same, blank = (card(answered, {"ohs": "no"}).rows[0], card(answered, {"ohs": "yes"}).rows[0], card(answered, {}).rows[0])
    assert (list(other.said), list(other.stands)) == (["Ja"], ["Nei"])
    assert list(same.stands) == list(blank.stands) == []
    assert other.fingerprint != same.fingerprint != blank.fingerprint


def test_only_a_new_answer_can_be_settled_and_only_by_who_may() -> None:
    answered = asked("answered", answers={"ohs": None}, answered_at=AT, answered_by="Kari")
    assert card(answered, {}).rows[0].ref == answered.ref
    assert card(answered, {}).rows[0].said, "that it is not decided yet is an answer"
    assert not card(answered, {}, may_settle=False).rows[0].ref
    assert not any(card(asked(state, answered_by="Kari", answered_at=AT), {}).rows[0].ref for state in ("waiting", "taken", "done"))
    assert card(answered, {}).deletes
    assert not card(asked("waiting"), {}).deletes


def test_the_mark_of_an_answer_changes_with_the_answer_and_with_the_words() -> None:
    first = asked("answered", answers={"ohs": "yes"}).ref
    assert first not in (asked("answered", answers={"ohs": "no"}).ref, asked("answered", answers={"ohs": "yes"}, notes={"ohs": "x"}).ref)
