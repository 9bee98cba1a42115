"""Organisation numbers, by modulus 11."""

import pytest

from app.values.orgnr import is_orgnr
from app.values.parsing import read_orgnr


@pytest.mark.parametrize("number", ["974760673", "889640782", "983544622"])
def test_right_check_digits(number: str) -> None:
    assert is_orgnr(number)


@pytest.mark.parametrize("number", ["974760674", "97476067", "9747606730", "97476067x", "", "٩٧٤٧٦٠٦٧٣"])
def test_wrong_ones(number: str) -> None:
    assert not is_orgnr(number)


@pytest.mark.parametrize(
    "typed",
    [
        "974 760 673", "NO974760673MVA", "974.760.673", "no 974760673 mva", "Org.nr. 974 760 673", "Org.nr.: 974760673", "orgnr 974-760-673",
        "Organisasjonsnummer: 974\u2009760\u2009673", "NO 974\u00a0760\u00a0673 MVA", "974\u202f760\u202f673", "9747\u200b60673\ufeff", "974760673.",
        "VAT no. NO 974 760 673", "Org. nr: NO 974 760 673 MVA", "974–760–673", "Organisation number 974760673",
        "Foretaksregisteret NO 974 760 673 MVA", "974 760 673 MVA Foretaksregisteret", "MVA-nr. 974760673", "Enhetsnummer = 974 760 673",
        "974·760·673", "974’760’673", "*974760673*", "Org# 974760673",
    ],
)  # fmt: skip
def test_as_people_write_them(typed: str) -> None:
    assert read_orgnr(typed) == "974760673"


@pytest.mark.parametrize("typed", ["974760674", "97476067", "974760673 974760673", "nr", "", "x974760673", "974760673" + " " * 2000])
def test_what_is_none_is_refused(typed: str) -> None:
    assert read_orgnr(typed) is None
