"""The policy at each length with a picture of its first page, and several files as one: for those who may have them, drawn apart from the page."""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from flask import Flask

from app.documents.outputs import annex_files
from app.documents.render import pdf
from app.pack.load import the_pack
from app.web import limits, render_queue
from tests.conftest import browser, start_policy
from tests.deciding import DONE, scene
from tests.reading import Browser
from tests.web.test_pages import address

SMALL = {"workplace_name": "Solbakken", "size": "n5_9", "sector": "office"}
PNG = b"\x89PNG\r\n\x1a\n"


def size_of(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def test_the_page_draws_nothing_and_says_how_large_the_pictures_are(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    id = start_policy(client, SMALL)
    monkeypatch.setattr(pdf, "draw", None)
    page = client.get(address(id, "documents")).text
    pictures = re.findall(r'<img class="page-one" src="([^"]+)" width="331" height="468" loading="lazy" decoding="async" alt="">', page)
    assert pictures == [address(id, f"documents/{length}/page-one.png") for length in ("rules", "policy", "full")]


def test_a_picture_is_as_large_as_it_says_and_is_drawn_once(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    id, drawn, real = start_policy(client, SMALL), [], pdf.draw
    monkeypatch.setattr(pdf, "draw", lambda *given: drawn.append(1) or real(*given))  # type: ignore[func-returns-value]
    first = client.get(address(id, "documents/policy/page-one.png"))
    assert first.data.startswith(PNG)
    assert size_of(first.data) == (331, 468)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get(address(id, "documents/policy/page-one.png"), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, len(drawn)) == (304, b"", 1)
    assert client.get(address(id, "documents/rules/page-one.png")).data not in (first.data, b"")
    assert client.get(address(id, "documents/other/page-one.png")).status_code == 404


def test_nobody_else_sees_a_picture_or_gets_a_file(app: Flask, client: Browser) -> None:
    id, stranger = start_policy(client, SMALL), browser(app)
    for rest in ("full/page-one.png", "full/policy.docx", "annexes.zip", "all.zip"):
        assert stranger.get(address(id, f"documents/{rest}")).status_code == 404, rest


def test_another_length_says_which_in_its_name_and_that_it_is_a_draft(client: Browser) -> None:
    id = start_policy(client, SMALL)
    file = client.get(address(id, "documents/full/policy.docx"))
    assert "Rusmiddelpolicy (Policy med rutiner) - Solbakken - utkast.docx" in unquote(file.headers["Content-Disposition"])
    assert len(file.data) != len(client.get(address(id, "documents/policy.docx")).data)
    assert "Solbakken - utkast.pdf" in unquote(client.get(address(id, "documents/rules.pdf")).headers["Content-Disposition"])
    assert "utkast" not in unquote(client.get(address(id, "documents/questionnaire.docx")).headers["Content-Disposition"])


def test_what_was_signed_for_has_one_length(app: Flask) -> None:
    play = scene(app).until("in_force")
    page = play.owner.get(play.address("documents")).text
    assert re.findall(r'src="[^"]*/documents/(\w+)/page-one.png"', page) == ["full"]
    assert play.reader.get(play.address("documents/full/page-one.png")).data.startswith(PNG)
    assert play.owner.get(play.address("documents/policy/page-one.png")).status_code == 404
    assert play.owner.get(play.address("documents/policy/policy.docx")).status_code == 404


def test_the_annexes_come_as_one_file_with_names_of_their_own(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    id = start_policy(client, DONE)
    monkeypatch.setattr(render_queue, "file", lambda file, *_: file.name.encode())
    counted: list[int] = []
    monkeypatch.setattr(limits, "count_document", lambda: counted.append(1))
    file = client.get(address(id, "documents/annexes.zip"))
    assert file.headers["Content-Type"] == "application/zip"
    assert "Vedlegg - Nordtun Bygg AS.zip" in unquote(file.headers["Content-Disposition"])
    with ZipFile(BytesIO(file.data)) as packed:
        names = packed.namelist()
        assert sorted(packed.read(name).decode() for name in names) == sorted(annex_files(the_pack()))
    assert len(set(names)) == len(names) == len(counted)
    assert any(name.startswith("Akuttrutine - Nordtun Bygg AS") for name in names)


def test_all_files_are_those_in_the_language_of_the_policy(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    id = start_policy(client, DONE)
    monkeypatch.setattr(render_queue, "file", lambda file, *_: file.name.encode())
    with ZipFile(BytesIO(client.get(address(id, "documents/all.zip")).data)) as packed:
        files = [packed.read(name).decode() for name in packed.namelist()]
    assert {"policy.docx", "policy.pdf", "policy.html", "rules.pdf", "poster.pdf", "questionnaire.docx", *annex_files(the_pack())} <= set(files)
    assert not [name for name in files if name.startswith("questionnaire-")]
