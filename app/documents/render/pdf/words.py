"""Words for the PDF: nothing invisible in them, and a note of each word that may be too long for its line."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.documents.characters import legal

TEXT = 481.0  # points between the margins of the narrower of the two pages
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_WORD = re.compile(r"\S+")
_PART = re.compile(r"[^/.\-@_]*[/.\-@_]?")
_BROAD = re.compile(r"[^a-z\u00e5\u00f8.,:;!?()/'\-]")  # letters that may be wider than most: capitals above all
_AVERAGE = re.compile("[a-eghkm-qsu-z]")  # letters of half an em at least
_WIDE = re.compile("[%@MWmw\u00e6\u00c6\u0152\u0153]")


class TextWidth(NamedTuple):
    """Where words stand: the points there are for a line of them, and the size of the letters in points."""

    room: float
    size: float = 10.5

    def fits(self, word: str) -> bool:
        """Whether the word fits for certain, by the widest letters of Inter SemiBold; where not, the template measures it."""
        if len(word) <= self.letters:
            return True
        return self.size * (0.66 * len(word) + 0.13 * len(_BROAD.findall(word)) + 0.3 * len(_WIDE.findall(word))) <= self.room

    def overflows(self, word: str) -> bool:
        """Whether the word does not fit for certain, by the narrowest letters of Inter Regular."""
        return self.size * 0.25 * (len(word) + len(_AVERAGE.findall(word))) > self.room

    @property
    def letters(self) -> int:
        """How many letters fit for certain, however wide they are."""
        return int(self.room * 0.97 / self.size)


Word = dict[str, object]
Said = str | list[str | Word]


def said(words: str, place: TextWidth) -> Said:
    """`words` as the template takes them: a string, or a list in which addresses and long words stand apart.

    An address is kept on one line if it fits on one. What does not fit is broken after one of `/ . - @ _`, and only within its parts
    where one of them is still too long: at a hyphen between syllables, or anywhere. Nothing is put into the words for it.
    """
    clean = seen(words)
    if not _is_address(clean) and (len(clean) <= place.letters or max(map(len, clean.split()), default=0) <= place.letters):
        return clean
    found: list[str | Word] = []
    at = 0
    for word in _WORD.finditer(clean):
        if _is_address(word[0]) or not place.fits(word[0]):
            found += [clean[at : word.start()], _careful(word[0], place)]
            at = word.end()
    return [*found, clean[at:]]


def seen(words: str) -> str:
    """`words` without what nobody sees, and a PDF may not hold."""
    lawful = legal(words)
    return lawful if lawful.isascii() else _UNSEEN.sub("", lawful)


def _is_address(words: str) -> bool:
    return "@" in words or "://" in words or "www." in words


def _careful(word: str, place: TextWidth) -> Word:
    """The word's parts, the room they have (0 where the whole fits for certain), and whether to keep it together if it does.

    `sure` says that each part fits on a line, `long` that the whole does not: what is known here needs no measuring there.
    """
    if place.fits(word):
        return {"parts": [word], "room": 0, "keep": True}
    parts = [part for part in _PART.findall(word) if part]
    known = {"sure": all(map(place.fits, parts)), "long": place.overflows(word)}
    return {"parts": parts, "room": round(place.room, 1), "keep": _is_address(word)} | known
