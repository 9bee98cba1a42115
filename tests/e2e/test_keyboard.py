"""The whole wizard by keyboard alone: Tab, Space, arrows, Enter. Whatever has focus is seen to have it."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.walk import NAME
from tests.e2e.wizard import QUESTIONS, Wizard

# Where focus is, whether one sees that it is there, and whether it is on the screen.
FOCUS = """() => {
  const e = document.activeElement;
  const style = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  const within = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0 && box.height > 0;
  const hidden = Boolean(e.closest("[aria-hidden=true]"));
  return {name: e.name || "", value: e.value || "", href: e.getAttribute("href") || "", tag: e.tagName, hidden, ring, within};
}"""
ANSWERS: dict[str, Any] = {
    "workplace_name": NAME, "sector": "other", "size": "n30_99", "bodies": ["safety_rep"], "ohs": "no",
    "critical_work": ["machines"], "abstinence_groups": ["none"], "work_features": ["travel"],
    "needs": ["known_policy"], "own_events": "alcohol_free",
    "decides": "management", "owner_function": "HMS", "took_part": ["leaders"], "contact_role": "none", "review_date": "12.03.2028",
}  # fmt: skip
TABS = 400
NEXT = {"name": "to", "value": "next"}


def test_the_whole_wizard_by_keyboard(open_browser: Open) -> None:
    wizard = open_browser()
    page = wizard.page
    wizard.go()
    page.keyboard.press("Tab")
    assert focus(page)["href"] == "#main"
    page.keyboard.press("Enter")
    tab_to(page, tag="BUTTON")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/short/about$"))
    tab_to(page, href="/map/workplace")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/map/workplace$"))
    while True:
        page.wait_for_url(re.compile(r"/policies/\w+/\w+"))
        if page.url.endswith("/answered"):
            break
        answer_by_keyboard(wizard)
    for ending in ("/control", "/preview", "/documents"):
        tab_to(page, href=ending)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(f"{ending}$"))
    tab_to(page, href="/documents/policy.docx")
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    assert NAME in coming.value.suggested_filename


def test_a_mistake_takes_focus_and_leads_to_its_field(open_browser: Open) -> None:
    wizard = open_browser(expects=[422])
    page = wizard.page
    wizard.begin()
    tab_to(page, name="org_number")
    page.keyboard.type("123")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_be_focused()
    assert focus(page)["ring"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(wizard.field("org_number")).to_be_focused()


def test_a_choice_reveals_what_is_asked_under_it(open_browser: Open) -> None:
    wizard = open_browser()
    page = wizard.page
    wizard.example("nursing_home")
    wizard.at("own_events").answer("own_events", "alcohol_free")
    expect(wizard.field("event_units")).to_be_hidden()
    wizard.option("own_events", "alcohol_free").focus()
    while not wizard.option("own_events", "limited").is_checked():
        page.keyboard.press("ArrowUp")
    wizard.option("event_limits", "from_time").check()
    tab_to(page, name="event_from")
    page.keyboard.type("18")
    expect(wizard.status()).to_contain_text("Lagret")
    wizard.option("event_limits", "from_time").uncheck()
    expect(wizard.field("event_from")).to_be_hidden()
    wizard.option("event_limits", "from_time").check()
    expect(wizard.field("event_from")).to_have_value("18")


def test_the_skip_link_is_seen_and_passes_the_navigation(open_browser: Open) -> None:
    wizard = open_browser()
    wizard.example()
    wizard.at("lights")
    page = wizard.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=wizard.say("nav_skip"))).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_why_opens_and_closes(open_browser: Open) -> None:
    wizard = open_browser()
    wizard.begin()
    page = wizard.page
    tab_to(page, tag="SUMMARY")
    for is_open in (True, False):
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.parentElement.open") is is_open


def answer_by_keyboard(wizard: Wizard) -> None:
    """Tab through the page, answer what ANSWERS knows on the way, and press the button for the next."""
    page = wizard.page
    before = page.url
    for id in [id for id in wizard.asked() if id in ANSWERS]:
        give(page, id, ANSWERS[id])
    tab_to(page, **NEXT)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)


def give(page: Page, id: str, value: Any) -> None:
    kind = QUESTIONS[id].kind
    if kind == "choice":
        tab_to(page, name=id)
        move_to(page, id, value)
    elif kind == "choices":
        for option in value:
            tab_to(page, name=id, value=option)
            page.keyboard.press("Space")
            assert page.locator(f'input[name="{id}"][value="{option}"]').is_checked()
    else:
        tab_to(page, name=id)
        page.keyboard.type(value)


def move_to(page: Page, id: str, value: str) -> None:
    """Choose among radio buttons: Space takes the one that has focus, the arrows move on."""
    page.keyboard.press("Space")
    for _ in range(30):
        if focus(page)["value"] == value:
            break
        page.keyboard.press("ArrowDown")
    assert page.locator(f'input[name="{id}"][value="{value}"]').is_checked()


def tab_to(page: Page, **wanted: str) -> None:
    """Press Tab until focus is on what is wanted (an address by its ending). On the way nothing may hide that it has focus."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        now = focus(page)
        if now["tag"] == "BODY":
            continue
        assert now["ring"], f"nobody sees that this has focus: {now}"
        assert now["within"], f"this has focus outside the window: {now}"
        assert not now["hidden"], f"this has focus and is hidden: {now}"
        if all(now[key].endswith(value) if key == "href" else now[key] == value for key, value in wanted.items()):
            return
    raise AssertionError(f"{TABS} times Tab did not reach {wanted} on {page.url}")


def focus(page: Page) -> dict[str, Any]:
    return dict(page.evaluate(FOCUS))
