"""The pages around the questions: start, examples, answers, control, preview, download, delete."""

from __future__ import annotations

import re

import pytest

from app.documents.outputs import annex_files, files_from
from app.pack.examples import NAMES
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from tests.conftest import browser, start_policy
from tests.web.test_wizard import address, stored


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_page_says_what_one_needs_and_how_to_begin(client, language) -> None:
    page = client.get(f"/{language}/").text
    for step in the_pack().steps:
        assert step.title.in_(language) in page
    assert page.count('name="example"') == len(NAMES)
    assert f'href="/{language}/questions.docx"' in page
    assert "30" not in re.sub(r"<[^>]*>", "", page) or "drafts" in page


def test_the_start_page_lists_this_browsers_drafts(app, client) -> None:
    start_policy(client, {"workplace_name": "Solbakken <sykehjem>"})
    start_policy(client, {})
    page = client.get("/nb/").text
    assert "Solbakken &lt;sykehjem&gt;" in page
    assert "Utkast uten navn" in page
    assert "Solbakken" not in browser(app).get("/nb/").text


READ = {*((name, LANGUAGES[at % len(LANGUAGES)]) for at, name in enumerate(NAMES)), *(("building_firm", language) for language in LANGUAGES)}


@pytest.mark.parametrize(("example", "language"), sorted(READ))
def test_an_example_is_read_through(client, example, language) -> None:
    id = client.post(f"/{language}/policies", data={"example": example}).location.split("/")[3]
    for place in ("", "check", "control", "preview", "documents", *("/".join(p) for p in the_pack().pages)):
        assert client.get(address(id, place, language)).status_code in (200, 302), place


def test_an_example_brings_its_own_words(client) -> None:
    id = client.post("/nb/policies", data={"example": "kindergarten"}).location.split("/")[3]
    assert "Når den som henter, virker påvirket" in client.get(address(id, "preview")).text


def test_an_unknown_example_is_not_there(client) -> None:
    assert client.post("/nb/policies", data={"example": "../secret"}).status_code == 404


def test_all_answers_stand_on_one_page_with_links_to_change_them(client) -> None:
    id = start_policy(client, {"workplace_name": "<Vi>", "sector": None, "bodies": ["amu"], "lights": {"workday": {"light": "red", "rule": "Aldri"}}})
    page = client.get(address(id, "check")).text
    assert "&lt;Vi&gt;" in page
    assert "Ikke bestemt ennå" in page
    assert "Arbeidsmiljøutvalg (AMU)" in page
    assert re.search(r"En vanlig arbeidsdag: [^<]*Aldri", page)
    assert "Forslag, ikke bekreftet" in page
    assert page.count("return=check#q-") >= 60


def test_the_control_page_says_what_is_wrong_and_where_to_mend_it(client) -> None:
    id = start_policy(client, {"testing": "positions", "testing_positions": [{"position": "Kranfører", "ground": "consent"}]})
    page = client.get(address(id, "control")).text
    assert f"{address(id, 'map/workplace')}?return=control#q-workplace_name" in page
    assert 'data-severity="blocks"' in page
    assert "testing_positions" in page


def test_the_preview_says_why_each_section_is_there(client) -> None:
    id = client.post("/nb/policies", data={"example": "nursing_home"}).location.split("/")[3]
    page = client.get(address(id, "preview")).text
    assert page.count("Hvorfor står dette her?") == page.count('class="paper-section"') > 10
    assert "Svarene som avgjør" in page
    assert re.search(r'<details class="why" lang="nb-NO">', page)


def test_the_documents_speak_a_language_of_their_own(client, policy_id) -> None:
    answer = client.post(address(policy_id, "documents"), data={"document_language": "nn", "to": "preview"})
    assert answer.location == address(policy_id, "preview")
    page = client.get(address(policy_id, "preview", "en")).text
    assert '<div class="paper" lang="nn-NO">' in page
    assert '<html lang="en-GB"' in page
    assert client.post(address(policy_id, "documents"), data={"document_language": "xx"}).status_code == 400


def test_every_document_has_a_name_of_its_own(client) -> None:
    id = start_policy(client, {"workplace_name": 'Blåbær/sykehjem "æ": <å>'})
    page = client.get(address(id, "documents")).text
    names = {}
    for name in re.findall(r'href="[^"]*/documents/([^"/]+)"', page):
        file = client.get(address(id, f"documents/{name}"))
        assert file.status_code == 200
        names[name] = re.search(r"filename\*=UTF-8''(\S+)", file.headers["Content-Disposition"])[1]
    assert set(names) == {*files_from(the_pack(), "draft"), *annex_files(the_pack()), "annexes.zip", "all.zip"}
    assert all("Bl%C3%A5b%C3%A6r%20sykehjem%20%C3%A6%20%C3%A5" in name for name in names.values()), names
    assert names["questionnaire.docx"].startswith("Sp%C3%B8rreskjema%20-%20")
    links = re.findall(r'<a class="ds-(?:button|link)"[^>]*/documents/[^>]*>(.*?)</a>', page)
    assert len(set(links)) == len(links) >= 6, "every link names its document"


def test_the_download_page_says_how_ready_the_policy_is(client, policy_id) -> None:
    assert "Dette er et utkast" in client.get(address(policy_id, "documents")).text


def test_all_questions_can_be_printed(client) -> None:
    for language in LANGUAGES:
        file = client.get(f"/{language}/questions.docx")
        assert file.data[:2] == b"PK"
        assert "attachment" in file.headers["Content-Disposition"]


def test_everything_is_deleted_at_once_and_only_when_asked(app, client, policy_id) -> None:
    assert client.get(address(policy_id, "delete")).status_code == 200
    assert stored(app, policy_id) == {}
    answer = client.post(address(policy_id, "delete"))
    assert "Utkastet er slettet" in client.get(answer.location).text
    assert client.get(address(policy_id, "")).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_privacy_and_accessibility_are_told(client, language) -> None:
    assert "30" in client.get(f"/{language}/privacy").text
    assert "WCAG 2.1" in client.get(f"/{language}/accessibility").text


def test_the_language_switch_keeps_the_place(client, policy_id) -> None:
    for place in ("", "map/risk", "check", "control", "preview", "documents", "delete"):
        page = client.get(address(policy_id, place)).text
        assert f'href="{address(policy_id, place, "en")}"' in page, place


def test_a_draft_is_opened_in_another_browser_by_a_button_alone(client, app) -> None:
    other = browser(app)
    page = other.get(f"/nb/continue/{'x' * 43}").text
    assert 'method="post"' in page
    assert other.post(f"/nb/continue/{'x' * 43}").status_code == 404


@pytest.mark.parametrize("page", ["privacy", "accessibility"])
def test_the_operators_contact_is_shown_where_one_is_set(make_app, page) -> None:
    told = browser(make_app(contact="personvern@fjellvik.example <HR>")).get(f"/nn/{page}").text
    assert "Kontakt: personvern@fjellvik.example &lt;HR&gt;" in told
    assert "Kontakt:" not in browser(make_app()).get(f"/nn/{page}").text
