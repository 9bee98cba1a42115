"""How documents look: the colour that a workplace gives, what is said of it, and where it stays."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.models.db import db
from app.models.policy import Policy
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
