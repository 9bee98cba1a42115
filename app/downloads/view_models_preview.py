"""What the preview shows beside each section, as plain values."""

from __future__ import annotations

from typing import NamedTuple

from app.documents.assemble import draft_only
from app.documents.draft import Draft
from app.documents.model import Document, Section
from app.documents.own_blocks import moved_on
from app.web.urls import own_words_address
from app.web.view_models import AddressOf, Link, Message, Tag, message


class OwnMarks(NamedTuple):
    """Whether the workplace wrote something of a section itself, where it may, and why a section stands that no answer brings about."""

    tags: tuple[Tag, ...]
    links: tuple[Link, ...]
    always: tuple[Message, ...]


def own_marks(draft: Draft, document: Document, id: str, address: AddressOf) -> dict[str, OwnMarks]:
    """For each section of the policy, by its id."""
    open_to = {clause.id for clause in draft.pack.clauses} - draft_only(draft.pack)
    moved = {section for section, _ in moved_on(draft)}
    return {one.id: _marks(one, one.id in open_to or one.own == "whole", one.id in moved, id, address) for one in document.sections}


def _marks(section: Section, is_open: bool, has_moved_on: bool, id: str, address: AddressOf) -> OwnMarks:
    always = () if section.own == "whole" else (message("preview_no_answers"),)
    moved = (Tag(message("own_words_moved_on"), "warning"),) if has_moved_on else ()
    return OwnMarks((*_tags(section), *moved), _links(section, id, address) if is_open else (), always)


def _tags(section: Section) -> tuple[Tag, ...]:
    return (Tag(message(f"own_words_part_{section.own}"), "accent"),) if section.own else ()


def _links(section: Section, id: str, address: AddressOf) -> tuple[Link, ...]:
    return (Link(message("own_words_edit"), own_words_address(id, section.id, address), section.title),)
