"""How documents look: the colour that a workplace gives, what is said of it, and where it stays."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.models.db import db
from app.models.policy import Policy
from app.models.workplaces import Workplace
from app.pack.text import LANGUAGES
from app.ui_texts import say
from tests import word_templates
from tests.deciding import Scene, scene
from tests.web.test_locked import opened
from tests.web.test_upload import upload
from tests.web.test_wizard import address, start_policy


@pytest.fixture
def play(app) -> Scene:
    return scene(app)


def accent_of(client, url: str) -> str:
    return client.get(url).text.partition("--accent: #")[2][:6]


def give(client, id: str, **form: str):
    return client.post(address(id, "colour"), data=form)


def test_a_colour_is_given_shown_drawn_and_taken_away(client, policy_id) -> None:
    assert give(client, policy_id, colour="00594F", picked="#1d5a58").status_code == 303
    page = client.get(address(policy_id, "documents")).text
    assert "har fargen deres, #00594f" in page
    assert 'value="#00594f"' in page
    assert accent_of(client, address(policy_id, "documents/policy.html")) == "00594F"
    with zipfile.ZipFile(io.BytesIO(client.get(address(policy_id, "documents/rules.docx")).data)) as rules:
        assert '"00594F"' in rules.read("word/styles.xml").decode()
    assert give(client, policy_id, remove="yes", colour="#00594f").status_code == 303
    assert accent_of(client, address(policy_id, "documents/policy.html")) == "1D5A58"


def test_a_colour_too_pale_to_read_is_drawn_darker_and_both_are_named(client, policy_id) -> None:
    give(client, policy_id, colour="#ffcc00")
    page = client.get(address(policy_id, "documents")).text
    drawn = accent_of(client, address(policy_id, "documents/policy.html"))
    assert "Fargen deres, #ffcc00, har kontrasten 1,5 : 1 mot hvitt papir. Tekst trenger minst 4,5 : 1" in page
    assert f"tegnet i #{drawn.lower()}, den samme fargen, men mørkere (4,5 : 1)" in page


@pytest.mark.parametrize(
    ("typed", "picked", "stands"),
    [
        ("", "#7a1fa2", "7a1fa2"),
        ("#00594f", "#7a1fa2", "7a1fa2"),
        ("#0a5", "#7a1fa2", "00aa55"),
        ("#00594f", "#00594f", "00594f"),
        ("0A5", "", "00aa55"),
    ],
)
def test_what_is_newly_typed_counts_before_what_is_picked(app, client, policy_id, typed, picked, stands) -> None:
    give(client, policy_id, colour="#00594f")
    give(client, policy_id, colour=typed, picked=picked)
    with app.app_context():
        assert db.session.get_one(Policy, policy_id).colour == stands


@pytest.mark.parametrize(("typed", "words"), [("grønn", "skrives med seks tegn"), ("", "velg en farge")])
def test_what_is_no_colour_is_refused_and_stands_as_it_was_typed(client, policy_id, typed, words) -> None:
    answer = give(client, policy_id, colour=typed, picked="#1d5a58")
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{typed}"' in answer.text
    assert "<title>Feil:" in answer.text


def test_the_colour_goes_along_in_the_file_of_answers(client) -> None:
    id = start_policy(client, {"workplace_name": "Ås"}, "nb")
    give(client, id, colour="#ffcc00")
    new = upload(client, client.get(address(id, "answers.json")).data).location.split("/")[3]
    assert "Fargen deres, #ffcc00" in client.get(address(new, "documents")).text
    assert "Fargen kom ikke med" in upload(client, client.get(address(id, "answers.json")).text.replace('"#ffcc00"', '"gul"')).text


def test_a_version_keeps_its_colour_and_its_fingerprint(play) -> None:
    play.owner.post(play.address("colour"), data={"colour": "#00594f"})
    play.until("ready")
    [version] = play.versions()
    file = play.owner.get(play.address("versions/1/policy.html")).data
    refused = play.owner.post(play.address("colour"), data={"colour": "#7a1fa2"})
    assert refused.status_code == 409
    answer, fields = opened(play, refused)
    assert (answer.status_code, answer.location) == (307, play.address("colour"))
    assert play.owner.post(answer.location, data=fields).status_code == 303
    assert accent_of(play.owner, play.address("documents/policy.html")) == "7A1FA2"
    assert accent_of(play.owner, play.address("versions/1/policy.html")) == "00594F"
    play.until("ready")
    assert [one.text_hash for one in play.versions()] == [version.text_hash] * 2
    assert "exactly the one we made" in play.owner.post("/en/verify", data={"file": (io.BytesIO(file), "policy.html")}).text


def give_template(client, url: str, content: bytes, **form: str):
    return client.post(url, data={"template": (io.BytesIO(content), "mal.docx"), **form}, content_type="multipart/form-data")


def test_a_template_is_taken_what_it_lacks_is_named_and_it_goes_again(client, policy_id) -> None:
    assert give_template(client, address(policy_id, "template"), word_templates.poor()).status_code == 303
    page = client.get(address(policy_id, "documents")).text
    assert "Word-filene blir tegnet i malen deres" in page
    for words in ("Tittel (Title): vår tittel", "Punktliste (List Bullet): vår liste med punkter", "Tabellstil: vår tabell"):
        assert words in page
    assert "Overskrift 1 (heading 1)" not in page
    for name, is_theirs in (("policy", True), ("facilitator-guide", True), ("rules", False)):
        file = client.get(address(policy_id, f"documents/{name}.docx")).data
        assert (b"RusOffNote" in zipfile.ZipFile(io.BytesIO(file)).read("word/styles.xml")) is is_theirs
    assert client.get(address(policy_id, "documents/policy.pdf")).status_code == 200
    assert "template" not in client.get(address(policy_id, "answers.json")).json
    assert client.post(address(policy_id, "template"), data={"remove": "yes"}).status_code == 303
    assert "Word-filene blir tegnet i malen deres" not in client.get(address(policy_id, "documents")).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_template_is_refused_in_words(client, language) -> None:
    id = start_policy(client, {}, language)
    answer = give_template(client, f"/{language}/policies/{id}/template", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)
    assert answer.status_code == 422
    assert say("error_template_locked", language) in answer.text
    assert 'id="error-template"' in answer.text


def test_a_version_keeps_its_template_and_a_file_of_it_is_known(app, play) -> None:
    give_template(play.owner, play.address("template"), word_templates.norwegian())
    play.until("ready")
    file = play.owner.get(play.address("versions/1/policy.docx")).data
    refused = give_template(play.owner, play.address("template"), word_templates.plain())
    assert refused.status_code == 409
    assert "velger du malen på nytt" in refused.text
    answer, _ = opened(play, refused)
    assert answer.location == play.address("documents") + "#template"
    play.owner.post(play.address("template"), data={"remove": "yes"})
    again = play.owner.get(play.address("versions/1/policy.docx")).data
    assert "Overskrift1" in zipfile.ZipFile(io.BytesIO(again)).read("word/document.xml").decode()
    told = play.owner.post("/en/verify", data={"file": (io.BytesIO(again), "policy.docx")}).text
    assert "exactly the one we made" in told
    assert "exactly the one we made" in play.owner.post("/en/verify", data={"file": (io.BytesIO(file), "policy.docx")}).text


def test_a_copy_takes_the_template_along(app, play) -> None:
    give_template(play.owner, play.address("template"), word_templates.poor())
    with app.app_context():
        policy = db.session.get_one(Policy, play.id)
        place = db.session.get_one(Workplace, policy.workplace_id)
        copied = place.copy(policy, "Avdeling Nord")
        assert copied.template == policy.template
        assert copied.template_lacks == policy.template_lacks
        assert copied.template
