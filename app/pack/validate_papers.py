"""What the papers must hold true beyond their grammar: every word there, every hole filled, every source known.

Every fault is one line: file, key, what is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import get_args

from app.values.vocabulary import Result

from .model import Pack
from .papers import FACTS, PAPERS, PIECES, WORDS, CountId, Guarded, PaperBlock, PaperId, PaperSection
from .question_rules import texts_in

FILE = "papers.yaml"
PLACES = {"number": {"n"}, "numbers": {"n"}, "quoted": {"words"}, "clipped": {"n"}, "answer_of": {"date"}, "link_by_hr": {"date"}}


def papers_faults(pack: Pack) -> Iterator[str]:
    """Every fault of the papers of `pack`."""
    yield from (f"{FILE}: {fault}" for fault in _words(pack))
    for id in PAPERS:
        yield from (f"{FILE}: {id}.{fault}" for fault in _paper(pack, id))


def _words(pack: Pack) -> Iterator[str]:
    papers = pack.papers
    there: dict[str, set[str]] = {"words": set(papers.words), "counts": {*papers.counts}, "results": {result.id for result in papers.results}}
    wanted: dict[str, set[str]] = {"words": set(WORDS), "counts": set(get_args(CountId)), "results": set(get_args(Result))}
    for name, ids in there.items():
        yield from (f"{name}: {id} is missing" for id in sorted(wanted[name] - ids))
        yield from (f"{name}: nothing uses {id}" for id in sorted(ids - wanted[name]))
    for id, text in papers.words.items():
        yield from (f"words.{id}: nothing fills {{{hole}}}" for hole in sorted(text.holes() - PLACES.get(id, set())))
    for id, count in papers.counts.items():
        yield from (f"counts.{id}: nothing fills {{{hole}}}" for hole in sorted((count.one.holes() | count.many.holes()) - {"n"}))
    yield from (f"origin: nothing fills {{{hole}}}" for hole in sorted(papers.origin.holes() - {"edition"}))


def _paper(pack: Pack, id: PaperId) -> Iterator[str]:
    paper, facts = pack.papers.paper(id), FACTS[id]
    if not paper.title or paper.title[-1].when or paper.title[-1].unless:
        yield "title: the last title holds always"
    for at, item in enumerate([*paper.title, *paper.title_block]):
        yield from (f"title.{at}: {fault}" for fault in _guard(item, facts))
        yield from (f"title.{at}: nothing fills {{{hole}}}" for _, text in texts_in(item) for hole in sorted(text.holes() - facts))
    yield from (f"contents: there is no fact {name}" for name in paper.contents or () if name not in facts)
    yield from (f"sections: {name}: this id is there {n} times" for name, n in Counter(s.id for s in paper.sections).items() if n > 1)
    for section in paper.sections:
        yield from (f"{section.id}{fault}" for fault in _section(pack, section, facts))


def _section(pack: Pack, section: PaperSection, facts: frozenset[str]) -> Iterator[str]:
    if not section.sources:
        yield ".sources: no source; own advice says `own`"
    yield from (f".sources: there is no source {id}" for id in section.sources if id != "own" and id not in pack.sources)
    yield from (f".{fault}" for fault in _guard(section, facts))
    yield from _holes(section, facts)
    for at, block in enumerate(section.blocks):
        yield from (f".blocks.{at}{fault}" for fault in _block(block, facts))


def _holes(section: PaperSection, facts: frozenset[str]) -> Iterator[str]:
    """A hole names a fact, or one of the section's sources, which is then cited."""
    for key, text in texts_in(section):
        yield from (f".{key}: nothing fills {{{hole}}}" for hole in sorted(text.holes() - facts - set(section.sources)))


def _block(block: PaperBlock, facts: frozenset[str]) -> Iterator[str]:
    given = [name for name in PIECES if getattr(block, name) is not None]
    if len(given) != 1:
        yield f": a block says exactly one thing, not {given or 'nothing'}"
    yield from (f".{fault}" for fault in _guard(block, facts))
    for line in [*(block.bullets or []), *(block.numbered or []), *(block.signatures or []), *(block.fields or [])]:
        yield from (f".{fault}" for fault in _guard(line, facts))


def _guard(item: Guarded, facts: frozenset[str]) -> Iterator[str]:
    for key in ("when", "unless"):
        yield from (f"{key}: there is no fact {name}" for name in getattr(item, key) if name not in facts)
