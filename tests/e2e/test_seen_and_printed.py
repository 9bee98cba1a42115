"""What is seen without looking for it: a fault with its field and question, the state of saving, the current tab; and all of it on paper."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Open
from tests.e2e.wizard import Wizard

SIZES = [(320, 640), (360, 740), (768, 1024), (1280, 720)]
WRONG = [("org_number", "123 456 789"), ("event_units", "99"), ("review_date", "i morgen"), ("own_links-0-address", "ikke en adresse")]
INSIDE = """(id) => {
  const field = document.getElementById(`f-${id}`), message = document.getElementById(`error-${id}`);
  const box = field.closest(".question, .record").querySelector(".question-label, .row-name");
  return [field, message, box].map((part) => part.getBoundingClientRect()).map((at) => at.top >= 0 && at.top < window.innerHeight - 20);
}"""


@pytest.mark.parametrize("size", SIZES, ids=[str(width) for width, _ in SIZES])
def test_a_link_to_a_fault_shows_field_question_and_message(size: tuple[int, int], open_browser: Open) -> None:
    wizard = open_browser(viewport={"width": size[0], "height": size[1]}, expects=[422])
    wizard.example("building_firm")
    for id, words in WRONG:
        wizard.at(id.partition("-")[0])
        wizard.field(id).fill(words)
        wizard.next()
        wizard.page.locator(f'#errors a[href="#f-{id}"]').click()
        expect(wizard.field(id)).to_be_focused()
        seen = wizard.page.evaluate(INSIDE, id)
        assert seen[:2] == [True, True], id
        assert seen[2] or size[0] < 400, id  # a long help text on a narrow screen may push the question out; never the message


def test_mending_from_the_policy_check_leads_back_to_it(wizard: Wizard) -> None:
    wizard.begin()
    wizard.at("control")
    wizard.page.locator(".finding a.ds-link").first.click()
    wizard.page.wait_for_url("**?return=control#*")
    button = wizard.page.locator("button[name=to][value=next]").last
    expect(button).to_have_text(wizard.say("page_return_control"))
    button.click()
    wizard.page.wait_for_url("**/control")


def test_the_state_of_saving_is_in_sight_and_a_field_says_what_was_not_saved(wizard: Wizard) -> None:
    wizard.page.set_viewport_size({"width": 1280, "height": 600})
    wizard.begin()
    wizard.field("workplace_name").fill("Vår barnehage")
    wizard.page.wait_for_selector("#save-state:not(:empty)")
    box = wizard.status().bounding_box()
    assert box
    assert 0 <= box["y"] < 600 - box["height"]
    wizard.field("org_number").fill("12")
    expect(wizard.status()).to_contain_text("men ikke")
    assert wizard.page.locator("#unsaved-org_number").count() == 0  # not in the face of whoever is typing
    wizard.field("workplace_name").focus()
    line = wizard.page.locator("#unsaved-org_number")
    expect(line).to_contain_text(wizard.say("error_orgnr"))
    wizard.field("org_number").fill("")
    wizard.field("workplace_name").focus()
    expect(line).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_all_of_a_long_answer_is_printed(script: bool, open_browser: Open) -> None:
    wizard = open_browser(java_script_enabled=script)
    wizard.begin()
    wizard.at("own_values")
    wizard.field("own_values").fill("\n".join(f"Linje nummer {at} av hundre" for at in range(1, 101)))
    printed = pypdf.PdfReader(BytesIO(wizard.page.pdf(format="A4")))
    words = " ".join(page.extract_text() for page in printed.pages)
    assert [at for at in range(1, 101) if f"Linje nummer {at} av hundre" not in words] == []


def test_no_heading_is_printed_alone_at_the_foot_of_a_page(wizard: Wizard) -> None:
    wizard.example("building_firm")
    wizard.at("preview")
    headings = {line.strip() for line in wizard.page.locator(".paper :is(h2, h3, h4)").all_inner_texts()}
    printed = pypdf.PdfReader(BytesIO(wizard.page.pdf(format="A4")))
    last = [[line.strip() for line in page.extract_text().splitlines() if line.strip()][-1] for page in printed.pages]
    assert [line for line in last if line in headings] == []


def test_forced_colours_show_one_tab_as_chosen(open_browser: Open) -> None:
    wizard = open_browser(forced_colors="active")
    wizard.begin()
    wizard.at("check")
    borders = "const s = getComputedStyle(a); const [above, below] = [s.borderTopWidth, s.borderBottomWidth].map(parseFloat);"
    look = f"(links) => links.map((a) => {{ {borders} return [a.hasAttribute('aria-current'), below > 0, above > 0]; }})"
    widths = wizard.page.locator(".draft-nav a").evaluate_all(look)
    assert [chosen for chosen, below, _ in widths if below] == [True]
    assert not any(above for _, _, above in widths)


def test_the_facts_on_top_of_the_preview_stand_in_line(open_browser: Open) -> None:
    for width in (360, 1280):
        wizard = open_browser(viewport={"width": width, "height": 800})
        wizard.example("nursing_home")
        wizard.at("preview")
        lefts = wizard.page.locator(".doc-facts dd").evaluate_all("(all) => all.map((dd) => Math.round(dd.getBoundingClientRect().left))")
        assert len(set(lefts)) == 1
