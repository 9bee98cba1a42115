"""From an invitation to a policy in force, in two browsers at once: HR at a desk, the verneombud on a telephone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO

import pytest
import zxingcpp
from docx import Document
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from app.clock import OSLO, now
from app.pack.text import Language
from tests.e2e.axe import faults_everywhere, sideways
from tests.e2e.conftest import ROUNDS, Open
from tests.e2e.test_keyboard import focus, move_to, tab_to
from tests.e2e.test_reading_browser import TELEPHONE
from tests.e2e.wizard import Wizard

READING = re.compile(r"/readings/([a-z2-7]{26})/")
TODAY = f"{now().astimezone(OSLO):%d.%m.%Y}"
NAMES = {"hr": "Kari Nordmann", "reader": "Vera Vernesen"}


@dataclass
class Hr:
    """HR's tab, at one policy."""

    wizard: Wizard
    id: str
    faults: dict[str, list[str]] = field(default_factory=dict)
    look: bool = False

    @property
    def page(self) -> Page:
        return self.wizard.page

    def at(self, path: str) -> Hr:
        self.wizard.go(f"policies/{self.id}/{path}")
        self.seen(path)
        return self

    def seen(self, name: str) -> None:
        """Look for what shuts somebody out, on the page as it is now."""
        assert not sideways(self.page)
        if self.look:
            size = self.page.viewport_size
            self.faults[name] = faults_everywhere(self.page)
            self.page.set_viewport_size(size or {"width": 1280, "height": 900})
            self.page.emulate_media(color_scheme="light")

    def says(self, key: str, **values: object) -> None:
        expect(self.page.locator("main")).to_contain_text(self.wizard.say(key, **values))


def begin(open_browser: Open, language: Language, look: bool = False, **settings: object) -> Hr:
    """HR tries the example, signs in by the code of the mail, and lets a workplace keep the draft."""
    wizard = open_browser(language, expects=(422,), **settings).go().example("building_firm")
    hr = Hr(wizard, wizard.draft, look=look)
    hr.at("status").at("review").at("keep")
    sign_in(hr, f"{hr.id}@example.no")
    expect(wizard.page).to_have_url(re.compile("/keep$"))
    hr.seen("keep, signed in")
    wizard.press("workplaces_keep_button")
    expect(wizard.page.locator("#errors")).to_be_focused()
    hr.seen("keep, without a name")
    wizard.page.locator("[name=your_name]").fill(NAMES["hr"])
    wizard.press("workplaces_keep_button")
    wizard.page.wait_for_url(re.compile("/status$"))
    return hr


def sign_in(hr: Hr, address: str) -> None:
    hr.page.locator("#f-email, input[name=email]").first.fill(address)
    hr.wizard.press("accounts_sign_in_button")
    hr.seen("code")
    letter = letter_to(hr, address)
    code = re.search(r"(?<!\d)\d{4} ?\d{4}(?!\d)", letter)
    assert code, letter
    hr.page.locator("input[autocomplete=one-time-code]").fill(code[0])
    hr.wizard.press("accounts_code_button")


def letter_to(hr: Hr, address: str, holds: str = "") -> str:
    """The newest letter to this address, as the local outbox shows it; it comes a moment after it was written."""
    box = hr.page.context.new_page()
    letters = box.locator("article", has_text=address).filter(has_text=holds)
    for _ in range(40):
        box.goto(f"{hr.wizard.site}/{hr.wizard.language}/outbox")
        if letters.count():
            break
        box.wait_for_timeout(100)
    text = letters.first.inner_text()
    box.close()
    return text


def invite(hr: Hr) -> str:
    """Send the draft to a verneombud; the address of the link, from the letter that they get."""
    hr.at("review").at("review/new")
    page, address = hr.page, f"vera-{hr.id}@example.no"
    page.locator("[name=reader-0-name]").fill(NAMES["reader"])
    page.locator("[name=reader-0-email]").fill("not an address")
    page.locator("[name=reader-0-language]").select_option(hr.wizard.language)
    page.locator("[name=greeting]").fill("Fint om du ser på det som gjelder vakt.")
    hr.wizard.press("review_send_button")
    expect(page.locator("#errors")).to_be_focused()
    hr.seen("a wrong address")
    expect(page.locator("[name=greeting]")).to_have_value("Fint om du ser på det som gjelder vakt.")
    page.locator("[name=reader-0-email]").fill(address)
    hr.wizard.press("review_send_button")
    hr.seen("sent")
    link = re.search(r"https?://\S+/read/[\w-]+", letter_to(hr, address, "/read/"))
    assert link
    return link[0]


def open_link(reader: Wizard, link: str) -> str:
    reader.page.goto(link)
    reader.press("reading_open_button")
    reader.page.wait_for_url(READING)
    return reader.page.url


def speak(reader: Wizard, at: str, section: str, kind: str, words: str) -> None:
    """Say something about a section, and go on; without waiting for the autosave."""
    page = reader.page
    page.goto(f"{at}sections/{section}" if section else f"{at}whole")
    page.locator("details.respond").evaluate("(fold) => { fold.open = true; }")
    page.locator(f"input[name=kind][value={kind}]").check(force=True)
    page.locator("#f-words").fill(words)
    page.locator(".actions button[value=save]").click()
    expect(page.locator(".remark-list").first).to_contain_text(words)


def answer(hr: Hr, about: str, words: str, outcome: str = "") -> None:
    """Answer the comment that says this; a question needs no outcome."""
    box = hr.at("review/comments").page.locator("article.comment", has_text=about)
    open_answer(box)
    if outcome:
        box.locator(f"input[name=outcome][value={outcome}]").check(force=True)
    box.locator("textarea[name=answer]").fill(words)
    box.locator("button[type=submit]:not([name])").click()
    expect(hr.page.locator("main [role=status]").first).to_be_visible()


def open_answer(box: Locator) -> None:
    """The first that waits is open already."""
    if not box.locator("textarea[name=answer]").first.is_visible():
        box.locator("details.answer-box summary").first.click()


def words_of(reader: Wizard, path: str) -> str:
    """The words of the Word file at this address."""
    response = reader.page.request.get(path if path.startswith("http") else reader.site + path)
    assert response.ok, f"{path}: {response.status}"
    found = Document(BytesIO(response.body()))
    return "\n".join(node.text or "" for node in found.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))


@pytest.mark.parametrize(("language", "scripts"), [("nb", True), ("nn", False)])
def test_from_invitation_to_a_policy_in_force(open_browser: Open, language: Language, scripts: bool) -> None:
    hr = begin(open_browser, language, java_script_enabled=scripts)
    reader = open_browser(language, java_script_enabled=scripts, **TELEPHONE)
    at = open_link(reader, invite(hr))
    speak(reader, at, "purpose", "question", "Gjelder dette vikarer?")
    speak(reader, at, "own-events", "disagreement", "Fredagspils bør ikke være lov.")
    speak(reader, at, "", "support", "Bra at hjelp kommer først.")
    hr.at("ready")
    hr.says("status_stop_review_over")
    hr.at("review/comments")
    expect(hr.page.locator("main")).not_to_contain_text("vikarer")
    reader.page.goto(f"{at}statement")
    reader.page.locator("#f-statement").fill("Vi støtter policyen, men er uenige om fredagspils.")
    reader.page.locator(".thumb-bar button[value=next]").click()
    reader.page.locator("button[value=finish]").tap()
    expect(reader.page.locator("[role=status]")).to_contain_text(reader.say("reading_finished_title"))
    assert "uenige om fredagspils" in words_of(reader, f"{at}statement.docx")
    hr.at("review/close")
    hr.wizard.press("review_close_button")
    hr.at("ready")
    hr.says("status_stop_comments", count=2)
    answer(hr, "vikarer", "Ja, alle som arbeider hos oss.")
    answer(hr, "Fredagspils", "fordi et flertall i AMU ønsket det.", "not_taken_in")
    reader.page.goto(f"{at}answers")
    expect(reader.page.locator("main")).to_contain_text("Ja, alle som arbeider hos oss.")
    reader.page.locator("form:has(button[value=stand])").last.locator("button[value=stand]").tap()
    expect(reader.page.locator("button[value=unstand]")).to_be_visible()
    decide(hr)
    base = f"/{language}/policies/{hr.id}/versions/2"
    for name, said in FILES.items():
        assert said in words_of(hr.wizard, f"{base}/{name}"), name
    assert "Fredagspils bør ikke være lov." in words_of(hr.wizard, f"{base}/policy.docx")
    publish(hr)
    everybody = open_browser(language, java_script_enabled=scripts, **TELEPHONE)
    everybody.page.goto(read_code(hr.page))
    shown = everybody.page.locator("main")
    expect(shown).to_contain_text(everybody.say("public_whole"))
    for canary in ("Fredagspils bør ikke være lov.", "uenige om fredagspils", "Vera Vernesen", "Kari Nordmann"):
        expect(shown).not_to_contain_text(canary)
    assert everybody.page.context.cookies() == []
    if scripts:
        assert faults_everywhere(everybody.page) == []
        assert faults_everywhere(hr.page) == []


def publish(hr: Hr) -> None:
    """Let everybody read the policy, from the status page."""
    hr.at("status")
    hr.page.get_by_role("link", name=hr.wizard.say("publish_title")).click()
    hr.page.locator("[name=name]").fill(f"nordtun-{hr.id[:8]}")
    hr.wizard.press("publish_button")
    expect(hr.page.get_by_role("heading", name=hr.wizard.say("publish_open"), exact=True)).to_be_visible()


def read_code(page: Page) -> str:
    """The address in the QR code on the page, as a telephone reads it."""
    picture = Image.open(BytesIO(page.locator("img[src*=qr]").screenshot()))
    found = zxingcpp.read_barcode(picture.convert("L"))
    assert found
    return str(found.text)


FILES = {
    "policy.docx": "Nordtun Bygg AS", "record.docx": "Fredagspils bør ikke være lov.", "case-paper.docx": "Nordtun Bygg AS", "decision.docx": "12/26",
}  # fmt: skip


def decide(hr: Hr) -> None:
    """Make the policy ready, record the decision, put it in force."""
    hr.at("status").at("ready")
    hr.wizard.press("ready_button")
    hr.at("decide")
    page = hr.page
    page.locator("[name=decided_on]").fill(TODAY)
    page.locator("[name=body]").first.check(force=True)
    page.locator("[name=body_name]").fill("AMU i Nordtun Bygg")
    page.locator("[name=case_number]").fill("12/26")
    page.locator("[name=present]").fill("Kari Nordmann, Vera Vernesen, Ola Hansen")
    page.locator("[name=result][value=adopted]").check(force=True)
    page.locator("[name=dissent]").fill("Vera Vernesen stemte imot punktet om fredagspils.")
    hr.wizard.press("decide_button")
    hr.at("in-force")
    page.locator("[name=in_force_on]").fill(TODAY)
    hr.wizard.press("inforce_button")
    hr.at("status")
    expect(page.locator("nav [aria-current=step], [aria-current=step]").first).to_contain_text(hr.wizard.say("workplaces_state_in_force"))


@pytest.mark.parametrize("language", ROUNDS)
def test_nobody_is_shut_out_of_hrs_pages(open_browser: Open, language: Language) -> None:
    hr = begin(open_browser, language, look=True)
    reader = open_browser(language)
    at = open_link(reader, invite(hr))
    speak(reader, at, "purpose", "question", "Gjelder dette vikarer?")
    reader.page.goto(f"{at}summary")
    reader.page.locator("button[value=finish]").click()
    for path in ("review", "review/invite", "review/date", "review/meetings", "review/comments", "review/record", "review/close"):
        hr.at(path)
    hr.wizard.press("review_close_button")
    open_answer(hr.at("review/comments").page.locator("main"))
    hr.page.locator("form:has(textarea[name=answer]) button[type=submit]:not([name])").first.click()
    expect(hr.page.locator("#errors")).to_be_focused()
    hr.seen("an answer without words")
    answer(hr, "vikarer", "Ja.")
    decide(hr)
    for path in ("tasks", "reopen", "versions/2/", "documents", "manage", "map/workplace", "discard"):
        hr.at(path if path != "tasks" else "")
    for path in ("me", "me/delete", "workplaces", "outbox"):
        hr.wizard.go(path)
        hr.seen(path)
    hr.wizard.go("workplaces").page.locator("main a[href*='/workplaces/']").first.click()
    place = hr.page.url
    for path in ("people", "log", "name", "new", "leave", "delete"):
        hr.page.goto(f"{place}/{path}")
        hr.seen(f"workplace {path}")
    assert not {where: wrong for where, wrong in hr.faults.items() if wrong}


def test_hr_answers_and_decides_by_keyboard_alone(open_browser: Open) -> None:
    hr = begin(open_browser, "nb")
    at = open_link(reader := open_browser("nb"), invite(hr))
    speak(reader, at, "own-events", "disagreement", "Fredagspils bør ikke være lov.")
    reader.page.goto(f"{at}summary")
    reader.page.locator("button[value=finish]").click()
    page = hr.page
    hr.at("review/close")
    press(page, hr.wizard.say("review_close_button"))
    hr.at("review/comments")
    tab_to(page, name="outcome")
    move_to(page, "outcome", "not_taken_in")
    tab_to(page, name="answer")
    page.keyboard.type("fordi et flertall ønsket det.")
    page.keyboard.press("Tab")
    press(page, hr.wizard.say("review_answer_save"))
    hr.at("ready")
    press(page, hr.wizard.say("ready_button"))
    hr.at("decide")
    for name, words in (("decided_on", TODAY), ("body", ""), ("body_name", "AMU"), ("case_number", "1/26"), ("present", "Alle"), ("result", "")):
        tab_to(page, name=name)
        page.keyboard.press("Control+A")
        (page.keyboard.type if words else page.keyboard.press)(words or "Space")
    press(page, hr.wizard.say("decide_button"))
    expect(page).to_have_url(re.compile("/status"))
    hr.at("in-force")
    press(page, hr.wizard.say("inforce_button"))
    expect(page.locator("[aria-current=step]").first).to_contain_text(hr.wizard.say("workplaces_state_in_force"))


def press(page: Page, words: str) -> None:
    """Go by Tab to the button with these words, and press it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = focus(page)
        if here["tag"] == "BUTTON" and page.evaluate("() => document.activeElement.innerText").startswith(words):
            assert here["ring"]
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"60 times Tab did not reach {words!r} on {page.url}")
