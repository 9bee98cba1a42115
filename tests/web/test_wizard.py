"""Walking the wizard without a script: saving, going on and back, errors, rows, changing an answer."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from app.models.db import db
from app.models.policy import Policy
from app.pack.answers import standing
from app.pack.load import the_pack
from app.ui_texts import say
from tests.conftest import start_policy
from tests.every_field import hidden

WORKPLACE = "map/workplace"


def address(id: str, place: str, language: str = "nb") -> str:
    return f"/{language}/policies/{id}/{place}"


def stored(app, id: str) -> dict[str, Any]:
    with app.app_context():
        return dict(db.session.get(Policy, id).answers)


def ids_on(page: str) -> list[str]:
    return re.findall(r'name="asked" value="([^"]+)"', page)


def send(client, id: str, place: str, typed: dict[str, Any], language: str = "nb", page: str | None = None, query: str = ""):
    """Open a page, fill in `typed`, and press a button: what is not in `typed` is left blank."""
    page = page or client.get(address(id, place, language) + query).text
    fields = {name: words[0] for name, words in hidden(page).items()}
    return client.post(address(id, place, language), data={**fields, "asked": ids_on(page), "to": "next", **typed})


def test_a_draft_is_started_and_saved_and_leads_on(app, client) -> None:
    started = client.post("/nb/policies")
    assert started.status_code == 303
    id = started.location.split("/")[3]
    answer = send(client, id, WORKPLACE, {"workplace_name": "Solbakken & Sønner", "sector": "health_care", "org_number": "974 760 673"})
    assert (answer.status_code, answer.location) == (303, address(id, "map/work"))
    assert stored(app, id)["workplace_name"] == "Solbakken & Sønner"
    assert stored(app, id)["org_number"] == "974760673"
    page = client.get(address(id, WORKPLACE)).text
    assert 'value="Solbakken &amp; Sønner"' in page
    assert re.search(r'value="health_care"[^>]* checked', page)


@pytest.mark.parametrize(("to", "leads"), [("before", "map/workplace"), ("next", "map/risk"), ("tasks", "")])
def test_every_way_out_saves(app, client, policy_id, to, leads) -> None:
    answer = send(client, policy_id, "map/work", {"critical_work": "driving", "to": to})
    assert answer.location == address(policy_id, leads)
    assert stored(app, policy_id)["critical_work"] == ["driving"]


def test_the_last_page_leads_on(client, policy_id) -> None:
    step, page = list(the_pack().pages)[-1]
    assert send(client, policy_id, f"{step}/{page}", {}).location == address(policy_id, "answered")


def test_blank_is_saved_and_defaults_are_suggestions_until_then(app, client, policy_id) -> None:
    place = "scope/purpose"
    assert "Forslag" in client.get(address(policy_id, place)).text
    assert send(client, policy_id, place, {}).status_code == 303
    assert stored(app, policy_id)["purpose_focus"] == []
    assert 'class="ds-tag suggested"' not in client.get(address(policy_id, place)).text


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_cannot_be_read_is_shown_with_what_was_typed(app, client, policy_id, language) -> None:
    answer = send(client, policy_id, WORKPLACE, {"workplace_name": "Nye <b>Solbakken</b>", "org_number": "12 34"}, language)
    assert answer.status_code == 422
    page = answer.text
    assert re.search(r"<title>(Feil|Error):", page)
    assert 'value="Nye &lt;b&gt;Solbakken&lt;/b&gt;"' in page
    assert 'value="12 34"' in page
    assert page.index('id="errors"') < page.index("<h1")
    message = html.unescape(re.search(r'id="error-org_number"><span[^>]*>[^<]*</span>([^<]+)</p>', page)[1]).strip()
    assert page.count(html.escape(message)) == 1, "the whole message stands at the field alone"
    short = the_pack().questions["org_number"].short.in_(language)
    assert f">{short} – {say('error_orgnr_brief', language)}</a>" in page
    assert 'href="#f-org_number"' in page
    assert 'aria-invalid="true"' in page
    assert stored(app, policy_id) == {}


def test_not_decided_yet_can_be_said_of_every_question(app, client, policy_id) -> None:
    for step, page in the_pack().pages:
        shown = client.get(address(policy_id, f"{step}/{page}"), follow_redirects=True).text
        typed = {}
        for id in ids_on(shown):
            kind = the_pack().questions[id].kind
            typed |= {id: "undecided"} if kind in ("choice", "choices") else {f"{id}-undecided": "yes"}
        if typed:
            assert send(client, policy_id, f"{step}/{page}", typed, page=shown).status_code == 303, page
    answers = stored(app, policy_id)
    now = standing(the_pack(), answers)
    assert {answers[id] for id in now.asked} == {None}
    assert all(now.is_undecided(id) for id in now.asked)


def test_a_hidden_question_cannot_be_answered_and_loses_nothing(app, client) -> None:
    id = start_policy(client, {"work_features": [], "premises_owner": "Gårdeieren"})
    send(client, id, "scope/premises", {"asked": ["representation", "premises_owner"], "premises_owner": "Innbrudd"})
    assert stored(app, id)["premises_owner"] == "Gårdeieren"


def test_rows_of_ones_own_say_what_to_name(client, policy_id) -> None:
    assert re.search(r'<label for="f-roles-own_3-label">Hvilken rolle\?</label>', client.get(address(policy_id, "anchor/roles")).text)


@pytest.mark.parametrize(("roles", "is_open"), [({}, False), ({"own_2": {"label": "Studieansvarlig"}}, True)])
def test_rows_of_ones_own_wait_behind_a_word_until_one_is_written(client, roles, is_open) -> None:
    page = client.get(address(start_policy(client, {"roles": roles}), "anchor/roles")).text
    assert ('<details class="why more own-rows" open>' in page) == is_open


def test_a_long_rule_is_kept_whole_and_one_too_long_is_refused(app, client) -> None:
    id = start_policy(client, {"situations": ["workday"]})
    page = client.get(address(id, "scope/rules")).text
    assert re.search(r'<textarea[^>]* id="f-lights-workday-rule"[^>]* data-most="500"', page)
    send(client, id, "scope/rules", {"lights-workday-light": "red", "lights-workday-rule": "Vi \r\n" * 125})
    assert stored(app, id)["lights"]["workday"]["rule"] == ("Vi " * 125).strip()
    assert send(client, id, "scope/rules", {"lights-workday-light": "red", "lights-workday-rule": "x" * 501}).status_code == 422


# ── questions under a choice on the same page ──

EVENTS = "scope/events"
LIMITS = ["alcohol_free_equal", "max_units", "food", "end_time"]
NO_EVENTS = {"own_events": "no_events", "event_limits": LIMITS, "event_units": "2", "event_approver": "leader"}


def test_what_is_asked_under_a_choice_stands_there_and_says_when(client) -> None:
    page = client.get(address(start_policy(client, {"own_events": "no_events"}), EVENTS)).text
    part = page[page.index('data-when="own_events=limited"') :]
    assert "Svar bare hvis dere svarte «Ja, innenfor rammer vi setter» på spørsmålet" in part
    assert 'name="event_units" value="2"' in part
    assert page.index('id="q-own_events"') < page.index('data-when="own_events=limited"') < page.index('data-when="event_limits=max_units"')


def test_what_is_not_asked_is_no_fault_and_is_stored_only_when_it_was_changed(app, client) -> None:
    id = start_policy(client, {"own_events": "limited"})
    answer = send(client, id, EVENTS, NO_EVENTS | {"event_units": "mange", "event_approver": "hr", "event_from": "25"})
    assert answer.status_code == 303
    kept = stored(app, id)
    assert (kept["own_events"], kept["event_approver"]) == ("no_events", "hr")
    assert not {"event_limits", "event_units", "event_from"} & kept.keys()


def test_what_is_chosen_in_the_same_save_asks_at_once(app, client) -> None:
    id = start_policy(client, {"own_events": "no_events"})
    wrong = send(client, id, EVENTS, NO_EVENTS | {"own_events": "limited", "event_units": "mange"})
    assert wrong.status_code == 422
    assert 'href="#f-event_units"' in wrong.text
    assert send(client, id, EVENTS, NO_EVENTS | {"own_events": "limited"}).status_code == 303
    assert stored(app, id)["event_limits"] == LIMITS


def test_a_question_that_was_not_on_the_page_keeps_its_answer(app, client) -> None:
    id = start_policy(client, {"workplace_name": "Vi", "sector": "office"})
    page = client.get(address(id, WORKPLACE)).text
    fields = {name: words[0] for name, words in hidden(page).items()}
    client.post(address(id, WORKPLACE), data={**fields, "asked": ["workplace_name"], "workplace_name": "Vi to"})
    assert stored(app, id) == {"workplace_name": "Vi to", "sector": "office"}


def test_rows_that_are_not_asked_now_are_kept(app, client) -> None:
    lights = {"workday": {"light": "red"}, "gift": {"light": "green", "rule": "Greit"}}
    id = start_policy(client, {"situations": ["workday"], "lights": lights})
    send(client, id, "scope/rules", {"lights-workday-light": "yellow"})
    assert stored(app, id)["lights"] == {"workday": {"light": "yellow"}, "gift": {"light": "green", "rule": "Greit"}}


def test_records_are_added_and_removed_without_a_script(app, client, policy_id) -> None:
    place = "anchor/decision"
    added = send(client, policy_id, place, {"consulted-0-who": "AMU", "decides": "amu", "decision_planned": "31.02.2027", "add": "consulted"})
    assert added.status_code == 200
    assert 'name="consulted-1-who"' in added.text
    assert 'formaction="#f-consulted-2-who"' in added.text, "the button leads to the field of the new record"
    assert 'id="f-consulted-1-who"' in added.text
    assert 'value="31.02.2027"' in added.text, "what cannot be read yet is kept as typed"
    assert stored(app, policy_id)["consulted"] == [{"who": "AMU"}]
    assert "decision_planned" not in stored(app, policy_id)
    both = {"consulted-0-who": "AMU", "consulted-1-who": "Verneombudet", "consulted-1-how": "meeting"}
    removed = send(client, policy_id, place, {**both, "remove": "consulted-0"}, page=added.text)
    assert stored(app, policy_id)["consulted"] == [{"who": "Verneombudet", "how": "meeting"}]
    assert ">\nVerneombudet</textarea>" in removed.text
    assert "AMU</option>" not in removed.text
    assert 'name="consulted-1-who"' not in removed.text
    assert send(client, policy_id, place, {"remove": "consulted-99"}, page=removed.text).status_code == 200
    assert send(client, policy_id, place, {"add": "nonsense"}).status_code == 200


def test_change_from_the_answers_returns_there(client, policy_id) -> None:
    check = client.get(address(policy_id, "check")).text
    link = html.unescape(re.search(r'href="([^"]+\?return=check#q-sector)"', check)[1])
    assert send(client, policy_id, WORKPLACE, {"sector": "office"}, query="?return=check").location == address(policy_id, "check#workplace")
    page = client.get(link.partition("#")[0]).text
    assert f'href="{address(policy_id, WORKPLACE, "nn")}?return=check"' in page, "the language switch keeps the place"
    answer = send(client, policy_id, WORKPLACE, {"org_number": "1"}, page=page)
    assert answer.status_code == 422
    assert 'name="return" value="check"' in answer.text


def test_a_page_that_is_no_longer_asked_leads_on(client, app) -> None:
    empty = next((p for p in the_pack().pages if not any(not q.when for q in the_pack().pages[p][1].questions)), None)
    id = start_policy(client, {})
    assert client.get(address(id, "map/no-such-page")).status_code == 404
    assert client.post(address(id, "map/no-such-page"), data={}).status_code == 404
    if empty:
        assert client.get(address(id, "/".join(empty))).status_code in (200, 302)


def test_the_page_says_where_one_is(client, policy_id) -> None:
    page = client.get(address(policy_id, "scope/rules")).text
    assert "Steg 2 av 6, side 2 av" in page
    assert 'aria-current="step"' in page
    assert "Hvorfor spør vi?" in page
    assert "Må besvares" in client.get(address(policy_id, WORKPLACE)).text


def test_the_task_list_follows_the_answers(client) -> None:
    assert client.get(address(start_policy(client, {}), "")).text.count("Ikke begynt") == 6
    begun = client.get(address(start_policy(client, {"workplace_name": "Vi"}), "")).text
    assert begun.count("Begynt") == 1
    assert "åpne punkter" in begun


def test_going_back_in_the_browser_and_saving_again_is_no_conflict(app, client, policy_id) -> None:
    page = client.get(address(policy_id, WORKPLACE)).text
    assert send(client, policy_id, WORKPLACE, {"workplace_name": "Først"}, page=page).status_code == 303
    assert send(client, policy_id, WORKPLACE, {"workplace_name": "Så"}, page=page).status_code == 303
    assert stored(app, policy_id)["workplace_name"] == "Så"


def test_a_page_says_how_far_one_has_come(client) -> None:
    id = start_policy(client, {"workplace_name": "Vi"})
    send(client, id, "references/appendices_page", {})
    page = client.get(address(id, "references/appendices_page")).text
    assert 'data-done><svg class="tick-mark"' not in page.partition("references/length")[0]
    assert re.search(r'<progress class="bar" max="\d+" value="1" aria-labelledby="way-line">', page)
    assert "1 av 3 sider" in page


def test_after_the_last_page_it_is_said_what_may_be_next(client, policy_id) -> None:
    page = client.get(address(policy_id, "answered")).text
    assert "Det var siste side" in page
    assert [f'href="{address(policy_id, rest)}"' in page for rest in ("look/", "review", "documents")] == [True] * 3
