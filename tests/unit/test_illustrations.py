"""Our own pictures: well-formed, light, in colours that follow the page; and the page that the start page shows says what a policy says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from app.commands import first_page
from app.decisions.view_models import PICTURES
from app.pack.load import the_pack
from app.pack.text import LANGUAGES

TEMPLATES = Path(__file__).parents[2] / "app" / "templates"
CSS = (TEMPLATES.parent / "static" / "rusoff.css").read_text("utf-8")
DRAWN = sorted((TEMPLATES / "illustrations").glob("*.svg"))
SHAPES = {"path", "circle", "rect"}
GEOMETRY = {"class", "d", "cx", "cy", "r", "rx", "x", "y", "width", "height"}
ASKED_FOR = re.compile(r"""illustration\("(\w+)""")


def shapes(path: Path) -> list[etree._Element]:
    return list(etree.fromstring(f"<svg>{path.read_text('utf-8')}</svg>"))


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.stem)
def test_a_picture_is_lines_in_the_colours_of_the_page(path: Path) -> None:
    """A colour of its own would not turn in the dark, and a style would break the content policy."""
    assert path.stat().st_size < 1300
    for shape in shapes(path):
        assert shape.tag in SHAPES
        assert set(shape.attrib) <= GEOMETRY
        assert all(f".{name} " in CSS or f".{name}," in CSS for name in shape.get("class", "").split())


def test_every_step_has_a_picture() -> None:
    assert {step.id for step in the_pack().steps} <= {path.stem for path in DRAWN}


def test_every_picture_is_shown_somewhere_and_every_one_that_is_named_is_drawn() -> None:
    named = {name for path in TEMPLATES.rglob("*.html") for name in ASKED_FOR.findall(path.read_text("utf-8"))}
    steps = {step.id for step in the_pack().steps}
    assert named | steps | {*PICTURES.values(), "sent", "no_comments"} == {path.stem for path in DRAWN}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_on_the_start_page_says_what_a_policy_says(language) -> None:
    assert language not in first_page.stale(), "draw the pictures anew: rusoff first-page"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_on_the_start_page_is_small(language) -> None:
    path = first_page.FOLDER / f"{language}.webp"
    assert path.stat().st_size <= 40_000
    with Image.open(path) as picture:
        assert picture.size == (first_page.WIDTH, first_page.HEIGHT)


def test_a_picture_with_other_words_is_stale(monkeypatch) -> None:
    monkeypatch.setattr(first_page, "words", lambda language: "other")
    assert first_page.stale() == list(LANGUAGES)
