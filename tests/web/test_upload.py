"""The answers as a file: down, up again, from an older edition, and things that are no such file."""

from __future__ import annotations

import html
import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image

from app.documents import savefile
from app.documents.images import taken
from app.documents.look import Look
from app.downloads import views_look as app_views
from app.models.db import db
from app.pack.examples import NAMES
from app.steps import views_start as app_start
from tests.conftest import start_policy
from tests.web.test_wizard import address, stored

EXAMPLES = Path(__file__).parents[2] / "examples"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, "#0b5864").save(content, kind)
    return content.getvalue()


def upload(client, content: bytes | str, name: str = "svar.json", language: str = "nb"):
    data = content.encode() if isinstance(content, str) else content
    return client.post(f"/{language}/policies/from-file", data={"answers": (io.BytesIO(data), name)}, content_type="multipart/form-data")


def send_logo(client, id: str, content: bytes):
    return client.post(address(id, "logo"), data={"logo": (io.BytesIO(content), "logo.png")}, content_type="multipart/form-data")


def test_answers_go_down_and_up_again(app, client) -> None:
    answers = {"workplace_name": "Ærlig & Sønn «AS»", "sector": "office", "own_values": "Først\nså <dette>", "testing": None}
    id = start_policy(client, answers, "nn")
    send_logo(client, id, picture())
    file = client.get(address(id, "answers.json"))
    assert "filename*=UTF-8''Svar%20rusmiddelpolicy%20-%20%C3%86rlig" in file.headers["Content-Disposition"]
    again = upload(client, file.data)
    assert again.status_code == 303
    new = again.location.split("/")[3]
    assert new != id
    assert stored(app, new) == answers
    assert "Dokumenta" not in client.get(address(new, "documents")).text
    assert "Fjern logoen" in client.get(address(new, "documents")).text


@pytest.mark.parametrize("example", NAMES)
def test_examples_are_such_files(client, example) -> None:
    assert upload(client, (EXAMPLES / f"{example}.json").read_bytes()).status_code == 303


def test_what_changed_since_an_older_edition_is_listed(app, client) -> None:
    file = json.loads((EXAMPLES / "consultancy.json").read_text("utf-8"))
    file["edition"] = "2024.1"
    file["answers"] |= {"gone_<question>": "x", "sector": "gone_option", "decision_planned": "31.02.2027"}
    del file["answers"]["size"]
    answer = upload(client, json.dumps(file))
    assert answer.status_code == 200
    page = answer.text
    for words in (
        "2024.1",
        "gone_&lt;question&gt;",
        "Et svaralternativ finnes ikke lenger",
        "Svaret kunne ikke brukes",
        "Nytt spørsmål som dere må svare på",
    ):
        assert words in page, words


def test_answers_that_belong_to_the_decision_move_over_or_are_told(app, client) -> None:
    file = json.loads((EXAMPLES / "consultancy.json").read_text("utf-8"))
    file["answers"] |= {"decision_date": "2027-01-20", "case_number": "12/27", "version": "2.0"}
    file["answers"].pop("decision_planned", None)
    page = upload(client, json.dumps(file)).text
    for words in (
        "Svaret er flyttet",
        "Spørsmålet stilles ikke lenger",
        "Datoen er flyttet",
        "Saksnummeret er ikke tatt med",
        "Versjonen er ikke tatt med",
    ):
        assert words in page, words
    kept = stored(app, re.search(r"/policies/([a-z2-7]{26})", page)[1])
    assert kept["decision_planned"] == "2027-01-20"
    assert not {"decision_date", "case_number", "version"} & kept.keys()


def test_a_draft_of_before_keeps_its_date(app, client) -> None:
    id = start_policy(client, {"decision_date": "2027-01-20"})
    assert 'value="20.01.2027"' in client.get(address(id, "anchor/decision")).text
    assert json.loads(client.get(address(id, "answers.json")).text)["answers"]["decision_planned"] == "2027-01-20"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kan ikke leses"),
        (b"\xff\xfe\x00", "tegnkoding"),
        (b'{"x": "\x91"}', "tegnkoding"),
        (b"[1]", "ikke svar fra denne"),
        (b"0", "ikke svar fra denne"),
        (b'{"format": "rusoff-answers", "version": 99, "answers": {}}', "nyere utgave"),
        (b'{"format": "rusoff-answers", "version": 1, "pack": "other", "answers": {}}', "annen type policy"),
        (b"[" * 100_000, "kan ikke leses"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(client, content, words) -> None:
    answer = upload(client, content)
    assert answer.status_code == 422
    assert words in answer.text
    assert "<title>Feil:" in answer.text


def test_no_file_at_all_is_refused_in_words(client) -> None:
    assert "Velg filen med svar først" in client.post("/nb/policies/from-file").text


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_logo_is_taken_and_removed(client, policy_id, kind) -> None:
    assert send_logo(client, policy_id, picture(kind)).status_code == 303
    for name in ("policy.docx", "policy.pdf", "policy.html"):
        assert client.get(address(policy_id, f"documents/{name}")).status_code == 200
    client.post(address(policy_id, "logo"), data={"remove": "yes"})
    assert "Fjern logoen" not in client.get(address(policy_id, "documents")).text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Velg et bilde først"),
        (b"GIF89a", "ødelagt"),
        (b"<svg/>", "bilde i SVG"),
        (b"x", "ikke et bilde"),
        (b"\x89PNG\r\n\x1a\n", "PNG eller JPEG"),
        (picture()[:60], "mangler noe på slutten"),
        (picture(size=(4001, 4000)), "høyst 16 millioner"),
        (picture() + b"\0" * 1024 * 1024, "større enn 1 MB"),
    ],
)
def test_what_is_no_logo_is_refused_in_words(client, policy_id, content, words) -> None:
    answer = send_logo(client, policy_id, content)
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("carried", [False, True], ids=["alone", "in a file of answers"])
def test_nobody_waits_while_a_picture_is_read(app, client, policy_id, monkeypatch, carried) -> None:
    """It takes up to a second, in which SQLite's one lock must be free."""
    seen = []

    def look(content: bytes):
        assert not db.session().in_transaction()
        with db.engine.begin() as other:
            seen.append(other.exec_driver_sql("UPDATE policy SET language = language").rowcount)
        return taken(content)

    for module in (app_start, app_views):
        monkeypatch.setattr(module, "taken", look)
    if carried:
        text = savefile.written("rusoff", "x", "nb", {}, Look(picture()))
        assert upload(client, text).status_code in (200, 303)
    else:
        assert send_logo(client, policy_id, picture()).status_code == 303
    assert seen == [1]


def test_a_logo_in_a_file_that_cannot_be_taken_is_told(client) -> None:
    page = upload(client, savefile.written("rusoff", "x", "nb", {}, Look(picture()[:60])))
    assert page.status_code == 200
    assert "Logoen kom ikke med" in page.text
    assert "mangler noe på slutten" in page.text


def test_a_broken_picture_never_breaks_a_document(client, policy_id) -> None:
    whole = picture()
    for broken in (whole[:60], whole[:-20], picture("JPEG")[:300]):
        send_logo(client, policy_id, broken)
        for name in ("policy.docx", "policy.pdf", "policy.html"):
            assert client.get(address(policy_id, f"documents/{name}")).status_code == 200, name


def test_what_does_not_fit_is_shown_whole_and_the_rest_is_kept(app, client) -> None:
    file = json.loads((EXAMPLES / "consultancy.json").read_text("utf-8"))
    long = "Vi ringer <vakten>. " * 20
    file["answers"] |= {"acute_contact": long, "review_date": "1.12.2027", "event_units": "2", "logo": ""}
    file["logo"] = "no picture at all!"
    answer = upload(client, json.dumps(file).encode("utf-16"))
    assert answer.status_code == 200
    page = html.unescape(answer.text)
    assert f'<blockquote class="own-words">{long}</blockquote>' in page
    assert f"Svaret er {len(long.strip()) - 120} tegn for langt" in page
    assert "Logoen i filen kan ikke leses" in page
    id = re.search(r"/nb/policies/([a-z0-9]{26})/", answer.text)[1]
    kept = stored(app, id)
    assert "acute_contact" not in kept
    assert (kept["review_date"], kept["event_units"]) == ("2027-12-01", 2)
