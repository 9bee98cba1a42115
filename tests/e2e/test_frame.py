"""What stands round the questions: faults that are seen with their question, at every width and at 400 %, and postponing without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Open
from tests.e2e.wizard import Wizard

IN_VIEW = """id => {
  const field = document.getElementById("f-" + id), question = field.closest(".question");
  const parts = [question.querySelector(".question-label"), document.getElementById("error-" + id), field];
  return parts.map(part => part.getBoundingClientRect()).every(box => box.top >= 0 && box.bottom <= window.innerHeight);
}"""
SIZES = [(320, 256), (320, 640), (360, 740), (768, 1024), (1280, 900)]  # the first is 1280 × 1024 at 400 %
FAULTS = {"org_number": "123 456 789", "event_units": "99", "review_date": "i morgen"}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_fault_is_seen_with_its_question(open_browser: Open, size: tuple[int, int]) -> None:
    wizard = open_browser(viewport={"width": size[0], "height": size[1]}, expects=[422])
    wizard.example("building_firm")
    for id, words in FAULTS.items():
        wizard.at(id).field(id).fill(words)
        wizard.next()
        wizard.page.locator("#errors").get_by_role("link").click()
        expect(wizard.field(id)).to_be_focused()
        assert wizard.page.evaluate(IN_VIEW, id), id


def test_a_fault_is_told_when_one_leaves_the_field_and_not_before(wizard: Wizard) -> None:
    wizard.begin()
    field, told = wizard.field("org_number"), wizard.page.locator("#unsaved-org_number")
    field.press_sequentially("123")
    expect(wizard.status()).to_contain_text("men ikke:")
    expect(told).to_have_count(0)
    wizard.field("workplace_name").focus()
    expect(told).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("923609016")
    expect(told).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_question_can_be_put_off(open_browser: Open, script: bool) -> None:
    wizard = open_browser(java_script_enabled=script)
    wizard.begin()
    expect(wizard.undecided("workplace_name")).to_have_count(0)  # whoever fills in knows it
    wizard.undecided("bodies").check()
    wizard.undecided("ohs").check()
    wizard.next()
    wizard.at("map/workplace")
    expect(wizard.undecided("bodies")).to_be_checked()
    expect(wizard.undecided("ohs")).to_be_checked()


def test_a_button_writes_the_day(wizard: Wizard) -> None:
    wizard.example("building_firm")
    wizard.at("review_date").page.locator('button[name=year][value="review_date-2"]').click()
    expect(wizard.field("review_date")).to_be_focused()
    day = wizard.page.locator('button[name=year][value="review_date-2"]').get_attribute("data-fills")
    expect(wizard.field("review_date")).to_have_value(day or "-")
    expect(wizard.status()).to_contain_text("Lagret kl.")


def test_saving_is_always_in_sight(open_browser: Open) -> None:
    wizard = open_browser(viewport={"width": 360, "height": 740})
    wizard.begin()
    wizard.field("workplace_name").fill("Fjellbø")
    expect(wizard.status()).to_contain_text("Lagret kl.")
    expect(wizard.status()).to_be_in_viewport(ratio=1)


def test_steps_that_are_done_are_ticked(wizard: Wizard) -> None:
    wizard.example("building_firm")
    wizard.at("scope/rules")
    steps = wizard.page.get_by_role("navigation", name=wizard.say("nav_steps"))
    expect(steps.locator("li.current > a")).to_contain_text(f"({wizard.say('tasks_state_done')})")
    expect(wizard.page.get_by_role("progressbar", name=wizard.say("stepper_all"))).to_be_visible()
