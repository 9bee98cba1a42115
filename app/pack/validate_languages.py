"""The languages that a pack declares: those of the screen, which every text has, and further ones, in which the questionnaire alone is made.

A further language is whole or not there: each text that the questionnaire prints has it, and no other text does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from .kinds import kind_of
from .languages import LANGUAGES, further_fault
from .model import Pack
from .question_rules import texts_in
from .text import Text

PRINTED = frozenset({"draft", "edition", "in_own_words", "open_point", "page_of", "statement"})  # the small fixed words of the questionnaire
UNDECLARED = "pack.yaml does not declare this language in employee_languages"
UNPRINTED = "the questionnaire does not print this, and nothing else is made in this language"


def language_faults(pack: Pack) -> Iterator[str]:
    """Every fault of the languages, named by file and key."""
    declared = pack.manifest.employee_languages
    yield from (f"pack.yaml: languages: {one} is missing, and the screen speaks it" for one in LANGUAGES if one not in pack.manifest.languages)
    yield from (f"pack.yaml: languages: {one} is there {n} times" for one, n in Counter(pack.manifest.languages).items() if n > 1)
    yield from (f"pack.yaml: employee_languages: {one} is there {n} times" for one, n in Counter(declared).items() if n > 1)
    yield from (f"pack.yaml: employee_languages: {fault}" for one in declared if (fault := further_fault(one)))
    yield from chain.from_iterable(_text_faults(key, text, declared) for key, text in printed_texts(pack))
    others = ((f"pack.yaml: words.{id}", text) for id, text in pack.manifest.words.items() if id not in PRINTED)
    yield from chain.from_iterable(_text_faults(key, text, [], UNPRINTED) for key, text in others)
    if declared:
        yield from chain.from_iterable(_hole_faults(pack, key, text) for key, text in printed_texts(pack))


def printed_texts(pack: Pack) -> Iterator[tuple[str, Text]]:
    """Every text that the questionnaire prints, with its file and key."""
    yield from ((f"questionnaire.yaml: {key}", text) for key, text in texts_in(pack.questionnaire))
    yield from ((f"pack.yaml: {key}", getattr(pack.manifest, key)) for key in ("questionnaire_title", "origin"))
    yield from ((f"pack.yaml: words.{id}", text) for id, text in pack.manifest.words.items() if id in PRINTED)


def _text_faults(key: str, text: Text, declared: list[str], why: str = UNDECLARED) -> Iterator[str]:
    yield from (f"{key}.{one}: missing; pack.yaml says employee_languages: {one}" for one in declared if one not in text.further)
    yield from (f"{key}.{one}: {why}" for one in text.further if one not in declared)


def _hole_faults(pack: Pack, key: str, text: Text) -> Iterator[str]:
    """An answer that is an option has no words in a further language; what somebody typed, and a day, reads in each."""
    for hole in sorted(text.holes()):
        question = pack.questions.get(hole.partition(".")[0])
        if question and kind_of(question).parts:
            yield f"{key}: {{{hole}}} has words in {', '.join(LANGUAGES)} alone"
