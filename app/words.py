"""The app's own words (buttons, navigation, messages), from translations/words.yaml. Knows nothing of Flask."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml.error import YAMLError

from app.pack.snapshot import Snapshot
from app.pack.text import LANGUAGES, Language, Text

WORDS = Path(__file__).parent / "translations" / "words.yaml"
Words = dict[str, dict[Language, str]]


class WordsError(Exception):
    """The words cannot be used. `faults` says what is wrong, one line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_words(path: Path) -> Words:
    """The words in every language, by key. Raises WordsError for a missing language, a key given twice, or anything else that is no text."""
    snapshot = Snapshot(path.parent)
    try:
        found = snapshot.load(path.name)
    except (YAMLError, UnicodeDecodeError) as problem:
        raise WordsError([f"{path.name}: {' '.join(str(problem).split())}"]) from None
    faults: list[str] = []
    words = {key: _in_every_language(path.name, key, value, faults) for key, value in found.items()}
    if faults:
        raise WordsError(faults)
    snapshot.keep()
    return words


def _in_every_language(file: str, key: str, value: object, faults: list[str]) -> dict[Language, str]:
    try:
        given = Text.model_validate(value)
    except ValidationError as problem:
        faults += [f"{file}: {key}: {'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in problem.errors()]
        return {}
    return {language: given.in_(language) for language in LANGUAGES}


@lru_cache(maxsize=1)
def the_words() -> Words:
    """The app's words, read once."""
    return read_words(WORDS)


def say(key: str, language: Language, **values: object) -> str:
    """The words under `key` in `language`, with `values` in the places {named} there.

    Raises KeyError for a key or a value that is not there: better in a test than a hole on a page.
    """
    words = the_words()[key][language]
    return words.format_map(values) if values else words
