"""The annexes as files, from the page of documents and from a version."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from app.documents.outputs import annex_files
from app.pack.load import the_pack
from tests.conftest import start_policy
from tests.deciding import DONE, Scene, scene
from tests.web.test_pages import address


@pytest.mark.parametrize("length", ["rules", "full"])
def test_the_page_lists_them_whatever_the_length(client, length) -> None:
    id = start_policy(client, {**DONE, "length": length})
    page = client.get(address(id, "documents")).text
    assert re.findall(r"documents/(annex-[^\"]+)", page) == list(annex_files(the_pack()))
    file = client.get(address(id, "documents/annex-acute-routine.pdf"))
    assert file.data.startswith(b"%PDF")
    assert "Akuttrutine - Nordtun Bygg AS" in unquote(file.headers["Content-Disposition"])


def test_a_template_for_what_nobody_offers_is_not_there(client) -> None:
    id = start_policy(client, {**DONE, "agreement": "no"})
    assert "agreement-template" not in client.get(address(id, "documents")).text
    assert client.get(address(id, "documents/annex-agreement-template.docx")).status_code == 404
    assert client.get(address(id, "documents/annex-nothing.docx")).status_code == 404


@pytest.fixture
def play(app) -> Scene:
    return scene(app).until("in_force")


def test_a_version_gives_those_that_stand_in_it(play) -> None:
    page = play.reader.get(play.address("versions/1/")).text
    names = re.findall(r"versions/1/(annex-[^\"]+)", page)
    assert "annex-acute-routine.docx" in names
    assert "Plan for ledelsen og AMU" in page.partition("Vedleggene hver for seg")[2].partition("</details>")[0]
    for name in ("annex-acute-routine.docx", "annex-plan.docx"):
        file = play.reader.get(play.address(f"versions/1/{name}"))
        assert file.status_code == 200
        assert "versjon 1" in unquote(file.headers["Content-Disposition"])
    assert play.reader.get(play.address("documents/annex-acute-routine.docx")).status_code == 200
