"""What stands of itself in a board: the column that gives a row its light, and the sentence of the policy for a row that has no words of its own."""

from __future__ import annotations

from typing import NamedTuple

from .answers import Standing
from .base import When
from .clause import Standard
from .kinds import kind_of
from .model import Pack
from .question import Column, Question
from .text import LANGUAGES


class Said(NamedTuple):
    """Standard words, and the place of the content in which they stand."""

    place: str = ""
    standard: Standard | None = None


def lights_of(question: Question) -> Column | None:
    """The column of a board in which a row is given its light."""
    is_grid = "rows" in kind_of(question).parts
    return next((c for c in question.columns if is_grid and c.options and all(o.tone for o in c.options)), None)


def scales_of(question: Question) -> list[Column]:
    """The columns of a grid whose answers are numbers to reckon with."""
    is_grid = "rows" in kind_of(question).parts
    return [c for c in question.columns if is_grid and c.options and all(o.value is not None for o in c.options)]


def standard_of(question: Question, now: Standing) -> Said:
    """What the policy of today prints where own words are blank, whatever is answered to the question itself."""
    for clause in now.pack.clauses if lights_of(question) else ():
        for at, block in enumerate(clause.blocks):
            if block.table == question.id and block.standard and all(now.holds(_but(question.id, one.when)) for one in (clause, block)):
                return Said(f"{clause.id}-{at}", block.standard)
    return Said()


def standards_for(question: Question, row: str, pack: Pack) -> frozenset[str]:
    """Whatever a policy may print in this row of itself: for each light, in each length and language, as plain words."""
    column = lights_of(question)
    blocks = [block for clause in pack.clauses for block in clause.blocks if block.table == question.id and block.standard]
    said = [block.standard.text(row, light.id) for block in blocks if block.standard for light in (column.options if column else ())]
    return frozenset("".join(part.words for part in text.parts(language)) for text in said if text for language in LANGUAGES)


def _but(id: str, when: When) -> When:
    return {key: wanted for key, wanted in when.items() if key.partition(".")[0] != id}
