"""The first view: what it weighs on its way, that nothing moves while it comes, and that it says what one gets and how long it takes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Response

from tests.e2e.conftest import Open
from tests.e2e.wizard import Wizard

MOST_BYTES = 130_000
MOST_SHIFT = 0.05
SIZES = [(360, 740), (1280, 800)]
LISTEN = """() => { window.shifted = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value; })
    .observe({type: 'layout-shift', buffered: true}); }"""
SEEN = """(element) => { const at = element.getBoundingClientRect();
  return Math.max(0, Math.min(at.bottom, window.innerHeight) - Math.max(at.top, 0)) / at.height; }"""


def weigh(page: Page, address: str) -> dict[str, int]:
    """What each file takes on the wire, its headers with it, when a browser that has been nowhere goes to an address."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (Playwright takes no method of a list)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    sizes = {answer.url: answer.request.sizes() for answer in answers}
    return {url: size["responseBodySize"] + size["responseHeadersSize"] for url, size in sizes.items()}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_start_page_is_light(language: str, open_browser: Open) -> None:
    wizard = open_browser(language)
    weights = weigh(wizard.page, f"{wizard.site}/{language}/")
    assert sum("first-page" in url for url in weights) == 1
    assert sum(weights.values()) <= MOST_BYTES, weights


def test_a_page_of_questions_is_light(open_browser: Open) -> None:
    wizard = open_browser()
    address = wizard.begin().page.url
    known = wizard.page.context.storage_state()
    weights = weigh(open_browser(storage_state=known).page, address)
    assert any(url.endswith(".woff2") for url in weights)
    assert sum(weights.values()) <= MOST_BYTES, weights


@pytest.mark.parametrize("size", SIZES, ids=[str(width) for width, _ in SIZES])
def test_nothing_moves_while_the_start_page_comes(size: tuple[int, int], open_browser: Open) -> None:
    wizard = open_browser(viewport={"width": size[0], "height": size[1]})
    wizard.page.add_init_script(f"({LISTEN})()")
    wizard.go()
    wizard.page.wait_for_load_state("networkidle")
    wizard.page.evaluate("() => document.fonts.ready")
    assert wizard.page.evaluate("() => window.shifted") <= MOST_SHIFT


@pytest.mark.parametrize("size", SIZES, ids=[str(width) for width, _ in SIZES])
def test_the_first_screen_says_what_one_gets_and_how_long_it_takes(size: tuple[int, int], open_browser: Open) -> None:
    wizard: Wizard = open_browser(viewport={"width": size[0], "height": size[1]}).go()
    seen = {name: wizard.page.locator(name).first.evaluate(SEEN) for name in ("h1", ".takes", ".gives", ".hero .ds-button", ".hero-page img")}
    picture = seen.pop(".hero-page img")
    assert [name for name, part in seen.items() if part < 1] == []
    assert picture > (0.05 if size[0] < 400 else 0.6)
    assert wizard.page.locator(".gives li").count() == 3
    assert re.search(r"\d+ minutter", wizard.page.locator(".takes").inner_text())
