"""Static files on their way: compressed where they are text, whole where somebody asks for a part, and pages never."""

from __future__ import annotations

import gzip

import pytest

from app.web.static_files import STATIC

CSS = "/static/rusoff.css"


@pytest.mark.parametrize("name", ["rusoff.css", "autosave.js", "icon.svg", "designsystemet/theme.css"])
def test_text_is_compressed_for_whoever_takes_it(client, name) -> None:
    whole = (STATIC / name).read_bytes()
    plain = client.get(f"/static/{name}")
    assert (plain.data, plain.headers.get("Content-Encoding")) == (whole, None)
    packed = client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == whole
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    assert {"Accept-Encoding"} <= set(packed.vary) & set(plain.vary)
    assert packed.mimetype == plain.mimetype


def test_who_refuses_gzip_gets_the_file_as_it_is(client) -> None:
    assert "Content-Encoding" not in client.get(CSS, headers={"Accept-Encoding": "gzip;q=0, identity"}).headers


def test_what_a_browser_has_is_not_sent_again(client) -> None:
    packed = client.get(CSS, headers={"Accept-Encoding": "gzip"})
    plain = client.get(CSS)
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert client.get(CSS, headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304
    assert client.get(CSS, headers={"Accept-Encoding": "gzip", "If-Modified-Since": packed.headers["Last-Modified"]}).status_code == 304


def test_a_part_is_a_part_of_the_file_itself(client) -> None:
    part = client.get(CSS, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"})
    assert (part.status_code, part.data) == (206, (STATIC / "rusoff.css").read_bytes()[:10])
    assert "Content-Encoding" not in part.headers


def test_fonts_go_as_they_are_and_pages_are_never_compressed(client) -> None:
    """A page holds a secret beside what somebody typed: how well they are compressed together would tell of it."""
    for place in ("/static/fonts/inter-latin-wght-normal.woff2", "/nb/", "/nb/privacy"):
        answer = client.get(place, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer.headers
