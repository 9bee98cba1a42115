"""A policy in force as everybody reads it: what matters most first, what to do at once, then the whole without what is the workplace's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.pack.public import First

from . import assemble
from .draft import Draft
from .model import Document, Section, Table
from .papers import without_record


@dataclass(frozen=True, slots=True)
class PublicText:
    """`first` are the sections that stand on top, `now` is what to do at once, `rest` the policy below them, `folded` what few look up.

    Each of the folded is a chapter with its sub-chapters: an appendix, or a list at the end.
    """

    first: tuple[Section, ...]
    now: Section
    rest: tuple[Section, ...]
    folded: tuple[tuple[Section, ...], ...]


def shared(draft: Draft, document: Document) -> Document:
    """The document without what people said of it, and without the sections that are not for everybody.

    It is not the text that was signed for, and bears no check code.
    """
    left_out = draft.pack.public.left_out
    whole = tuple(section for section in without_record(document).sections if section.id not in left_out)
    return replace(document, sections=whole, fingerprint="", edition=document.edition.partition(" · ")[0])


def public(draft: Draft, document: Document) -> PublicText:
    """The text of a version as its public page shows it. `draft` has the answers behind it, in the language of the document."""
    found = {section.id: section for section in shared(draft, document).sections}
    first = [(one, found[one.section]) for one in draft.pack.public.first if one.section in found]
    drawn = (_first(one, section, draft) for one, section in first)
    gone = {one.section for one, _ in first if not one.again}
    left = [section for section in found.values() if section.id not in gone]
    rest = tuple(section for section in left if section.part in ("front", "body"))
    now = assemble.clause(draft, draft.pack.public.now)
    return PublicText(tuple(one for one in drawn if one.blocks), now, rest, tuple(_chapters(left[len(rest) :])))


def _chapters(sections: Iterable[Section]) -> Iterator[tuple[Section, ...]]:
    """Each chapter with the sub-chapters that follow it."""
    chapter: list[Section] = []
    for section in sections:
        if section.level == 1 and chapter:
            yield tuple(chapter)
            chapter = []
        chapter.append(section)
    if chapter:
        yield tuple(chapter)


def _first(one: First, section: Section, draft: Draft) -> Section:
    """A section as it stands on top: with a name of its own where it comes again below."""
    title = one.heading.in_(draft.language) if one.heading else section.title
    blocks = tuple(block for block in section.blocks if isinstance(block, Table)) if one.tables else section.blocks
    return replace(section, id=f"first-{section.id}" if one.again else section.id, level=1, title=title, blocks=blocks)
