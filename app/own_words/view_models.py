"""What the list of own words shows, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.documents.draft import Draft
from app.documents.own_blocks import moved_on
from app.documents.own_words import OwnSection, OwnWords, SectionWords
from app.pack.clause import Clause
from app.pack.text import LANGUAGES, Language
from app.web.urls import own_words_address
from app.web.view_models import AddressOf, ContentWords, Link, Tag, Words, message

from .context import IN
from .view_models_section import Button

MOVES: dict[str, Literal[-1, 1]] = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of one section in one language, whether it stands in the policy, and where it is changed."""

    id: str
    title: Words
    tags: tuple[Tag, ...]
    texts: tuple[tuple[Words, str], ...]
    links: tuple[Link, ...]
    stands: bool
    own: str = ""
    deeds: tuple[Button, ...] = ()


def groups_of(draft: Draft, id: str, address: AddressOf) -> list[tuple[Words, list[Entry]]]:
    """All own words under their headings: those that stand in the policy, and those that do not now."""
    entries, own = _entries(draft, id, address), [_own_entry(draft, one, id, address) for one in draft.own_words.own]
    groups = [
        ("own_words_stand", [one for one in entries if one.stands]),
        ("own_words_own_title", [one for one in own if one.stands]),
        ("own_words_do_not_stand", [one for one in (*entries, *own) if not one.stands]),
    ]
    return [(message(key), found) for key, found in groups if found]


def _entries(draft: Draft, id: str, address: AddressOf) -> list[Entry]:
    """Every section of which something is said, in the order of the policy; sections that no edition knows any more come last."""
    order = {clause.id: at for at, clause in enumerate(draft.pack.clauses)}
    known = sorted(draft.own_words.sections, key=lambda section: order.get(section, len(order)))
    moved = set(moved_on(draft))
    return [
        _entry(draft, section, language, (section, language) in moved, id, address)
        for section in known
        for language in LANGUAGES
        if language in draft.own_words.sections[section]
    ]


def _entry(draft: Draft, section: str, language: Language, has_moved_on: bool, id: str, address: AddressOf) -> Entry:
    words, clause = draft.own_words.of_section(section, language), draft.pack.clause(section)
    title = ContentWords(clause.heading) if clause else section
    stands = clause is not None and draft.standing.holds(clause.when) and bool(words.addition or not clause.fixed)
    tags = (Tag(message(f"nav_language_{language}")), *_tags(words, has_moved_on))
    return Entry(f"{section}-{language}", title, tags, tuple(_texts(words)), _links(clause, language, id, address), stands)


def _tags(words: SectionWords, has_moved_on: bool) -> Iterator[Tag]:
    if words.addition:
        yield Tag(message("own_words_added"), "accent")
    if words.rewording:
        yield Tag(message("own_words_reworded"), "accent")
    if has_moved_on:
        yield Tag(message("own_words_moved_on"), "warning")


def _texts(words: SectionWords) -> Iterator[tuple[Words, str]]:
    for label, text in (("reworded", words.rewording), ("added", words.addition), ("aside", words.aside)):
        if text:
            yield message(f"own_words_{label}"), text


def _links(clause: Clause | None, language: Language, id: str, address: AddressOf) -> tuple[Link, ...]:
    """Where it is changed; a section that the content does not know any more is only read."""
    if clause is None:
        return ()
    return (Link(message("own_words_change"), own_words_address(id, clause.id, address, **{IN: language}), ContentWords(clause.heading)),)


# ── sections of one's own ──


def _own_entry(draft: Draft, section: OwnSection, id: str, address: AddressOf) -> Entry:
    chapter = draft.pack.clause(section.chapter)
    stands = not section.is_out and chapter is not None and draft.standing.holds(chapter.when)
    named = (Tag(ContentWords(chapter.heading)),) if chapter else ()
    said = section.said(draft.language)
    heading = said[0].heading if said else section.id
    tags = (*named, *(Tag(message(f"nav_language_{language}")) for language in section.words))
    texts = tuple((words.heading, words.text) for words in section.words.values())
    link = Link(message("own_words_change"), own_words_address(id, section.id, address), heading)
    return Entry(section.id, heading, tags, texts, (link,), stands, section.id, _deeds(draft.own_words, section, heading))


def _deeds(own_words: OwnWords, section: OwnSection, heading: str) -> tuple[Button, ...]:
    """What can be done with the section as a whole: it is moved only where it has a neighbour."""
    moves = [do for do, by in MOVES.items() if own_words.moved(section.id, by) != own_words]
    names = ["in", "gone"] if section.is_out else [*moves, "out"]
    return tuple(Button(do, message(f"own_words_do_{do}"), "tertiary", heading) for do in names)
