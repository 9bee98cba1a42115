"""The launch kit: what is said and handed out when a policy is in force, made of the decided text and the answers behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.pack.clause import Block as Source
from app.pack.launch import LaunchItem, LaunchPart
from app.pack.text import Text
from app.values.vocabulary import Tone

from . import assemble
from .blocks import Builder
from .draft import Draft
from .interpolation import capital
from .model import Block, Bullets, Document, Paragraph, Runs, Section, Subheading, Table

Facts = Mapping[str, str]  # what app.pack.launch.FACTS names, in words; a blank one is not known


@dataclass(frozen=True, slots=True)
class Made:
    """A part as it reads now, with the sections of the policy that it says the same as, and the questions whose answers it says.

    `in_own_words`: the workplace has worded one of the sections itself, so that somebody must look whether the part still says the same.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    notes: tuple[Block, ...]
    sections: tuple[Section, ...]
    answers: frozenset[str]
    tone: Tone | None
    in_own_words: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the kit with its parts that stand."""

    source: LaunchItem
    title: str
    about: str
    subject: str
    parts: tuple[Made, ...]

    @property
    def id(self) -> str:
        """Its id, which names its files."""
        return self.source.id

    @property
    def sections(self) -> tuple[Section, ...]:
        """Every section of the policy that it is made from, once, in the order of its parts."""
        return tuple({section.id: section for part in self.parts for section in part.sections}.values())


def kit_of(draft: Draft, document: Document, facts: Facts) -> tuple[Item, ...]:
    """Every item of the kit that has something to say. `document` is the decided text, in the language of the draft with the answers behind it."""
    maker = _Maker(draft, document, facts)
    return tuple(item for source in draft.pack.launch.values() if (item := maker.item(source)).parts)


class _Maker:
    def __init__(self, draft: Draft, document: Document, facts: Facts) -> None:
        self.draft, self.facts = draft, facts
        self.found = {section.id: section for section in document.sections}

    def item(self, source: LaunchItem) -> Item:
        parts = tuple(part for one in source.parts if self._stands(one) and (part := self._part(one)).blocks)
        subject = self._words(source.subject) if source.subject else ""
        return Item(source, self._words(source.title), self._words(source.about), subject, parts)

    def _stands(self, part: LaunchPart) -> bool:
        known = all(self.facts.get(fact) for fact in part.needs) and not any(self.facts.get(fact) for fact in part.without)
        named = [part.takes] if part.takes else [part.made_from] if part.made_from else []
        return known and self.draft.standing.holds(part.when) and all(any(id in self.found for id in ids) for ids in named)

    def _part(self, part: LaunchPart) -> Made:
        build = self._builder()
        build.words.used = dict.fromkeys(key.partition(".")[0] for key in part.when)
        taken = next((self.found[id] for id in part.takes if id in self.found), None)
        blocks = (*_blocks(build, part.blocks), *(_taken(taken, part) if taken else ()))
        made_from = [taken] if taken else [self.found[id] for id in part.made_from if id in self.found]
        written = [section for section in made_from if section is not taken or part.blocks]
        return Made(
            id=part.id,
            title=build.words.plain(part.heading) if part.heading else "",
            blocks=blocks,
            notes=tuple(_blocks(build, part.notes)),
            sections=tuple(made_from),
            answers=frozenset(build.words.used).union(*(section.answers for section in made_from if section is taken)),
            tone=part.tone,
            in_own_words=any(section.own in ("reworded", "whole") for section in written),
            is_open=build.words.marks,
        )

    def _words(self, text: Text) -> str:
        return self._builder().words.plain(text)

    def _builder(self) -> Builder:
        build = Builder(self.draft)
        build.words.fixed |= self.facts
        return build


def _blocks(build: Builder, sources: list[Source]) -> Iterator[Block]:
    for source in sources:
        build.words.used.update(dict.fromkeys(key.partition(".")[0] for key in source.when))
        if build.now.holds(source.when):
            yield from build.blocks(source)


def _taken(section: Section, part: LaunchPart) -> tuple[Block, ...]:
    """What the part takes of a section, as it was decided."""
    if part.only == "lights":
        return tuple(block for block in section.blocks if isinstance(block, Table) and block.style == "board")
    return tuple(block for block in section.blocks if part.only is None or not isinstance(block, Table))


def merged(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, with lists that follow one another as one."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Bullets) and isinstance(last, Bullets) and not block.numbered and not last.numbered:
            found[-1] = replace(last, items=(*last.items, *block.items))
        else:
            found.append(block)
    return tuple(found)


class Situation(NamedTuple):
    """One situation on a board: what it is called, and how it is done there."""

    name: str
    rule: Runs


def situations_of(board: Table) -> list[Situation]:
    """The situations that have one light; those of which nothing but their name is said share a row."""
    found: list[Situation] = []
    for row in board.rows:
        name = "".join(run.words for run in row[0].runs)
        found += [Situation(name, row[1].runs)] if len(row) > 1 else [Situation(capital(one), ()) for one in name.split(" · ")]
    return found


class Card(NamedTuple):
    """A card to cut out. `light` says in words what its colour says."""

    title: str
    blocks: tuple[Block, ...]
    tone: Tone | None = None
    light: str = ""


def cards_of(item: Item) -> tuple[Card, ...]:
    """Every card: one for each part, for each story in it, or for each situation on its board."""
    return tuple(card for part in item.parts for card in _cards(part))


def _cards(part: Made) -> Iterator[Card]:
    boards = [block for block in part.blocks if isinstance(block, Table) and block.style == "board"]
    for board in boards:
        for name, rule in situations_of(board):
            yield Card(name, (Paragraph(rule),) if rule else (), board.tone, board.header[0])
    for title, blocks in _stories(part, [block for block in part.blocks if block not in boards]):
        yield Card(title, blocks, part.tone)


def _stories(part: Made, blocks: list[Block]) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The blocks by the headings among them; those before the first one stand under the heading of the part."""
    title, gathered = part.title, list[Block]()
    for block in [*blocks, Subheading("")]:
        if not isinstance(block, Subheading):
            gathered.append(block)
            continue
        if gathered:
            yield title, tuple(gathered)
        title, gathered = block.words, []


def sheet_of(draft: Draft, item: Item) -> Document:
    """A sheet to print, in the frame of every document."""
    sections = tuple(Section(part.id, 1, part.title, "body", merged(part.blocks)) for part in item.parts)
    return assemble.sheet(draft, item.title, sections)


__all__ = ["Facts", "Item", "Made", "cards_of", "kit_of", "merged", "sheet_of", "situations_of"]
