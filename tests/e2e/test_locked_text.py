"""A text that somebody signed for, in a browser: typing is told about at once, and nothing typed is lost on the way to opening it."""

from __future__ import annotations

import pytest

from tests.e2e.axe import faults_everywhere


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_what_was_typed_is_saved_once_the_text_is_open(open_browser, scripts, language) -> None:
    tab = open_browser(language, expects=(409,), java_script_enabled=scripts, viewport={"width": 360, "height": 780})
    status = tab.go("signed").page.inner_text("body").strip()
    tab.page.goto(f"{tab.site}{status}".replace("/status", "/map/workplace"))
    tab.page.fill("#f-workplace_name", "Solvik")
    if scripts:
        tab.page.wait_for_selector("#save-state[data-state=bad]")
        assert tab.page.inner_text("#save-state") == tab.say("locked_autosave")
    tab.press("page_next")
    assert tab.page.inner_text("h1") == tab.say("locked_title")
    assert "Solvik" in tab.page.inner_text("main")
    if scripts:
        assert faults_everywhere(tab.page) == []
    tab.press("locked_button")
    tab.page.wait_for_url("**/map/work")
    tab.page.goto(f"{tab.site}{status}".replace("/status", "/map/workplace"))
    assert tab.page.input_value("#f-workplace_name") == "Solvik"
    assert tab.page.locator(".locked-notice").count() == 0
