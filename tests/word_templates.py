"""Word templates as workplaces have them, made anew for each test; and what a stranger may send in the place of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from tests.unit.drawn import picture

NORWEGIAN = {
    "Title": "Tittel", "Heading1": "Overskrift1", "Heading2": "Overskrift2", "Heading3": "Overskrift3", "ListBullet": "Punktliste",
    "ListNumber": "Nummerertliste", "Caption": "Bildetekst", "Header": "Topptekst", "Footer": "Bunntekst", "Strong": "Sterk",
    "TOCHeading": "Overskriftforinnholdsfortegnelse", "TableGrid": "Tabellrutenett", "DefaultParagraphFont": "Standardskriftforavsnitt",
    "TableNormal": "Vanligtabell", "NoList": "Ingenliste",
}  # fmt: skip
POOR = ("Normal", "Heading1", "DefaultParagraphFont", "TableNormal", "NoList")


def _saved(template: docx.document.Document) -> bytes:
    content = BytesIO()
    template.save(content)
    return content.getvalue()


@cache
def plain() -> bytes:
    """A full one, with a logo in its header, a page number in its footer, wide margins, sample text and somebody's name."""
    made = docx.Document()
    made.core_properties.author = "Kari Nordmann"
    made.add_heading("Eksempeltekst som ikke skal være med", 0)
    made.add_table(2, 2, style="Light Grid Accent 1")
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin = Cm(3.2), Cm(2.8), Cm(3.5)
    page.header.paragraphs[0].add_run().add_picture(BytesIO(picture()), height=Cm(1))
    footer = page.footer.paragraphs[0]
    footer.add_run("Nordmann Bygg AS · side ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    footer._p.append(field)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        made.styles[name].font.name, made.styles[name].font.color.rgb = "Georgia", RGBColor(0x8A, 0x1C, 0x4A)
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Georgia", Pt(11)
    note = made.styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)  # named as one of ours, and another thing
    note.font.italic = True
    return _saved(made)


@cache
def norwegian() -> bytes:
    """As Norwegian Word saves it: ids in Norwegian, names in English; with headings that Word numbers, and a first page of its own."""
    made = docx.Document()
    page = made.sections[0]
    page.different_first_page_header_footer = True
    page.header.paragraphs[0].text = "Fjellvik kommune"
    page.first_page_header.paragraphs[0].text = "Fjellvik kommune, forside"
    numbers = OxmlElement("w:numPr")
    number = OxmlElement("w:numId")
    number.set(qn("w:val"), made.styles["List Number"].element.pPr.numPr.numId.get(qn("w:val")))
    numbers.append(number)
    made.styles["Heading 1"].element.get_or_add_pPr()._insert_numPr(numbers)

    def localised(words: str) -> str:
        for english, own in NORWEGIAN.items():
            words = re.sub(rf'(w:styleId="|w:(?:link|basedOn|next|pStyle|rStyle) w:val="){english}"', rf'\g<1>{own}"', words)
        return words

    return changed(_saved(made), dict.fromkeys(("word/styles.xml", "word/numbering.xml", "word/header1.xml", "word/header2.xml"), localised))


@cache
def poor() -> bytes:
    """One that lacks nearly everything: no lists, no header, a handful of styles."""
    made = docx.Document()
    for style in list(made.styles.element.iter(qn("w:style"))):
        if style.get(qn("w:styleId")) not in POOR:
            style.getparent().remove(style)
        else:
            for kin in style.findall(qn("w:link")) + style.findall(qn("w:next")):
                style.remove(kin)
    return without(_saved(made), "numbering", "header", "footer")


def changed(file: bytes, edits: Mapping[str, Callable[[str], str]], **added: bytes) -> bytes:
    """The file with some parts edited, and others added under `name__ending` in word/."""
    written = BytesIO()
    with ZipFile(BytesIO(file)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, edits[name](old.read(name).decode()) if name in edits else old.read(name))
        for name, content in added.items():
            new.writestr(f"word/{name.replace('__', '.')}", content)
    return written.getvalue()


def without(file: bytes, *parts: str) -> bytes:
    """The file without some of its parts, and without what leads to them."""
    lost = re.compile(rf'<(?:Override|Relationship) [^>]*(?:{"|".join(parts)})\d*\.xml"[^>]*/>')
    cut = changed(file, dict.fromkeys(("[Content_Types].xml", "word/_rels/document.xml.rels"), lambda words: lost.sub("", words)))
    written = BytesIO()
    with ZipFile(BytesIO(cut)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if not re.match(rf"word/(?:{'|'.join(parts)})\d*\.xml", name):
                new.writestr(name, old.read(name))
    return written.getvalue()
