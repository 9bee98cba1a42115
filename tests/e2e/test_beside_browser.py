"""The policy beside the form, in a browser: a column where there is room, a sheet on a phone, a link without a script."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import faults_everywhere
from tests.e2e.conftest import Open
from tests.e2e.wizard import Wizard

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}}
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 500);
})"""


def shown(page: Page, section: str) -> Locator:
    return page.locator(f'#beside-now [data-piece="{section}"]')


def told(page: Page) -> Locator:
    return page.locator("#beside-told")


def opened(start: Open, question: str, **settings: Any) -> Wizard:
    wizard = start(**settings)
    wizard.example()
    wizard.at(question)
    return wizard


def test_a_changed_answer_is_marked_and_said(open_browser: Open) -> None:
    wizard = opened(open_browser, "hangover", **DESKTOP)
    page = wizard.page
    page.locator("#q-hangover input:checked").focus()
    expect(shown(page, "working-hours")).to_be_visible()
    expect(told(page)).to_have_text("")
    expect(page.locator("#q-hangover .see")).to_be_hidden()
    wizard.option("hangover", "fitness" if wizard.option("hangover", "counts").is_checked() else "counts").check()
    expect(page.locator("mark.beside-new").first).to_be_visible()
    expect(told(page)).to_have_text(re.compile("^Endret i «4.1 "))
    expect(page.locator("mark.beside-new")).to_have_count(0)
    assert page.evaluate(SHIFT) <= 0.05
    assert faults_everywhere(page) == []


def test_a_light_moves_on_the_board(open_browser: Open) -> None:
    wizard = opened(open_browser, "lights", viewport={"width": 1440, "height": 900})
    page = wizard.page
    light = page.locator('#q-lights input[type=radio][name^="lights-"]:checked').first
    light.focus()
    expect(shown(page, "green-yellow-red")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("mark.beside-new").first).to_be_visible()
    expect(told(page)).to_have_text(re.compile("^Endret i «"))


def test_words_appear_as_they_are_typed_and_the_others_are_a_key_away(open_browser: Open) -> None:
    wizard = opened(open_browser, "workplace_name", **DESKTOP)
    page = wizard.page
    wizard.field("workplace_name").fill("Solbakken verft")
    expect(page.locator("#beside-now")).to_contain_text("Solbakken verft")
    other = page.locator("#beside-now li:not([hidden]) button[data-section]").first
    name = other.text_content()
    other.focus()
    page.keyboard.press("Enter")
    paper = page.locator("#beside-now [data-piece]:not([hidden]) .paper")
    expect(paper).to_have_attribute("aria-label", name or "")
    expect(paper).to_be_focused()
    expect(wizard.status()).to_contain_text("Lagret")


def test_the_column_follows_the_eyes_and_the_focus(open_browser: Open) -> None:
    wizard = opened(open_browser, "hangover", **DESKTOP)
    page = wizard.page
    page.locator("#q-drugs_private input:checked").focus()
    expect(shown(page, "private-time")).to_be_visible()
    page.evaluate("() => { document.activeElement.blur(); document.getElementById('q-medicines_rule').scrollIntoView(); }")
    expect(shown(page, "medicines")).to_be_visible()


def test_a_sheet_on_a_phone(open_browser: Open) -> None:
    wizard = opened(open_browser, "hangover", **PHONE)
    page = wizard.page
    expect(page.locator("#beside")).to_be_hidden()
    button = page.get_by_role("button", name=re.compile(f"^{wizard.say('beside_see')} ?: Regner dere bakrus"))
    button.click()
    sheet = page.get_by_role("dialog", name=wizard.say("beside_title"))
    expect(sheet).to_be_visible()
    expect(shown(page, "working-hours")).to_be_visible()
    expect(page.locator("#beside-close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    expect(shown(page, "working-hours")).to_be_visible()
    page.locator("#beside-close").click()
    expect(sheet).to_be_hidden()
    assert page.evaluate(SHIFT) <= 0.05
    button.click()
    expect(sheet).to_be_visible()
    assert faults_everywhere(page) == []  # where there is room for the column, the sheet closes


def test_there_and_back_without_a_script(open_browser: Open) -> None:
    wizard = opened(open_browser, "hangover", java_script_enabled=False, **DESKTOP)
    page = wizard.page
    expect(page.locator("#beside")).to_be_hidden()
    page.locator("#q-hangover a.see").click()
    expect(page).to_have_url(re.compile(r"/preview\?.*#part-working-hours$"))
    back = page.locator("#part-working-hours").get_by_role("link", name=wizard.say("beside_back"))
    expect(back).to_be_visible()
    back.click()
    expect(page).to_have_url(re.compile(r"#q-hangover$"))
