"""Word files: valid, accessible, the same bytes each time, and unbroken by anything a person may write."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator

from app.documents import assemble, savefile
from app.documents.draft import Draft
from app.documents.logo import LogoError
from app.documents.look import Look
from app.documents.render import docx, plain
from app.documents.render.docx import make_template
from app.documents.render.docx import sheet as docx_sheet
from app.documents.render.docx import styles as docx_look
from app.documents.render.docx.package import TEMPLATE
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, TAGS, Language
from tests.unit.drawn import W, docx_part, docx_text, picture, words_of
from tests.unit.sample_document import HARD, sample

EXAMPLE = Path(__file__).parents[2] / "examples" / "nursing_home.json"


def faults(file: bytes, folder: Path) -> list[str]:
    """What the validator says about a file."""
    path = folder / "document.docx"
    path.write_bytes(file)
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_file_is_valid(language: Language, kind: str, tmp_path: Path) -> None:
    assert faults(docx.draw(sample(language), Look(picture(kind))), tmp_path) == []


@pytest.mark.parametrize("extra", HARD)
def test_hard_words_stay_whole_and_break_nothing(extra: str, tmp_path: Path) -> None:
    document = sample("nb", extra)
    file = docx.draw(document)
    assert faults(file, tmp_path) == []
    bare = replace(document, contents="", draft="", edition="")
    assert words_of(docx_text(docx.draw(bare))) == words_of(plain.draw(bare))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_words_give_a_file_that_opens(extra: str) -> None:
    with ZipFile(BytesIO(docx.draw(sample("nn", extra)))) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                etree.fromstring(archive.read(name))


def test_same_document_same_bytes() -> None:
    first = docx.draw(sample(), Look(picture()))
    docx.draw(sample("en"))
    assert docx.draw(sample(), Look(picture())) == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_and_properties(language: Language) -> None:
    file = docx.draw(sample(language))
    document = python_docx.Document(BytesIO(file))
    assert document.core_properties.language == TAGS[language]
    assert document.core_properties.title == sample(language).title
    assert document.core_properties.author == ""
    lang = docx_part(file, "word/styles.xml").find(f".//{W}docDefaults//{W}lang")
    assert lang is not None
    assert lang.get(f"{W}val") == TAGS[language]


def test_a_long_title_is_shortened_in_the_properties_only() -> None:
    file = docx.draw(replace(sample(), title="ord " * 100))
    assert len(python_docx.Document(BytesIO(file)).core_properties.title) == 255
    assert "ord " * 99 in docx_text(file)


def test_one_first_heading_and_no_level_is_skipped() -> None:
    document = python_docx.Document(BytesIO(docx.draw(sample())))
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_contents_lead_to_headings_that_exist() -> None:
    body = docx_part(docx.draw(sample()))
    anchors = [link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")]
    assert anchors == [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(anchors) == len(sample().sections)
    fields = "".join(text.text or "" for text in body.iter(f"{W}instrText"))
    assert re.findall(r"PAGEREF (\S+)", fields) == anchors


def test_tables_have_header_rows_and_pictures_have_words() -> None:
    body = docx_part(docx.draw(sample(), Look(picture())))
    for table in body.iter(f"{W}tbl"):
        mark = table.find(f"{W}tr/{W}trPr")
        assert mark is not None
        assert [part.tag for part in mark] == [f"{W}cantSplit", f"{W}tblHeader"]
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None
    pictures = [part for part in body.iter() if str(part.tag).endswith("}docPr")]
    assert len(pictures) == 3
    assert all(part.get("descr") and part.get("title") for part in pictures)
    assert len({part.get("id") for part in pictures}) == 3


def test_every_numbered_list_begins_at_one_in_every_build() -> None:
    for _ in range(2):
        file = docx.draw(sample())
        used = [id.get(f"{W}val") for id in docx_part(file).iter(f"{W}numId")]
        assert sorted(set(used)) == ["10", "11"]
        lists = docx_part(file, "word/numbering.xml")
        started = {num.get(f"{W}numId") for num in lists.iter(f"{W}num") if num.find(f".//{W}startOverride") is not None}
        assert set(used) == started


def test_header_and_footer_say_whose_and_which() -> None:
    with ZipFile(BytesIO(docx.draw(sample()))) as archive:
        header, first, footer = (archive.read(f"word/{name}.xml").decode() for name in ("header", "firstHeader", "footer"))
    assert "Solsiden sykehjem" in header
    assert "Utkast" in header
    assert "Utkast" in first
    assert "Innhold 2026.1" in footer
    assert re.search(r"Side .*PAGE.* av .*NUMPAGES", footer)


def test_addresses_are_links() -> None:
    file = docx.draw(sample("nb", " se https://rusoff.no/veiviser. Og mer"))
    fields = [field.get(f"{W}instr") for field in docx_part(file).iter(f"{W}fldSimple")]
    assert ' HYPERLINK "https://rusoff.no/veiviser" ' in fields


@pytest.mark.parametrize("logo", [b"GIF89a", b"\x89PNG\r\n\x1a\n", b"x", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"])
def test_what_is_no_picture_is_refused(logo: bytes) -> None:
    with pytest.raises(LogoError):
        docx.draw(sample(), Look(logo))


def test_the_template_is_the_one_that_the_styles_make(tmp_path: Path) -> None:
    path = tmp_path / "template.docx"
    make_template.make(path)
    with ZipFile(path) as made, ZipFile(TEMPLATE) as kept:
        assert {name: made.read(name) for name in made.namelist()} == {name: kept.read(name) for name in kept.namelist()}


def test_every_style_that_is_named_exists() -> None:
    file = docx.draw(sample(), Look(picture()))
    known = {style.get(f"{W}styleId") for style in docx_part(file, "word/styles.xml").iter(f"{W}style")}
    body = docx_part(file)
    used = {part.get(f"{W}val") for name in ("pStyle", "rStyle", "tblStyle") for part in body.iter(f"{W}{name}")}
    assert used <= known
    assert docx_look.TEXT_WIDTH == 11906 - 2 * 1020
    assert docx_sheet.OURS.first_list > docx_look.NUMBERS


def test_contents_are_a_field_that_asks_nobody_anything() -> None:
    package = docx.draw(sample())
    body = docx_part(package)
    [block] = body.iter(f"{W}sdt")
    gallery = next(block.iter(f"{W}docPartGallery"))
    assert gallery.get(f"{W}val") == "Table of Contents"
    codes = [text.text for text in block.iter(f"{W}instrText")]
    assert codes[0] == r' TOC \o "2-3" \h \z '
    kinds = [mark.get(f"{W}fldCharType") for mark in block.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", *["begin", "separate", "end"] * len(sample().sections), "end"]
    assert not [mark for mark in body.iter(f"{W}fldChar", f"{W}fldSimple") if mark.get(f"{W}dirty")]
    with ZipFile(BytesIO(package)) as file:
        assert b"updateFields" not in file.read("word/settings.xml")


def test_contents_are_made_of_sections_alone() -> None:
    """Word takes headings 2 and 3 into the contents: a heading inside a section must be none of them."""
    body = docx_part(docx.draw(sample()))
    styles = [style.get(f"{W}val") for style in body.iter(f"{W}pStyle")]
    assert styles.count("Heading2") + styles.count("Heading3") == len(sample().sections)
    assert "Subheading" in styles or "Heading4" in styles


def test_nobody_signs_a_page_of_its_own() -> None:
    """Heading, words and lines to sign stay on one page, when a page holds them."""
    policy = assemble.policy(Draft(the_pack(), savefile.read(the_pack(), EXAMPLE.read_text("utf-8")).answers, "nb"))
    paragraphs = list(docx_part(docx.draw(policy)).iter(f"{W}p"))
    words = ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in paragraphs]
    begins = len(words) - 1 - words[::-1].index("Medvirkning og vedtak")
    signed = [at for at, paragraph in enumerate(paragraphs) if at > begins and style_of(paragraph) == "Signature"]
    ends = next(at for at in signed if at + 1 not in signed)
    assert all(paragraph.find(f"{W}pPr/{W}keepNext") is not None or "Caption" in style_of(paragraph) for paragraph in paragraphs[begins + 1 : ends])
    assert paragraphs[ends].find(f"{W}pPr/{W}keepNext") is None


def test_what_ends_with_a_colon_stays_with_what_it_leads_to() -> None:
    policy = assemble.policy(Draft(the_pack(), savefile.read(the_pack(), EXAMPLE.read_text("utf-8")).answers, "nb").at_length("full"))
    paragraphs = list(docx_part(docx.draw(policy)).iter(f"{W}p"))
    words = ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in paragraphs]
    leading = [a for a, b, said in zip(paragraphs, paragraphs[1:], words, strict=False) if said.endswith(":") and style_of(b) == "ListBullet"]
    assert len(leading) > 5
    assert all(paragraph.find(f"{W}pPr/{W}keepNext") is not None for paragraph in leading if style_of(paragraph) == "Normal")


def test_the_sources_stay_on_one_page() -> None:
    draft = Draft(the_pack(), savefile.read(the_pack(), EXAMPLE.read_text("utf-8")).answers, "nb").at_length("policy")
    paragraphs = list(docx_part(docx.draw(assemble.policy(draft))).iter(f"{W}p"))
    sources = [at for at, paragraph in enumerate(paragraphs) if style_of(paragraph) == "ListNumberFine"]
    assert len(sources) > 10
    assert style_of(paragraphs[sources[0] - 1]) == "Heading2", "which stays with what follows"
    held = [paragraphs[at].find(f"{W}pPr/{W}keepNext") is not None for at in sources]
    assert held == [True] * (len(sources) - 1) + [False]


def style_of(paragraph) -> str:
    return paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")


@pytest.mark.parametrize("example", sorted(EXAMPLE.parent.glob("*.json")), ids=lambda path: path.stem)
def test_only_sheets_to_take_out_begin_on_a_page_of_their_own(example: Path) -> None:
    """The others share pages; what follows such a sheet, which are the sources, begins a new one."""
    policy = assemble.policy(Draft(the_pack(), savefile.read(the_pack(), example.read_text("utf-8")).answers, "nb").at_length("full"))
    own = {section.title.partition(": ")[2] for section in policy.sections if section.page_break and section.part == "appendix"}
    appendices = {section.title.partition(": ")[2] for section in policy.sections if section.part == "appendix" and section.level == 1}
    assert own <= {"Mal for individuell Akan-avtale", "Maler for skriftlig advarsel", "Akuttrutine", "Spørreskjema til de ansatte"}
    assert "Akuttrutine" in own
    last = next(section for section in reversed(policy.sections) if section.part == "appendix" and section.level == 1)
    assert [section.page_break for section in policy.sections if section.part == "back"] == [last.page_break, False]
    assert any(name.startswith("Plan for ledelsen") for name in appendices - own)
    assert "Samtaleguide for ledere" in appendices - own
