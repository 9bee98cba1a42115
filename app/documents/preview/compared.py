"""What each answer of a question brings about: the lines that stand with some of its answers and not with all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.pack.model import Pack, Question
from app.pack.text import Language

from .sentences import Place, Said, only, said
from .settings import Setting


class Group(NamedTuple):
    """Answers, by name, that have lines in common, and the answers that stand beside them when these lines do."""

    names: tuple[str, ...]
    differs: str


Brought = dict[Group, dict[Place, dict[Language, list[str]]]]  # with the heading of the section first


def brought_about(pack: Pack, question: Question, found: Sequence[Setting], languages: Sequence[Language]) -> Brought:
    """Every line that depends on the answer, once for each group of answers, in the order of the answers and of the documents."""
    brought: Brought = {}
    shown: set[tuple[Language, str, Place, str]] = set()
    for setting in found:
        looked_at = pack if setting.clauses is None else only(pack, setting.clauses)
        for language in languages:
            every = {one.name: said(looked_at, setting.answers | {question.id: one.answer}, language) for one in setting.tried}
            for names, place, heading, line in _apart(every):
                new = {(language, name, place, line) for name in names} - shown
                if new:
                    by_language = brought.setdefault(Group(names, setting.differs), {}).setdefault(place, {})
                    by_language.setdefault(language, [heading]).append(line)
                shown |= new
    order = [one.name for setting in found for one in setting.tried]
    return dict(sorted(brought.items(), key=lambda item: (order.index(item[0].names[0]), len(item[0].names))))


def _apart(every: dict[str, Said]) -> Iterator[tuple[tuple[str, ...], Place, str, str]]:
    """Each line that some answers bring and others do not: the names of these answers, its place, the heading there, and the line."""
    places = dict.fromkeys(place for one in every.values() for place in one)
    for place in places:
        having = [lines for one in every.values() if (lines := one.get(place))]
        for line in dict.fromkeys(line for lines in having for line in lines.lines):
            names = tuple(name for name, one in every.items() if place in one and line in one[place].lines)
            if len(names) < len(every):
                yield names, place, having[0].heading, line
