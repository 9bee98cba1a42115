"""Numbers to call and addresses to write to: found in running text as people type them, and nothing else is."""

from __future__ import annotations

import pytest

from app.documents.model import Run
from app.documents.render.html import said
from app.values.contact_ways import contacts_in


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ring 22 33 44 55 eller kari@example.no.", {"22 33 44 55": "tel:+4722334455", "kari@example.no": "mailto:kari@example.no"}),
        ("+47 922 33 444; (92233445)", {"+47 922 33 444": "tel:+4792233444", "92233445": "tel:+4792233445"}),
        ("22\u00a033\u00a044\u00a055", {"22\u00a033\u00a044\u00a055": "tel:+4722334455"}),
        ("+46 8 123 456 78", {"+46 8 123 456 78": "tel:+46812345678"}),
        ("**Fare for liv: ring 113.** Legevakten: 116 117.", {"113": "tel:113", "116 117": "tel:116117"}),
        ("Er liv i fare, ringjer du 113.", {"113": "tel:113"}),
        ("hms@blåbær.no", {"hms@blåbær.no": "mailto:hms@xn--blbr-roah.no"}),
    ],
)
def test_what_is_called_or_written_to(words: str, found: dict[str, str]) -> None:
    assert {words[one.start : one.end]: one.target for one in contacts_in(words)} == found


@pytest.mark.parametrize(
    "words",
    [
        "Organisasjonsnummer 912 345 678", "912345678", "2024 2025", "15.01.2027", "Vi er 113 ansatte", "kl. 08.00-16.00", "kr 20 000 000",
        "1234.56.78901", "12345678901", "sak 2026/12345678", "@example.no", "kari@", "a@b", "kari@example..no",
    ],
)  # fmt: skip
def test_other_numbers_and_words_stay_words(words: str) -> None:
    assert contacts_in(words) == []


def test_a_page_links_to_them_and_leaves_web_addresses_whole() -> None:
    drawn = said((Run("Kari <b>, 22 33 44 55. https://a.no/kari@example.no?x=22334455"),))
    assert '<a href="tel:+4722334455">22 33 44 55</a>' in drawn
    assert "&lt;b&gt;" in drawn
    assert drawn.count("<a ") == 2
