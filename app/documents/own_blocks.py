"""Own words as blocks of a document, standard text as words to begin from, and the one laid over the other.

What can be typed is a paragraph a line, bullets ("- "), numbers ("1. "), boxed remarks ("> ") and **strong** words. No hole is read in it, and no
other mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from app.pack.answers import Standing
from app.pack.clause import Clause
from app.pack.text import Language, Text

from .blocks import Builder
from .draft import Draft
from .interpolation import paragraphs
from .model import Block, Bullets, OtherLanguage, Paragraph, Run, Runs, Section, Subheading
from .own_words import OwnSection, Place

_STRONG = re.compile(r"\*\*([^*\n]+)\*\*")
_BULLET = re.compile(r"[-–•] +(?=\S)")
_NUMBER = re.compile(r"\d{1,2}[.)] +(?=\S)")
_NOTE = re.compile(r"> +(?=\S)")


class Piece(NamedTuple):
    """A block of the standard text, and whether nobody may word it anew."""

    block: Block
    is_fixed: bool

    @property
    def gives_way(self) -> bool:
        """Whether a rewording takes its place. Tables, charts and what is filled in by hand come from the answers, and stay."""
        return not self.is_fixed and isinstance(self.block, Paragraph | Subheading | Bullets)


# ── words to blocks, and back ──


def blocks_of(words: str, language: OtherLanguage = "") -> tuple[Block, ...]:
    """What somebody typed, as blocks; `language` where it is not that of the text around it."""
    found: list[Block] = []
    for kind, lines in groupby(paragraphs(words), key=_kind):
        items = tuple(_runs(kind.sub("", line, count=1) if kind else line, language) for line in lines)
        if kind in (_BULLET, _NUMBER):
            found.append(Bullets(items, numbered=kind is _NUMBER))
        else:
            found += [Paragraph(item, "note" if kind else "plain") for item in items]
    return tuple(found)


def _kind(line: str) -> re.Pattern[str] | None:
    return next((kind for kind in (_BULLET, _NUMBER, _NOTE) if kind.match(line)), None)


def _runs(line: str, language: OtherLanguage) -> Runs:
    """Every other part of the line stood between the marks of strong words."""
    parts = enumerate(_STRONG.split(line))
    return tuple(Run(words, "strong" if at % 2 else "plain", language) for at, words in parts if words)


def typed(blocks: Sequence[Block]) -> str:
    """Blocks as somebody would type them."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield ("> " if block.style == "note" else "") + _typed_runs(block.runs)
    elif isinstance(block, Subheading):
        yield f"**{block.words}**"
    elif isinstance(block, Bullets):
        yield from (f"{f'{at}.' if block.numbered else '-'} {_typed_runs(item)}" for at, item in enumerate(block.items, start=1))


def _typed_runs(runs: Runs) -> str:
    return "".join(f"**{run.words}**" if run.kind == "strong" else run.words for run in runs)


# ── laid over the standard text ──


def pieces(build: Builder, clause: Clause) -> tuple[Piece, ...]:
    """The standard text of a clause, as the answers give it."""
    shown = (source for source in clause.blocks if build.now.holds(source.when))
    return tuple(Piece(block, clause.fixed or source.fixed) for source in shown for block in build.blocks(source))


def heading_of(now: Standing, clause: Clause) -> Text:
    """What a clause is called now: by the first of its headings that holds, else by its usual one."""
    return next((line.text for line in clause.headings if now.holds(line.when)), clause.heading)


class Standard(NamedTuple):
    """The standard text of a clause: as a section, the part of it that can be worded anew, as somebody would type it, and the rest."""

    section: Section
    text: str
    stays: tuple[Block, ...] = ()


def standard_of(draft: Draft, clause: Clause) -> Standard:
    """The standard text of a clause in the language of the draft, whatever the workplace says in its own words."""
    build = Builder(draft)
    found = pieces(build, clause)
    section = Section(clause.id, clause.level, build.words.plain(heading_of(build.now, clause)), clause.part, tuple(piece.block for piece in found))
    text = typed([piece.block for piece in found if piece.gives_way])
    return Standard(section, text, tuple(piece.block for piece in found if not piece.gives_way))


def moved_on(draft: Draft) -> Iterator[tuple[str, Language]]:
    """The sections of the policy that are worded anew in place of a standard text that reads otherwise by now, with the language."""
    standing = [clause for clause in draft.pack.clauses if clause.id in draft.own_words.sections and draft.standing.holds(clause.when)]
    for clause in standing:
        for language, words in draft.own_words.sections[clause.id].items():
            if words.rewording and words.standard != standard_of(draft.in_language(language), clause).text:
                yield clause.id, language


def laid_over(build: Builder, section: Section, standard: Sequence[Piece]) -> Section:
    """The section with what the workplace says of it in its own words."""
    rewording = _said(build, section.id, "rewording") if may_reword(standard) else ()
    addition = _said(build, section.id, "addition")
    blocks = (*(_in_place(standard, rewording) if rewording else (piece.block for piece in standard)), *addition)
    return replace(section, blocks=blocks, own="reworded" if rewording else "added" if addition else "")


def may_reword(standard: Sequence[Piece]) -> bool:
    """Whether any of the text can be worded anew."""
    return any(piece.gives_way for piece in standard)


def _in_place(standard: Sequence[Piece], rewording: tuple[Block, ...]) -> Iterator[Block]:
    """The rewording where the first block stood that gives way; what does not, stays where it is."""
    first = next(at for at, piece in enumerate(standard) if piece.gives_way)
    for at, piece in enumerate(standard):
        if at == first:
            yield from rewording
        if not piece.gives_way:
            yield piece.block


def _said(build: Builder, id: str, place: Place) -> tuple[Block, ...]:
    found = build.draft.own_words.said(id, place, build.words.language)
    return _marked(build, *found) if found else ()


def _marked(build: Builder, words: str, language: Language) -> tuple[Block, ...]:
    """The words, after the name of their language when the text is in another."""
    if language == build.words.language:
        return blocks_of(words)
    return (Paragraph((Run(build.words.word(f"own_words_{language}"), "strong"),)), *blocks_of(words, language))


# ── sections of one's own ──


def own_sections(build: Builder, chapter: str) -> list[Section]:
    """The sections of one's own that stand in a chapter of ours, after the others."""
    mine = [one for one in build.draft.own_words.own if one.chapter == chapter and not one.is_out]
    return [section for one in mine if (section := _own_section(build, one))]


def _own_section(build: Builder, one: OwnSection) -> Section | None:
    said = one.said(build.words.language)
    if said is None:
        return None
    words, language = said
    named: OtherLanguage = "" if language == build.words.language else language
    return Section(one.id, 2, words.heading, "body", _marked(build, words.text, language), own="whole", language=named)
