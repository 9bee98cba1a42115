"""A verneombud reads and speaks: on a telephone by touch, by keyboard alone, without a script; and on every page nobody is shut out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.pack.text import Language
from tests.e2e.axe import faults_everywhere, sideways
from tests.e2e.conftest import ROUNDS, Open
from tests.e2e.test_keyboard import FOCUS, tab_to
from tests.e2e.wizard import Wizard

TELEPHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
READING = re.compile(r"/readings/([a-z2-7]{26})/")
HIDDEN = """() => {
  const bar = document.querySelector(".thumb-bar"), e = document.activeElement;
  if (!bar || bar.contains(e)) return false;
  return e.getBoundingClientRect().top >= bar.getBoundingClientRect().top;
}"""


def open_link(wizard: Wizard, invitation: str = "invited") -> str:
    """Press the button behind a new personal link; the address of the first screen."""
    link = wizard.go(invitation).page.locator("body").inner_text()
    wizard.page.goto(wizard.site + link)
    wizard.press("reading_open_button")
    wizard.page.wait_for_url(READING)
    return wizard.page.url


def unfold(page: Page) -> None:
    """Open the form, as somebody does who has something to say."""
    page.locator("details.respond:not([open]) > summary").click()


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_on_a_telephone_by_touch(open_browser: Open, language: Language) -> None:
    wizard = open_browser(language, **TELEPHONE)
    page = wizard.page
    first = open_link(wizard)
    page.locator(".go-on a").first.tap()
    expect(page.locator("#f-words")).to_be_hidden()
    page.locator("details.respond > summary").tap()
    page.locator("label[for=f-kind-disagreement]").tap()
    page.locator("#f-words").tap()
    page.keyboard.type("Nattevakten er ikke spurt.")
    expect(wizard.status()).to_contain_text(re.compile(r"\d\d\.\d\d\. HR ser det ikk"))
    expect(page.locator("#unsent-line a")).to_have_text(wizard.say("reading_unsent_one"))
    assert not sideways(page)
    section = page.url
    page.locator(".thumb-bar button[value=next]").tap()
    page.wait_for_url(lambda url: url != section)
    page.goto(f"{first}sections/green-yellow-red")
    assert not sideways(page)
    page.goto(f"{first}summary")
    expect(page.locator("main")).to_contain_text("Nattevakten er ikke spurt.")
    page.locator("button[value=finish]").tap()
    expect(page.locator("[role=status]")).to_contain_text(wizard.say("reading_finished_title"))
    page.goto(first)
    expect(page.locator("main")).to_contain_text(wizard.say("reading_finished_text"))


def test_buttons_are_large_enough_for_a_thumb(open_browser: Open) -> None:
    wizard = open_browser(**TELEPHONE)
    first = open_link(wizard)
    for path in ("sections/purpose", "process", "statement", "summary"):
        wizard.page.goto(first + path)
        if path.startswith("sections"):
            unfold(wizard.page)
        for button in wizard.page.locator("main button:not([aria-hidden]):visible, .kind-card, main a.ds-button").all():
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= 40, button.inner_text()


def test_by_keyboard_alone(open_browser: Open) -> None:
    wizard = open_browser(viewport={"width": 360, "height": 740})
    page = wizard.page
    link = wizard.go("invited").page.locator("body").inner_text()
    page.goto(wizard.site + link)
    press(page, tag="BUTTON")
    page.wait_for_url(READING)
    press(page, href="way=short")
    page.wait_for_url(re.compile("way=short$"))
    for _ in range(2):  # why the section is there, and then the form
        tab_to(page, tag="SUMMARY")
    page.keyboard.press("Enter")
    tab_to(page, name="kind")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.locator("input[value=proposal]").is_checked()
    tab_to(page, name="wording")
    assert not page.evaluate(HIDDEN)
    page.keyboard.type("Slik bør det stå.")
    tab_to(page, name="words")
    assert not page.evaluate(HIDDEN)
    page.keyboard.type("Fordi det er tydeligere.")
    press(page, name="to", value="next")
    page.wait_for_url(re.compile("saved=hers$"))
    press(page, href="/summary")
    page.wait_for_url(re.compile("/summary$"))
    expect(page.locator("main")).to_contain_text("Slik bør det stå.")
    press(page, name="do", value="finish")
    expect(page.locator("[role=status]")).to_contain_text(wizard.say("reading_finished_title"))


def press(page: Page, **wanted: str) -> None:
    tab_to(page, **wanted)
    assert page.evaluate(FOCUS)["ring"]
    page.keyboard.press("Enter")


def test_without_a_script_nothing_typed_is_lost(open_browser: Open) -> None:
    wizard = open_browser(java_script_enabled=False, **TELEPHONE)
    page = wizard.page
    first = open_link(wizard)
    page.goto(f"{first}sections/purpose")
    unfold(page)
    page.locator("#f-words").fill("Uten skript.")
    page.locator(".thumb-bar button[value=next]").click()
    page.goto(f"{first}process")
    page.locator("input[type=radio]").first.check()
    page.locator(".thumb-bar button[value=next]").click()
    page.locator("#f-statement").fill("Også uten skript.")
    page.locator(".thumb-bar button[value=next]").click()
    expect(page.locator("main")).to_contain_text("Uten skript.")
    expect(page.locator("main")).to_contain_text(wizard.say("reading_summary_statement"))


def test_saved_as_one_types_and_there_on_another_device(open_browser: Open) -> None:
    wizard = open_browser()
    link = wizard.go("invited").page.locator("body").inner_text()
    wizard.page.goto(wizard.site + link)
    wizard.press("reading_open_button")
    wizard.page.wait_for_url(READING)
    at = wizard.page.url
    other = open_browser(**TELEPHONE)
    other.page.goto(other.site + link)
    other.press("reading_open_button")
    for path, field in (("statement", "#f-statement"), ("whole", "#f-words")):
        wizard.page.goto(at + path)
        wizard.page.locator(field).fill(f"Skrevet på pc-en: {path}")
        expect(wizard.status()).to_contain_text("Lagret kl.")
        other.page.goto(at + path)
        expect(other.page.locator("main")).to_contain_text(f"Skrevet på pc-en: {path}")


def test_two_devices_show_both_texts(open_browser: Open) -> None:
    wizard = open_browser(expects=[409])
    at = open_link(wizard)
    page = wizard.page
    page.goto(f"{at}statement")
    tab = Wizard(page.context.new_page(), wizard.site)
    tab.page.goto(f"{at}statement")
    page.locator("#f-statement").fill("Fra den ene")
    expect(wizard.status()).to_contain_text("Lagret kl.")
    tab.page.locator("#f-statement").fill("Fra den andre")
    expect(tab.status()).to_have_text(tab.say("reading_overtaken_short"))
    tab.page.locator(".actions button[value=save]").click()
    expect(tab.page.locator("#errors")).to_be_focused()
    expect(tab.page.locator("#errors")).to_contain_text("Fra den ene")
    expect(tab.page.locator("#f-statement")).to_have_value("Fra den andre")


def test_a_review_that_closes_meanwhile_says_so_and_keeps_the_words(open_browser: Open) -> None:
    wizard = open_browser(expects=[409])
    page = wizard.page
    at = open_link(wizard)
    page.goto(f"{at}whole")
    found = READING.search(at)
    assert found
    tab = page.context.new_page()
    tab.goto(f"{wizard.site}/nb/answered/{found[1]}")
    page.locator("#f-words").fill("For sent")
    expect(wizard.status()).to_have_text(wizard.say("reading_kept_closed_short"))
    page.locator(".actions button[value=save]").click()
    expect(page.locator("h1")).to_have_text(wizard.say("reading_kept_closed_title"))
    expect(page.locator("textarea")).to_have_value("For sent")


def test_the_end_of_the_room_is_told_before_it_comes(open_browser: Open) -> None:
    wizard = open_browser(expects=[422])
    page = wizard.page
    page.goto(f"{open_link(wizard)}whole")
    page.locator("#f-words").fill("æ" * 4400)
    expect(page.locator("#left-words")).to_be_empty()
    page.locator("#f-words").fill("æ" * 4900)
    expect(page.locator("#left-words")).to_have_text(wizard.say("field_left").replace("%", "100"))
    page.locator("#f-words").fill("æ" * 5002)
    expect(page.locator("#left-words")).to_contain_text("2")
    expect(wizard.status()).to_contain_text("Ikke lagret.")


def test_fetching_the_text_leads_to_it(open_browser: Open) -> None:
    wizard = open_browser(**TELEPHONE)
    page = wizard.page
    page.goto(f"{open_link(wizard)}sections/purpose")
    unfold(page)
    expect(page.locator("#f-wording")).to_be_hidden()
    page.locator("label[for=f-kind-proposal]").tap()
    wizard.press("reading_from_text")
    expect(page.locator("#f-wording")).to_be_focused()
    expect(page.locator("#f-wording")).not_to_have_value("")


@pytest.mark.parametrize("language", ROUNDS)
def test_every_page_is_accessible(open_browser: Open, language: Language) -> None:
    wizard = open_browser(language, expects=[404, 422])
    page = wizard.page
    wizard.go(f"read/{'x' * 43}")
    faults = {"no longer good": faults_everywhere(page)}
    page.goto(wizard.site + wizard.go("seeing-others").page.locator("body").inner_text())
    faults["link"] = faults_everywhere(page)
    wizard.press("reading_open_button")
    page.wait_for_url(READING)
    at = page.url
    for path in ("", "sections/purpose", "sections/green-yellow-red?way=short", "process", "statement", "summary", "answers", "print"):
        page.goto(at + path)
        faults[path] = faults_everywhere(page)
    page.goto(f"{at}whole")
    for kind, words in (("proposal", "Ny tekst"), ("question", "Hva?"), ("disagreement", "Nei"), ("support", "")):
        page.locator(f"input[name=kind][value={kind}]").check(force=True)
        page.locator("#f-words").fill(words)
        page.locator(".actions button[value=save]").click()
        page.wait_for_url(re.compile("#c-"))
    faults["said"] = faults_everywhere(page)
    for name in ("reading_change", "reading_delete"):
        page.goto(f"{at}whole")
        page.get_by_role("link", name=re.compile(f"^{wizard.say(name)}")).first.click()
        faults[name] = faults_everywhere(page)
    page.goto(f"{at}whole")
    page.locator(".actions button[value=save]").click()
    expect(page.locator("#errors")).to_be_focused()
    faults["wrong"] = faults_everywhere(page)
    found = READING.search(at)
    assert found
    wizard.go(f"answered/{found[1]}")
    for path in ("", "answers", "sections/purpose", "process", "statement", "summary"):
        page.goto(at + path)
        faults[f"closed {path}"] = faults_everywhere(page)
    assert not {where: wrong for where, wrong in faults.items() if wrong}


# ── read aloud, and on paper ──

VOICES = """window.said = []; window.cancelled = 0;
  const voices = VOICES;
  const speech = { getVoices: () => voices, speak: (one) => { window.said.push([one.text, one.lang]); window.last = one; },
    cancel: () => { window.cancelled += 1; }, addEventListener: () => {} };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"""


def test_a_section_is_read_aloud_by_a_voice_of_the_device(open_browser: Open) -> None:
    wizard = open_browser(**TELEPHONE)
    page = wizard.page
    page.add_init_script(VOICES.replace("VOICES;", '[{lang: "en-GB", localService: true}, {lang: "nb-NO", localService: true}];', 1))
    page.goto(f"{open_link(wizard)}sections/green-yellow-red")
    button = page.locator("[data-aloud]")
    expect(button).to_have_text(wizard.say("reading_aloud"))
    button.tap()
    expect(button).to_have_text(wizard.say("reading_aloud_stop"))
    assert page.evaluate("said")[0][1] == "nb-NO"
    for _ in range(4):
        page.evaluate("last.onend()")
    words = " ".join(text for text, _ in page.evaluate("said"))
    assert "Grønt, gult og rødt" in words
    assert page.locator(".read-now").count() == 1
    button.tap()
    expect(button).to_have_text(wizard.say("reading_aloud"))
    count = len(page.evaluate("said"))
    page.evaluate("last.onend()")
    assert len(page.evaluate("said")) == count
    assert page.locator(".read-now").count() == 0
    rows = page.evaluate("[...document.querySelectorAll('.doc-table tbody tr')].length")
    assert rows > 3


@pytest.mark.parametrize("voices", ["[];", '[{lang: "nb-NO", localService: false}, {lang: "de-DE", localService: true}];'])
def test_without_a_voice_of_its_own_the_device_offers_no_reading_aloud(voices: str, open_browser: Open) -> None:
    wizard = open_browser()
    wizard.page.add_init_script(VOICES.replace("VOICES;", voices, 1))
    wizard.page.goto(f"{open_link(wizard)}sections/purpose")
    expect(wizard.page.locator("details.respond")).to_be_visible()
    expect(wizard.page.locator("[data-aloud]")).to_be_hidden()


def test_the_draft_is_printed_with_room_for_notes_without_a_script(open_browser: Open) -> None:
    wizard = open_browser(java_script_enabled=False)
    page = wizard.page
    page.goto(f"{open_link(wizard)}print")
    expect(page.locator("[data-print]")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".reading-nav")).to_be_hidden()
    sections, notes = page.locator(".noted").count(), page.locator(".notes .doc-line").count()
    assert notes == 4 * sections > 100
    assert not sideways(page)


def test_the_first_screen_and_the_top_of_a_telephone(open_browser: Open) -> None:
    """The ways in are seen without scrolling, and the top is one row of links."""
    for width in (320, 360, 390):
        wizard = open_browser(viewport={"width": width, "height": 740}, has_touch=True, is_mobile=True)
        open_link(wizard)
        page = wizard.page
        bar = page.locator(".go-on .bar").bounding_box()
        top = page.locator(".reading-nav").bounding_box()
        assert bar
        assert top
        assert bar["y"] + bar["height"] < 740
        assert (top["y"], top["height"] < 60) == (0, True)
        expect(page.locator(".languages:visible")).to_have_count(1)
        assert not sideways(page)
