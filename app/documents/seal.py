"""The seal on page one: a draft, for decision, adopted or in force since a day, replaced, or not valid any more."""

from __future__ import annotations

from app.pack.model import Pack
from app.pack.text import DocumentLanguage

from .model import Seal, SealKind

_SIGNS: dict[SealKind, str] = {"adopted": "✓", "in_force": "✓", "replaced": "✕", "lapsed": "✕"}
_SAYS_MORE: frozenset[SealKind] = frozenset({"draft", "proposal", "replaced", "lapsed"})


def seal_of(pack: Pack, language: DocumentLanguage, kind: SealKind, day: str = "") -> Seal:
    """The seal, with the day in words; without one, what the pack says of a text that is not in force."""
    more = pack.word(f"seal_{kind}_more", language) if kind in _SAYS_MORE else ""
    return Seal(kind, f"{_SIGNS.get(kind, '')} {pack.word(f'seal_{kind}', language)}".lstrip(), day or more)
