"""A link points at the same place in Word, PDF and HTML, and its words are what was typed."""

from __future__ import annotations

import html as entities
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.documents import assemble
from app.documents.draft import Draft
from app.documents.render import docx, html, pdf
from app.pack.load import the_pack
from app.values.web_address import read_address, target_of
from tests.unit.drawn import W, docx_part, docx_text, html_text

ADDRESSES = [
    "https://a.no/w/Rus_(middel)",
    "https://a.no/x)",
    "https://a.no/x!",
    "https://a.no/{id}/y",
    "https://a.no/d'or|x",
    "Https://a.no/x",
    "https://blåbær.no/ærlig?å=ø#æ",
    "https://a.no/%C3%B8/100%25",
    "http://intranett/hms",
    "https://f.sharepoint.com/sites/HMS/Delte dokumenter/Rutine (rus).docx",
    "https://a.no/x?a=1&b=%22",
    "https://a.no/[x]^`",
]


def policy_with(address: str, words: str):
    answers = {"own_links": [{"title": "Rutine", "address": address}], "own_values": words}
    return assemble.policy(Draft(the_pack(), answers, "nb"))


def docx_links(file: bytes) -> list[str]:
    found = [field.get(f"{W}instr") for field in docx_part(file).iter(f"{W}fldSimple")]
    return [instr.split('"')[1] for instr in found if "HYPERLINK" in instr]


def html_links(page: str) -> list[str]:
    return [entities.unescape(target) for target in re.findall(r'<a href="([^"]*)"', page)]


def pdf_links(file: bytes) -> list[str]:
    notes = [note.get_object() for page in PdfReader(BytesIO(file)).pages for note in page.get("/Annots", [])]
    found = [str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})]
    return [target for at, target in enumerate(found) if target not in found[:at]]  # a link over two lines has two rectangles


@pytest.mark.parametrize("typed", ADDRESSES)
def test_an_address_points_at_the_same_place_everywhere(typed) -> None:
    stored = read_address(typed)
    assert stored
    target = target_of(stored)
    policy = policy_with(stored, "Ord")
    in_word, page, in_pdf = docx.draw(policy), html.draw(policy), pdf.draw(policy)
    assert target in docx_links(in_word)
    assert target in html_links(page)
    assert target in pdf_links(in_pdf)
    assert stored in docx_text(in_word)
    assert stored in html_text(page)
    assert all(link.isascii() for link in (*docx_links(in_word), *html_links(page), *pdf_links(in_pdf)))


def test_in_running_text_the_sentence_is_not_part_of_the_address() -> None:
    words = "Les mer (https://a.no/w/Rus_(middel)). Spør på http://intranett/hms! Mappen er S:\\HMS og \\\\srv\\hms."
    policy = policy_with("S:\\Felles\\HMS rutine.docx", words)
    for links in (docx_links(docx.draw(policy)), html_links(html.draw(policy)), pdf_links(pdf.draw(policy))):
        assert "https://a.no/w/Rus_(middel)" in links
        assert "http://intranett/hms" in links
        assert not any("srv" in link or "S:" in link or "Felles" in link for link in links)
    assert "S:\\Felles\\HMS rutine.docx" in docx_text(docx.draw(policy))
