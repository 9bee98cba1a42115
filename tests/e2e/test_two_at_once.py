"""One draft in two tabs, and in two browsers: whoever saves last is asked, and nobody's words are lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Open
from tests.e2e.wizard import Wizard


@pytest.mark.parametrize("keep", ["mine", "stored"])
def test_a_stale_save_shows_both_texts(keep: str, open_browser: Open) -> None:
    first, second = two_tabs(open_browser(java_script_enabled=False, expects=[409]))
    first.field("workplace_name").fill("Den første")
    first.next()
    second.field("workplace_name").fill("Den andre")
    second.option("size", "n100").check()
    second.next()
    main = second.page.locator("main")
    expect(second.page.locator("h1")).to_have_text(second.say("conflict_title"))
    expect(main).to_contain_text("Den første")
    expect(main).to_contain_text("Den andre")
    second.page.get_by_role("group", name="Hva heter").get_by_label(second.say(f"conflict_keep_{keep}")).check()
    second.press("conflict_save")
    expect(second.page).to_have_url(re.compile("/map/work$"))
    second.at("workplace_name")
    expect(second.field("workplace_name")).to_have_value("Den andre" if keep == "mine" else "Den første")
    expect(second.option("size", "n100")).to_be_checked()


def test_two_tabs_on_different_pages_do_not_disturb_each_other(open_browser: Open) -> None:
    first, second = two_tabs(open_browser())
    second.at("critical_work")
    first.field("workplace_name").fill("Fjellbø")
    expect(first.status()).to_contain_text("Lagret kl.")
    second.option("critical_work", "driving").check()
    second.next()
    expect(second.page).to_have_url(re.compile("/map/risk$"))
    first.next()
    expect(first.page).to_have_url(re.compile("/map/work$"))
    expect(first.option("critical_work", "driving")).to_be_checked()


def test_autosave_stops_and_says_so(open_browser: Open) -> None:
    first, second = two_tabs(open_browser(expects=[409]))
    first.field("workplace_name").fill("Den første")
    expect(first.status()).to_contain_text("Lagret kl.")
    second.field("workplace_name").fill("Den andre")
    expect(second.status()).to_have_text(second.say("save_conflict"))
    expect(second.field("workplace_name")).to_have_value("Den andre")
    second.next()
    expect(second.page.locator("main")).to_contain_text("Den første")
    expect(second.page.locator("main")).to_contain_text("Den andre")


def test_a_colleague_takes_over_by_a_link(open_browser: Open) -> None:
    mine = open_browser(expects=[409])
    mine.begin()
    mine.at("continue").press("continue_button")
    link = mine.page.locator("#link").input_value()
    theirs = open_browser("nn", expects=[404, 409])
    theirs.page.goto(f"{theirs.site}/nn/policies/{mine.draft}/")
    expect(theirs.page.locator("h1")).to_have_text(theirs.say("error_404_title"))
    theirs.page.goto(link.replace("/nb/", "/nn/"))
    theirs.press("continue_open_button")
    expect(theirs.page).to_have_url(re.compile(f"/nn/policies/{mine.draft}/$"))
    theirs.at("workplace_name").field("workplace_name").fill("Kollegaen")
    mine.at("workplace_name")
    theirs.next()
    expect(theirs.page).to_have_url(re.compile("/map/work$"))
    mine.field("workplace_name").fill("Jeg")
    expect(mine.status()).to_have_text(mine.say("save_conflict"))
    mine.next()
    expect(mine.page.locator("main")).to_contain_text("Kollegaen")
    third = open_browser(expects=[404])
    third.page.goto(link)
    third.press("continue_open_button")
    expect(third.page.locator("h1")).to_have_text(third.say("continue_used_title"))


def two_tabs(first: Wizard) -> tuple[Wizard, Wizard]:
    """Two tabs of one browser at the first page of one draft."""
    first.begin()
    second = Wizard(first.page.context.new_page(), first.site, first.language)
    second.page.goto(first.page.url)
    return first, second
