"""Names as people write them. The register writes them all in capitals."""

from __future__ import annotations

import re

SMALL = frozenset({"OG", "I", "PÅ", "AV", "FOR", "TIL", "VED", "MED", "FRA", "FRÅ", "AVD", "KOMMUNE", "FYLKESKOMMUNE", "AND", "OF", "THE"})
CAPITALS = frozenset({"AS", "ASA", "ANS", "DA", "SA", "BA", "KS", "NUF", "IKS", "KF", "FKF", "HF", "RHF", "SF", "AB", "ENK"})  # the forms of firms
_LETTERS = re.compile(r"[^\W\d_]+")
_VOWELS = frozenset("AEIOUYÆØÅÄÖÉ")


def as_written(name: str) -> str:
    """A name in capitals as somebody would probably write it: a suggestion, to be looked at. Any other name stays as it is."""
    if name != name.upper():
        return name
    first, *rest = name.split(" ")
    return " ".join([_word(first), *(word.lower() if word in SMALL else _word(word) for word in rest)])


def _word(word: str) -> str:
    return _LETTERS.sub(lambda found: found[0] if _is_short_form(found[0]) else found[0].capitalize(), word)


def _is_short_form(letters: str) -> bool:
    """Whether it is the form of a firm, or has no vowel: DNB, or a letter that stands alone."""
    return letters in CAPITALS or not _VOWELS & {*letters} or len(letters) == 1
