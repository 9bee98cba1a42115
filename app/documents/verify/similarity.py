"""Whether two files say the same to whoever reads them, and about where they do not. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from app.documents.model import Document

from .extract import ExtractedText, plain_line, without_numbers

Place = Literal["front", "margins", "looks"]
ENOUGH = 0.5  # of the lines: less is another text, even when it carries our code
TOO_MANY = 3  # times as many lines: no text of ours any more


@dataclass(frozen=True, slots=True)
class Similarity:
    """How much of a file is as it should be (0 to 1), and where it is not: titles of sections, and places that have no title."""

    share: float
    sections: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether every word is."""
        return self.share == 1 and not self.sections and not self.places


def similarity(document: Document, expected: ExtractedText, found: ExtractedText) -> Similarity:
    """How `found` compares with what the document gives, both files of one kind."""
    own, theirs = (_words(document, one) for one in (expected, found))
    if len(theirs) > TOO_MANY * len(own) + 100:
        return Similarity(0)
    places = _around(expected, found)
    if "".join(own) == "".join(theirs):
        return Similarity(1, places=places)
    matcher = SequenceMatcher(None, own, theirs, autojunk=expected.kind == "pdf")
    starts = _starts(document, own)
    changed = [_title(starts, at) for tag, at, *_ in matcher.get_opcodes() if tag != "equal"]
    titles = tuple(dict.fromkeys(title for title in changed if title))
    return Similarity(min(matcher.ratio(), 0.999), titles, (*(("front",) if "" in changed else ()), *places))


def _words(document: Document, file: ExtractedText) -> list[str]:
    """What is compared: lines; of a PDF, where every program breaks lines and pages for itself, words without those of the margins."""
    if file.kind != "pdf":
        return [line.replace(" ", "") for line in file.lines]
    margins = {without_numbers(plain_line(words)) for words in (document.workplace, document.draft, document.edition)}
    margins |= {without_numbers(plain_line(document.page_of.replace("{page}", "1").replace("{pages}", "1")))}
    margins |= {f"{one} {other}" for one in margins for other in margins}
    return [word for line in file.lines if without_numbers(line) not in margins for word in line.split()]


def _around(expected: ExtractedText, found: ExtractedText) -> tuple[Place, ...]:
    places: list[Place] = ["margins"] if expected.margins != found.margins else []
    return (*places, "looks") if expected.others != found.others else tuple(places)


def _starts(document: Document, own: Sequence[str]) -> list[tuple[int, str]]:
    """Where each section begins: the last place at which its title stands, for the contents name it before."""
    found: list[tuple[int, str]] = []
    for section in document.sections:
        title = plain_line(section.title)
        words = title.split() if len(own) and title.replace(" ", "") not in own else [title.replace(" ", "")]
        at = _last(own, words)
        if at >= 0:
            found.append((at, title))
    return sorted(found)


def _last(own: Sequence[str], words: Sequence[str]) -> int:
    """The last place at which these words stand in a row; -1 when they do not."""
    size = len(words)
    return next((at for at in range(len(own) - size, -1, -1) if own[at] == words[0] and list(own[at : at + size]) == list(words)), -1)


def _title(starts: Sequence[tuple[int, str]], at: int) -> str:
    """The title of the section in which a place lies; empty before the first."""
    before = bisect_right([start for start, _ in starts], at) - 1
    return starts[before][1] if before >= 0 else ""
