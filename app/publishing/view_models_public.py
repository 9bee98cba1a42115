"""What the public page says around the text, as plain values."""

from __future__ import annotations

from typing import NamedTuple

from app.documents.compare import NUMBER, SectionChange
from app.documents.model import Document
from app.pack.text import Language
from app.services.publications import Published
from app.web.view_models import Day, Message, message


class Changed(NamedTuple):
    """One section that is not as it was in the version before."""

    title: str
    state: Message


class PublicPage(NamedTuple):
    """The head and the foot of a page. `translated` says that it was decided in another language, where it was."""

    address: str
    language: Language
    languages: tuple[Language, ...]
    title: str
    workplace: str
    since: Message
    translated: Message | None
    changed: list[Changed]
    code: str


def page_of(found: Published, document: Document, language: Language) -> PublicPage:
    """The values for the page of `found` in one language. What has changed is told in the language in which it was decided."""
    own = found.version.language
    return PublicPage(
        address=found.publication.name,
        language=language,
        languages=tuple(found.documents),
        title=document.title,
        workplace=document.workplace,
        since=_since(found),
        translated=None if language == own else message("public_translated", decided_in=message(f"public_language_{own}")),
        changed=[_changed(one) for one in found.changed] if language == own else [],
        code=found.version.text_hash[:8],
    )


def _since(found: Published) -> Message:
    since = found.version.in_force_on
    return message("public_since", number=found.version.number, day=Day(since)) if since else message("public_number", number=found.version.number)


def _changed(one: SectionChange) -> Changed:
    return Changed(NUMBER.sub("", one.title), message(f"public_state_{one.state}"))
