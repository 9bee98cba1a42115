"""Which answers the policy puts into its sentences: where such an answer is blank, the mark of an open point stands instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from app.pack.answers import Standing, records_of
from app.pack.base import When
from app.pack.clause import Block, Clause
from app.pack.kinds.records import is_unsaid
from app.pack.model import Pack
from app.pack.question_rules import texts_in

from .pack_key import PackKey


class Place(NamedTuple):
    """Answers that stand in one text, and the conditions under which the text is printed."""

    whens: tuple[When, ...]
    holes: frozenset[str]


def marked(now: Standing) -> set[str]:
    """The ids of the questions whose blank answer shows as an open point in the policy."""
    places, holes_of_all = _places(PackKey(now.pack))
    blank = {hole for hole in holes_of_all if _is_blank(now, hole)}
    asked = ((place, place.holes & blank) for place in places)  # few are blank, so most places need no look at their conditions
    return {hole.partition(".")[0] for place, holes in asked if holes and all(map(now.holds, place.whens)) for hole in holes}


def _is_blank(now: Standing, hole: str) -> bool:
    id, _, cell = hole.partition(".")
    if not cell or not now.tokens(id):
        return now.is_blank(id)
    row, _, column = cell.partition(".")
    return is_unsaid(records_of(now.pack.questions[id], now.values.get(id), row)[0].get(column))


@lru_cache(maxsize=8)
def _places(of: PackKey) -> tuple[tuple[Place, ...], frozenset[str]]:
    """Every place, and all the holes in them; both are the same for every workplace."""
    found = [*_in_title(of.pack), *(place for clause in of.pack.clauses for place in _in_clause(clause))]
    known = of.pack.questions
    whole = [*found, *_in_options(of.pack, found)]
    kept = (place._replace(holes=frozenset(hole for hole in place.holes if hole.partition(".")[0] in known)) for place in whole)
    places = tuple(place for place in kept if place.holes)
    return places, frozenset().union(*(place.holes for place in places))


def _in_title(pack: Pack) -> Iterator[Place]:
    yield Place((), frozenset(pack.manifest.title.holes()))
    for line in pack.manifest.title_block:
        yield Place((line.when,), frozenset(line.value.holes()))


def _in_clause(clause: Clause) -> Iterator[Place]:
    yield Place((clause.when,), frozenset(clause.heading.holes()))
    for block in clause.blocks:
        for when, texts in _in_block(block):
            yield Place((clause.when, block.when, when), _holes(texts) | ({block.each} if block.each else frozenset()))


def _in_block(block: Block) -> Iterator[tuple[When, Any]]:
    lines = next((getattr(block, kind) for kind in ("bullets", "numbered", "fields", "signatures") if getattr(block, kind)), None)
    if lines is None:
        yield {}, block
    for line in lines or ():
        yield line.when, line


def _holes(texts: Any) -> frozenset[str]:
    return frozenset(hole for _, text in texts_in(texts) for hole in text.holes())


def _in_options(pack: Pack, places: Iterable[Place]) -> Iterator[Place]:
    """The words of an option may have holes of their own, wherever the option is printed."""
    for place in places:
        for id in place.holes & pack.questions.keys():
            for option in pack.questions[id].options:
                yield Place((*place.whens, {id: [option.id]}), frozenset(option.words.holes()))


__all__ = ["marked"]
