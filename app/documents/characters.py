"""Which letters a document file may hold. Answers are cleaned when they are stored; this is the second lock, when they are drawn."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from app.pack.text import BREAK, BREAKS

FONTS = Path(__file__).resolve().parent / "render" / "pdf" / "fonts"
_NO_LETTER = "\x00-\x08\x0e-\x1b\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
_REFUSED = re.compile(f"[{_NO_LETTER}]")
_ODD = re.compile(f"[{_NO_LETTER}{BREAK}]")


def legal(words: str) -> str:
    """`words` without what XML, HTML or Word refuses, and without what turns the words around it; a line break that no file may hold is a space.

    Unlike `clean_text` it may be used on finished mark-up: it never composes letters, which would melt a ">" and a combining stroke into one.
    """
    # Most words are printable throughout, which Python sees six times as fast as a pattern; a whole file of mark-up is looked through once.
    return words if words.isprintable() or not _ODD.search(words) else _REFUSED.sub("", BREAKS.sub(" ", words))


def shown(words: str) -> str:
    """`words` with U+FFFD for each letter that no font of the PDF can show; PDF/UA refuses a document that holds one."""
    return _unknown().sub("\ufffd", words)


@cache
def _unknown() -> re.Pattern[str]:
    ranges = (line.split("-") for line in (FONTS / "coverage.txt").read_text("ascii").split())
    known = "".join(f"\\U{int(first, 16):08X}-\\U{int(last, 16):08X}" for first, last in ranges)
    return re.compile(f"[^{known}]")
