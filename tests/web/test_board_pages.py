"""The board and the risk picture without a script: what is drawn, saved, added and taken away."""

from __future__ import annotations

import re

from tests.conftest import start_policy
from tests.every_field import shown
from tests.web.test_wizard import address, send, stored

RULES, RISK = "scope/rules", "map/risk"
OWN = "lights-own_1"


def row(page: str, id: str) -> str:
    """What is drawn of one row."""
    return re.split(r'<div class="(?:board|risk)-row"', page[page.index(f'id="q-{id}"') :])[0]


def is_hidden(page: str, id: str) -> bool:
    return f'id="q-{id}" data-own hidden' in page


def test_a_row_has_real_buttons_and_the_sentence_for_each(client) -> None:
    page = client.get(address(start_policy(client, {"situations": ["workday"], "length": "full"}), RULES)).text
    found = row(page, "lights-workday")
    assert re.findall(r'type="radio"[^>]* value="(\w+)"', found) == ["green", "yellow", "red"]
    assert re.findall(r'class="say" data-tone="(\w+)"', found) == ["green", "yellow", "red"]
    assert "Vi er upåvirket fra vi begynner til vi går, også i pausene." in found
    assert '<span class="own-rule"></span>' in found


def test_a_rule_of_ones_own_stands_in_the_row(client) -> None:
    id = start_policy(client, {"situations": ["workday"], "lights": {"workday": {"light": "red", "rule": "Aldri <her>"}}})
    found = row(client.get(address(id, RULES)).text, "lights-workday")
    assert '<span class="own-rule">Aldri &lt;her&gt;</span>' in found


def test_the_sentence_stands_in_the_field_and_is_nobodys_until_it_is_changed(app, client) -> None:
    id = start_policy(client, {"situations": ["workday"], "length": "full", "lights": {"workday": {"light": "red", "rule": "Aldri her"}}})
    assert shown(client.get(address(id, RULES)).text)["lights-workday-rule"] == "Aldri her"
    page = send(client, id, RULES, {"lights-workday-light": "red", "lights-workday-rule": "Aldri her", "standard": "lights-workday"}).text
    ours = "Vi er upåvirket fra vi begynner til vi går, også i pausene."
    assert shown(page)["lights-workday-rule"] == ours
    assert stored(app, id)["lights"] == {"workday": {"light": "red"}}
    send(client, id, RULES, {"lights-workday-light": "yellow", "lights-workday-rule": ours})
    assert stored(app, id)["lights"] == {"workday": {"light": "yellow"}}, "untouched, though the light is another"
    send(client, id, RULES, {"lights-workday-light": "red", "lights-workday-rule": f"{ours} Alltid."})
    assert stored(app, id)["lights"] == {"workday": {"light": "red", "rule": f"{ours} Alltid."}}


def test_a_rule_that_is_too_long_opens_and_says_so(client) -> None:
    id = start_policy(client, {"situations": ["workday"]})
    page = send(client, id, RULES, {"lights-workday-light": "red", "lights-workday-rule": "x" * 501}).text
    assert '<details class="edit" open>' in row(page, "lights-workday")
    assert 'id="error-lights-workday-rule"' in row(page, "lights-workday")


def test_a_situation_of_ones_own_is_added_named_and_taken_away_without_a_script(app, client) -> None:
    id = start_policy(client, {"situations": ["workday"]})
    page = client.get(address(id, RULES)).text
    assert is_hidden(page, OWN)
    assert f'name="add" value="{OWN}" formaction="#f-{OWN}-label"' in page
    page = send(client, id, RULES, {"lights-workday-light": "yellow", "add": OWN}).text
    assert not is_hidden(page, OWN)
    assert is_hidden(page, "lights-own_2")
    assert stored(app, id)["lights"] == {"workday": {"light": "yellow"}}, "what was chosen is saved with it"
    page = send(client, id, RULES, {f"{OWN}-label": "Dugnad", f"{OWN}-light": "green", "add": "lights-own_3"}).text
    assert not any(is_hidden(page, f"lights-own_{n}") for n in (1, 2, 3))
    assert re.search(r'name="add" value="" formaction="#f--label" hidden', page)
    assert stored(app, id)["lights"] == {"own_1": {"label": "Dugnad", "light": "green"}}
    page = send(client, id, RULES, {f"{OWN}-label": "Dugnad", f"{OWN}-light": "green", "remove": OWN}).text
    assert is_hidden(page, OWN)
    assert stored(app, id)["lights"] == {}


def test_the_answer_on_gifts_is_seen_in_the_row_that_took_its_place(client) -> None:
    id = start_policy(client, {"situations": ["workday", "gift"], "gifts": "occasion"})
    found = row(client.get(address(id, RULES)).text, "lights-gift")
    assert re.search(r'value="yellow" checked', found)
    assert not re.search(r'value="red" checked', found)


def test_the_risk_picture_is_drawn_from_what_is_stored(client) -> None:
    risk = {"workday": {"likelihood": "l1", "consequence": "c5"}, "gift": {"likelihood": "l4", "consequence": "c4"}}
    page = client.get(address(start_policy(client, {"situations": ["workday", "gift"], "risk": risk}), RISK)).text
    assert re.search(r'class="chip" data-tone="red"><span aria-hidden="true">■</span> 16 – Høy', row(page, "risk-gift"))
    assert '<details class="edit" open>' in row(page, "risk-gift"), "what to do about it is asked at once"
    assert '<details class="edit">' in row(page, "risk-workday")
    ranked = re.findall(r'<tr><th scope="row">([^<]*)</th><td>([^<]*)', page)
    assert ranked == [("2. Alkohol som gave", "4 × 4"), ("1. En vanlig arbeidsdag", "1 × 5")]
    assert page[page.index('class="picture"') :].count("<circle") == 1


def test_a_risk_can_be_taken_back_and_measures_are_kept(app, client) -> None:
    id = start_policy(client, {"situations": ["workday"]})
    record = {"likelihood": "l4", "consequence": "c5", "measure": "Vert", "who": "HMS", "time": "Før jul"}
    send(client, id, RISK, {f"risk-workday-{column}": value for column, value in record.items()})
    assert stored(app, id)["risk"]["workday"] == record
    send(client, id, RISK, {"risk-workday-likelihood": "", "risk-workday-consequence": "", "risk-workday-measure": "Vert"})
    assert stored(app, id)["risk"]["workday"] == {"measure": "Vert"}
    assert re.search(r'<table class="ranked" hidden>', client.get(address(id, RISK)).text)


def test_only_pages_that_need_them_load_the_files_of_boards(client, policy_id) -> None:
    assert "board.css" not in client.get(address(policy_id, "scope/events")).text
    page = client.get(address(policy_id, RULES)).text
    assert ("board.css" in page, "board.js" in page, "risk.js" in page) == (True, True, False)
    page = client.get(address(policy_id, RISK)).text
    assert ("board.css" in page, "board.js" in page, "risk.js" in page) == (True, False, True)
