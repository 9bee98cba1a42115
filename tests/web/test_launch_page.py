"""The page with everything that makes a policy known: made of the version in force alone, for the members of the workplace."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from hashlib import sha256

import pytest

from app.clock import now
from app.models.comments import Comment
from app.models.db import db
from app.models.policy import Policy
from tests import world
from tests.deciding import Scene, scene


@pytest.fixture
def play(app) -> Scene:
    return scene(app)


def test_it_is_made_of_the_version_in_force(play) -> None:
    assert play.owner.get(play.address("launch/")).status_code == 302, "nothing is in force"
    with play.app.app_context():
        policy = db.session.get_one(Policy, play.id)
        reader = world.reviewer(review := world.review(policy), name="Kanari Fugl")
        for section in ("purpose", "responsibility"):
            comment = Comment.write(reader, section, "disagreement", "Kanarimerknad")
            comment.sent_at = review.closed_at = now()
            comment.answer_with("noted", "Kanarisvar", "", None)
        db.session.commit()
    play.until("in_force")
    assert play.address("launch/") in play.reader.get(play.address("status")).text
    text = play.reader.get(play.address("launch/")).text
    assert "Rusmiddelpolicyen vår gjelder fra" in text
    assert "Laget av versjon 2" in text
    assert "Vi fikk 2 innspill til utkastet" in text
    assert "Kanari" not in text
    assert "http://localhost/p/" not in text
    assert "Åpen side for alle" not in text, "only an owner can open it"
    assert "Åpen side for alle" in play.owner.get(play.address("launch/")).text


def test_the_texts_name_the_public_address_and_come_in_every_language(play) -> None:
    play.until("in_force")
    play.owner.post(play.address("public/"), data={"name": "solbakken", "frames": ""})
    assert "http://localhost/p/solbakken" in play.owner.get(play.address("launch/")).text
    text = play.owner.get(play.address("launch/nn/")).text
    assert "Rusmiddelpolicyen vår gjeld frå" in text
    assert "Gjør den kjent" in text, "the page speaks the language of the screen"
    assert "At work we are sober" in play.owner.get(play.address("launch/en/", "nn")).text


def test_everything_comes_in_one_file_with_a_manifest(play, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("app.web.render_queue.portable", lambda *_: b"%PDF-")  # drawn by other tests
    monkeypatch.setattr("app.web.render_queue.pressed", lambda _: b"%PDF-")
    play.until("in_force")
    play.owner.post(play.address("public/"), data={"name": "solbakken", "frames": ""})
    answer = play.reader.get(play.address("launch/nb/all.zip"))
    assert answer.status_code == 200
    together = zipfile.ZipFile(io.BytesIO(answer.data))
    manifest = json.loads(together.read("manifest.json"))
    assert (manifest["version"], manifest["language"], manifest["address"]) == (1, "nb", "http://localhost/p/solbakken")
    assert {file["file"] for file in manifest["files"]} == set(together.namelist()) - {"manifest.json"}
    assert {name.rpartition(".")[2] for name in together.namelist()} == {"txt", "pptx", "pdf", "docx", "png", "json"}
    for file in manifest["files"]:
        data = together.read(file["file"])
        assert (len(data), sha256(data).hexdigest()) == (file["bytes"], file["sha256"])
        if file["file"].endswith("txt"):
            assert data.decode("utf-8-sig").strip()
    whole = tmp_path / "kit.zip"
    whole.write_bytes(answer.data)
    told = subprocess.run(["unzip", "-t", str(whole)], capture_output=True, text=True, check=True)
    assert "No errors detected" in told.stdout
    page = play.reader.get(play.address("launch/")).text
    for name in ("slides.pptx", "script.docx", "script.pdf", "colours.pdf", "rules.pdf", "poster.pdf", "qr.png"):
        assert f"launch/nb/{name}" in page
    assert play.reader.get(play.address("launch/nb/notice.pdf")).status_code == 404
