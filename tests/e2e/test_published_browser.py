"""The pages that everybody can read, in a browser: without a net too, and never longer than they are open."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import faults_everywhere
from tests.e2e.conftest import Open


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_manager_reads_the_steps_without_a_net(open_browser: Open, language: str) -> None:
    tab = open_browser(language, expects=("ERR_INTERNET_DISCONNECTED", "ERR_FAILED"), viewport={"width": 360, "height": 780})
    page = tab.page
    address = tab.site + tab.go("published").page.inner_text("body").strip()
    page.goto(f"{address}/{language}")
    assert faults_everywhere(page) == []
    page.goto(f"{address}/{language}/talk")
    assert faults_everywhere(page) == []
    page.goto(f"{address}/{language}/now")
    assert faults_everywhere(page) == []
    expect(page.locator(".public-offline")).to_be_hidden()
    page.wait_for_function("async () => (await (await caches.open('steps')).keys()).filter((one) => /(now|talk)$/.test(one.url)).length === 2")
    page.context.set_offline(True)
    for which in ("talk", "now"):
        page.goto(f"{address}/{language}/{which}")
        expect(page.locator(".public-offline")).to_be_visible()
        expect(page.locator("a[href='tel:113']").first).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.locator(".public-offline")).to_be_hidden()
    assert page.context.cookies() == []
