"""What stands beside the form: the section of the policy that the question at hand shapes, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from markupsafe import Markup

from app.documents import assemble
from app.documents.draft import Draft
from app.documents.model import Document, Section
from app.documents.render import html
from app.documents.shaped import FRONT, Shapes, shapes_of
from app.pack.model import Pack
from app.pack.text import Language
from app.ui_texts import say
from app.web.view_models import Message, message

HEADING = 3  # of which level the heading of a section is here, whatever it is in the document
MOST = 8  # so many sections are made; the nearest come first


class Piece(NamedTuple):
    """A section of the policy, or what stands under its title."""

    id: str
    title: str
    of: Section | Document

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the whole text."""
        return "" if self.id == FRONT else f"part-{self.id}"

    @property
    def markup(self) -> Markup:
        """It as HTML, by the templates of the whole text."""
        if isinstance(self.of, Document):
            return html.front(self.of, HEADING)
        return html.section(self.of, HEADING - self.of.level)


class Beside(NamedTuple):
    """What is shown of the policy at a question: the sections that its answer shapes, the nearest first; and what is said where there is none."""

    pieces: tuple[Piece, ...]
    notes: tuple[Message, ...]
    places: tuple[Message, ...]
    language: Language


def beside(source: Draft | Document, pack: Pack, question: str) -> Beside:
    """What is shown at `question`: of a draft, or of the text that was signed for."""
    shapes = shapes_of(pack, question)
    pieces = tuple(pieces_of(source, shapes))
    notes, places = ((), ()) if pieces else (tuple(_notes(shapes)), _places(shapes))
    return Beside(pieces, notes, places, cast("Language", source.language))


def pieces_of(source: Draft | Document, shapes: Shapes) -> list[Piece]:
    """What the answer shapes of what stands now, the nearest first."""
    wanted = shapes.sections
    found: dict[str, Section | Document] = {section.id: section for section in _sections(source, wanted)}
    if FRONT in wanted:
        found[FRONT] = _front(source)
    return [_piece(id, found[id]) for id in wanted if id in found][:MOST]


def _sections(source: Draft | Document, wanted: Sequence[str]) -> Sequence[Section]:
    return assemble.sections(source, wanted) if isinstance(source, Draft) else source.sections


def _front(source: Draft | Document) -> Document:
    return assemble.front(source) if isinstance(source, Draft) else replace(source, sections=(), seal=None)


def _piece(id: str, of: Section | Document) -> Piece:
    title = say("beside_front", cast("Language", of.language)) if isinstance(of, Document) else of.title
    return Piece(id, title, of)


def _notes(shapes: Shapes) -> Iterator[Message]:
    if shapes.is_all:
        yield message("beside_all")
    else:
        yield message("beside_not_now" if shapes.sections else "beside_never")


def _places(shapes: Shapes) -> tuple[Message, ...]:
    return tuple(message(f"beside_in_{place}") for place in shapes.elsewhere)
