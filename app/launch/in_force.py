"""The version in force as the launch kit is made of it: its text, the answers behind it, and what else is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from app.documents.compare import NUMBER
from app.documents.interpolation import day
from app.documents.launch import Facts, Item, kit_of
from app.documents.model import Document
from app.documents.papers import without_record
from app.documents.papers.facts import has_answered, has_changed
from app.documents.record import Record
from app.models.db import db
from app.models.policy import Policy
from app.models.publications import Publication
from app.models.versions import Decision, Version
from app.pack.text import LANGUAGES, Language
from app.services.publications import text_in
from app.services.reviews.record import record_of
from app.web.urls import external

SEVERAL = 2  # from so many on a number says nothing of one person alone


@dataclass(frozen=True)
class InForce:
    """The version in force of a policy, with the decision about it."""

    policy: Policy
    version: Version
    decision: Decision | None

    @classmethod
    def of(cls, policy: Policy) -> InForce | None:
        """That of a policy; None when nothing is in force."""
        version = Version.one_in(policy.id, "in_force")
        return cls(policy, version, db.session.get(Decision, version.id)) if version else None

    @cached_property
    def texts(self) -> dict[Language, Document]:
        """The decided text in each language that it can be said in, made once, without what people said of it."""
        found = {language: text_in(self.version, self.decision, language) for language in LANGUAGES}
        return {language: without_record(text) for language, text in found.items() if text}

    def text(self, language: Language) -> Document | None:
        """That in one language; None where it cannot be said in it."""
        return self.texts.get(language)

    @property
    def languages(self) -> tuple[Language, ...]:
        """Those that the kit can be had in, the one of the decision first."""
        own = self.version.language
        return (own, *(language for language in self.texts if language != own))

    @cached_property
    def address(self) -> str:
        """The address at which everybody reads it; empty as long as the page is closed."""
        return external("public.page", address=self.public_name) if self.public_name else ""

    @cached_property
    def public_name(self) -> str:
        """What that address ends with."""
        there = Publication.of(self.policy.id)
        return there.name if there and there.is_open else ""

    def workplace(self, language: Language) -> str:
        """What the workplace calls itself in the text."""
        text = self.text(language)
        return text.workplace if text else ""

    def kit(self, language: Language) -> tuple[Item, ...]:
        """Every item in one language; none where the text cannot be said in it."""
        text = self.text(language)
        return kit_of(self.version.draft(language), text, self.facts(text)) if text else ()

    def facts(self, text: Document) -> Facts:
        """What the answers do not say: where it is read, since when it applies, and what came of what readers said."""
        since = self.version.in_force_on
        known = {"address": self.address, "version": str(self.version.number), "since": day(since.isoformat(), text.language) if since else ""}
        return known | (_said(record_of(self.policy), text) if self.policy.state == "in_force" else {})


def _said(record: Record, text: Document) -> dict[str, str]:
    """What was said in the round that led to the text, as numbers and sections, never who said what."""
    changed = {remark.section_id for remark in record.remarks if has_changed(remark)}
    titles = [NUMBER.sub("", section.title) for section in text.sections if section.id in changed]
    readers, comments = sum(has_answered(record, voice) for voice in record.voices), len(record.remarks)
    return {
        "readers": str(readers) if readers >= SEVERAL else "",
        "comments": str(comments) if comments >= SEVERAL else "",
        "one_comment": "1" if comments == 1 else "",
        "changed_sections": "; ".join(titles),
    }
