"""The answers and own words of a workplace in one language, and what follows from them: what every document of a draft is assembled from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from app.pack.answers import Answers, Standing, standing
from app.pack.engine import LENGTH, LENGTHS
from app.pack.model import Pack, Question
from app.pack.text import DocumentLanguage

from .findings import Finding, findings_of, open_questions
from .own_words import OwnWords


@dataclass(frozen=True)
class Draft:
    """A pack, answers as stored (see app.pack.answers), the language of the documents, and what the workplace says in its own words.

    What follows from them is worked out once, when it is asked for.
    """

    pack: Pack
    answers: Answers
    language: DocumentLanguage
    own_words: OwnWords = field(default_factory=OwnWords)

    def in_language(self, language: DocumentLanguage) -> Draft:
        """The same draft in another language; which answers count is not worked out again."""
        if language == self.language:
            return self
        other = replace(self, language=language)
        other.__dict__["standing"] = self.standing
        return other

    def at_length(self, length: str) -> Draft:
        """The same draft, had this length been chosen."""
        return self if length == self.length else replace(self, answers={**self.answers, LENGTH: length})

    @property
    def length(self) -> str:
        """How long the policy is to be; all of it, as long as nobody has said."""
        chosen = self.standing.values.get(LENGTH)
        return chosen if chosen in LENGTHS else LENGTHS[-1]

    @cached_property
    def standing(self) -> Standing:
        """The answers that count."""
        return standing(self.pack, self.answers)

    @cached_property
    def findings(self) -> list[Finding]:
        """What is wrong, missing or contradictory, in the language of the draft."""
        return findings_of(self.standing, self.language, self.own_words)

    @cached_property
    def open_questions(self) -> list[Question]:
        """The questions that are still open."""
        return open_questions(self.standing)

    @cached_property
    def blocking(self) -> list[Finding]:
        """The findings that keep the policy from being ready."""
        return [finding for finding in self.findings if finding.severity == "blocks"]

    @property
    def is_unfinished(self) -> bool:
        """Whether something is open, or keeps the policy from being ready: its documents say that they are a draft."""
        return bool(self.open_questions or self.blocking)


__all__ = ["Draft"]
