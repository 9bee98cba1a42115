"""Looking the organisation up, in a browser: with and without scripts, by keyboard, and sound for axe at every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import register as made_up
from tests.e2e.axe import faults_everywhere
from tests.e2e.conftest import Open
from tests.e2e.wizard import DRAFT, Wizard


def look_up(wizard: Wizard, words: str) -> Wizard:
    field = wizard.go("organisation/").page.get_by_label(wizard.say("organisation_label"))
    field.fill(words)
    field.press("Enter")
    return wizard


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_the_start_page_to_a_draft(open_browser: Open, site_with_register: str, scripts: bool) -> None:
    wizard = open_browser(at=site_with_register, java_script_enabled=scripts)
    wizard.go().page.get_by_role("link", name=wizard.say("start_begin")).click()
    expect(wizard.page.locator("h1")).to_have_text(wizard.say("organisation_title"))
    look_up(wizard, "nordvik").page.get_by_role("button", name="Nordvik & Sønner Bygg AS").click()
    wizard.page.wait_for_url(DRAFT)
    expect(wizard.field("workplace_name")).to_have_value("Nordvik & Sønner Bygg AS")
    expect(wizard.option("sector", "construction")).to_be_checked()
    expect(wizard.option("size", "n10_29")).to_be_checked()
    wizard.option("size", "n5_9").check()
    wizard.next()
    expect(wizard.at("size").option("size", "n5_9")).to_be_checked()
    expect(wizard.option("sector", "construction")).to_be_checked()


def test_past_the_search(open_browser: Open, site_with_register: str) -> None:
    wizard = open_browser(at=site_with_register)
    wizard.go("organisation/").press("organisation_skip")
    wizard.page.wait_for_url(DRAFT)
    expect(wizard.field("workplace_name")).to_have_value("")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_reply_is_sound(open_browser: Open, site_with_register: str, language: str) -> None:
    wizard = open_browser(language, at=site_with_register, expects=(422,))
    faults = faults_everywhere(wizard.go("organisation/").page)
    for words in ("nordvik", "alle", "finnes ikke", made_up.DELETED, "x"):
        faults += [f"{words}: {fault}" for fault in faults_everywhere(look_up(wizard, words).page)]
    look_up(wizard, made_up.FIRM).page.locator("button[name=number]").click()
    wizard.page.wait_for_url(DRAFT)
    assert not (faults + faults_everywhere(wizard.page))
