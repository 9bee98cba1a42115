"""Telephone numbers and mail addresses in running text, and what a link to each points at: on a telephone one tap calls, or begins a letter.

For pages and HTML files alone. Numbers are Norwegian: eight digits in the two usual groupings, or +47 and they; any other country with its +.
"""

from __future__ import annotations

import re

from .email_address import mail_address
from .web_address import Link

_GAP = "[ \u00a0]?"
_PHONE = re.compile(
    rf"(?<![\w+.,:/@-])(?:(?:\+47{_GAP})?(?:[2-9]\d(?:[ \u00a0]\d\d){{3}}|[2-9]\d\d[ \u00a0]\d\d[ \u00a0]\d\d\d|[2-9]\d{{7}})"
    rf"|116{_GAP}1(?:17|23)|\+[1-9]\d{{1,3}}(?:[ \u00a0]?\d){{6,12}})(?![\w@]|[ \u00a0]\d|[.,:/-]\d)"
)
_HELP = re.compile(r"(?<!\w)(?:ringe?r?|ringje?r?|call)(?: du| alltid| always)? (11[0-3])(?!\w|[ .,]\d)", re.IGNORECASE)  # not "113 tilsette"
_WORD = re.compile(r"[^\s<>()\[\]{}«»“”„\",;:|]+")
_AFTER = ".!?'’…*"
_NORWEGIAN = 8
_SHORT = 6  # so many digits at most have numbers that are the same from every telephone in the country


def contacts_in(words: str) -> list[Link]:
    """The numbers and addresses in `words`, in their order."""
    found = [_mail(match) for match in _WORD.finditer(words) if "@" in match[0]] if "@" in words else []
    if any(c.isdecimal() for c in words):
        found += [_call(match.start(), match.end(), match[0]) for match in _PHONE.finditer(words)]
        found += [_call(match.start(1), match.end(1), match[1]) for match in _HELP.finditer(words)]
    return sorted(one for one in found if one)


def _call(start: int, end: int, number: str) -> Link:
    digits = "".join(c for c in number if c in "0123456789")
    if number.startswith("+"):
        return Link(start, end, f"tel:+{digits}")
    return Link(start, end, f"tel:+47{digits}" if len(digits) == _NORWEGIAN else f"tel:{digits}")


def _mail(match: re.Match[str]) -> Link | None:
    """A word that is a mail address, without the mark that ends its sentence. A name without a point is none that the net knows."""
    address = match[0].rstrip(_AFTER)
    if "." not in address.rpartition("@")[2]:
        return None
    try:
        return Link(match.start(), match.start() + len(address), f"mailto:{mail_address(address)}")
    except ValueError:
        return None
