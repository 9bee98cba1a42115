"""What stands at the public address of a policy: the version that is in force today, and in which languages it can be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from app.clock import today
from app.documents import assemble
from app.documents.compare import SectionChange, changes
from app.documents.draft import Draft
from app.documents.frozen import FrozenError
from app.documents.model import Document
from app.documents.papers import without_record
from app.documents.stamp import stamped
from app.models.db import db
from app.models.publications import Publication
from app.models.versions import Decision, Version
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language
from app.services.versions.stamping import document_of, stamp_of


def text_in(version: Version, decision: Decision | None, language: Language) -> Document | None:
    """The text of a version in one language: as it was decided, or made of the same answers in another one.

    None where today's content cannot say the same: when a question has come since that nobody has answered, or sections have come or gone; and
    when a newer program froze the text.
    """
    try:
        return document_of(version, decision) if language == version.language else _translated(version, decision, language)
    except FrozenError:
        return None


def _translated(version: Version, decision: Decision | None, language: Language) -> Document | None:
    draft, decided = version.draft(language), without_record(version.thawed)
    made = assemble.policy(draft)
    if draft.is_unfinished or [one.id for one in made.sections] != [one.id for one in decided.sections]:
        return None
    return stamped(the_pack(), made, stamp_of(version, decision))


@dataclass(frozen=True)
class Published:
    """A policy that everybody can read: the version in force, with the decision about it and the version that it replaced."""

    publication: Publication
    version: Version
    decision: Decision | None
    before: Version | None

    @classmethod
    def at(cls, name: str) -> Published | None:
        """What stands at an address; None when nothing is in force there today, whatever the reason: nobody learns which."""
        found = Publication.opened(name)
        versions = Version.all_of(found[1].id) if found else ()
        version = next((one for one in versions if one.state == "in_force"), None)
        if found is None or version is None:
            return None
        earlier = (one for one in versions if one.number < version.number and one.state == "replaced")
        return cls(found[0], version, db.session.get(Decision, version.id), next(earlier, None))

    @property
    def revision(self) -> str:
        """What names all that is shown: while it is the same, every page and file is."""
        moments = (self.publication.changed_at, self.version.changed_at)
        return " ".join([self.version.id, str(today()), the_pack().manifest.edition, *(moment.isoformat() for moment in moments)])

    def draft(self, language: Language) -> Draft:
        """The answers behind the version."""
        return self.version.draft(language)

    def document(self, language: Language) -> Document | None:
        """The text in one language, where it can be said in it: see `text_in`."""
        return text_in(self.version, self.decision, language)

    @cached_property
    def documents(self) -> dict[Language, Document]:
        """The text in each language that it can be read in, made once."""
        return {language: made for language in LANGUAGES if (made := self.document(language))}

    @property
    def changed(self) -> list[SectionChange]:
        """What became of the sections since the version before, in the order of the text; none for a first version, or one that cannot be read."""
        left_out = the_pack().public.left_out
        try:
            found = changes(without_record(self.before.thawed), without_record(self.version.thawed)) if self.before else {}
        except FrozenError:
            return []
        return [change for id, change in found.items() if id not in left_out]
