"""From the start page to the downloaded files: in every language, in one of them without JavaScript."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import docx
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.axe import sideways
from tests.e2e.conftest import Open
from tests.e2e.walk import ANSWERS, MUST, NAME, STEPS, TAGS, documents, fill_page, foreign_words
from tests.e2e.wizard import Wizard

PHONE = {"width": 320, "height": 800}
DESK = {"width": 1280, "height": 900}


@pytest.mark.parametrize(("language", "window"), [("nb", DESK), ("nn", PHONE)], ids=["nb", "nn"])
def test_six_steps_to_the_files(language: str, window: Any, open_browser: Open) -> None:
    wizard = open_browser(language, viewport=window)
    wizard.go()
    reads_well(wizard)
    wizard.begin_short()
    reads_well(wizard)
    wizard.at("look/map")
    reads_well(wizard)
    wizard.at("map/workplace")
    through_the_steps(wizard)
    change_an_answer(wizard)
    look_back(wizard)
    are_answers_of(documents(wizard), language)


def test_six_steps_without_javascript(open_browser: Open) -> None:
    wizard = open_browser("en", java_script_enabled=False, viewport=PHONE)
    wizard.begin()
    through_the_steps(wizard)
    change_an_answer(wizard)
    look_back(wizard)
    are_answers_of(documents(wizard), "en")


def are_answers_of(files: dict[str, bytes], language: str) -> None:
    assert docx.Document(BytesIO(files["policy.docx"])).core_properties.language == TAGS[language]
    assert PdfReader(BytesIO(files["policy.pdf"])).root_object["/Lang"] == TAGS[language]
    assert f'<html lang="{TAGS[language]}"' in files["policy.html"].decode()
    saved = json.loads(files["answers.json"])
    assert saved["language"] == language
    assert saved["answers"]["org_number"] == "974760673"
    assert saved["answers"]["event_from"] == "18.00"
    assert saved["answers"]["lights"]["own_1"] == {"label": "Quiz", "light": "yellow", "rule": "HMS 3"}
    assert [record["date"] for record in saved["answers"]["consulted"]] == ["2027-02-01", "2027-02-08"]


def test_every_page_has_one_language(open_browser: Open) -> None:
    """Also the pages beside the way, and all questions of an example that has many."""
    for language in ("nb", "nn", "en"):
        wizard = open_browser(language, viewport=PHONE)
        for path in ("privacy", "accessibility"):
            wizard.go(path)
            reads_well(wizard)
        wizard.example("nursing_home")
        for place in ("", "map/risk", "scope/rules", "scope/events", "follow_up/hms", "partners/arrangements", "continue", "delete"):
            wizard.at(place)
            reads_well(wizard)


def through_the_steps(wizard: Wizard) -> None:
    """Answer page after page; every step comes, in order, and every question that must be answered is asked."""
    steps, answered = [], []
    while place := re.search(r"/policies/\w+/(\w+)/\w+$", wizard.page.url):
        steps.append(place[1])
        reads_well(wizard)
        answered += fill_page(wizard)
        url = wizard.page.url
        wizard.next()
        wizard.page.wait_for_url(lambda now, before=url: now != before)
    assert tuple(dict.fromkeys(steps)) == STEPS
    assert MUST <= set(answered) == set(ANSWERS)


def reads_well(wizard: Wizard) -> None:
    page = wizard.page
    expect(page.locator("html")).to_have_attribute("lang", TAGS[wizard.language])
    expect(page.locator("h1")).to_have_count(1)
    assert page.title().startswith(page.locator("h1").inner_text())
    assert not words_in_wrong_language(wizard), page.url
    assert not sideways(page), f"{page.url} scrolls sideways"


def words_in_wrong_language(wizard: Wizard) -> list[str]:
    return foreign_words(wizard.page, wizard.language)


def change_an_answer(wizard: Wizard) -> None:
    """The page with all answers names them; a change leads back to its place there."""
    page = wizard.page
    expect(page).to_have_url(re.compile(r"/answered$"))
    expect(page.locator("h1")).to_have_text(wizard.say("answered_title"))
    reads_well(wizard)
    page.get_by_role("navigation", name=wizard.say("nav_draft")).get_by_role("link", name=wizard.say("nav_check")).click()
    expect(page).to_have_url(re.compile(r"/check$"))
    reads_well(wizard)
    expect(page.locator("main")).to_contain_text(NAME)
    expect(page.locator("main")).to_contain_text(wizard.say("field_undecided"))
    page.locator('a[href*="return=check#q-owner_function"]').click()
    wizard.field("owner_function").fill("HMS & HR")
    wizard.press("page_return")
    expect(page).to_have_url(re.compile(r"/check#decision$"))
    expect(page.locator("#decision")).to_contain_text("HMS & HR")


def look_back(wizard: Wizard) -> None:
    """From the answers to the policy check, the preview with its reasons, and the download page."""
    page = wizard.page
    page.get_by_role("link", name=wizard.say("check_to_control")).click()
    expect(page).to_have_url(re.compile(r"/control$"))
    reads_well(wizard)
    page.get_by_role("link", name=wizard.say("control_to_preview")).click()
    expect(page).to_have_url(re.compile(r"/preview$"))
    reads_well(wizard)
    expect(page.locator(".paper")).to_have_attribute("lang", TAGS[wizard.language])
    assert_why(wizard)
    page.get_by_role("navigation", name=wizard.say("nav_draft")).get_by_role("link", name=wizard.say("nav_download")).click()
    expect(page).to_have_url(re.compile(r"/documents$"))
    reads_well(wizard)


def assert_why(wizard: Wizard) -> None:
    """Every section says why it is there, and one that rests on answers leads to them."""
    page = wizard.page
    assert page.locator(".paper-section").count() == page.locator(".paper-section > details.why").count() > 10
    why = page.locator(".paper-section > details.why").filter(has_text=wizard.say("preview_answers")).first
    why.locator("summary").click()
    link = why.locator("a[href*='#q-']").first
    expect(link).to_be_visible()
    expect(why.locator(".sources li").last).to_be_visible()
