"""What differs between two texts: the sections of two documents, and a section beside how somebody else would put it.

Pure and bounded in time: the sentences are matched first, and single words only within sentences that are short enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from .characters import legal
from .model import Block, Bullets, Chart, Document, Fields, Paragraph, Runs, Section, Signatures, Subheading, Table, Wheel

NUMBER = re.compile(r"\A(?:\d{1,3}(?:\.\d{1,3})?|[^\W\d]{1,20} \d{1,3}:) ")  # as assemble numbers: "4.2 …", "Vedlegg 1: …"
_SENTENCE = re.compile(r"(?<=[.!?])[ ]+")
_WORD = re.compile(r"\s+|[^\s]+")
_MOST_PAIRS = 20_000  # words on one side times words on the other that are still compared word by word
_LIKE = 0.35  # so much of the text must come again in a proposal for it to be the text written anew, and not something to add


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A stretch of words that stands in both texts, in the new one alone, or in the old one alone."""

    kind: Literal["same", "new", "gone"]
    words: str


@dataclass(frozen=True, slots=True)
class Hunk:
    """One place where two texts differ: the sentences that stood there and those that stand there now; either may be empty."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What became of one section. A section that is there in one text only has `hunks` with all its words."""

    section_id: str
    title: str
    state: Literal["changed", "added", "removed"]
    hunks: tuple[Hunk, ...]


# ── documents ──


def changes(before: Document, after: Document) -> dict[str, SectionChange]:
    """The sections whose words differ, by id. Numbers of chapters are no words: a section that only moved has not changed."""
    old, new = ({section.id: section for section in document.sections} for document in (before, after))
    found = (_change(old.get(id), new.get(id)) for id in {**old, **new})
    return {change.section_id: change for change in found if change}


def _change(before: Section | None, after: Section | None) -> SectionChange | None:
    old, new = (lines_of(section) if section else [] for section in (before, after))
    named = after or before
    if named is None or (before and after and old == new):
        return None
    state: Literal["changed", "added", "removed"] = "removed" if after is None else "added" if before is None else "changed"
    return SectionChange(named.id, named.title, state, hunks(old, new))


def lines_of(section: Section) -> list[str]:
    """Title without its number, and every paragraph, item and row, as somebody would read them aloud."""
    return [NUMBER.sub("", section.title), *body_of(section)]


def body_of(section: Section) -> list[str]:
    """The same without the title."""
    return [words for words in (legal(line).strip() for block in section.blocks for line in _lines(block)) if words]


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield from _of_table(block)
    elif isinstance(block, Bullets):
        yield from map(_said, block.items)
    elif isinstance(block, Paragraph):
        yield from _said(block.runs).split("\n")
    else:
        yield from _of_others(block)


def _of_table(block: Table) -> Iterator[str]:
    """Each row as one line: what it is about, and then the rest; of a board, which light first."""
    yield block.caption
    if block.style == "board":
        yield block.header[0]
    for row in block.rows:
        first, *rest = (_said(cell.runs).replace("\n", " ") for cell in row)
        said = " – ".join(words for words in rest if words)
        yield f"{first}: {said}" if said else first


def _of_others(block: Subheading | Chart | Wheel | Fields | Signatures) -> Iterator[str]:
    if isinstance(block, Subheading):
        yield block.words
    elif isinstance(block, Chart | Wheel):
        yield from (block.caption, block.alt)
    else:
        yield from block.labels if isinstance(block, Fields) else block.parties


def _said(runs: Runs) -> str:
    return "".join(run.words for run in runs)


# ── texts ──


def hunks(before: list[str], after: list[str]) -> tuple[Hunk, ...]:
    """Where the lines differ, sentence by sentence."""
    old, new = ([one for line in lines for one in _sentences(line)] for lines in (before, after))
    places = SequenceMatcher(None, old, new).get_opcodes()
    return tuple(Hunk(_joined(old[a:b]), _joined(new[c:d])) for what, a, b, c, d in places if what != "equal")


def _sentences(line: str) -> list[str]:
    return [words for words in _SENTENCE.split(line) if words.strip()]


def _joined(sentences: list[str]) -> str:
    return " ".join(words.strip() for words in sentences)


def is_addition(before: str, after: str) -> bool:
    """Whether `after` is something to add to the text rather than the text written anew: little of the text comes again in it."""
    if not before.strip():
        return True
    same = sum(len(piece.words) for piece in diff_words(before, after) if piece.kind == "same" and piece.words.strip())
    return same < _LIKE * len(before) or same < _LIKE * len(after)


@lru_cache(maxsize=512)
def diff_words(before: str, after: str) -> tuple[DiffPart, ...]:
    """Both texts as one: what stands in both, what is new, and what is gone."""
    old, new = (_parts(words) for words in (before, after))
    found: list[DiffPart] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        found += [DiffPart("same", gone)] if what == "equal" else _by_word(gone, come)
    return _gathered(found)


def _parts(words: str) -> list[str]:
    """Sentences with the white space that follows them."""
    lines = words.replace("\r\n", "\n").splitlines(keepends=True)
    return [part for line in lines for part in re.split(r"(?<=[.!?] )", line) if part]


def _by_word(before: str, after: str) -> list[DiffPart]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > _MOST_PAIRS or not old or not new:
        return [piece for piece in (DiffPart("gone", before), DiffPart("new", after)) if piece.words]
    found: list[DiffPart] = []
    for what, a, b, c, d in SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        found += [DiffPart("same", gone)] if what == "equal" else [piece for piece in (DiffPart("gone", gone), DiffPart("new", come)) if piece.words]
    return found


def _gathered(pieces: list[DiffPart]) -> tuple[DiffPart, ...]:
    """Neighbours of one kind as one."""
    found: list[DiffPart] = []
    for piece in pieces:
        if found and found[-1].kind == piece.kind:
            found[-1] = DiffPart(piece.kind, found[-1].words + piece.words)
        else:
            found.append(piece)
    return tuple(found)
