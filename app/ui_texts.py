"""The app's own words (buttons, navigation, messages, letters), from every file in translations/. Knows nothing of Flask."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from babel import Locale
from pydantic import ValidationError
from ruamel.yaml.error import YAMLError

from app.pack.text import LANGUAGES, LOCALES, Language, Text
from app.pack.yaml_cache import Snapshot

WORDS = Path(__file__).parent / "translations"
Words = dict[str, dict[Language, str]]


class WordsError(Exception):
    """The words cannot be used. `faults` says what is wrong, one line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_words(folder: Path) -> Words:
    """The words in every language, by key, from every `*.yaml` in `folder`.

    Raises WordsError for a missing language, a key given twice (in one file or in two), or anything else that is no text.
    """
    snapshot = Snapshot(folder)
    faults: list[str] = []
    words: Words = {}
    home: dict[str, str] = {}
    for file in sorted(path.name for path in folder.glob("*.yaml")):
        for key, value in _found(snapshot, file, faults).items():
            if key in home:
                faults.append(f"{file}: {key}: stands in {home[key]} as well")
            home[key] = file
            words[key] = _in_every_language(file, key, value, faults)
    snapshot.keep()
    if faults:
        raise WordsError(faults)
    return words


def _found(snapshot: Snapshot, file: str, faults: list[str]) -> dict[str, object]:
    """What the file holds, by key; nothing, and a fault, when it cannot be read."""
    try:
        found = snapshot.load(file)
    except (YAMLError, UnicodeDecodeError) as problem:
        faults.append(f"{file}: {' '.join(str(problem).split())}")
        return {}
    if isinstance(found, dict):
        return found
    faults.append(f"{file}: holds no keys with words")
    return {}


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


def plural_key(key: str, count: int, language: Language) -> str:
    """The key of the form that goes with `count` in `language`: `key`_one where the plural rules ask for it and it exists, or else `key`."""
    form = f"{key}_{Locale.parse(LOCALES[language]).plural_form(count)}"
    return form if form in the_words() else key
