"""What the preview shows beside each section, as plain values."""

from __future__ import annotations

from typing import NamedTuple

from app.documents.assemble import draft_only
from app.documents.draft import Draft
from app.documents.model import Document, Section
from app.documents.own_blocks import moved_on
from app.documents.shaped import shapes_of
from app.pack.model import Pack
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


class WayBack(NamedTuple):
    """The way back to the question from which somebody came to look at the text, and the sections that its answer shapes."""

    link: Link | None = None
    sections: frozenset[str] = frozenset()

    def at(self, section: str) -> tuple[Link, ...]:
        """The link, where it stands at this section."""
        return (self.link,) if self.link and section in self.sections else ()


def way_back(pack: Pack, question: str, page: str, onward: str, id: str, address: AddressOf) -> WayBack:
    """The way back to `question` on the page with this name (step/page), or on its own page; none when there is no such question.

    `onward` is the page that led to the question and gets the reader back; empty when none did.
    """
    if question not in pack.questions:
        return WayBack()
    own_step, own_page = pack.place[question]
    step, _, name = page.partition("/")
    is_there = (step, name) in pack.places and question in {q.id for q in pack.places[step, name][1].questions}
    step, name = (step, name) if is_there else (own_step.id, own_page.id)
    there = address("steps.page", id=id, step=step, page=name, **({"return": onward} if onward else {}))
    link = Link(message("beside_back"), f"{there}#q-{question}")
    return WayBack(link, frozenset(shapes_of(pack, question).sections))
