"""PDF files: tagged, in the right language, the same bytes, and data never read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Literal

import pdfua
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.documents.characters import shown
from app.documents.logo import LogoError
from app.documents.look import Look
from app.documents.model import BOX, Bullets, Cell, Paragraph, Run, Seal, Section, Table
from app.documents.render import pdf, plain
from app.pack.text import LANGUAGES, TAGS, Language
from tests.unit.drawn import missing, pdf_text, picture, without_alt, words_of
from tests.unit.sample_document import HARD, sample


@pytest.mark.parametrize("language", LANGUAGES)
def test_tagged_and_in_its_language(language: Language) -> None:
    reader = PdfReader(BytesIO(pdf.draw(sample(language), Look(picture()))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == TAGS[language]
    assert reader.metadata is not None
    assert reader.metadata.title == sample(language).title
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_outside_tool_finds_nothing_against_pdf_ua(language: Language, tmp_path: Path) -> None:
    file = tmp_path / "policy.pdf"
    file.write_bytes(pdf.draw(sample(language), Look(picture())))
    report = pdfua.validate(str(file))
    assert [finding.to_dict() for finding in report.findings] == []
    assert len(report.outcomes) > 10


def test_a_form_has_its_words_over_their_own_columns() -> None:
    """All on one line: an empty heading before them would push the last one down."""
    header = ("Påstand", "Enig", "Vet ikke")
    form = Table("", header, (tuple(Cell((Run(words),)) for words in ("1. Hos oss er det trygt.", BOX, BOX)),), (0.6, 0.2, 0.2), style="form")
    drawn = pdf.draw(replace(sample(), sections=(Section("one", 1, "Kultur", "body", (form,)),)))
    assert " ".join(header) in pdf_text(drawn).split("\n")


def test_the_contents_are_tagged_as_such_and_do_not_run_into_the_text() -> None:
    drawn = pdf.draw(sample())
    root = PdfReader(BytesIO(drawn)).trailer["/Root"]["/StructTreeRoot"]
    kinds = [kind for kind in _kinds(root) if kind in ("/TOC", "/TOCI")]
    assert kinds[:2] == ["/TOC", "/TOCI"] or kinds[:3] == ["/TOC", "/TOC", "/TOCI"]
    assert kinds.count("/TOCI") >= len(sample().sections)
    lines = pdf_text(drawn).split("\n")
    entries = [line for line in lines if any(line.startswith(f"{section.title} ") for section in sample().sections)]
    assert len(entries) == len(sample().sections)


def _kinds(node: object) -> Iterator[str]:
    """The kinds of all tags, in reading order."""
    if isinstance(node, list):
        for child in node:
            yield from _kinds(child)
    elif hasattr(node, "get_object") and isinstance(found := node.get_object(), dict):
        if "/S" in found:
            yield found["/S"]
        yield from _kinds(found.get("/K"))
    elif hasattr(node, "get_object") and isinstance(found, list):
        yield from _kinds(list(found))


def test_outline_and_links() -> None:
    reader = PdfReader(BytesIO(pdf.draw(sample())))
    titles = [entry["/Title"] for entry in _flat(reader.outline)]
    assert titles == [sample().title, *(section.title for section in sample().sections)]
    links = [note for page in reader.pages for note in page.get("/Annots", []) if note.get_object()["/Subtype"] == "/Link"]
    assert len(links) >= len(sample().sections)


def _flat(outline: list) -> Iterator[dict]:  # type: ignore[type-arg]
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def test_same_document_same_bytes() -> None:
    assert pdf.draw(sample(), Look(picture())) == pdf.draw(sample(), Look(picture()))


@pytest.mark.parametrize("extra", HARD)
def test_hard_words_are_only_words(extra: str) -> None:
    document = replace(sample("nb", extra), contents="", draft="", edition="", page_of="")
    text = plain.draw(without_alt(document))
    expected = words_of(shown(text) if "😀" in extra else text)
    assert missing(expected, words_of(pdf_text(pdf.draw(document)))) == []


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_any_words_give_a_pdf(extra: str) -> None:
    assert pdf.draw(sample("en", extra)).startswith(b"%PDF")


def test_no_words_run_off_the_page() -> None:
    heights: list[float] = []
    for page in PdfReader(BytesIO(pdf.draw(sample("nb", HARD[5])))).pages:
        page.extract_text(visitor_text=lambda words, cm, tm, _font, _size: heights.append(_height(cm, tm)) if words.strip() else None)
    assert len(heights) > 500
    assert min(heights) > 25, "9 mm: more than any printer leaves blank"


def _height(cm: list[float], tm: list[float]) -> float:
    """How far above the foot of the page words stand, in points."""
    return tm[4] * cm[1] + tm[5] * cm[3] + cm[5]


@pytest.mark.parametrize("style", ["plain", "board"])
def test_no_row_stands_alone_at_the_head_or_foot_of_a_page(style: Literal["plain", "board"]) -> None:
    rows = tuple((Cell((Run(f"Rad {at}"),)), Cell((Run("Slik gjør vi det"),))) for at in range(8))
    table = Table("", ("Situasjon", "Rutine"), rows, (0.4, 0.6), style=style, tone="red" if style == "board" else None)
    line = Paragraph((Run("En linje."),))
    sections = tuple(Section(f"s{at}", 1, "Kapittel", "body", (*(line,) * at, table), page_break=True) for at in range(20, 40))
    pages = [re.findall(r"Rad \d", page.extract_text()) for page in PdfReader(BytesIO(pdf.draw(replace(sample(), sections=sections)))).pages]
    assert sum(map(len, pages)) == 8 * len(sections)
    assert any(0 < len(found) < 8 for found in pages), "some break"
    assert 1 not in map(len, pages)


def test_what_ends_with_a_colon_stays_with_what_it_leads_to() -> None:
    line, leading = Paragraph((Run("En linje."),)), Paragraph((Run("Dette gjelder:"),))
    listed = Bullets(tuple((Run(f"Regel {at}"),) for at in range(6)))
    sections = tuple(Section(f"s{at}", 1, "Kapittel", "body", (*(line,) * at, leading, listed), page_break=True) for at in range(30, 46))
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf.draw(replace(sample(), sections=sections)))).pages]
    assert all("Regel 0" in page for page in pages if "Dette gjelder:" in page)
    assert any("Regel" in page and "Regel 0" not in page for page in pages), "some lists break"


def test_a_list_of_sources_is_not_torn_apart() -> None:
    line = Paragraph((Run("En linje."),))
    sources = Bullets(tuple((Run(f"Kilde {at}"),) for at in range(14)), numbered=True, fine=True)
    sections = tuple(Section(f"s{at}", 1, "Kilder", "back", (*(line,) * at, sources), page_break=True) for at in (20, 34, 38, 42))
    pages = [page.extract_text().count("Kilde ") for page in PdfReader(BytesIO(pdf.draw(replace(sample(), sections=sections)))).pages]
    assert [found for found in pages if found] == [14] * len(sections)
    assert 0 in pages[1:], "where there is no room it goes to the next page"


def test_a_title_of_two_lines_is_broken_evenly() -> None:
    seal = Seal("draft", "Utkast til policy", "")
    drawn = pdf.draw(replace(sample(), title="Rusmiddelpolicy for Nordtun Bygg AS", seal=seal))
    assert re.search(r"Rusmiddelpolicy for ?\nNordtun Bygg AS", pdf_text(drawn))


def test_page_numbers_and_edition_are_on_every_page() -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf.draw(sample()))).pages]
    for at, page in enumerate(pages, start=1):
        assert f"Side {at} av {len(pages)}" in page
        assert "Innhold 2026.1" in page
        assert "Utkast" in page


def test_a_broken_logo_is_refused() -> None:
    with pytest.raises(LogoError):
        pdf.draw(sample(), Look(picture()[:60]))
