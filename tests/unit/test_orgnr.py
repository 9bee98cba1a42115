"""Organisation numbers, by modulus 11."""

import pytest

from app.pack.orgnr import is_orgnr, tidy_orgnr


@pytest.mark.parametrize("number", ["974760673", "889640782", "983544622"])
def test_right_check_digits(number: str) -> None:
    assert is_orgnr(number)


@pytest.mark.parametrize("number", ["974760674", "97476067", "9747606730", "97476067x", "", "٩٧٤٧٦٠٦٧٣"])
def test_wrong_ones(number: str) -> None:
    assert not is_orgnr(number)


@pytest.mark.parametrize("typed", ["974 760 673", "NO974760673MVA", "974.760.673", "no 974760673 mva"])
def test_as_people_write_them(typed: str) -> None:
    assert tidy_orgnr(typed) == "974760673"
