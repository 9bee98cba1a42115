"""The short way in: from an empty draft to a policy that can be made ready, on five pages and with fifteen answers, without a script."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.documents.draft import Draft
from app.models.db import db
from app.models.policy import Policy
from app.pack.load import the_pack
from tests.conftest import start_policy
from tests.every_field import hidden
from tests.unit.test_sectors import BEGUN, confirmed
from tests.web.hr import desk
from tests.web.test_wizard import address, ids_on, send, stored

PACK = the_pack()
SECTORS = [option.id for option in PACK.questions["sector"].options]
FIRST = "short/about"


def begin(client) -> str:
    started = client.post("/nb/policies")
    assert started.location.endswith(FIRST)
    return started.location.split("/")[3]


def as_shown(page: str) -> dict[str, Any]:
    """What a browser sends of a page that nobody has touched: what is ticked."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input class="ds-input" type="(?:radio|checkbox)"[^>]*? name="([^"]+)" value="([^"]+)"[^>]* checked', page):
        found.setdefault(name, []).append(value)
    return found


TYPED: dict[str, Any] = BEGUN | {"review_date": "01.01.2028"}
UNKNOWN = {"critical_work": ["none"], "abstinence_groups": ["none"], "work_features": ["none"], "needs": ["known_policy"]}


@pytest.mark.parametrize("sector", SECTORS)
def test_five_pages_and_fifteen_answers_make_a_policy_that_can_be_made_ready(app, client, sector: str) -> None:
    id = begin(client)
    place, given, walked = FIRST, set(), 0
    suggested = PACK.sectors[sector].suggest if sector in PACK.sectors else {}
    answers = TYPED | {"sector": sector} | {id: value for id, value in UNKNOWN.items() if id not in suggested}
    while place.startswith("short/"):
        page = client.get(address(id, place)).text
        typed = as_shown(page) | {name: answers[name] for name in ids_on(page) if name in answers}
        given |= {name for name in ids_on(page) if typed.get(name)}
        walked += 1
        place = send(client, id, place, typed, page=page).location.partition(f"{id}/")[2]
    assert place == "answered?short=1"
    assert walked <= 5
    assert len(given) <= 15
    draft = Draft(PACK, stored(app, id), "nb")
    assert (draft.open_questions, draft.blocking) == ([], [])


def test_nothing_but_the_must_answers_is_stored_on_the_way(app, client) -> None:
    id = begin(client)
    send(client, id, FIRST, {"workplace_name": "Solbakken", "sector": "kindergarten", "size": "n10_29"})
    assert set(stored(app, id)) == {"workplace_name", "org_number", "sector", "size"}


def test_a_fault_is_told_on_the_page_itself(client) -> None:
    id = begin(client)
    answer = send(client, id, FIRST, {"workplace_name": "Solbakken", "org_number": "12"})
    assert answer.status_code == 422
    assert f'action="{address(id, FIRST)}"' in answer.text


def test_two_people_on_the_same_page_are_told(client) -> None:
    id = begin(client)
    mine = client.get(address(id, FIRST)).text
    send(client, id, "map/workplace", {"workplace_name": "Deres"})
    assert send(client, id, FIRST, {"workplace_name": "Mitt"}, page=mine).status_code == 409


def test_each_page_tells_where_one_is_and_leads_to_the_whole_wizard(client) -> None:
    id = begin(client)
    page = client.get(address(id, "short/together", "en")).text
    assert "The short path, page 2 of 5" in page
    assert f'href="{address(id, "map/workplace", "en")}"' in page
    assert f'href="{address(id, "short/needs", "en")}"' in page


# ── looking over ──


def confirm(client, id: str, step: str, page: str | None = None):
    page = page or client.get(address(id, f"look/{step}")).text
    return client.post(address(id, f"look/{step}"), data={name: words[0] for name, words in hidden(page).items()})


def test_one_button_makes_answers_of_the_suggestions_of_a_step(app, client) -> None:
    id = start_policy(client, confirmed("kindergarten"))
    page = client.get(address(id, "look/scope")).text
    assert "Hva vil dere oppnå med policyen?" in page
    assert "Sommerfest, også med familie: Rødt" in page
    assert confirm(client, id, "scope", page).location == address(id, "look/anchor")
    assert stored(app, id)["representation"] == "not_relevant"
    assert "ingen forslag som venter" in client.get(address(id, "look/scope")).text


def test_all_steps_looked_over_lead_to_the_check_and_leave_nothing_suggested(app, client) -> None:
    id = start_policy(client, confirmed("office"))
    where = client.get(address(id, "look/")).location
    while "/look/" in where:
        where = confirm(client, id, where.rpartition("/")[2]).location
    assert where == address(id, "control")
    assert client.get(address(id, "look/")).location == address(id, "control")
    assert "Forslag, ikke bekreftet" not in client.get(address(id, "check")).text


def test_what_changed_since_it_was_shown_is_shown_again(app, client) -> None:
    id = start_policy(client, confirmed("kindergarten"))
    page = client.get(address(id, "look/scope")).text
    with app.app_context():
        db.session.get(Policy, id).answer({"sector": "office"})
        db.session.commit()
    answer = confirm(client, id, "scope", page)
    assert answer.status_code == 409
    assert "Forslagene er endret" in answer.text
    assert "representation" not in stored(app, id)


def test_a_change_leads_to_the_question_and_back(client) -> None:
    id = start_policy(client, confirmed("kindergarten"))
    link = address(id, "scope/premises?return=look#q-representation")
    assert link in client.get(address(id, "look/scope")).text
    answer = send(client, id, "scope/premises", {"representation": "moderate"}, query="?return=look")
    assert answer.location == address(id, "look/scope")
    assert "Lagre og gå tilbake til forslagene" in client.get(address(id, "scope/premises") + "?return=look").text


def test_there_is_nothing_to_look_over_in_a_step_that_is_not_there(client, policy_id) -> None:
    assert client.get(address(policy_id, "look/moon")).status_code == 404


# ── the ways to it ──


def test_the_start_page_tells_the_time(client) -> None:
    assert "Den korte veien tar rundt 20 minutter" in client.get("/nb/").text


def test_the_task_list_leads_into_it(client) -> None:
    empty = client.get(address(start_policy(client), "")).text
    assert "short/about" in empty
    assert "Det tar rundt 20 minutter" in empty
    looked = client.get(address(start_policy(client, confirmed("office")), "")).text
    assert "/look/map" in looked
    assert "Se over forslagene" in looked


@pytest.mark.parametrize(("sector", "is_told"), [("kindergarten", True), ("other", False)])
def test_whoever_sends_a_draft_is_told_what_safety_representatives_ask(app, sector: str, is_told: bool) -> None:
    there = desk(app, BEGUN | UNKNOWN | {"sector": sector})
    page = there.editor.get(there.at()).text
    assert ("Hvem ringer vi når den som åpner barnehagen" in page) == is_told
    assert ("Dette spør verneombud" in page) == is_told
