"""The ways in and out of a draft: examples, files of answers, the logo, the languages, and deleting everything."""

from __future__ import annotations

import json
import re
import struct
import zlib
from io import BytesIO

import docx
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Open
from tests.e2e.wizard import Wizard, example

TAGS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}


def test_delete_all_now(open_browser: Open) -> None:
    wizard = open_browser(expects=[404])
    wizard.example()
    draft = wizard.draft
    wizard.page.get_by_role("link", name=wizard.say("delete_title")).click()
    wizard.press("delete_button")
    expect(wizard.page.get_by_role("status")).to_have_text(wizard.say("start_deleted"))
    expect(wizard.page.locator(f'a[href*="{draft}"]')).to_have_count(0)
    wizard.go(f"policies/{draft}/")
    expect(wizard.page.locator("h1")).to_have_text(wizard.say("error_404_title"))


def test_the_start_page_leads_back_to_the_draft(wizard: Wizard) -> None:
    wizard.example("shipping")
    draft = wizard.draft
    wizard.go().page.locator(".drafts a").first.click()
    expect(wizard.page).to_have_url(re.compile(f"{draft}/$"))


def test_the_language_switch_keeps_the_place(wizard: Wizard) -> None:
    wizard.example()
    for place in ("", "scope/rules", "check", "control", "preview", "documents", "continue", "delete"):
        here = wizard.at(place).page.url
        for language in ("nn", "en"):
            wizard.page.locator(f'.languages a[hreflang="{TAGS[language]}"]').click()
            expect(wizard.page).to_have_url(here.replace("/nb/", f"/{language}/"))
            expect(wizard.page.locator("html")).to_have_attribute("lang", TAGS[language])


def test_the_language_switch_keeps_what_is_being_typed(wizard: Wizard) -> None:
    wizard.begin()
    wizard.field("workplace_name").fill("Fjellbø")
    wizard.page.locator('.languages a[hreflang="nn-NO"]').click()
    expect(wizard.page.locator("html")).to_have_attribute("lang", "nn-NO")
    expect(wizard.field("workplace_name")).to_have_value("Fjellbø")


def test_a_page_that_answers_a_form_can_be_read_in_another_language(open_browser: Open) -> None:
    """A mistake in a form, then another language: a page comes, not an error."""
    wizard = open_browser(expects=[422])
    wizard.upload("dette er ingen fil med svar")
    wizard.page.locator('.languages a[hreflang="nn-NO"]').click()
    expect(wizard.page.locator("h1")).to_have_text(say(wizard, "start_title"))
    wizard.example()
    wizard.at("documents").press("download_logo_add")
    wizard.page.locator('.languages a[hreflang="nn-NO"]').click()
    expect(wizard.page.locator("h1")).to_have_text(say(wizard, "download_title"))


def say(wizard: Wizard, key: str) -> str:
    return Wizard(wizard.page, wizard.site, "nn").say(key)


def test_the_documents_have_a_language_of_their_own(wizard: Wizard) -> None:
    wizard.example()
    wizard.at("documents").page.locator("#f-document_language").select_option("en")
    wizard.press("download_language_change")
    expect(wizard.page.locator("html")).to_have_attribute("lang", "nb-NO")
    file = wizard.download("policy.docx").path().read_bytes()
    assert docx.Document(BytesIO(file)).core_properties.language == "en-GB"
    wizard.at("preview")
    expect(wizard.page.locator(".paper")).to_have_attribute("lang", "en-GB")


def test_a_logo_comes_into_the_documents_and_goes(open_browser: Open) -> None:
    wizard = open_browser(expects=[422])
    wizard.example()
    wizard.at("documents")
    put_logo(wizard, b"not a picture")
    expect(wizard.page.locator("#error-logo")).to_contain_text(wizard.say("error_logo_type"))
    expect(wizard.page).to_have_title(re.compile("^Feil: "))
    put_logo(wizard, png())
    expect(wizard.page.locator("main")).to_contain_text(wizard.say("download_logo_has"))
    with_logo = docx.Document(BytesIO(wizard.download("policy.docx").path().read_bytes()))
    assert any(part.content_type == "image/png" for part in with_logo.part.package.iter_parts())
    wizard.at("documents").press("download_logo_remove")
    expect(wizard.page.locator("main")).to_contain_text(wizard.say("download_logo_text"))


def put_logo(wizard: Wizard, content: bytes) -> None:
    wizard.page.locator("#f-logo").set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": content})
    wizard.press("download_logo_add")


def png() -> bytes:
    """A dark square of 40 by 40."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x20\x40\x60" * 40 for _ in range(40))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_answers_go_out_and_come_back_the_same(wizard: Wizard) -> None:
    wizard.example("nursing_home")
    out = wizard.at("documents").download("answers.json").path().read_text("utf-8")
    wizard.upload(out)
    expect(wizard.page).to_have_url(re.compile(r"/policies/\w+/(#f-answers)?$"))
    assert wizard.at("documents").download("answers.json").path().read_text("utf-8") == out


def test_a_file_from_an_older_edition_says_what_has_changed(wizard: Wizard) -> None:
    old = example("consultancy")
    old["edition"] = "2025.2"
    old["answers"] |= {"smoking": "yes", "sector": "alchemy", "event_units": "many"}
    del old["answers"]["decides"]
    wizard.upload(old)
    expect(wizard.page.locator("h1")).to_have_text(wizard.say("upload_changes_title"))
    main = wizard.page.locator("main")
    expect(main).to_contain_text("2025.2")
    listed = main.get_by_role("listitem")
    for kind, words in {"question": "smoking", "option": "slags virksomhet", "value": "enheter", "new": "vedta policyen"}.items():
        expect(listed.filter(has_text=wizard.say(f"upload_kind_{kind}")).filter(has_text=re.compile(words, re.IGNORECASE))).to_have_count(1)
    wizard.page.get_by_role("link", name=wizard.say("upload_to_tasks")).click()
    expect(wizard.page.locator("h1")).to_have_text(str(old["answers"]["workplace_name"]))


@pytest.mark.parametrize("words", ["", "{", "[]", json.dumps({"format": "rusoff-answers", "version": 99, "answers": {}})])
def test_a_file_of_something_else_is_refused_in_words(words: str, open_browser: Open) -> None:
    wizard = open_browser(expects=[422])
    wizard.upload(words)
    expect(wizard.page).to_have_title(re.compile("^Feil: "))
    expect(wizard.page.locator("#error-answers")).to_be_visible()


def test_all_questions_can_be_printed(wizard: Wizard) -> None:
    wizard.go()
    file = wizard.download("questions.docx").path().read_bytes()
    assert len(docx.Document(BytesIO(file)).paragraphs) > 100
