"""The main walk in Firefox, the other engine: start, a page of questions, the preview, and a page that one reads; with axe on each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.ui_texts import say
from tests.e2e.axe import source
from tests.e2e.firefox import Firefox, executable

NAME = "Åsly & Sønner AS"
AXE = """return axe.run(document, {resultTypes: ['violations']})
  .then(found => found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).slice(0, 4).join(', ')}`));"""
SIDEWAYS = "return document.documentElement.scrollWidth > document.documentElement.clientWidth;"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = executable()
    if program is None:
        pytest.fail("NOT PROVEN: no Firefox was found. Install one, or name it in FIREFOX; make check does it by itself.", pytrace=False)
    folder: Path = tmp_path_factory.mktemp("firefox")
    with Firefox(program, folder, 1280, 900) as started:
        yield started


def is_fine(firefox: Firefox) -> None:
    firefox.run(source())
    assert firefox.run(AXE) == [], firefox.address()
    assert not firefox.run(SIDEWAYS), firefox.address()


def test_from_the_start_to_the_preview(firefox: Firefox, site: str) -> None:
    firefox.go(f"{site}/nb/")
    assert firefox.run("return document.querySelector('.hero-page img').naturalWidth") == 600
    assert firefox.run("return document.fonts.ready.then(() => document.fonts.check('1rem Inter'))")
    is_fine(firefox)

    firefox.click(".hero-words button[type=submit]")
    firefox.type("#f-workplace_name", NAME)
    is_fine(firefox)
    firefox.wait("return document.querySelector('#save-state').textContent")  # it saves while one types
    draft = firefox.address().partition("/policies/")[2].partition("/")[0]
    firefox.click("main button[name=to][value=next]:not([tabindex])")
    firefox.wait(f"return !document.querySelector('#f-workplace_name') && location.pathname.includes({draft!r})")

    firefox.go(f"{site}/nb/policies/{draft}/preview")
    assert NAME in firefox.words(".paper-title")
    is_fine(firefox)


def test_a_page_that_one_reads(firefox: Firefox, site: str) -> None:
    firefox.go(f"{site}/nb/privacy")
    assert firefox.words("h1") == say("privacy_title", "nb")
    is_fine(firefox)
