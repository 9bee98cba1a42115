"""The desk where HR answers comments, by keyboard: from one that waits to the next, on a phone and a wide screen, with nothing that axe finds."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import faults_everywhere
from tests.e2e.conftest import Open
from tests.e2e.wizard import Wizard

PATHS = ("review", "review/comments", "review/invite", "status", "documents", "review/meetings", "review/close")


@pytest.fixture
def desk(open_browser: Open) -> Wizard:
    """The page of comments of somebody who is signed in; a reader has sent three, one of them a support."""
    wizard = open_browser()
    at = wizard.page.request.get(f"{wizard.site}/nb/desk").text()
    wizard.page.goto(wizard.site + at)
    return wizard


def test_n_and_p_lead_through_what_waits_and_are_deaf_in_a_field(desk: Wizard) -> None:
    page = desk.page
    waiting = page.locator('.comment[data-state="open"]')
    expect(waiting).to_have_count(2)
    page.keyboard.press("n")
    expect(page.locator(".comment:focus")).to_have_count(0)
    page.get_by_role("link", name=re.compile("^Gå til neste uten svar")).first.click()
    waiting.first.focus()
    page.keyboard.press("n")
    expect(waiting.nth(1)).to_be_focused()
    expect(waiting.nth(1).locator("textarea")).to_be_visible()
    page.keyboard.press("p")
    expect(waiting.first).to_be_focused()
    field = waiting.first.locator("textarea").first
    field.focus()
    page.keyboard.type("nei, np")
    expect(field).to_have_value("nei, np")
    expect(field).to_be_focused()


def test_after_an_answer_the_next_one_that_waits_is_open(desk: Wizard) -> None:
    page = desk.page
    first = page.locator('.comment[data-state="open"]').first
    for choice in first.get_by_label("Ikke tatt inn").all():
        choice.check()
    first.locator("textarea").first.fill("Vi har snakket om det.")
    first.get_by_role("button", name=re.compile("^Lagre svaret")).click()
    expect(page.locator(".ds-alert[role=status]")).to_be_visible()
    expect(page.locator('.comment[data-state="open"]')).to_have_count(1)
    expect(page.locator('.comment[data-state="open"] .answer-box')).to_have_attribute("open", "")


def test_a_list_chooses_without_a_script(open_browser: Open) -> None:
    wizard = open_browser(java_script_enabled=False)
    page = wizard.page
    page.goto(wizard.site + page.request.get(f"{wizard.site}/nb/desk").text())
    expect(page.locator(".desk-keys")).to_be_hidden()
    page.get_by_label("Leser", exact=True).select_option("Truls Tillit")
    page.get_by_role("button", name="Vis disse").click()
    expect(page.locator(".comment")).to_have_count(2)
    page.locator(".filters").get_by_role("link", name="Uenighet", exact=True).click()
    expect(page.locator(".comment")).to_have_count(1)


def test_pages_of_hr_at_every_width(desk: Wizard) -> None:
    base = desk.page.url.partition("/review")[0]
    faults = []
    for path in PATHS:
        desk.page.goto(f"{base}/{path}")
        faults += [f"{path}: {fault}" for fault in faults_everywhere(desk.page)]
    assert not faults, "\n".join(faults)
