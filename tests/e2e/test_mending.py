"""Rows, rows of one's own, "not decided yet" on every kind of question, and mistakes: told, at their place, with nothing lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from app.pack import kinds
from tests.e2e.conftest import Open
from tests.e2e.wizard import QUESTIONS, Wizard

KINDS = {
    "text": "owner_function", "long_text": "mapping_notes", "number": "event_units", "date": "decision_planned",
    "choice": "decides", "choices": "took_part", "grid": "roles", "rows": "consulted",
}  # fmt: skip
MISTAKES = [
    ("org_number", "123 456 789", "error_orgnr", {}),
    ("decision_planned", "31.2.2027", "error_date", {}),
    ("event_from", "25.10", "error_time", {}),
    ("event_units", "to", "error_number", {}),
    ("event_units", "77", "error_range", {"least": QUESTIONS["event_units"].min, "most": QUESTIONS["event_units"].max}),
    ("own_links-0-address", "ikke en adresse", "error_url", {}),
    ("consulted-0-date", "i går", "error_date", {}),
]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_records_come_and_go(script: bool, open_browser: Open) -> None:
    wizard = open_browser(java_script_enabled=script)
    wizard.begin()
    wizard.at("consulted")
    for line, who in enumerate(("AMU", "Verneombud", "Klubben")):
        if line:
            wizard.add("consulted")
            expect(wizard.field(f"consulted-{line}-who")).to_be_focused()
        wizard.field(f"consulted-{line}-who").fill(who)
    wizard.remove("consulted", 1)
    expect(wizard.field("consulted-1-who")).to_have_value("Klubben")
    expect(wizard.field("consulted-2-who")).to_have_count(0)
    wizard.next()
    wizard.at("consulted")
    expect(wizard.field("consulted-0-who")).to_have_value("AMU")
    expect(wizard.field("consulted-1-who")).to_have_value("Klubben")
    expect(wizard.field("consulted-2-who")).to_have_count(0)


def test_rows_of_ones_own_stand_in_the_document(wizard: Wizard) -> None:
    wizard.example("consultancy")
    wizard.at("lights").answer("lights", {"own_2": {"label": "Padelkveld", "light": "yellow", "rule": "Én enhet"}})
    with wizard.page.expect_navigation():
        wizard.next()
    wizard.at("preview")
    expect(wizard.page.get_by_role("row", name="Padelkveld Én enhet", exact=True)).to_be_visible()


def test_any_question_can_be_left_undecided(wizard: Wizard) -> None:
    assert {kind: QUESTIONS[id].kind for kind, id in KINDS.items()} == {kind: kind for kind in kinds.KINDS}
    wizard.example("building_firm")
    for kind, id in KINDS.items():
        wizard.at(id)
        if kind in ("text", "long_text", "number", "date"):
            wizard.field(id).fill("")  # words and "not decided yet" at once are refused
        wizard.answer(id, None)
        with wizard.page.expect_navigation():
            wizard.next()
        wizard.at(id)
        expect(wizard.undecided(id)).to_be_checked()
    still_open = wizard.at("control").page.get_by_role("region", name=wizard.say("control_open"))
    for id in KINDS.values():
        expect(still_open.get_by_role("link", name=QUESTIONS[id].label.nb.replace("**", ""))).to_be_visible()


@pytest.mark.parametrize(("name", "words", "key", "values"), MISTAKES, ids=lambda value: str(value)[:20])
def test_a_mistake_is_told_above_and_at_its_field(name: str, words: str, key: str, values: dict[str, int], open_browser: Open) -> None:
    tells_of_a_mistake(open_browser(expects=[422]), name, words, key, values)


def test_a_mistake_is_told_without_a_script(open_browser: Open) -> None:
    tells_of_a_mistake(open_browser(java_script_enabled=False, expects=[422]), *MISTAKES[0])


def tells_of_a_mistake(wizard: Wizard, name: str, words: str, key: str, values: dict[str, int]) -> None:
    wizard.example("building_firm")
    wizard.at(name.partition("-")[0])
    if name == "event_from":
        wizard.option("event_limits", "from_time").check()
    wizard.field(name).fill(words)
    wizard.next()
    said = wizard.say(key, **values)
    expect(wizard.page).to_have_title(re.compile("^Feil: "))
    summary = wizard.page.locator("#errors")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(wizard.say(f"{key}_brief", **values))
    expect(wizard.field(name)).to_have_value(words)
    expect(wizard.field(name)).to_have_attribute("aria-invalid", "true")
    expect(wizard.field(name)).to_have_accessible_description(re.compile(re.escape(said)))
    summary.get_by_role("link").click()
    expect(wizard.field(name)).to_be_focused()


def test_none_and_more_is_told_without_a_script(open_browser: Open) -> None:
    wizard = open_browser(java_script_enabled=False, expects=[422])
    wizard.begin()
    wizard.field("workplace_name").fill("Fjellbø")
    wizard.option("bodies", "none").check()
    wizard.option("bodies", "amu").check()
    wizard.next()
    expect(wizard.page.locator("#errors")).to_contain_text(wizard.say("error_none_and_more_brief"))
    expect(wizard.field("workplace_name")).to_have_value("Fjellbø")


def test_none_and_undecided_clear_the_rest_with_a_script(wizard: Wizard) -> None:
    wizard.begin()
    wizard.option("bodies", "amu").check()
    wizard.option("bodies", "none").check()
    expect(wizard.option("bodies", "amu")).not_to_be_checked()
    wizard.undecided("bodies").check()
    expect(wizard.option("bodies", "none")).not_to_be_checked()


def test_five_needs_at_most(open_browser: Open) -> None:
    wizard = open_browser(expects=[422])
    wizard.begin()
    wizard.at("needs").answer("needs", [option.id for option in QUESTIONS["needs"].options if option.id != "none"][:6])
    wizard.next()
    expect(wizard.page.locator("#errors")).to_contain_text(wizard.say("error_too_many_brief", most=5))
