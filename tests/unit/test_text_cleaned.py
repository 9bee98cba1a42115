"""What somebody typed is made sound, and soon, whatever it is."""

from __future__ import annotations

import time
import unicodedata

import pytest

from app.accounts.models import address_of
from app.mail.address import mail_address
from app.pack.text import clean_text

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
