"""The sections of a policy: all of them, or a few without making the others. Which numbers they bear is the same either way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise
from typing import TypeVar

from app.pack.engine import LENGTH
from app.pack.model import Clause, Pack
from app.values.vocabulary import Part

from .blocks import Builder
from .model import Block, Bullets, Fields, Paragraph, Section, Signatures
from .own_blocks import Piece, heading_of, laid_over, own_sections, pieces

T = TypeVar("T")
BACK = "back"
DRAFT_ONLY = frozenset({"open_points", "findings"})
UNNUMBERED = ("front", "end")  # parts whose sections bear no number and stand between no appendices
ALWAYS_SAY = frozenset({"paragraph", "note", "subheading", "fields", "signatures"})  # blocks that never come to nothing


@dataclass
class _Planned:
    """A section that is to stand in the policy: what decides its place, and how it is made. `says` tells beforehand that it has words."""

    id: str
    level: int
    part: Part
    make: Callable[[], Section]
    says: bool = False

    @cached_property
    def section(self) -> Section:
        """The section, without its number."""
        return self.make()

    @property
    def speaks(self) -> bool:
        """Whether it has anything to say."""
        return self.says or bool(self.section.blocks)


def sections_of(build: Builder, wanted: Collection[str] | None = None) -> Iterator[Section]:
    """The sections of the policy, with what the workplace says in its own words; `wanted` are the ids of clauses, if not all are.

    Of a section that is not wanted it is asked only whether it stands, for its number: most can tell without being made. Where
    there are no numbers, not even that.
    """
    left = None if wanted is None else {c.id for c in build.pack.clauses if c.id in wanted and build.now.holds(c.when)}
    numbering, chapter = _Numbering(build), None
    for planned, following in _with_next(_planned(build, wanted)):
        if left is not None and not left:
            return
        stands = not _is_passed(planned, wanted) and _stands(planned, following)
        label = numbering.next(planned) if stands else ""
        if stands and (left is None or planned.id in left):
            yield _finished(planned.section, label, chapter)
        if stands and planned.level == 1:
            chapter = planned
        if left:
            left.discard(planned.id)


def plain_sections(build: Builder, clauses: Iterable[Clause]) -> list[Section]:
    """Clauses of another document, which are not numbered and take no words of the workplace's own."""
    planned = [_Planned(c.id, c.level, c.part, lambda c=c: _section(build, c)[0]) for c in clauses]  # type: ignore[misc]
    return [replace(one.section, blocks=_one_list(one.section.blocks)) for one, following in _with_next(planned) if _stands(one, following)]


def _stands(planned: _Planned, following: _Planned | None) -> bool:
    """Whether it has words, or is the heading of a chapter with a sub-chapter."""
    return planned.speaks or (planned.level == 1 and following is not None and following.level == 2)


def draft_only(pack: Pack) -> frozenset[str]:
    """The sections that stand in a draft alone: they go when it is done, which is no change of the policy."""
    return frozenset(clause.id for clause in pack.clauses if _is_for_drafts(clause))


def _is_for_drafts(clause: Clause) -> bool:
    return any(block.listing in DRAFT_ONLY for block in clause.blocks)


def _is_passed(section: Clause | _Planned, wanted: Collection[str] | None) -> bool:
    """Whether nobody asks for it, and nothing hangs on whether it stands."""
    return wanted is not None and section.id not in wanted and section.part in UNNUMBERED


def _clauses(build: Builder, wanted: Collection[str] | None) -> Iterator[Clause]:
    """The clauses that hold, those of the part `back` after all others.

    Whether the draft is unfinished is asked late, if at all: it costs more than a clause.
    """
    for clause in sorted(build.pack.clauses, key=lambda clause: clause.part == BACK):
        if build.now.holds(clause.when) and (not _is_for_drafts(clause) or _is_passed(clause, wanted) or build.draft.is_unfinished):
            yield clause


def _planned(build: Builder, wanted: Collection[str] | None) -> Iterator[_Planned]:
    """What is to stand in the policy, in order: the clauses, and the sections of one's own as the last of their chapters."""
    chapter = ""
    for clause, following in _with_next(_clauses(build, wanted)):
        yield _Planned(clause.id, clause.level, clause.part, lambda c=clause: laid_over(build, *_section(build, c)), _says(build, clause))  # type: ignore[misc]
        chapter = clause.id if clause.level == 1 else chapter
        if following is None or following.level == 1:
            yield from (_Planned(one.id, one.level, one.part, lambda one=one: one) for one in own_sections(build, chapter))  # type: ignore[misc]


def _says(build: Builder, clause: Clause) -> bool:
    return any(block.kind in ALWAYS_SAY and build.now.holds(block.when) for block in clause.blocks)


def _with_next(items: Iterable[T]) -> Iterator[tuple[T, T | None]]:
    """Each with the one that follows it."""
    return pairwise(chain(items, (None,)))  # type: ignore[arg-type]


def _section(build: Builder, clause: Clause) -> tuple[Section, tuple[Piece, ...]]:
    """The standard text of a clause, as a section and in its pieces."""
    build.words.used = dict.fromkeys(key.partition(".")[0] for key in clause.when)
    title = build.words.plain(heading_of(build.now, clause))
    standard = pieces(build, clause)
    for source in clause.blocks:
        build.words.used.update(dict.fromkeys(key.partition(".")[0] for key in source.when))
    section = Section(
        id=clause.id,
        level=clause.level,
        title=title,
        part=clause.part,
        blocks=tuple(piece.block for piece in standard),
        answers=tuple(id for id in build.words.used if id != LENGTH),
        sources=tuple(clause.sources),
    )
    return section, standard


class _Numbering:
    """Chapters numbered 1, 1.1 …; appendices as "Vedlegg 1"; the end matter without a number."""

    def __init__(self, build: Builder) -> None:
        self.build = build
        self.chapter = self.sub = self.appendix = 0

    def next(self, section: _Planned) -> str:
        """What stands in front of the title of the section that comes now."""
        if section.part == "appendix" and section.level == 1:
            self.appendix += 1
            return f"{self.build.words.word('appendix')} {self.appendix}: "
        if section.part == "body" and section.level == 1:
            self.chapter, self.sub = self.chapter + 1, 0
            return f"{self.chapter} "
        if section.part == "body":
            self.sub += 1
            return f"{self.chapter}.{self.sub} "
        return ""


def _finished(section: Section, label: str, chapter: _Planned | None) -> Section:
    done = replace(section, title=label + section.title, blocks=_one_list(section.blocks))
    return replace(done, page_break=_is_sheet(done) or _follows_sheet(done, chapter))


def _follows_sheet(section: Section, chapter: _Planned | None) -> bool:
    """Whether the section is the first after an appendix that is taken out and used, which nothing else is to stand on."""
    return section.part == BACK and section.level == 1 and chapter is not None and chapter.part == "appendix" and _is_sheet(chapter.section)


def _one_list(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, with bullets that follow bullets in one list: the content keeps them apart only for a condition, or because some are fixed."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Bullets) and isinstance(last, Bullets) and (block.numbered or last.numbered, block.fine) == (False, last.fine):
            found[-1] = Bullets((*last.items, *block.items), fine=last.fine)
        else:
            found.append(block)
    return tuple(found)


def _is_sheet(section: Section) -> bool:
    """Whether the section is a sheet to take out and use, which begins on a page of its own: something to fill in, or what to do at once."""
    used = any(isinstance(block, Fields | Signatures) for block in section.blocks)
    urgent = [isinstance(block, Paragraph) and block.style == "note" for block in section.blocks[:1]] == [True]
    return section.part == "appendix" and section.level == 1 and (used or urgent)
