"""How long a policy is at each length, to choose by: its words counted, its pages estimated."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from app.pack.engine import LENGTHS

from . import assemble
from .draft import Draft
from .model import Document
from .render import plain
from .render.docx.page_estimate import pages

_WORD = re.compile(r"[^\W\d]")


class Measured(NamedTuple):
    """One length of a policy: its id, how many words it has, and about how many pages."""

    length: str
    words: int
    pages: int


def words_in(document: Document) -> int:
    """How many words a document has; numbers and marks are none."""
    return sum(_WORD.search(word) is not None for word in plain.draw(document).split())


def measured(draft: Draft) -> tuple[Measured, ...]:
    """Every length, the shortest first, as it is when the policy is done: without what stands in a draft alone."""
    passing = assemble.draft_only(draft.pack)
    return tuple(_measured(assemble.policy(draft.at_length(length)), length, passing) for length in LENGTHS)


def _measured(document: Document, length: str, passing: frozenset[str]) -> Measured:
    done = replace(document, sections=tuple(section for section in document.sections if section.id not in passing))
    return Measured(length, words_in(done), pages(done)[1])


__all__ = ["Measured", "measured", "words_in"]
