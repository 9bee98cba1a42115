"""The section that a page of own words is about: what stands in it, what the standard text is, and whether that has changed beneath."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from flask import abort, request

from app.documents import assemble
from app.documents.own_blocks import Standard, standard_of
from app.documents.own_words import MOST_OWN, OwnSection, OwnText, SectionWords, is_own_id, new_id
from app.models.keys import ID_LENGTH
from app.models.policy import Policy
from app.pack.clause import Clause
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language, clean_text
from app.services.reviews.proposals import Proposal, proposal_in
from app.services.standing_cache import standing_of
from app.values.fingerprint import fingerprint
from app.web.access import is_saving

IN = "words_language"  # the field, or the part of an address, that says in which language the own words are


@dataclass(frozen=True, slots=True)
class Place:
    """A section of a policy, in one language."""

    policy: Policy
    clause: Clause
    language: Language
    standard: Standard
    words: SectionWords

    @classmethod
    def of(cls, policy: Policy, section: str, language: Language | None = None) -> Self:
        """The section that a request is about, in `language` when it does not say; what can have no own words does not exist."""
        clause = the_pack().clause(section)
        if clause is None or section in assemble.draft_only(the_pack()):
            abort(404)
        language = asked_for() or language or policy.language
        draft = policy.draft(language)
        return cls(policy, clause, language, standard_of(draft, clause), draft.own_words.of_section(section, language))

    @property
    def mark(self) -> str:
        """What tells a stale save: the words that are stored, and the standard text beside which they were written."""
        words = self.words
        return fingerprint([words.addition, words.rewording, words.aside, self.standard.text])

    @property
    def has_moved_on(self) -> bool:
        """Whether the standard text reads otherwise by now than when it was worded anew."""
        return bool(self.words.rewording) and self.words.standard != self.standard.text

    @property
    def may_reword(self) -> bool:
        """Whether any of the text can be worded anew."""
        return bool(self.standard.text)

    @property
    def stands(self) -> bool:
        """Whether the section is in the policy now."""
        return standing_of(self.policy).holds(self.clause.when)

    @property
    def others(self) -> list[Language]:
        """The other languages in which something is said of this section."""
        said = self.policy.draft().own_words.sections.get(self.clause.id, {})
        return [language for language in LANGUAGES if language in said and language != self.language]

    def store(self, words: SectionWords) -> Self:
        """Store these words; the section as it is then."""
        self.policy.say(self.policy.draft().own_words.with_words(self.clause.id, self.language, words))
        return replace(self, words=words)


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A section of one's own, in one language; a new one has no words yet."""

    policy: Policy
    section: OwnSection
    language: Language

    @classmethod
    def of(cls, policy: Policy, id: str, language: Language | None = None) -> Self:
        """The section that a request is about, in `language` when it does not say; one that nobody wrote does not exist."""
        section = policy.draft().own_words.section(id)
        return cls(policy, section, asked_for() or language or policy.language) if section else abort(404)

    @classmethod
    def new(cls, policy: Policy) -> Self:
        """A new one. The form that makes it carries its id, so that it is made once."""
        sent, chapter = (clean_text(request.values.get(name, "")) for name in ("own", "chapter"))
        return cls(policy, OwnSection(sent if is_own_id(sent) else new_id(), chapter), asked_for() or policy.language)

    @property
    def words(self) -> OwnText:
        """Its heading and text in this language."""
        return self.section.words.get(self.language, OwnText())

    @property
    def mark(self) -> str:
        """What tells a stale save."""
        return fingerprint([self.section.chapter, self.words.heading, self.words.text])

    @property
    def chapters(self) -> list[Clause]:
        """The chapters in which it may stand: those of the policy as it is now, and the one in which it is."""
        standing = standing_of(self.policy)
        all_of = (clause for clause in the_pack().clauses if clause.level == 1 and clause.part == "body")
        return [clause for clause in all_of if standing.holds(clause.when) or clause.id == self.section.chapter]

    @property
    def is_full(self) -> bool:
        """Whether there are as many sections of one's own as there may be, this one apart."""
        own = self.policy.draft().own_words.own
        return len([one for one in own if one.id != self.section.id]) >= MOST_OWN

    def store(self, chapter: str, words: OwnText) -> Self:
        """Store these words; the section as it is then."""
        section = replace(self.section, chapter=chapter, words={**self.section.words, self.language: words})
        self.policy.say(self.policy.draft().own_words.with_section(section))
        return replace(self, section=section)


def proposal_asked() -> str:
    """The id of the comment whose proposal a request takes in, as it may be shown again."""
    return clean_text(request.values.get("proposal", ""))[:ID_LENGTH]


def proposal_for(policy: Policy, section: str) -> Proposal | None:
    """The reader's proposal that a request takes in edited; none, when it is about another section, or gone."""
    asked = proposal_asked()
    found = proposal_in(policy, asked, lock=is_saving()) if asked and policy.workplace_id else None
    return found if found and found.section == section else None


def asked_for() -> Language | None:
    """The language in which the own words are to be, when the request says so."""
    asked = clean_text(request.values.get(IN, ""))
    return next((language for language in LANGUAGES if language == asked), None)
