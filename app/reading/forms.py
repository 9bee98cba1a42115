"""What a reader wrote, as plain values: a remark, or their answers about the process. Knows neither the web nor the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.pack.text import clean_text
from app.values.vocabulary import COMMENT_KINDS

LONGEST = 5000
LONGEST_NOTE = 1000
LONGEST_STATEMENT = 20_000
MOST = 200  # remarks of one reader in one review

Checklist = dict[str, dict[str, str]]  # question id → {"answer": id, "note": words}


def clean(words: str | None) -> str:
    """Words as they are stored: sound, and without space around them."""
    return clean_text(words or "").strip()


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: of which kind (empty until they have chosen), in which words, and how they would put the text."""

    kind: str = ""
    words: str = ""
    wording: str = ""

    @classmethod
    def posted(cls, form: Mapping[str, str]) -> Remark:
        """What a form holds."""
        kind = form.get("kind", "")
        return cls(kind if kind in COMMENT_KINDS else "", clean(form.get("words")), clean(form.get("wording")))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said: a kind alone is no remark."""
        return not (self.words or self.wording)

    @property
    def value(self) -> list[str]:
        """What the fingerprint is made of. Nothing, when nothing is said."""
        return [] if self.is_empty else [self.kind, self.words, self.wording]

    def saying(self, words: str) -> Remark:
        """The same remark with these words."""
        return replace(self, words=words)

    def too_long(self) -> dict[str, int]:
        """By how many characters each field is too long."""
        return {name: over for name, text in (("words", self.words), ("wording", self.wording)) if (over := len(text) - LONGEST) > 0}


def checklist_posted(form: Mapping[str, str], questions: Iterable[str], answers: Iterable[str]) -> Checklist:
    """What a form says about the process. Questions with neither answer nor note are left out."""
    known = set(answers)
    found = {}
    for id in questions:
        answer = form.get(f"answer-{id}", "")
        one = {"answer": answer if answer in known else "", "note": clean(form.get(f"note-{id}"))}
        if any(one.values()):
            found[id] = one
    return found


def with_stored(given: Checklist, stored: Mapping[str, Any]) -> Checklist:
    """What was given, and what is stored where nothing was given: also answers to questions that are no longer asked."""
    merged: Checklist = {id: dict(one) for id, one in stored.items()}
    for id, one in given.items():
        before = merged.get(id, {})
        merged[id] = {name: one[name] or before.get(name, "") for name in ("answer", "note")}
    return merged


def differing(given: Checklist, stored: Mapping[str, Any]) -> list[str]:
    """The questions to which two devices gave two answers, or two notes."""
    both = [id for id in given if id in stored]
    return [id for id in both if any(given[id][name] and stored[id].get(name) not in ("", given[id][name]) for name in ("answer", "note"))]
