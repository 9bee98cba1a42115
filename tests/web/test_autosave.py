"""Saving as one types: the same address, a JSON answer, and never an invalid field."""

from __future__ import annotations

import re

from tests.conftest import start_policy
from tests.every_field import hidden
from tests.web.test_wizard import WORKPLACE, address, ids_on, stored


def autosave(client, id: str, typed, page: str | None = None):
    page = page or client.get(address(id, WORKPLACE)).text
    fields = {name: words[0] for name, words in hidden(page).items()}
    return client.post(address(id, WORKPLACE), data={**fields, "asked": ids_on(page), **typed}, headers={"X-Autosave": "1"})


def test_it_saves_and_says_when(app, client, policy_id) -> None:
    answer = autosave(client, policy_id, {"workplace_name": "Solbakken"})
    assert answer.status_code == 200
    assert re.fullmatch(r"Lagret kl\. \d\d\.\d\d", answer.json["message"])
    assert stored(app, policy_id)["workplace_name"] == "Solbakken"


def test_the_new_fingerprint_lets_the_next_save_through(app, client, policy_id) -> None:
    page = client.get(address(policy_id, WORKPLACE)).text
    first = autosave(client, policy_id, {"workplace_name": "En"}, page)
    second = autosave(client, policy_id, {"workplace_name": "To", "fingerprint": first.json["fingerprint"]}, page)
    assert second.status_code == 200
    assert stored(app, policy_id)["workplace_name"] == "To"


def test_an_invalid_field_is_named_and_not_saved(app, client, policy_id) -> None:
    answer = autosave(client, policy_id, {"workplace_name": "Solbakken", "org_number": "12"})
    assert answer.status_code == 200
    assert "organisasjonsnummeret" in answer.json["message"]
    assert "org_number" not in stored(app, policy_id)
    assert stored(app, policy_id)["workplace_name"] == "Solbakken"


def test_a_field_that_is_not_asked_is_not_named(app, client) -> None:
    id = start_policy(client, {"own_events": "no_events"})
    page = client.get(address(id, "scope/events")).text
    typed = {**{name: words[0] for name, words in hidden(page).items()}, "asked": ids_on(page), "own_events": "no_events", "event_units": "mange"}
    answer = client.post(address(id, "scope/events"), data=typed, headers={"X-Autosave": "1"})
    assert (answer.status_code, answer.json["faults"]) == (200, {})
    assert answer.json["message"].startswith("Lagret")
    assert "event_units" not in stored(app, id)


def test_an_overtaken_save_is_refused_in_words(app, client, policy_id) -> None:
    page = client.get(address(policy_id, WORKPLACE)).text
    autosave(client, policy_id, {"workplace_name": "Først"})
    answer = autosave(client, policy_id, {"workplace_name": "Sist"}, page)
    assert answer.status_code == 409
    assert "Ingenting er tapt" in answer.json["message"]
    assert stored(app, policy_id)["workplace_name"] == "Først"


def test_a_page_that_one_goes_back_to_knows_its_own_saves(app, client, policy_id) -> None:
    page = client.get(address(policy_id, WORKPLACE)).text
    autosave(client, policy_id, {"workplace_name": "Først"}, page)
    assert autosave(client, policy_id, {"workplace_name": "Sist"}, page).status_code == 200
    assert stored(app, policy_id)["workplace_name"] == "Sist"


def test_it_speaks_the_language_of_the_page(client, policy_id) -> None:
    page = client.get(address(policy_id, WORKPLACE, "en")).text
    fields = {name: words[0] for name, words in hidden(page).items()}
    answer = client.post(address(policy_id, WORKPLACE, "en"), data={**fields, "asked": ids_on(page)}, headers={"X-Autosave": "1"})
    assert answer.json["message"].startswith("Saved at ")


def test_the_page_brings_the_script_and_its_words(client, policy_id) -> None:
    page = client.get(address(policy_id, WORKPLACE)).text
    assert re.search(r'<script type="module" src="/static/autosave\.js\?v=[0-9a-f]+"></script>', page)
    assert "data-offline=" in page
    assert 'role="status"' in page
