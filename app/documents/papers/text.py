"""The words of the papers: texts of papers.yaml with the facts of a case in their holes.

What people wrote is put in once and never read again for holes or marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.documents.interpolation import day, joined, sentence, tidy
from app.documents.model import Run, Runs
from app.documents.record import Voice
from app.pack.model import Pack
from app.pack.papers import Guarded
from app.pack.text import Language, Text

Facts = Mapping[str, str | int | bool]


class Speech:
    """Speaks one language, about one case."""

    def __init__(self, pack: Pack, language: Language, facts: Facts) -> None:
        self.pack = pack
        self.language = language
        self.facts = facts

    def holds(self, guard: Guarded) -> bool:
        """Whether this is to be said in this case."""
        return all(self.facts[name] for name in guard.when) and not any(self.facts[name] for name in guard.unless)

    def runs(self, text: Text) -> Runs:
        """A text with the facts in; a source is cited where its id stands, and a fact that is blank shows as an open point."""
        found = [self._hole(part.words) if part.kind == "hole" else Run(part.words, part.kind) for part in text.parts(self.language)]
        return sentence(found)

    def _hole(self, name: str) -> Run:
        if name not in self.facts:
            return Run(self.pack.sources[name].cited(self.language))
        words = str(self.facts[name] or "")
        return Run(words) if words else Run(f"[{self.word('blank')}]", "open")

    def plain(self, text: Text) -> str:
        """The same as one string."""
        return "".join(run.words for run in self.runs(text))

    def word(self, id: str, **places: object) -> str:
        """One of the small fixed words, with its places filled."""
        parts = self.pack.papers.words[id].parts(self.language)
        return "".join(str(places[part.words]) if part.kind == "hole" else part.words for part in parts)

    def day(self, on: date | None) -> str:
        """A date in words; empty when there is none."""
        return day(on.isoformat(), self.language) if on else ""

    def joined(self, words: list[str]) -> str:
        """A list in a sentence."""
        return joined(words, self.language)

    def role(self, id: str) -> str:
        """What a role is called in the middle of a sentence; empty for one that is not known."""
        known = next((role for role in self.pack.review.roles if role.id == id), None)
        return small(known.label.in_(self.language)) if known else ""

    def who(self, voice: Voice) -> str:
        """A name and a role, as far as they say anything."""
        role = self.role(voice.role) if voice.role != "other" else ""
        return ", ".join(part for part in (tidy(voice.name), role) if part) or self.word("nobody")


def small(words: str) -> str:
    """The words with a small first letter, but for one that is spelt in capitals (AMU)."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
