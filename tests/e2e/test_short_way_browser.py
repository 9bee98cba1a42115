"""The short path on a phone and on a desk, with and without a script: to the end by what is suggested, and nothing to scroll sideways for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.axe import sideways
from tests.e2e.conftest import Open
from tests.e2e.wizard import Wizard

ANSWERS: dict[str, Any] = {
    "workplace_name": "Solbakken barnehage", "sector": "kindergarten", "size": "n10_29", "bodies": ["safety_rep", "amu_not_asked"], "ohs": "yes",
    "decides": "management", "owner_function": "Styreren", "took_part": ["leaders", "safety_rep", "employees"], "contact_role": "hr",
    "review_date": "12.03.2028",
}  # fmt: skip


def onward(wizard: Wizard, press: Callable[[], None]) -> None:
    """Press, and wait until another page is there."""
    before = wizard.page.url
    press()
    wizard.page.wait_for_url(lambda url: url != before)


@pytest.mark.parametrize(("width", "has_script"), [(360, True), (360, False), (1280, True)])
def test_the_short_path_leads_to_a_policy_without_faults(open_browser: Open, width: int, has_script: bool) -> None:
    wizard = open_browser(viewport={"width": width, "height": 800}, java_script_enabled=has_script)
    page = wizard.begin_short().page
    pages = 0
    while "/short/" in page.url:
        for id in wizard.asked():
            if id in ANSWERS:
                wizard.answer(id, ANSWERS[id])
        assert not sideways(page), page.url
        pages += 1
        onward(wizard, wizard.next)
    assert pages == 5
    assert wizard.say("answered_short_title") in page.content()
    assert not sideways(page), page.url
    onward(wizard, lambda: page.get_by_role("link", name=wizard.say("look_begin"), exact=True).click())
    while "/look/" in page.url:
        assert not sideways(page), page.url
        onward(wizard, lambda: wizard.press("look_confirm"))
    assert re.search("/control$", page.url)
    assert wizard.say("control_none_blocks") in page.content()
    assert wizard.say("control_open_none") in page.content()
