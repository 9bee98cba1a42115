"""What people type and files bring, read kindly: dates, times and numbers. Each reader returns the stored form, or None when it cannot be one.

Every reader looks at the length first, and no pattern here has two repeats that could share a stretch of text: the time they take grows with the
length and no faster (tests/unit/test_patterns.py).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Literal

from .orgnr import is_orgnr

LONGEST = 1000  # a value as it was typed, with all the space around it; past this nobody looks
LONGEST_FOLDED = 80
_MONTHS = (
    ("jan", "januar", "january"), ("feb", "februar", "february"), ("mar", "mars", "march"), ("apr", "april"), ("mai", "may"), ("jun", "juni", "june"),
    ("jul", "juli", "july"), ("aug", "august"), ("sep", "sept", "september"), ("okt", "oct", "oktober", "october"), ("nov", "november"),
    ("des", "dec", "desember", "december"),
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_DAYS = (
    "man", "mandag", "måndag", "mon", "monday", "tir", "tirsdag", "tys", "tysdag", "tue", "tuesday", "ons", "onsdag", "wed", "wednesday", "tor",
    "tors", "torsdag", "thu", "thursday", "fre", "fredag", "fri", "friday", "lør", "lørdag", "laur", "laurdag", "sat", "saturday", "søn", "søndag",
    "sun", "sunday", "sundag",
)  # fmt: skip
SAID_BESIDE = frozenset({*_DAYS, "den", "dato", "the", "of", "on", "st", "nd", "rd", "th"})  # words that a date may hold and that change nothing

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|\S")
_BETWEEN = frozenset(".,/-:;'’`()\\_·")
_MIDNIGHT = re.compile(r"[t ]00:00(?::00(?:\.0{1,6})?)?(?: ?z| ?[+-][0-9]{2}:?[0-9]{2})?$")  # a date as other programs write it to a file
_TIME = re.compile(r"([0-9]{1,2})(?:[.:;,h ]([0-9]{2}))?(?:[.:]00)?|([0-9]{1,2})([0-9]{2})")
_POINT = re.compile(r" ?([.:;,]) ?")
_CLOCK = re.compile(r"^(?:klokka|klokken|kl)?[.:]? ?")
_HALF = re.compile(r" ?([ap])\.?m\.?$")
_NUMBER = re.compile(r"([+-]?)([0-9]{1,3}(?:[ .'’][0-9]{3}){0,2}|[0-9]{1,9})(?:[.,]0{1,2})?")
_ORGNR = re.compile(
    r"(?:FORETAKSREGISTERET)?(?:(?:ORGANISASJONS|ORGANI[SZ]ATION|FORETAKS|VIRKSOMHETS|ENHETS|BEDRIFTS|ORG|MVA|VAT)(?:NUMMER|NUMBER|NR|NO)?)?"
    r"(?:NO)?([0-9]{9})(?:MVA)?(?:FORETAKSREGISTERET)?"
)

DateFault = Literal["error_date", "error_date_whole", "error_date_day", "error_date_year"]


def fold(words: str) -> str:
    """One line without what nobody sees: space of every width becomes one space, zero-width letters go, every dash becomes a hyphen."""
    seen = words if words.isascii() else "".join(c for c in words.translate(_DASHES) if unicodedata.category(c) != "Cf")
    return " ".join(seen.split())


def _folded(words: str) -> str:
    """`words` folded, with plain digits; empty when it is too long to be a value."""
    short = fold(words) if len(words) <= LONGEST else ""
    return "".join(str(unicodedata.decimal(c, c)) for c in short) if len(short) <= LONGEST_FOLDED else ""


def read_date(words: str) -> str | None:
    """The ISO date in `words`: 12.3.2027, 12/03-27, 120327, 12. mars 2027 or 2027-03-12; a day of the week may stand before it."""
    parts = _date_parts(words)
    if len(parts) == 1:
        parts = _apart(parts[0])
    return _iso(*parts) if len(parts) == 3 else None


def date_fault(words: str) -> DateFault:
    """Why `read_date` finds no date in `words`: a key of the app's words, which say what is missing."""
    parts = _date_parts(words)
    years = sum(map(_is_year, parts))
    if len(parts) == 1 and (years or parts[0] in MONTHS or len(parts[0]) <= 2):
        return "error_date_whole"
    if len(parts) == 2:
        return "error_date_day" if years else "error_date_year"
    return "error_date"


def _date_parts(words: str) -> list[str]:
    """Numbers and names in order; what stands between them, and words that change nothing, left out. Nothing at all when it holds anything else."""
    tokens = [token for token in _TOKEN.findall(_MIDNIGHT.sub("", _folded(words).lower())) if token not in _BETWEEN and token not in SAID_BESIDE]
    return tokens if all(token.isdecimal() or token in MONTHS for token in tokens) else []


def _is_year(part: str) -> bool:
    return len(part) == 4 and "1900" <= part <= "2199"


def _apart(digits: str) -> list[str]:
    """Digits in one piece: DDMMYY, DDMMYYYY or YYYYMMDD. The last two are never both a date of our time."""
    if len(digits) not in (6, 8) or not digits.isdecimal():
        return []
    day_first = [digits[:2], digits[2:4], digits[4:]]
    return day_first if len(digits) == 6 or _iso(*day_first) else [digits[:4], digits[4:6], digits[6:]]


def _iso(first: str, second: str, third: str) -> str | None:
    """Day, month and year; year, month and day when the first has four digits; a month in letters may stand first."""
    if first in MONTHS:
        first, second = second, first
    elif _is_year(first):
        first, third = third, first
    if len(third) not in (2, 4) or len(first) > 2 or not (first + third).isdecimal() or not (second in MONTHS or len(second) <= 2):
        return None
    try:
        found = date(int(third) + (2000 if len(third) == 2 else 0), MONTHS.get(second) or int(second), int(first))
    except ValueError:
        return None
    # A policy is of our time: year 202 or 20227 is a slip of the finger.
    return found.isoformat() if 1900 <= found.year <= 2199 else None


def show_date(stored: str) -> str:
    """A stored ISO date as it is typed here, 12.03.2027; anything else unchanged."""
    try:
        found = date.fromisoformat(stored)
    except ValueError:
        return stored
    return f"{found.day:02d}.{found.month:02d}.{found.year}" if found.isoformat() == stored else stored


def read_time(words: str) -> str | None:
    """The time of day in `words` as 18.00, from 18:00, 18,00, 1800, 18, kl. 18 or 6 pm."""
    words = _POINT.sub(r"\1", _CLOCK.sub("", _folded(words).lower(), count=1)).removesuffix(".").removesuffix("h").rstrip()
    half = _HALF.search(words)
    found = _TIME.fullmatch(words[: half.start()] if half else words)
    if not found:
        return None
    hour, minute = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    if half:
        hour = hour % 12 + (12 if half[1] == "p" else 0) if 1 <= hour <= 12 else 99
    return f"{hour:02d}.{minute:02d}" if hour < 24 and minute < 60 else None


def read_number(words: str) -> int | None:
    """The whole number in `words`. A space, point or apostrophe may stand between thousands, and nought after the comma."""
    found = _NUMBER.fullmatch(_folded(words).removesuffix("."))
    return int(found[1] + _without(found[2], " .'’")) if found else None


def read_orgnr(words: str) -> str | None:
    """The nine digits of an organisation number, with or without "Org.nr.", "NO", "MVA" and what people put between digits."""
    found = _ORGNR.fullmatch("".join(c for c in _folded(words).upper() if c.isalnum()))
    return found[1] if found and is_orgnr(found[1]) else None


def _without(words: str, gone: str) -> str:
    return words.translate(dict.fromkeys(map(ord, gone)))
