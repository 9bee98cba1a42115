"""Own words in a file: taken as far as they are texts of a sound length for something that has an id, and told of where they are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from app.documents.own_words import HEADING_MAX, MOST_OWN, SECTION_FIELDS, TEXT_FIELDS, TEXT_MAX, OwnWords, is_own_id
from app.pack.text import LANGUAGES, clean_text

from .fitting import said

KEY = "own_words"
MOST_SECTIONS = 200  # more than any edition of the content has clauses
STANDARD_MAX = 20_000  # a copy of the content, and not typed by anybody
_ID = re.compile(r"[a-z0-9_-]{1,60}")
_LENGTHS = {"heading": HEADING_MAX, "standard": STANDARD_MAX}

Note = Callable[[str, Literal["value", "long"], str, int], None]
Named = Iterator[tuple[str, Any]]


def read_own_words(value: object, tell: Note) -> OwnWords:
    """What can be kept; `tell` gets the words of whatever cannot."""
    if value is None:
        return OwnWords()
    if not isinstance(value, Mapping):
        tell(KEY, "value", said(value), 0)
        return OwnWords()
    reader = _Reader(tell)
    sections = {id: words for id, given in reader.sections(value.get("sections", {})) if (words := reader.languages(id, given, SECTION_FIELDS))}
    own = [reader.own(id, given) for id, given in reader.own_sections(value.get("own", []))]
    return OwnWords.of({"sections": sections, "own": own})


class _Reader:
    def __init__(self, tell: Note) -> None:
        self.tell = tell

    def refuse(self, key: str, value: object) -> None:
        self.tell(f"{KEY}.{key}", "value", said(value), 0)

    def sections(self, given: object) -> Named:
        """The sections by id, as many as there may be."""
        named = list(given.items()) if isinstance(given, Mapping) else [("sections", given)] if given else []
        for at, (id, words) in enumerate(named):
            if isinstance(given, Mapping) and at < MOST_SECTIONS and _ID.fullmatch(id):
                yield id, words
            else:
                self.refuse(id, words)

    def own_sections(self, given: object) -> Named:
        """The sections of one's own by id: each once, in a chapter, as many as there may be."""
        taken: set[str] = set()
        for one in given if isinstance(given, Sequence) and not isinstance(given, str) else [given]:
            id = one.get("id") if isinstance(one, Mapping) else None
            if not _is_own(one, id) or id in taken or len(taken) == MOST_OWN:
                self.refuse("own", one)
            else:
                taken.add(str(id))
                yield str(id), one

    def own(self, id: str, given: Mapping[str, Any]) -> dict[str, Any]:
        words = self.languages(id, given.get("words", {}), TEXT_FIELDS)
        return {"id": id, "chapter": given["chapter"], "words": words, "is_out": given.get("is_out") is True}

    def languages(self, id: str, given: object, names: tuple[str, ...]) -> dict[str, dict[str, str]]:
        """The words of a section in each language in which there are any."""
        if not isinstance(given, Mapping):
            self.refuse(id, given)
            return {}
        for language in given.keys() - set(LANGUAGES):
            self.refuse(f"{id}.{language}", given[language])
        found = {language: self.fields(f"{id}.{language}", given[language], names) for language in LANGUAGES if language in given}
        return {language: words for language, words in found.items() if words}

    def fields(self, key: str, given: object, names: tuple[str, ...]) -> dict[str, str]:
        if not isinstance(given, Mapping):
            self.refuse(key, given)
            return {}
        for name in given.keys() - set(names):
            self.refuse(f"{key}.{name}", given[name])
        return {name: words for name in names if (words := self.text(f"{key}.{name}", given.get(name, ""), _LENGTHS.get(name, TEXT_MAX)))}

    def text(self, key: str, given: object, most: int) -> str:
        """A text as it would have been typed; blank, and told of, when it is too long."""
        if not isinstance(given, str):
            self.refuse(key, given)
            return ""
        words = clean_text(given).strip()
        if len(words) <= most:
            return words
        self.tell(f"{KEY}.{key}", "long", words, len(words) - most)
        return ""


def _is_own(one: object, id: object) -> bool:
    chapter = one.get("chapter") if isinstance(one, Mapping) else None
    return isinstance(id, str) and is_own_id(id) and isinstance(chapter, str) and _ID.fullmatch(chapter) is not None
