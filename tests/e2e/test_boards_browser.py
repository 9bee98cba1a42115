"""The board and the risk picture in a browser: by keyboard, as one chooses, on a phone, and without a script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import faults_everywhere, sideways
from tests.e2e.conftest import Open
from tests.e2e.wizard import Wizard, example

SITUATIONS = [
    "workday", "morning_after", "on_call_duty", "driving_work", "home_office", "client_lunch", "office_drink", "payday_drink", "christmas_party",
    "summer_party", "seminar_overnight", "conference_dinner", "travel_alone", "gift",
]  # fmt: skip
RED = "Vi er upåvirket fra vi begynner til vi går, også i pausene."
GREEN = "Greit å drikke med måte. Alle skal kunne velge alkoholfritt uten å forklare seg."


def with_answers(wizard: Wizard, **answers: Any) -> Wizard:
    """A draft in which 14 situations need a rule, and the whole policy is printed."""
    file = example("consultancy")
    kept = {id: value for id, value in file["answers"].items() if id not in ("lights", "risk")}
    wizard.upload(file | {"answers": kept | {"situations": SITUATIONS, "length": "full"} | answers})
    wizard.page.wait_for_url("**/policies/**")
    return wizard


def test_a_light_is_chosen_by_keyboard_and_its_sentence_stands_at_once(wizard: Wizard) -> None:
    page = with_answers(wizard).at("lights").page
    row = page.locator('[id="q-lights-workday"]')
    said = row.locator(".say-words")
    expect(said.get_by_text(RED)).to_be_visible()
    wizard.option("lights-workday-light", "red").focus()
    page.keyboard.press("ArrowRight")
    expect(wizard.option("lights-workday-light", "green")).to_be_checked()
    expect(said.get_by_text(GREEN)).to_be_visible()
    expect(said.get_by_text(RED)).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(wizard.field("lights-workday-rule")).to_have_value(GREEN)
    wizard.field("lights-workday-rule").fill("Hver dag")
    row.locator("button[name=standard]").click()
    expect(wizard.field("lights-workday-rule")).to_have_value(GREEN)
    with page.expect_response(lambda answer: "fredager" in (answer.request.post_data or "")):
        wizard.field("lights-workday-rule").fill("Bare på fredager")
    row.locator("summary").press("Enter")
    expect(row.locator(".own-rule")).to_have_text("Bare på fredager")
    expect(said.get_by_text(GREEN)).to_be_hidden()
    wizard.at("preview")
    expect(page.get_by_role("row", name="En vanlig arbeidsdag Bare på fredager")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_a_situation_of_ones_own_is_added_and_taken_away(open_browser: Open, has_script: bool) -> None:
    wizard = open_browser(java_script_enabled=has_script)
    page = with_answers(wizard).at("lights").page
    expect(wizard.field("lights-own_1-label")).to_be_hidden()
    wizard.add("lights")
    wizard.field("lights-own_1-label").fill("Dugnad")
    wizard.option("lights-own_1-light", "yellow").check()
    wizard.add("lights")
    expect(wizard.field("lights-own_2-label")).to_be_visible()
    wizard.next()
    wizard.at("lights")
    expect(wizard.field("lights-own_1-label")).to_have_value("Dugnad")
    expect(wizard.field("lights-own_2-label")).to_be_hidden()
    page.locator('button[name=remove][value="lights-own_1"]').click()
    expect(wizard.field("lights-own_1-label")).to_be_hidden()
    wizard.next()
    wizard.at("lights")
    expect(wizard.field("lights-own_1-label")).to_have_value("")


def test_a_risk_is_reckoned_and_drawn_as_one_chooses(wizard: Wizard) -> None:
    page = with_answers(wizard).at("risk").page
    row = page.locator('[id="q-risk-gift"]')
    for column in ("likelihood", "consequence"):
        wizard.option(f"risk-gift-{column}", "").focus()
        for _ in range(4):
            page.keyboard.press("ArrowRight")
    expect(row.locator(".score")).to_have_text("■ 16 – Høy")
    expect(wizard.field("risk-gift-measure")).to_be_visible()
    mark = page.locator(".picture g > g")
    expect(mark).to_have_text("14")
    before = mark.bounding_box()
    wizard.option("risk-gift-likelihood", "l1").check()
    expect(row.locator(".score")).to_have_text("● 4 – Lav")
    page.wait_for_timeout(500)
    after = mark.bounding_box()
    assert before
    assert after
    assert after["x"] < before["x"]
    wizard.option("risk-workday-likelihood", "l5").check()
    wizard.option("risk-workday-consequence", "c5").check()
    expect(page.locator(".ranked tbody th")).to_have_text(["1. En vanlig arbeidsdag", "14. Alkohol som gave"])
    wizard.option("risk-workday-consequence", "").check()
    expect(page.locator(".ranked tbody th")).to_have_count(1)
    expect(mark).to_have_count(1)


def test_the_risk_picture_without_a_script_comes_with_the_page(open_browser: Open) -> None:
    wizard = open_browser(java_script_enabled=False)
    page = with_answers(wizard).at("risk").page
    wizard.option("risk-gift-likelihood", "l4").check()
    wizard.option("risk-gift-consequence", "c4").check()
    wizard.next()
    wizard.at("risk")
    expect(page.locator('[id="q-risk-gift"] .score')).to_have_text("■ 16 – Høy")
    expect(page.locator(".picture g > rect")).to_have_count(1)
    expect(page.locator(".ranked tbody th")).to_have_text(["14. Alkohol som gave"])


@pytest.mark.parametrize(("width", "highest"), [(1280, 1800), (390, 4500)])
def test_fourteen_situations_fit_the_page(wizard: Wizard, width: int, highest: int) -> None:
    with_answers(wizard)
    wizard.page.set_viewport_size({"width": width, "height": 900})
    wizard.at("lights")
    expect(wizard.page.locator(".board-row:visible")).to_have_count(14)
    assert wizard.page.evaluate("() => document.documentElement.scrollHeight") <= highest
    least = wizard.page.locator(".segment:visible").evaluate_all("found => Math.min(...found.map(one => one.offsetHeight))")
    assert least >= (44 if width < 960 else 32)


@pytest.mark.parametrize("question", ["lights", "risk"])
def test_nothing_is_wrong_for_who_sees_or_hears_otherwise(wizard: Wizard, question: str) -> None:
    numbers = {"workday": (2, 4), "gift": (4, 5), "home_office": (1, 1)}
    risk = {row: {"likelihood": f"l{one}", "consequence": f"c{other}"} for row, (one, other) in numbers.items()}
    page = with_answers(wizard, risk=risk).at(question).page
    assert not (faults := faults_everywhere(page)), "\n".join(faults)
    for width in (320, 360, 620, 700, 1024):
        page.set_viewport_size({"width": width, "height": 900})
        assert not sideways(page), width
