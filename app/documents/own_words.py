"""What a workplace says in its own words: something to add to a section, a section worded anew, and sections of its own.

Own words stand beside the answers, by the id of the section and by language, and never change by themselves: neither by an answer nor by a new
edition of the content. Plain values; whoever changes them gets new ones.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from app.pack.clause import Clause
from app.pack.text import LANGUAGES, DocumentLanguage, Language

TEXT_MAX = 5000
HEADING_MAX = 120
MOST_OWN = 40
OWN = "own-"  # how the id of a section of one's own begins; no clause of the content has such an id
ID_BYTES = 5
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_OWN_ID = re.compile(rf"{OWN}[a-z0-9]{{1,30}}")

Stored = Mapping[str, Any]
Place = Literal["addition", "rewording"]


@dataclass(frozen=True, slots=True)
class SectionWords:
    """What is said of one section in one language.

    `standard` is the text that the rewording took the place of, as it was then; `aside` a rewording that gave its place back.
    """

    addition: str = ""
    rewording: str = ""
    standard: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class OwnText:
    """The heading and the words of a section of one's own, in one language."""

    heading: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class OwnSection:
    """A section of one's own in a chapter. What `is_out` is kept, and does not stand in the policy."""

    id: str
    chapter: str
    words: Mapping[Language, OwnText] = field(default_factory=dict)
    is_out: bool = False

    def said(self, language: DocumentLanguage) -> tuple[OwnText, Language] | None:
        """The words to show in a text in `language`, and the language that they are in."""
        found = first_in(self.words, language)
        return (self.words[found], found) if found else None


@dataclass(frozen=True, slots=True)
class OwnWords:
    """All own words of a policy. The order of `own` is their order within each chapter."""

    sections: Mapping[str, Mapping[Language, SectionWords]] = field(default_factory=dict)
    own: tuple[OwnSection, ...] = ()

    @classmethod
    def of(cls, stored: Stored | None) -> OwnWords:
        """The own words of what `stored` wrote, or of a file that was read (app.documents.savefile)."""
        stored = stored or {}
        sections = {id: {language: SectionWords(**words) for language, words in said.items()} for id, said in stored.get("sections", {}).items()}
        return cls(sections, tuple(_own_section(one) for one in stored.get("own", ())))

    @property
    def stored(self) -> dict[str, Any]:
        """Plain values: what is as its default is left out."""
        sections = {id: {language: _lean(words) for language, words in said.items()} for id, said in self.sections.items()}
        return {name: found for name, found in (("sections", sections), ("own", [_plain(one) for one in self.own])) if found}

    # ── asked ──

    def of_section(self, id: str, language: Language) -> SectionWords:
        """What is said of a section in one language; blank where nothing is."""
        return self.sections.get(id, {}).get(language, SectionWords())

    def said(self, id: str, place: Place, language: DocumentLanguage) -> tuple[str, Language] | None:
        """The words to show at a place of a section in a text in `language`, and the language that they are in."""
        there = {one: found for one, words in self.sections.get(id, {}).items() if (found := getattr(words, place))}
        found = first_in(there, language)
        return (there[found], found) if found else None

    def section(self, id: str) -> OwnSection | None:
        """A section of one's own."""
        return next((one for one in self.own if one.id == id), None)

    def standing(self, clauses: Mapping[str, Clause]) -> Iterator[tuple[str, str]]:
        """Every text that stands in a policy of these clauses, in whatever language, with the id of its section.

        Of a rewording, what is not left of the standard text: nobody is told to mend our words.
        """
        for id, said in self.sections.items():
            if id in clauses:
                yield from ((id, text) for words in said.values() for text in _standing(words, clauses[id].fixed) if text)
        for one in self.own:
            if one.chapter in clauses and not one.is_out:
                yield from ((one.id, text) for words in one.words.values() for text in (words.heading, words.text) if text)

    # ── changed ──

    def with_words(self, id: str, language: Language, words: SectionWords) -> OwnWords:
        """The same with these words of a section."""
        said = {**self.sections.get(id, {}), language: words}
        kept = {one: found for one, found in said.items() if found != SectionWords()}
        sections = {**self.sections, id: kept}
        return replace(self, sections={one: found for one, found in sections.items() if found})

    def with_section(self, section: OwnSection) -> OwnWords:
        """The same with this section of one's own: where it stood before, or as the last one."""
        if self.section(section.id) is None:
            return replace(self, own=(*self.own, section))
        return replace(self, own=tuple(section if one.id == section.id else one for one in self.own))

    def without(self, id: str) -> OwnWords:
        """The same without a section of one's own."""
        return replace(self, own=tuple(one for one in self.own if one.id != id))

    def moved(self, id: str, by: Literal[-1, 1]) -> OwnWords:
        """The same with a section of one's own before or after its neighbour in the chapter; as it is, when it has none on that side."""
        places = [at for at, one in enumerate(self.own) if (mine := self.section(id)) and one.chapter == mine.chapter and not one.is_out]
        here = next((n for n, at in enumerate(places) if self.own[at].id == id), None)
        if here is None or not 0 <= here + by < len(places):
            return self
        order = list(self.own)
        one, other = places[here], places[here + by]
        order[one], order[other] = order[other], order[one]
        return replace(self, own=tuple(order))


def new_id() -> str:
    """An id for a section of one's own."""
    return OWN + secrets.token_hex(ID_BYTES)


def is_own_id(id: str) -> bool:
    """Whether a section of one's own can have this id."""
    return _OWN_ID.fullmatch(id) is not None


def first_in(there: Mapping[Language, Any], language: DocumentLanguage) -> Language | None:
    """The language of words to show in a text in `language`: the same, or else the first that there is."""
    return next((one for one in sorted(LANGUAGES, key=lambda one: one != language) if one in there), None)


def set_aside(words: SectionWords) -> SectionWords:
    """The standard text stands again; the rewording is kept beside it."""
    return replace(words, rewording="", standard="", aside=words.rewording or words.aside)


def reworded(words: SectionWords, rewording: str, standard: str) -> SectionWords:
    """Worded anew, in place of the standard text as it is now. A blank rewording sets the one before aside."""
    if not rewording:
        return set_aside(words)
    return replace(words, rewording=rewording, standard=standard, aside="" if words.aside == rewording else words.aside)


def _standing(words: SectionWords, is_fixed: bool) -> tuple[str, ...]:
    """What the workplace wrote. The mark of an open point counts also where it was copied from the standard text."""
    if is_fixed:
        return (words.addition,)
    mine = (one for one in _SENTENCE.split(words.rewording) if "[" in one or one.strip() not in words.standard)
    return (words.addition, "\n".join(mine))


def _own_section(stored: Stored) -> OwnSection:
    words = {language: OwnText(**said) for language, said in stored.get("words", {}).items()}
    return OwnSection(stored["id"], stored["chapter"], words, bool(stored.get("is_out")))


def _plain(one: OwnSection) -> dict[str, Any]:
    words = {language: _lean(said) for language, said in one.words.items()}
    return {"id": one.id, "chapter": one.chapter, "words": words} | ({"is_out": True} if one.is_out else {})


def _lean(words: SectionWords | OwnText) -> dict[str, str]:
    return {name: found for name, found in asdict(words).items() if found}


SECTION_FIELDS = tuple(one.name for one in fields(SectionWords))
TEXT_FIELDS = tuple(one.name for one in fields(OwnText))
