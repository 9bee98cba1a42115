"""Tables on a narrow screen are cards: nothing is cut, and they are tables still for those who hear them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e.axe import sideways
from tests.e2e.conftest import Open
from tests.e2e.test_reading_browser import TELEPHONE, open_link

CUT = """() => [...document.querySelectorAll(".doc-wide, .doc-wide :is(table, tbody tr, tbody th, tbody td)")]
  .filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => `${part.tagName} ${part.textContent.trim().slice(0, 40)}`)"""
CARDS = "() => [...document.querySelectorAll('.doc-table')].map((table) => getComputedStyle(table).display)"
WIDTHS = (320, 360, 390, 599)


def cut(page: Page) -> list[str]:
    return [f"{width} px: {fault}" for width in WIDTHS for fault in faults_at(page, width)]


def faults_at(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 740})
    found = page.evaluate(CUT) + (["scrolls sideways"] if sideways(page) else [])
    return [*found, *("a table" for display in page.evaluate(CARDS) if display != "block")]


@pytest.mark.parametrize("example", ["building_firm", "nursing_home"])
def test_nothing_of_a_table_is_cut_in_the_preview(example: str, open_browser: Open) -> None:
    wizard = open_browser(**TELEPHONE)
    wizard.example(example)
    wizard.at("preview")
    page = wizard.page
    assert page.locator(".doc-table").count() > 8
    assert cut(page) == []
    for width in (768, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(CUT) == []
        assert "table" in page.evaluate(CARDS)
    file = page.request.get(page.url.replace("/preview", "/documents/policy.html"))
    assert page.context.browser
    alone = page.context.browser.new_page()
    alone.set_content(file.text())
    assert cut(alone) == []
    alone.close()


def test_a_reader_sees_light_and_rule_of_every_situation_and_hears_a_table(open_browser: Open) -> None:
    wizard = open_browser(**TELEPHONE)
    page = wizard.page
    first = open_link(wizard)
    for section in ("green-yellow-red", "responsibility", "year", "appendix-risk", "cooperation"):
        page.goto(f"{first}sections/{section}")
        assert cut(page) == [], section
    page.goto(f"{first}sections/green-yellow-red")
    page.set_viewport_size({"width": 360, "height": 740})
    light = page.locator(".doc-board tbody th").first.evaluate("(th) => getComputedStyle(th, '::after').content")
    assert light == '"■ Rødt – ikke greit"'
    told = page.locator(".doc-board").first.aria_snapshot()
    assert "rowheader" in told
    assert "columnheader" in told
    page.goto(f"{first}sections/responsibility")
    assert page.locator('.doc-table a[href^="mailto:"]').count() > 0
