"""The same words in every language, and the three things a sentence may hold: words, strong words, and holes for answers."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, StringConstraints

from .languages import LANGUAGES, LOCALES, TAGS, DocumentLanguage, Language

__all__ = [
    "BREAK", "BREAKS", "LANGUAGES", "LOCALES", "TAGS", "DocumentLanguage", "EmployeeText", "Language", "LanguageError", "Part", "Text", "clean_text",
    "parts_of",
]  # fmt: skip

_PIECES = re.compile(r"\*\*(?P<strong>[^*\n]+)\*\*|\{(?P<hole>[a-z][a-z0-9_.-]*)\}")
BREAK = "\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029"
BREAKS = re.compile(f"\r\n|[{BREAK}]")  # what other programs end a line, a page or a field with
_NO_LETTER = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff]")
_UNSEEN = frozenset({"Cc", "Cf", "Mc", "Me", "Mn", "Zl", "Zp", "Zs"})
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # called letters and signs, and drawn as nothing


class Part(NamedTuple):
    """One stretch of a sentence: `plain`, `strong`, or a `hole` that names the answer to put there."""

    kind: Literal["plain", "strong", "hole"]
    words: str


@lru_cache(maxsize=16384)
def parts_of(words: str) -> tuple[Part, ...]:
    """Cut `words` into parts. A hole inside strong words is strong words and a hole, in that order."""
    found: list[Part] = []
    at = 0
    for piece in _PIECES.finditer(words):
        _add(found, "plain", words[at : piece.start()])
        if piece["strong"] is not None:
            found += [Part("strong", p.words) if p.kind == "plain" else p for p in parts_of(piece["strong"])]
        else:
            found.append(Part("hole", piece["hole"]))
        at = piece.end()
    _add(found, "plain", words[at:])
    return tuple(found)


def _add(found: list[Part], kind: Literal["plain"], words: str) -> None:
    if words:
        found.append(Part(kind, words))


Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class LanguageError(LookupError):
    """A text has no words in the language: it is a further one, and the text is not for the employees."""


class Text(BaseModel):
    """A text in every language of the screen; a missing one is refused at load."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    nb: Words
    nn: Words
    en: Words

    def in_(self, language: DocumentLanguage) -> str:
        """The words in `language`, as written in the content file.

        Raises LanguageError when there are none.
        """
        words: str | None = getattr(self, language) if language in LANGUAGES else self.further.get(language)
        if words is None:
            raise LanguageError(f"no words in {language}: {self.nb}")
        return words

    @property
    def further(self) -> dict[DocumentLanguage, str]:
        """The words in languages beyond those of the screen."""
        return {}

    def parts(self, language: DocumentLanguage) -> tuple[Part, ...]:
        """The words in `language`, cut into parts."""
        return parts_of(self.in_(language))

    def holes(self) -> set[str]:
        """The answers that any language of this text asks for."""
        return {part.words for language in (*LANGUAGES, *self.further) for part in self.parts(language) if part.kind == "hole"}


class EmployeeText(Text):
    """A text that the employees read: it may have words in further languages. Which those are, pack.yaml says (see validate_languages)."""

    model_config = ConfigDict(extra="allow")

    __pydantic_extra__: dict[str, Words]

    @property
    def further(self) -> dict[DocumentLanguage, str]:
        """The words in languages beyond those of the screen."""
        return self.__pydantic_extra__ or {}


@cache
def _too_many_marks() -> re.Pattern[str]:
    """Thirty combining marks in a row, and those that follow. No letter of any language has as many."""
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"([{marks}]{{30}})[{marks}]+")


def clean_text(words: str) -> str:
    """NFC, one kind of line break, and no character that XML, PostgreSQL or Word refuses.

    Drops the other C0 and C1 controls but tab, surrogates, non-characters, the byte-order mark, and what turns the direction of the words around it;
    and of marks upon one letter those past the thirtieth, for putting n of them in order takes n² steps (Unicode Annex 15, "Stream-Safe Text"). Words
    of which nothing is seen are none: a workplace called U+200B has no name.
    """
    words = _NO_LETTER.sub("", BREAKS.sub("\n", words))
    if words.isascii():
        return words
    words = unicodedata.normalize("NFC", _too_many_marks().sub(r"\1", words))
    words = "".join(c for c in words if ord(c) & 0xFFFE != 0xFFFE)
    return words if any(map(_is_seen, words)) else ""


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in _UNSEEN and letter not in _BLANK
