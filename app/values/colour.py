"""A colour as somebody types it: #00594f, 00594F, or short as #0a5."""

from __future__ import annotations

import re

_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")


def read_colour(words: str) -> str | None:
    """The six hexadecimal digits of a colour, small letters and no mark before them; None when the words are no such colour."""
    found = _HEX.fullmatch("".join(words.split()).lower())
    if found is None:
        return None
    digits = found[1]
    return digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
