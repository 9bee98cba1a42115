"""What the pages of states and versions show: every choice of theirs, without a request and without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from app.decisions import view_models as vm
from app.pack.load import the_pack
from app.services.versions.file_links import file_links
from app.services.versions.situation import History
from app.services.versions.workflow import TRANSITIONS, Facts
from app.web.view_models import ContentWords, Link, Notice, Tag, message

DAY, LATER = date(2026, 11, 2), date(2027, 1, 1)
AT = datetime(2026, 10, 1, 12, tzinfo=UTC)


def address(endpoint: str, **values: Any) -> str:
    return f"{endpoint}({', '.join(str(value) for value in values.values())})"


EVERYTHING = vm.Visit(frozenset(TRANSITIONS), True, False, address)
NOTHING = vm.Visit(frozenset(), False, False, address)


def version(number: int = 1, state: str = "in_force", **more: Any) -> Any:
    values = {"id": f"v{number}", "policy_id": "p", "number": number, "state": state, "made_at": AT, "made_by": "me", "edition": "2026.1"}
    values |= {"in_force_on": None, "until": None, "papers": None, "document": {"a": 1}, "text_hash": "abcd", "answers": {}}
    return SimpleNamespace(**values | more)


def decision(**more: Any) -> Any:
    values = {
        "result": "adopted",
        "body": "amu",
        "body_name": "",
        "case_number": "",
        "decided_on": DAY,
        "present": "Alle",
        "changes": "",
        "dissent": "",
    }
    return SimpleNamespace(**values | {"in_force_from": None, "paper": None} | more)


def history(*versions: Any, decisions: dict[str, Any] | None = None) -> History:
    return History(versions, decisions or {}, {"me": "Anne"})


def policy(state: str = "draft") -> Any:
    return SimpleNamespace(id="p", state=state)


# ── the next step ──

FINE = Facts("draft")
DEEDS = [
    (replace(FINE, kept=False), "keep", "workplaces.keep"),
    (replace(FINE, took_part=False), "send", "review.overview"),
    (replace(FINE, state="in_review", review_open=True), "follow", "review.overview"),
    (replace(FINE, state="in_review", unanswered=1), "reply", "review.comments"),
    (replace(FINE, open_questions=("a",)), "answer", "steps.control"),
    (FINE, "ready", "decisions.ready"),
    (replace(FINE, state="ready"), "decide", "decisions.decide"),
    (replace(FINE, state="decided"), "put_in_force", "decisions.in_force"),
    (replace(FINE, state="decided", scheduled=True), "wait", "decisions.in_force"),
    (replace(FINE, state="in_force"), "revise", "decisions.reopen"),
]


@pytest.mark.parametrize(("facts", "deed", "endpoint"), DEEDS)
def test_the_button_leads_to_the_next_step(facts, deed, endpoint) -> None:
    found = vm.next_step_of("p", facts, EVERYTHING, is_locked=False)
    assert found.button == Link(message(f"status_next_{deed}"), f"{endpoint}(p)")
    assert found.text == message("status_keep_text" if deed == "keep" else f"status_next_{deed}_text")
    assert found.is_urgent == (deed not in ("wait", "revise"))
    assert not found.is_for_owners


@pytest.mark.parametrize(("facts", "deed", "endpoint"), DEEDS)
def test_who_may_not_take_the_step_gets_no_button(facts, deed, endpoint) -> None:
    found = vm.next_step_of("p", facts, NOTHING, is_locked=True)
    is_open_to_all = deed in ("keep", "answer")
    assert (found.button is not None) == is_open_to_all
    assert found.is_for_owners != is_open_to_all
    assert not vm.next_step_of("p", facts, NOTHING, is_locked=False).is_for_owners


def test_what_needs_the_right_to_edit_is_offered_to_those_who_have_it() -> None:
    facts = replace(FINE, state="in_review", review_open=True)
    assert vm.next_step_of("p", facts, replace(NOTHING, may_edit=True), False).button
    assert not vm.next_step_of("p", FINE, replace(NOTHING, may_edit=True), False).button


def test_a_page_that_the_app_does_not_have_gets_no_button() -> None:
    assert vm.next_step_of("p", FINE, replace(EVERYTHING, address=lambda endpoint, **_: ""), False).button is None


def test_the_other_ways_are_those_that_may_be_taken() -> None:
    without, again = Link(message("status_ready_without"), "decisions.ready(p)"), Link(message("status_reopen"), "decisions.reopen(p)")
    plan = Link(message("plan_title"), "plan.overview(p)")
    send = replace(FINE, took_part=False)
    assert vm.next_step_of("p", send, EVERYTHING, False).others == (without, again, plan)
    assert vm.next_step_of("p", send, replace(NOTHING, allowed=frozenset({"send"})), False).others == (plan,)
    assert vm.next_step_of("p", FINE, EVERYTHING, False).others == (again, plan)
    known = Link(message("publish_title"), "publishing.settings(p)")
    assert known in vm.next_step_of("p", replace(FINE, state="in_force"), replace(EVERYTHING, owns=True), True).others
    assert known not in vm.next_step_of("p", replace(FINE, state="in_force"), EVERYTHING, True).others


# ── what is said ──


def test_the_lead_goes_by_the_state_unless_the_review_is_over_or_the_day_is_set() -> None:
    assert vm.lead_of(FINE).key == "status_lead_draft"
    assert vm.lead_of(replace(FINE, state="in_review", review_open=True)).key == "status_lead_in_review"
    assert vm.lead_of(replace(FINE, state="in_review")).key == "status_lead_review_over"
    assert vm.lead_of(replace(FINE, state="decided", scheduled=True)).key == "status_lead_scheduled"
    assert vm.lead_of(replace(FINE, state="decided")).key == "status_lead_decided"


def told(state: str, past: History, signed: Any = None, unreached: Any = ()) -> list[Notice]:
    return vm.notices_of(policy(state), past, signed, unreached, address)


OLD = version(1, in_force_on=DAY)
READ_OLD = Link(message("status_read", number=1), "decisions.version(p, 1)")


def test_a_text_in_force_is_told_of_while_another_one_is_worked_out() -> None:
    assert told("draft", history(OLD)) == [Notice("info", (message("status_applies", number=1, day=DAY),), READ_OLD)]
    assert told("in_force", history(OLD), OLD) == []
    assert told("draft", history()) == []


def test_a_text_whose_day_is_set_is_told_of_with_the_one_that_applies_until_then() -> None:
    coming = version(2, "decided", in_force_on=LATER)
    will = message("status_will_apply", number=2, day=LATER)
    assert told("decided", history(coming, OLD), coming) == [Notice("info", (will, message("status_applies_until", number=1)), READ_OLD)]
    assert told("decided", history(coming), coming) == [Notice("info", (will,))]
    undated = version(2, "decided")
    assert told("decided", history(undated, OLD), undated) == [Notice("info", (message("status_applies", number=1, day=DAY),), READ_OLD)]


def test_a_review_day_that_does_not_fit_the_decision_is_told_of() -> None:
    late = version(1, "decided", answers={"review_date": "2031-01-01"})
    assert told("decided", history(late, decisions={"v1": decision()}), late) == [Notice("warning", (message("status_review_late"),))]
    assert told("decided", history(late), late) == []


@pytest.mark.parametrize(("result", "key"), [("adopted_with_changes", "status_after_changes"), ("sent_back", "status_after_sent_back")])
def test_what_a_body_wanted_otherwise_is_told_while_the_draft_is_worked_on(result, key) -> None:
    last = version(1, "void")
    given = decision(result=result, changes="Mer om hjelp", body_name="Styret")
    past = history(last, decisions={"v1": given})
    assert told("draft", past) == [Notice("warning", (message(key, body="Styret", day=DAY),), quoted="Mer om hjelp")]
    assert told("ready", past, last) == []
    given.changes = ""
    assert told("in_review", past) == []


def test_readers_whom_no_letter_reaches_are_named() -> None:
    found = told("draft", history(), unreached=[SimpleNamespace(name="Vera"), SimpleNamespace(name="Ola")])
    link = Link(message("review_undelivered_see"), "review.overview(p)#readers")
    assert found == [Notice("warning", (message("review_undelivered_alert", names="Vera; Ola"),), link)]


def test_a_body_is_called_as_it_was_written_down_or_as_the_content_calls_it() -> None:
    amu = next(body for body in the_pack().review.bodies if body.id == "amu")
    assert vm.body_of(decision(body_name="Styret")) == "Styret"
    assert vm.body_of(decision()) == ContentWords(amu.label)
    assert vm.body_of(decision(body="gone")) == "gone"


# ── versions ──


def keys(row: vm.VersionRow) -> list[str]:
    return [sentence.key for sentence in row.sentences]


@pytest.mark.parametrize(
    ("found", "given", "expected"),
    [
        (version(state="in_review"), None, ["status_by"]),
        (version(state="in_review", made_by="gone"), None, ["status_by_nobody"]),
        (version(state="decided"), decision(), ["status_by", "status_decided"]),
        (version(state="decided"), decision(in_force_from=LATER), ["status_by", "status_decided", "status_plan_in_force"]),
        (version(state="decided", in_force_on=LATER), decision(), ["status_by", "status_decided", "status_plan_in_force"]),
        (version(state="in_force", in_force_on=DAY), decision(), ["status_by", "status_decided", "status_since"]),
        (version(state="replaced", in_force_on=DAY, until=LATER), None, ["status_by", "status_in_force_until"]),
        (version(state="in_force", in_force_on=DAY, until=LATER), None, ["status_by", "status_since"]),
    ],
)
def test_a_version_is_told_with_its_maker_its_decision_and_its_days(found, given, expected) -> None:
    (row,) = vm.version_rows(history(found, decisions={"v1": given} if given else {}), False, address)
    assert keys(row) == expected
    assert row.link == Link(message("version_title", number=1), "decisions.version(p, 1)")


def test_a_version_whose_review_is_over_is_called_closed() -> None:
    past = history(version(2, "in_review"), version(1, "void"))
    assert [row.state for row in vm.version_rows(past, True, address)] == [Tag(message("version_closed")), Tag(message("version_void"))]
    assert vm.version_rows(past, False, address)[0].state == Tag(message("version_in_review"), "info")


def test_the_page_of_a_version_says_its_edition_and_takes_no_day_from_the_decision() -> None:
    past = history(version(state="decided"), decisions={"v1": decision(in_force_from=LATER)})
    assert [one.key for one in vm.version_sentences(past.versions[0], past)] == ["status_by", "version_edition"]


def test_what_was_written_down_about_a_decision_is_shown_and_nothing_that_is_empty() -> None:
    assert [fact.label.key for fact in vm.decision_facts(decision())] == ["decide_result", "decide_body", "decide_date", "decide_present"]
    full = vm.decision_facts(decision(case_number="1/26", changes="Ja", dissent="Nei"))
    assert [fact.label.key for fact in full][3:] == ["decide_case_number", "decide_present", "decide_changes", "version_dissent"]
    assert [fact.is_quoted for fact in full] == [False] * 4 + [True] * 3


def test_the_files_of_a_version_are_those_that_there_are() -> None:
    bare = file_links(version(), None, address)
    assert [link.address.rpartition(", ")[2][:-1] for link in bare] == ["policy.docx", "policy.pdf", "policy.html", "answers.json"]
    full = file_links(version(papers={"record": {"a": 1}, "case_paper": {"a": 1}}), decision(paper={"a": 1}), address)
    assert [link.address.rpartition(", ")[2][:-1] for link in full][3:] == ["record.docx", "case-paper.docx", "decision.docx", "answers.json"]
    assert file_links(version(papers={"record": {}}), decision(), address) == bare


# ── the page ──


@pytest.mark.parametrize("state", ["decided", "in_force"])
def test_a_decision_and_the_day_in_force_have_a_picture(state) -> None:
    of = SimpleNamespace(id="p", state=state, is_locked=True)
    assert vm.status_page(replace(FINE, state=state), of, history(), None, [], EVERYTHING)["picture"] == state


def test_what_stops_is_shown_of_an_open_text_alone() -> None:
    for state, is_locked, is_archived, is_open in (("draft", False, False, True), ("ready", True, False, False), ("draft", False, True, False)):
        of = SimpleNamespace(id="p", state=state, is_locked=is_locked)
        page = vm.status_page(replace(FINE, state=state), of, history(), None, [], replace(EVERYTHING, is_archived=is_archived))
        assert page["is_open"] == is_open
        assert page["picture"] == ""
        assert (page["lead"] is None) == (page["next"] is None) == is_archived
