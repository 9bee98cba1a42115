"""What people type, read kindly: dates, times, numbers and addresses. Each returns the stored form, or None when it cannot be one."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    ("jan", "januar", "january"), ("feb", "februar", "february"), ("mar", "mars", "march"), ("apr", "april"), ("mai", "may"), ("jun", "juni", "june"),
    ("jul", "juli", "july"), ("aug", "august"), ("sep", "sept", "september"), ("okt", "oct", "oktober", "october"), ("nov", "november"),
    ("des", "dec", "desember", "december"),
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{4}|\d{2})")
_TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4})")
_NAMED = re.compile(r"(\d{1,2})\.?\s*([a-z]+)\.?\s*(\d{4}|\d{2})")
_TIME = re.compile(r"(\d{1,2})(?:\s*[.: ]?\s*(\d{2}))?")
_ADDRESS = re.compile(r"https?://[^\s/?#.<>\"'@\\]+(\.[^\s/?#.<>\"'@\\]+)+([/?#][^\s<>\"\\]*)?", re.IGNORECASE)


def read_date(words: str) -> str | None:
    """The ISO date in `words`: 12.3.2027, 12/03-27, 12032027, 12. mars 2027 or 2027-03-12."""
    words = words.strip().lower()
    if found := _ISO.fullmatch(words):
        return _iso(found[1], int(found[2]), found[3])
    if found := _DAY_FIRST.fullmatch(words) or _TOGETHER.fullmatch(words):
        return _iso(found[3], int(found[2]), found[1])
    if found := _NAMED.fullmatch(words):
        return _iso(found[3], MONTHS.get(found[2], 0), found[1])
    return None


def _iso(year: str, month: int, day: str) -> str | None:
    try:
        found = date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
    except ValueError:
        return None
    # A policy is of our time: year 202 or 20227 is a slip of the finger.
    return found.isoformat() if 1900 <= found.year <= 2199 else None


def show_date(stored: str) -> str:
    """A stored ISO date as it is typed here, 12.03.2027; anything else unchanged."""
    found = _ISO.fullmatch(stored)
    return f"{int(found[3]):02d}.{int(found[2]):02d}.{found[1]}" if found else stored


def read_time(words: str) -> str | None:
    """The time of day in `words` as 18.00, from 18:00, 18.00, 1800, 18 or kl. 18."""
    found = _TIME.fullmatch(re.sub(r"^kl\.?\s*", "", words.strip().lower()))
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return f"{hour:02d}.{minute:02d}" if hour < 24 and minute < 60 else None


def read_number(words: str) -> int | None:
    """The whole number in `words`; spaces between thousands are allowed."""
    words = re.sub(r"[\s\u00a0]", "", words)
    return int(words) if re.fullmatch(r"-?[0-9]{1,9}", words) else None


def read_address(words: str) -> str | None:
    """The web address in `words`, with https:// in front where nothing stood."""
    words = words.strip()
    address = words if re.match(r"[a-z][a-z0-9+.-]*:", words, re.IGNORECASE) and not re.match(r"[^/]+:\d", words) else f"https://{words}"
    return address if _ADDRESS.fullmatch(address) and len(address) <= 2000 else None
