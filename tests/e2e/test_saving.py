"""What is typed is saved while one types, and the page says so, or says why not."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Open
from tests.e2e.wizard import Wizard


def test_what_is_typed_is_there_after_a_reload(wizard: Wizard) -> None:
    wizard.begin()
    wizard.field("workplace_name").press_sequentially("Fjellbø")
    wizard.option("bodies", "amu").check()
    expect(wizard.status()).to_have_text(re.compile(r"^Lagret kl\. \d\d[.:]\d\d$"))
    wait_until_saved(wizard, "workplace_name", "Fjellbø")
    wizard.page.reload()
    expect(wizard.field("workplace_name")).to_have_value("Fjellbø")
    expect(wizard.option("bodies", "amu")).to_be_checked()


def test_saving_is_announced(wizard: Wizard) -> None:
    """The line is a live region, there and empty before anything happens, so that a screen reader speaks what comes into it."""
    wizard.begin()
    expect(wizard.status()).to_have_attribute("role", "status")
    expect(wizard.status()).to_have_text("")
    wizard.field("workplace_name").fill("Fjellbø")
    expect(wizard.status()).to_contain_text("Lagret kl.")


def test_what_cannot_be_read_is_named_and_the_rest_is_saved(wizard: Wizard) -> None:
    wizard.begin()
    wizard.field("workplace_name").fill("Fjellbø")
    wizard.field("org_number").fill("123")
    expect(wizard.status()).to_contain_text("men ikke:")
    wizard.page.reload()
    expect(wizard.field("workplace_name")).to_have_value("Fjellbø")
    expect(wizard.field("org_number")).to_have_value("")


def test_without_contact_it_says_so_and_saves_later(open_browser: Open) -> None:
    wizard = open_browser(expects=["ERR_INTERNET_DISCONNECTED"])
    wizard.begin()
    wizard.page.context.set_offline(True)
    wizard.field("workplace_name").fill("Fjellbø")
    expect(wizard.status()).to_have_text(wizard.say("save_offline"))
    wizard.page.context.set_offline(False)
    expect(wizard.status()).to_contain_text("Lagret kl.", timeout=15_000)
    wizard.page.reload()
    expect(wizard.field("workplace_name")).to_have_value("Fjellbø")


def test_too_many_saves_are_told_of(open_browser: Open, busy_site: str) -> None:
    wizard = open_browser(at=busy_site, expects=[429])
    wizard.begin()
    wizard.option("size", "n10_29").check()
    expect(wizard.status()).to_contain_text("Lagret kl.")
    wizard.option("size", "n100").check()
    expect(wizard.status()).to_have_text(wizard.say("save_slow"))
    wizard.go().press("start_begin")
    expect(wizard.page.locator("h1")).to_have_text(wizard.say("error_429_title"))


def test_what_was_typed_before_the_script_came_is_saved(wizard: Wizard) -> None:
    wizard.page.route("**/autosave.js*", lambda route: (wizard.field("workplace_name").fill("Rask"), route.continue_()))
    wizard.go().press("start_begin")
    expect(wizard.status()).to_contain_text("Lagret kl.")
    wizard.page.reload()
    expect(wizard.field("workplace_name")).to_have_value("Rask")


def test_leaving_by_a_link_keeps_what_was_typed(wizard: Wizard) -> None:
    wizard.begin()
    wizard.field("workplace_name").fill("Fjellbø")
    wizard.page.get_by_role("link", name=wizard.say("nav_check")).click()
    expect(wizard.page).to_have_url(re.compile("/check$"))
    expect(wizard.page.locator("main")).to_contain_text("Fjellbø")
    wizard.at("workplace_name")
    expect(wizard.field("workplace_name")).to_have_value("Fjellbø")


def test_going_back_shows_what_was_saved(wizard: Wizard) -> None:
    wizard.begin()
    wizard.field("workplace_name").fill("Fjellbø")
    wizard.next()
    expect(wizard.page).to_have_url(re.compile("/map/work$"))
    wizard.page.go_back()
    expect(wizard.field("workplace_name")).to_have_value("Fjellbø")
    wizard.field("workplace_name").fill("Fjellbø Bygg")
    expect(wizard.status()).to_contain_text("Lagret kl.")
    wizard.next()
    expect(wizard.page).to_have_url(re.compile("/map/work$"))


def wait_until_saved(wizard: Wizard, id: str, words: str) -> None:
    """Until the database has it: the check page, in a tab of its own, says so."""
    tab = Wizard(wizard.page.context.new_page(), wizard.site, wizard.language)
    tab.page.goto(wizard.page.url)
    for _ in range(20):
        if tab.field(id).input_value() == words:
            break
        tab.page.reload()
    expect(tab.field(id)).to_have_value(words)
    tab.page.close()
