"""A workplace's own colour: what is drawn in it can be read, in every format, and the colours that carry meaning stay."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.colours import ACCENT, LEAST_CONTRAST, MARKS, OPEN, PALE, TONES, contrast, palette_of, readable
from app.documents.look import Look
from app.documents.render import docx, html, pdf
from app.values.colour import read_colour
from tests.unit.drawn import pdf_text
from tests.unit.sample_document import sample


@pytest.mark.parametrize(("typed", "read"), [("#00594F", "00594f"), ("00594f", "00594f"), (" # 0a5 ", "00aa55"), ("0059", None), ("grønn", None)])
def test_a_colour_as_it_is_typed(typed: str, read: str | None) -> None:
    assert read_colour(typed) == read


def test_contrast_is_that_of_the_standard() -> None:
    assert [round(contrast(colour), 2) for colour in ("FFFFFF", "000000", "767676", "777777")] == [1.0, 21.0, 4.54, 4.48]
    assert contrast(ACCENT, PALE) > LEAST_CONTRAST


@given(st.binary(min_size=3, max_size=3).map(bytes.hex))
def test_what_is_drawn_can_be_read_and_is_no_darker_than_it_must_be(colour: str) -> None:
    drawn = readable(colour)
    assert contrast(drawn) >= LEAST_CONTRAST
    assert contrast(drawn, palette_of(colour).pale) >= LEAST_CONTRAST, "also in a box"
    if contrast(colour) >= LEAST_CONTRAST:
        assert drawn.lower() == colour
    else:
        assert contrast(drawn) < LEAST_CONTRAST + 0.12, "the nearest shade"
        assert contrast(palette_of(colour).pale) < 1.2


def test_the_colour_is_in_every_format_and_the_words_are_the_same() -> None:
    theirs = Look(colour="7a1fa2")
    word, page = docx.draw(sample(), theirs), html.draw(sample(), theirs)
    with zipfile.ZipFile(BytesIO(word)) as one, zipfile.ZipFile(BytesIO(docx.draw(sample()))) as other:
        parts = {name: one.read(name) for name in one.namelist() if name.endswith(".xml")}
        assert all(b'"7A1FA2"' in parts[f"word/{name}.xml"] for name in ("styles", "theme", "numbering"))
        assert not any(f'"{ACCENT}"'.encode() in words for words in parts.values())
        assert parts["word/document.xml"] == other.read("word/document.xml")
    assert "--accent: #7A1FA2" in page
    assert ACCENT not in page.partition("</style>")[0]
    assert html.draw(sample()).partition("</style>")[2] == page.partition("</style>")[2]
    assert pdf_text(pdf.draw(sample(), theirs)) == pdf_text(pdf.draw(sample()))
    assert pdf.colours("7a1fa2")["accent"] == "7A1FA2"


def test_the_tones_and_what_is_open_never_change() -> None:
    page, ours = html.draw(sample(), Look(colour="c4161c")), pdf.colours("c4161c")
    assert all(tone in page for tone in (*TONES.values(), *MARKS.values(), OPEN))
    assert ours["open"] == OPEN
    assert {ours[tone] for tone in TONES} == set(TONES.values())
