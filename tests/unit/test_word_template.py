"""A workplace's own Word template: what comes in, what is refused, and what a document drawn with it is made of."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest

from app.documents.look import Look
from app.documents.render import docx
from app.documents.verify.extract import UnreadableError, extract
from app.documents.word_template import MAX_TEMPLATE, TemplateError, opened, taken
from app.pack.text import LANGUAGES, TAGS
from app.ui_texts import say
from tests import word_templates
from tests.unit.drawn import picture
from tests.unit.sample_document import sample
from tests.unit.test_docx import faults
from tests.word_templates import changed

KINDS = ("plain", "norwegian", "poor")
LACKING = {
    "plain": {"contents", "hyperlink"},
    "norwegian": {"contents", "hyperlink", "table"},
    "poor": {
        "title", "heading_2", "heading_3", "list_bullet", "list_number", "caption", "contents", "header", "footer", "strong", "hyperlink", "table",
    },
}  # fmt: skip
IDS = {"plain": ("Title", "Heading1", "ListBullet"), "norwegian": ("Tittel", "Overskrift1", "Punktliste")}
IDS["poor"] = ("RusOffHeading1", "Heading1", "RusOffListBullet")
RELS = "word/_rels/document.xml.rels"
HEADER_RELS = "word/_rels/header1.xml.rels"
OUTSIDE = '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" TargetMode="External"/>'


def template(kind: str) -> bytes:
    made: Callable[[], bytes] = getattr(word_templates, kind)
    return made()


def drawn(kind: str, look: dict[str, Any] | None = None) -> bytes:
    return docx.draw(sample(), Look(template=taken(template(kind)).data, **(look or {})))


def parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(file)) as archive:
        assert len(archive.namelist()) == len(set(archive.namelist()))
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_is_drawn_in_the_styles_of_the_template(kind: str, tmp_path: Path) -> None:
    file = drawn(kind)
    assert faults(file, tmp_path) == []
    assert set(taken(template(kind)).lacks) == LACKING[kind]
    assert extract(file).lines == extract(docx.draw(sample())).lines
    body = parts(file)["word/document.xml"].decode()
    used = set(re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', body))
    written = python_docx.Document(BytesIO(file)).styles.element
    assert used <= set(written.xpath("w:style/@w:styleId"))
    assert set(IDS[kind]) <= used
    assert r"TOC \o &quot;1-2&quot;" in body
    names = [name.casefold() for name in written.xpath("w:style/w:name/@w:val")]
    assert len(names) == len(set(names)), "no name stands twice"
    assert drawn(kind) == file, "the same template gives the same bytes"


def test_their_page_header_fonts_and_own_styles_stay_and_their_words_do_not() -> None:
    file = drawn("plain", {"logo": picture()})
    document = python_docx.Document(BytesIO(file))
    page = document.sections[0]
    assert (round(page.left_margin.cm, 1), round(page.right_margin.cm, 1), round(page.top_margin.cm, 1)) == (3.2, 2.8, 3.5)
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert document.styles["Note"].font.italic, "a style of theirs by the name of one of ours is as it was"
    width = page.page_width - page.left_margin - page.right_margin
    assert {sum(cell.width for cell in table.rows[0].cells) // 6350 for table in document.tables} == {width // 6350}
    header = "".join(one.text for one in page.header.paragraphs)
    assert sample().draft in header, "the mark of a draft stands on every page"
    assert page.header._element.xpath(".//pic:pic")
    assert "word/media/logo.png" not in parts(file), "one logo is enough"
    footer = [one.text for one in page.footer.paragraphs]
    assert footer[0].startswith("Nordmann Bygg AS")
    assert footer[1] == sample().edition
    whole = b"".join(parts(file).values()) + taken(template("plain")).data
    for words in ("Eksempeltekst", "Kari Nordmann"):
        assert words.encode() not in whole
    assert (document.core_properties.title, document.core_properties.author) == (sample().title, "")


def test_norwegian_ids_a_first_page_of_its_own_and_numbers_that_are_not_doubled() -> None:
    file = drawn("norwegian")
    document = python_docx.Document(BytesIO(file))
    page = document.sections[0]
    assert page.first_page_header.paragraphs[0].text == "Fjellvik kommune, forside"
    for header in (page.header, page.first_page_header):
        assert sample().draft in "".join(one.text for one in header.paragraphs)
    heading = document.styles["Heading 1"].element
    assert heading.xpath("w:pPr/w:numPr/w:numId/@w:val") == ["0"], "the text refers to our numbers"
    lists = parts(file)["word/numbering.xml"].decode()
    own = re.findall(r'<w:num w:numId="(\d+)"><w:abstractNumId w:val="(\d+)"/><w:lvlOverride', lists)
    numbers = document.styles["List Number"].element.xpath("w:pPr/w:numPr/w:numId/@w:val")[0]
    [kind] = re.findall(rf'<w:num w:numId="{numbers}"[^>]*>\s*<w:abstractNumId w:val="(\d+)"', lists)
    assert {found for _, found in own} == {kind}, "their numbered list, begun anew each time"
    ids = re.findall(r'<w:num w:numId="(\d+)"', lists)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_the_document(language) -> None:
    file = docx.draw(sample(language), Look(template=taken(template("norwegian")).data))
    spoken = set(python_docx.Document(BytesIO(file)).styles.element.xpath(".//w:lang/@w:val"))
    assert spoken == {TAGS[language]}


def test_a_colour_goes_into_what_is_ours_and_a_form_keeps_our_page() -> None:
    theirs, own = parts(drawn("poor"))["word/styles.xml"], parts(drawn("poor", {"colour": "7a1fa2"}))["word/styles.xml"]
    assert b'"7A1FA2"' in own
    assert b'"7A1FA2"' not in theirs
    rules = replace(sample(), kind="rules")
    assert docx.draw(rules, Look(template=taken(template("plain")).data)) == docx.draw(rules)


def with_link(kind: str, target: str, rels: str = RELS) -> Callable[[bytes], bytes]:
    return lambda file: changed(file, {rels: lambda words: words.replace("</Relationships>", OUTSIDE.format(kind, target) + "</Relationships>")})


def with_attached(file: bytes) -> bytes:
    return changed(
        file, {}, **{"_rels/settings__xml.rels": RELATIONS.format(OUTSIDE.format("attachedTemplate", "file:///C:/Maler/Fjell.dotm")).encode()}
    )


def with_part(part: str, before: str, after: str) -> Callable[[bytes], bytes]:
    def spoil(file: bytes) -> bytes:
        assert before in parts(file)[part].decode()
        return changed(file, {part: lambda words: words.replace(before, after, 1)})

    return spoil


def swapped(file: bytes, picture: bytes = b"<html/>") -> bytes:
    """Something else stands for the picture in the header."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(file)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(name, picture if "media/" in name else old.read(name))
    return written.getvalue()


RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
TYPES = "[Content_Types].xml"
REFUSED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "nothing": ("missing", lambda _: b""),
    "text": ("type", lambda _: b"Hei"),
    "old, or with a password": ("locked", lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600),
    "large": ("large", lambda file: file + b"x" * MAX_TEMPLATE),
    "cut off": ("broken", lambda file: file[:9000]),
    "bomb": ("unpacked", lambda file: changed(file, {}, bomb__xml=b" " * (13 << 20))),
    "sheet": ("type", with_part(TYPES, "document.main+xml", "sheet.main+xml")),
    "type with macros": ("macros", with_part(TYPES, "wordprocessingml.document.main", "ms-word.document.macroEnabled.main")),
    "macros": ("macros", lambda file: changed(file, {}, vbaProject__bin=b"x")),
    "attached": ("attached", with_attached),
    "picture": ("linked", with_link("image", "https://example.org/x.png")),
    "picture in header": ("linked", with_link("image", "https://example.org/x.png", HEADER_RELS)),
    "frame": ("linked", with_link("frame", "file:///x")),
    "object": ("linked", with_link("oleObject", "file:///x")),
    "file": ("linked", with_link("hyperlink", "file:///etc/passwd", HEADER_RELS)),
    "embedded": ("embedded", with_part(HEADER_RELS, "relationships/image", "relationships/oleObject")),
    "no picture": ("embedded", swapped),
    "field": ("linked", with_part("word/footer1.xml", " PAGE ", " INCLUDEPICTURE x ")),
    "dtd": ("dtd", with_part("word/styles.xml", "<w:styles", '<!DOCTYPE x [<!ENTITY a "b">]><w:styles')),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_is_refused_for_its_reason_in_every_language(what: str) -> None:
    reason, spoil = REFUSED[what]
    with pytest.raises(TemplateError) as fault:
        taken(spoil(template("plain")))
    assert fault.value.reason == reason
    assert len({say(f"error_template_{reason}", language, **fault.value.values) for language in LANGUAGES}) == 3


def test_a_link_to_follow_in_the_text_goes_with_the_text_and_one_to_the_web_stays_in_the_header() -> None:
    file = with_link("hyperlink", "https://example.org")(with_link("hyperlink", "https://example.com", HEADER_RELS)(template("plain")))
    kept = opened(taken(file).data)
    assert sum(b"example.com" in part for part in kept.parts.values()) == 1
    assert not any(b"example.org" in part for part in kept.parts.values())


@pytest.mark.parametrize(
    ("inside", "is_taken"),
    [
        ('<path d="M0 0h9"/>', True),
        ('<g style="fill:url(#a)"/>', True),
        ("<script/>", False),
        ('<image href="https://example.org/x"/>', False),
        ('<g onload="x"/>', False),
        ('<g style="fill:URL(http://example.org)"/>', False),
        ("<style>@IMPORT 'http://example.org'</style>", False),
        ('<image><set attributeName="href" to="http://example.org"/></image>', False),
        ('<?xml-stylesheet href="http://example.org"?>', False),
    ],
)
def test_a_drawing_in_the_header_comes_in_when_it_neither_runs_nor_fetches(inside: str, is_taken: bool) -> None:
    file = swapped(template("plain"), f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())
    if is_taken:
        assert any(name.endswith(".svg") for name in opened(taken(file).data).parts)
    else:
        with pytest.raises(TemplateError) as fault:
            taken(file)
        assert fault.value.reason == "embedded"


def test_what_looks_like_a_place_of_ours_in_their_header_is_read_as_it_stands() -> None:
    file = changed(template("norwegian"), {"word/header1.xml": lambda words: words.replace("Fjellvik kommune", "@draft@ @title@ a@b.no")})
    drawn = python_docx.Document(BytesIO(docx.draw(sample(), Look(template=docx.tried(file).data))))
    assert drawn.sections[0].header.paragraphs[0].text == "@draft@ @title@ a@b.no"


def test_styles_and_lists_that_lead_nowhere_are_refused_or_drawn_and_never_a_fault_of_ours() -> None:
    for part, before, after in (
        ("word/numbering.xml", "<w:abstractNumId ", "<w:nothing "),
        ("word/numbering.xml", 'w:abstractNumId="', 'w:abstractNumId="x'),
        ("word/styles.xml", "<w:name ", "<w:nothing "),
        ("word/styles.xml", 'w:basedOn w:val="Normal"', 'w:basedOn w:val="Title"'),
    ):
        file = changed(template("plain"), {part: lambda words, old=before, new=after: words.replace(old, new)})  # type: ignore[misc]
        try:
            docx.draw(sample(), Look(template=docx.tried(file).data))
        except TemplateError as fault:
            assert fault.reason == "broken"  # noqa: PT017


TRACKED = (
    '<w:ins w:id="1" w:author="Per Hansen" w:date="2026-01-01T00:00:00Z"><w:r><w:rPr>'
    '<w:rPrChange w:id="2" w:author="Per Hansen"><w:rPr/></w:rPrChange></w:rPr><w:t>Nytt navn</w:t></w:r></w:ins>'
    '<w:del w:id="3" w:author="Per Hansen"><w:r><w:delText>Gammelt navn</w:delText></w:r></w:del>'
    '<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/><w:footnoteReference w:id="2"/></w:r>'
)


def test_what_is_tracked_and_noted_in_their_header_is_settled_and_names_nobody(tmp_path: Path) -> None:
    file = changed(template("plain"), {"word/header1.xml": lambda words: words.replace("</w:p>", TRACKED + "</w:p>", 1)})
    made = docx.draw(sample(), Look(template=docx.tried(file).data))
    assert faults(made, tmp_path) == []
    header = parts(made)["word/header_default.xml"].decode()
    assert "Nytt navn" in header
    assert not any(words in header for words in ("Per Hansen", "Gammelt navn", "commentRangeStart", "footnoteReference", "w:ins "))


@pytest.mark.parametrize("kind", ["", "plain"])
def test_a_file_drawn_here_is_a_template_without_the_marks_of_its_own_text(kind: str) -> None:
    before = drawn(kind) if kind else docx.draw(sample())
    decided = replace(sample(), draft="", edition="Innhold 2027.2 · NYKODE")
    sides = [
        words.decode() for name, words in parts(docx.draw(decided, Look(template=docx.tried(before).data))).items() if re.search("eader|ooter", name)
    ]
    assert not any(words in side for words in ("Utkast", "2026.1") for side in sides)
    assert any("NYKODE" in side for side in sides)
    assert any("Nordmann Bygg" in side for side in sides) is bool(kind)


def test_a_file_in_our_look_gives_titles_and_chapters_the_size_they_had() -> None:
    before = docx.draw(sample())
    after = docx.draw(sample(), Look(template=docx.tried(before).data))
    found = [re.findall(r'pStyle w:val="(?:RusOff)?(Heading\d|TOC\d)"', parts(file)["word/document.xml"].decode()) for file in (before, after)]
    assert found[0] == found[1]
    assert {"Heading1", "Heading2", "TOC2"} <= set(found[1])
    assert r"TOC \o &quot;2-3&quot;" in parts(after)["word/document.xml"].decode()


def test_the_page_is_that_of_now_and_not_of_before_a_tracked_change() -> None:
    before = '<w:sectPrChange w:id="9" w:author="Per"><w:sectPr><w:pgSz w:w="16838" w:h="11906"/><w:pgMar/></w:sectPr></w:sectPrChange></w:sectPr>'
    file = changed(template("plain"), {"word/document.xml": lambda words: words.replace("</w:sectPr>", before)})
    assert opened(taken(file).data).page == opened(taken(template("plain")).data).page


def test_numbers_far_up_and_ids_that_stand_twice_are_drawn_as_a_valid_file(tmp_path: Path) -> None:
    far = '<w:num w:numId="2147483647"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    twin = '<w:style w:type="character" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>'
    edits = {"word/numbering.xml": ("</w:numbering>", far), "word/styles.xml": ("</w:styles>", twin)}
    file = changed(template("plain"), {part: lambda words, edit=edit: words.replace(*edit) for part, edit in edits.items()})  # type: ignore[misc]
    made = docx.draw(sample(), Look(template=docx.tried(file).data))
    assert faults(made, tmp_path) == []
    assert extract(made).lines == extract(docx.draw(sample())).lines


def packed_otherwise() -> bytes:
    """A file packed in a way that is broken, and that no Office program uses."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>" * 40)
    return written.getvalue().replace(b"\x5d\x00\x00\x80\x00", b"\xff\xff\xff\xff\xff")


def test_a_remark_among_the_types_is_passed_over_and_what_cannot_be_unpacked_is_said() -> None:
    noted = changed(template("plain"), {TYPES: lambda words: words.replace("</Types>", "<!-- made by hand --></Types>")})
    assert taken(noted) == taken(template("plain"))
    with pytest.raises(TemplateError, match="broken"):
        taken(packed_otherwise())
    with pytest.raises(UnreadableError):
        extract(packed_otherwise())


def test_a_template_file_is_taken_as_well_as_a_document() -> None:
    file = changed(template("plain"), {"[Content_Types].xml": lambda words: words.replace("document.main+xml", "template.main+xml")})
    assert taken(file) == taken(template("plain"))
    assert taken(template("plain")) == taken(template("plain"))
