"""The pieces that the lists of the papers are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.documents.interpolation import paragraphs, tidy
from app.documents.model import Block, Cell, Document, Paragraph, Run
from app.documents.record import Decided, Record, Remark, Voice

from .text import Speech

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Case:
    """What one paper is made from."""

    speech: Speech
    record: Record
    voice: Voice | None = None
    decided: Decided | None = None
    document: Document | None = None
    made_known: tuple[str, ...] = ()


def own_words(words: str, first: str = "") -> Iterator[Block]:
    """What somebody wrote, in the style of own words; `first` is a strong line above it, on the same page."""
    for at, paragraph in enumerate(paragraphs(words)):
        head = (Run(f"{first}\n", "strong"),) if first and at == 0 else ()
        yield Paragraph((*head, Run(paragraph)), "own")


def sections_of(case: Case, remarks: Iterable[Remark]) -> list[tuple[str, list[Remark]]]:
    """The remarks gathered by section, in the order in which the sections first come."""
    groups: dict[str, list[Remark]] = {}
    for remark in remarks:
        groups.setdefault(title_of(case, remark), []).append(remark)
    return list(groups.items())


def title_of(case: Case, remark: Remark) -> str:
    """The section that a comment is about."""
    return tidy(remark.section_title) or case.speech.word("whole_policy")


def kind(case: Case, remark: Remark) -> str:
    """What sort of comment it is, in a word."""
    known = next((k for k in case.speech.pack.review.kinds if k.id == remark.kind), None)
    return known.label.in_(case.speech.language) if known else case.speech.word("remark")


def stands(case: Case) -> str:
    """The words for a disagreement that stands."""
    return case.speech.pack.review.stands.said.in_(case.speech.language)


def lines(words: str) -> str:
    """What somebody wrote as clean lines, without empty ones."""
    return "\n".join(paragraphs(words))


def clipped(words: str, longest: int, rest: str = "…") -> str:
    """The words, cut after a whole word when they are too long; `rest` says so."""
    return words if len(words) <= longest else f"{words[:longest].rpartition(' ')[0] or words[:longest]} {rest}"


def cells(*words: str) -> tuple[Cell, ...]:
    """A row of plain cells."""
    return tuple(Cell((Run(said),)) for said in words)
