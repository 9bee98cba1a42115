"""HTML files: strict, accessible, nothing executable; and all four renderers say the same words in the same order."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import html5lib
import pytest

from app.documents.look import Look
from app.documents.model import Document
from app.documents.render import docx, html, pdf, plain
from app.pack.text import LANGUAGES, TAGS, Language
from tests.unit.drawn import docx_text, html_text, missing, pdf_text, picture, without_alt, words_of
from tests.unit.sample_document import HARD, sample


def bare(document: Document) -> Document:
    """The document without what stands in headers, footers and the table of contents."""
    return replace(document, contents="", draft="", edition="", page_of="")


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_four_say_the_same_words(language: Language) -> None:
    document = bare(sample(language))
    words = words_of(plain.draw(document))
    assert words_of(html_text(html.draw(document))) == words
    assert words_of(docx_text(docx.draw(document))) == words
    assert missing(words_of(plain.draw(without_alt(document))), words_of(pdf_text(pdf.draw(document)))) == []


@pytest.mark.parametrize("extra", HARD)
def test_hard_words_stay_words(extra: str) -> None:
    document = bare(sample("nb", extra))
    page = html.draw(document)
    assert words_of(html_text(page)) == words_of(plain.draw(document))
    assert "<script" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_strict_and_readable(language: Language) -> None:
    page = html.draw(sample(language), Look(picture()))
    html5lib.HTMLParser(strict=True).parse(page)
    assert f'<html lang="{TAGS[language]}">' in page
    assert f"<title>{sample(language).title}</title>" in page
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert re.findall(r"<img [^>]*>", page) == re.findall(r'<img [^>]*alt="[^"]+">', page)
    assert page.count("<table") == page.count("<thead")


def test_pieces_for_the_preview_have_no_style_of_their_own() -> None:
    document = sample()
    pieces = html.sections(document)
    assert len(pieces) == len(document.sections)
    whole = "".join((html.front(document), html.contents(document), *pieces))
    assert "style" not in whole
    assert "<script" not in whole
    assert pieces[0].startswith('\n<h2 id="section-purpose"') or pieces[0].lstrip().startswith('<h2 id="section-purpose"')
    assert html.sections(document, top=2)[2].lstrip().startswith("<h4")


def test_addresses_are_links_and_nothing_else_is() -> None:
    page = html.draw(sample("nb", ' javascript:alert(1) https://a.no/"onclick="x'))
    assert '<a href="https://a.no/">' in page
    assert 'href="javascript' not in page
    assert 'onclick="' not in page
