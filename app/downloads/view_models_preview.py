"""What the preview shows beside each section, as plain values."""

from __future__ import annotations

from typing import NamedTuple

from app.documents.assemble import draft_only
from app.documents.model import Document, Section
from app.pack.model import Pack
from app.web.view_models import AddressOf, Link, Tag, message


class OwnMarks(NamedTuple):
    """Whether the workplace wrote something of a section itself, and where it may."""

    tags: tuple[Tag, ...]
    links: tuple[Link, ...]


def own_marks(pack: Pack, document: Document, id: str, address: AddressOf) -> dict[str, OwnMarks]:
    """For each section of the policy, by its id."""
    open_to = {clause.id for clause in pack.clauses} - draft_only(pack)
    return {section.id: OwnMarks(_tags(section), _links(section, id, address) if section.id in open_to else ()) for section in document.sections}


def _tags(section: Section) -> tuple[Tag, ...]:
    return (Tag(message(f"own_words_part_{section.own}"), "accent"),) if section.own else ()


def _links(section: Section, id: str, address: AddressOf) -> tuple[Link, ...]:
    return (Link(message("own_words_edit"), address("own_words.section", id=id, section=section.id), section.title),)
