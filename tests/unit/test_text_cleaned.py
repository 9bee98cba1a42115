"""What somebody typed is made sound, and soon, whatever it is."""

from __future__ import annotations

import json
import time
import unicodedata

import pytest

from app.documents import assemble, savefile
from app.documents.characters import legal
from app.documents.draft import Draft
from app.documents.render import docx, html, pdf, plain
from app.models.people import address_of
from app.pack.load import the_pack
from app.pack.text import clean_text
from app.values.email_address import mail_address
from tests.unit.drawn import docx_text, html_text, pdf_text

ABOVE_AND_BELOW = "\u0315\u0316"  # of two classes, in the wrong order


@pytest.mark.parametrize("marks", [1, 15, 16, 400_000])
def test_marks_upon_one_letter_are_put_in_order_soon(marks) -> None:
    began = time.process_time()
    found = clean_text("e" + ABOVE_AND_BELOW * marks + "é")
    assert time.process_time() - began < 2
    assert found == unicodedata.normalize("NFC", "e" + (ABOVE_AND_BELOW * marks)[:30] + "é")


def test_what_languages_write_stays_whole() -> None:
    for words in ("Ǭ́", "שָׁלוֹם", "ที่", "👩🏽\u200d⚕️", "வணக்கம்", "Z̸̢̛͔̝̺̋̿̌"):
        assert clean_text(words) == unicodedata.normalize("NFC", words)


@pytest.mark.parametrize("domain", ["æ." * 100_000, "æ" * 200_000, ABOVE_AND_BELOW * 100_000])
def test_an_address_that_is_too_long_is_refused_soon(domain) -> None:
    began = time.process_time()
    with pytest.raises(ValueError, match="no e-mail address"):
        mail_address(f"a@{domain}")
    assert address_of(f" A@{domain}").startswith("a@")
    assert time.process_time() - began < 2


NOTHING = ["\u200b", "\u200b \u2060", "\u00ad", "\ufeff", "\u3164", "\u2800", "\u180e", "\ufe0f", "\u00a0", "\u2003\n\u200b", "\u0301"]


@pytest.mark.parametrize("words", NOTHING, ids=ascii)
def test_words_of_which_nothing_is_seen_are_none(words) -> None:
    assert clean_text(words) == ""
    assert clean_text(f"{words}ø") != ""
    file = {"format": "rusoff-answers", "version": 1, "pack": "rusoff", "answers": {"workplace_name": words}}
    answers = savefile.read(the_pack(), json.dumps(file)).answers
    assert assemble.policy(Draft(the_pack(), answers, "nb")).title == "Rusmiddelpolicy for [ikke bestemt ennå]"


BREAKS = ["\u000b", "\u000c", "\u0085", "\u001c", "\u001d", "\u001e", "\u001f", "\u2028", "\u2029", "\r", "\r\n", "\n"]
TURNS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


@pytest.mark.parametrize("broken", BREAKS, ids=ascii)
def test_what_other_programs_break_with_is_a_line_break(broken) -> None:
    assert clean_text(f"punkt{broken}Andre") == "punkt\nAndre"
    assert clean_text(f"a{broken}{broken}b") == "a\n\nb"
    assert legal(f"punkt{broken}Andre") in ("punkt Andre", "punkt\nAndre")


@pytest.mark.parametrize("turn", TURNS, ids=ascii)
def test_what_turns_words_about_is_gone(turn) -> None:
    assert clean_text(f"b{turn}ø") == legal(f"b{turn}ø") == "bø"


@pytest.mark.parametrize("broken", BREAKS, ids=ascii)
def test_pasted_breaks_glue_nothing_in_any_document(broken) -> None:
    """Also words that were stored before they were cleaned: a reader sees two lines, or two words in a line."""
    answers = {"workplace_name": f"Vik{broken}Bygg", "own_values": f"Det første punkt{broken}Andre punkt\u202e"}
    policy = assemble.policy(Draft(the_pack(), answers, "nb"))
    for text in (docx_text(docx.draw(policy)), html_text(html.draw(policy)), pdf_text(pdf.draw(policy)), plain.draw(policy)):
        lines = [line.removeprefix("| ").strip() for line in text.splitlines()]
        assert "Vik Bygg" in text
        assert "VikBygg" not in text
        assert "punktAndre" not in text
        assert "\u202e" not in text
        assert any(line.endswith("Det første punkt") for line in lines) or "punkt Andre" in text
