"""Every page and every error state, at three widths, in light and dark: nothing that axe finds fault with, and no scrolling sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.pack.load import the_pack
from tests.e2e.axe import faults_everywhere
from tests.e2e.conftest import Open
from tests.e2e.test_coming_and_going import put_logo
from tests.e2e.wizard import Wizard, example

VIEWS = ("", "check", "control", "preview", "documents", "own-words", "own-words/purpose", "own-words/sections/new", "continue", "delete")
PAGES = tuple(f"{step}/{page}" for step, page in the_pack().places)
LOOKS = tuple(f"look/{step.id}" for step in the_pack().steps)
PUBLIC = ("", "privacy", "accessibility", f"continue/{'x' * 43}")
FAILURES = (400, 403, 404, 405, 409, 413, 415, 429, 500, 503)


def is_fine(wizard: Wizard) -> None:
    assert not (faults := faults_of(wizard)), "\n".join(faults)


def faults_of(wizard: Wizard) -> list[str]:
    return [f"{wizard.page.url}: {fault}" for fault in faults_everywhere(wizard.page)]


@pytest.mark.parametrize("place", PUBLIC, ids=lambda place: place[:12] or "start")
def test_pages_for_everybody(place: str, wizard: Wizard) -> None:
    is_fine(wizard.go(place))


def test_pages_of_a_draft(wizard: Wizard) -> None:
    """On one draft with many answers, because starting one takes longer than looking at a page."""
    wizard.example("nursing_home")
    faults = [fault for place in VIEWS + PAGES + LOOKS for fault in faults_of(wizard.at(place))]
    assert not faults, "\n".join(faults)


def test_error_pages(open_browser: Open) -> None:
    wizard = open_browser(expects=FAILURES)
    faults = [fault for code in FAILURES for fault in faults_of(wizard.go(f"fail/{code}"))]
    assert not faults, "\n".join(faults)


def with_mistakes(wizard: Wizard) -> None:
    """Mistakes of several kinds on one page."""
    wizard.example()
    wizard.at("consulted")
    for name in ("decision_planned", "consulted-0-date"):
        wizard.field(name).fill("ikke noe som kan leses her")
    wizard.next()
    expect(wizard.page.locator("#errors")).to_be_focused()


def with_a_choice_of_none_and_more(wizard: Wizard) -> None:
    wizard.begin()
    wizard.page.evaluate("() => { for (const box of document.querySelectorAll('input[name=bodies]')) box.checked = !box.closest('.undecided'); }")
    wizard.next()
    expect(wizard.page.locator("#errors")).to_be_focused()


def with_two_answers(wizard: Wizard) -> None:
    other = Wizard(wizard.page.context.new_page(), wizard.site).begin()
    wizard.page.goto(other.page.url)
    for tab, words in ((other, "Den første"), (wizard, "Den andre")):
        tab.field("workplace_name").fill(words)
        tab.next()
        expect(tab.page.locator("h1")).not_to_have_text("Arbeidsplassen")
    expect(wizard.page.locator("h1")).to_have_text(wizard.say("conflict_title"))


def with_a_link_to_hand_over(wizard: Wizard) -> None:
    wizard.example()
    wizard.at("continue").press("continue_button")


def with_changes_after_an_upload(wizard: Wizard) -> None:
    old = example("consultancy")
    old |= {"edition": "2025.2", "answers": old["answers"] | {"smoking": "yes", "sector": "alchemy"}}
    wizard.upload(old)


def with_a_file_of_something_else(wizard: Wizard) -> None:
    wizard.upload("{}")


def with_a_logo_that_is_none(wizard: Wizard) -> None:
    wizard.example()
    put_logo(wizard.at("documents"), b"not a picture")


def with_a_link_that_is_used(wizard: Wizard) -> None:
    wizard.go(f"continue/{'x' * 43}").press("continue_open_button")


def with_a_start_after_deleting(wizard: Wizard) -> None:
    wizard.example("shipping")
    wizard.example("consultancy")
    wizard.at("delete").press("delete_button")


def with_nothing_answered(wizard: Wizard) -> None:
    wizard.begin()
    wizard.at("control")


def with_an_empty_preview(wizard: Wizard) -> None:
    wizard.begin()
    wizard.at("preview")


def with_a_saved_line(wizard: Wizard) -> None:
    wizard.begin()
    wizard.option("size", "n100").check()
    expect(wizard.status()).not_to_have_text("")


STATES = (
    with_mistakes, with_a_choice_of_none_and_more, with_two_answers, with_a_link_to_hand_over, with_changes_after_an_upload,
    with_a_file_of_something_else, with_a_logo_that_is_none, with_a_link_that_is_used, with_a_start_after_deleting, with_nothing_answered,
    with_an_empty_preview, with_a_saved_line,
)  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_states(state: Callable[[Wizard], None], open_browser: Open) -> None:
    wizard = open_browser(expects=[404, 409, 422])
    state(wizard)
    is_fine(wizard)
