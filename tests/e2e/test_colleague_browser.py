"""A question goes to a colleague's phone, where no script runs, and the answer comes back."""

from __future__ import annotations

from tests.e2e.axe import faults_everywhere, sideways
from tests.e2e.conftest import Open


def test_a_colleague_answers_on_a_phone_and_hr_takes_it_in(open_browser: Open) -> None:
    hr = open_browser().begin_short()
    id = hr.draft
    hr.at("short/together").page.locator(".ask-colleague").first.click()
    hr.page.fill("[name=name]", "Kari")
    hr.page.fill("[name=asked_by]", "Ola")
    hr.press("delegation_ask_button")
    link = hr.page.locator("#link").input_value()
    hr.page.get_by_role("button", name=hr.say("delegation_copy")).click()
    hr.page.get_by_text(hr.say("delegation_copied")).wait_for()
    phone = open_browser(viewport={"width": 320, "height": 640}, java_script_enabled=False).page
    phone.goto(link)
    assert not sideways(phone)
    phone.check("[name=bodies][value=amu]")
    phone.get_by_role("button", name=hr.say("delegation_send")).last.click()
    phone.get_by_text("Takk! Svaret er sendt.").wait_for()
    hr.page.goto(link)
    assert faults_everywhere(hr.page) == []
    assert faults_everywhere(hr.go(f"policies/{id}/colleagues/").page) == []
    hr.page.locator("button[name=use]").click()
    hr.page.get_by_text("Svar fra Kari", exact=False).first.wait_for()
