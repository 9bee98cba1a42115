"""A page as it is asked now: which questions, options, rows and cells, and the names of their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from app.documents.shaped import shapes_of
from app.pack.answers import Standing, beside
from app.pack.base import When
from app.pack.kinds import kind_of, most_rows
from app.pack.load import the_pack
from app.pack.model import Column, Option, Page, Question, Sector
from app.pack.question import LABEL, OWN_ROW, GridRow
from app.pack.standards import Said, standard_of
from app.pack.text import Text

Key = tuple[Any, ...]


class Group(NamedTuple):
    """Options that are shown together, with the heading over them if they have one."""

    id: str
    heading: Text | None
    options: list[Option]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is asked now. `count` is how many records of a `rows` question are shown; `folded` are the options that are seldom used at
    this kind of workplace, `is_folded` says so of the whole question, and `example` is what others of the kind write. `under` is what must be
    answered on the same page for it to be asked. `said` is what the policy says of a row where its own words are blank.
    """

    question: Question
    options: tuple[Option, ...] = ()
    rows: tuple[GridRow, ...] = ()
    count: int = 0
    folded: tuple[Option, ...] = ()
    is_folded: bool = False
    example: Text | None = None
    under: When = field(default_factory=dict)
    said: Said = Said()

    @property
    def groups(self) -> list[Group]:
        """The options that are not folded away, by their headings; all together when the question has none."""
        seen = [option for option in self.options if option not in self.folded]
        headed = [Group(group.id, group.label, [o for o in seen if o.group == group.id]) for group in self.question.groups]
        return [group for group in headed if group.options] or [Group("", None, seen)]

    @property
    def id(self) -> str:
        """The question's id, which is also the name of its field."""
        return self.question.id

    @property
    def most(self) -> int:
        """How many records there may be."""
        return most_rows(self.question)

    @property
    def shown(self) -> frozenset[str]:
        """The ids of the options or rows on the page, or the numbers of the records."""
        return frozenset(option.id for option in self.options).union(self.lines())

    @property
    def key(self) -> Key:
        """Everything that decides how the question is drawn, beside what stands in its fields."""
        return (self.id, tuple(o.id for o in self.options), tuple(r.id for r in self.rows), self.count, self.said.place)

    def lines(self) -> list[str]:
        """The ids of the grid's rows, or the numbers of the records."""
        return [row.id for row in self.rows] or [str(n) for n in range(self.count)]

    def cells(self) -> Iterator[tuple[str, str, Column]]:
        """Row id, field name and column of every cell."""
        for line in self.lines():
            for column in self.question.columns:
                yield line, cell(self.id, line, column.id), column


def cell(question: str, line: str, column: str) -> str:
    """The name of the field for one cell. Ids hold no hyphen followed by another id of the same question, so this is unique."""
    return f"{question}-{line}-{column}"


def undecided(question: str) -> str:
    """The name of the tick box "not decided yet"."""
    return f"{question}-undecided"


def labels(asked: Asked) -> dict[str, str]:
    """The fields in which the workplace names its own rows: row id to field name."""
    return {row.id: cell(asked.id, row.id, LABEL) for row in asked.rows if row.label is None and row.id.startswith(OWN_ROW)}


def becomes(question: Question) -> tuple[str, ...]:
    """The sections of the policy that its answer shapes."""
    return shapes_of(the_pack(), question.id).sections


def own_fields(asked: Asked) -> list[str]:
    """Every field of the workplace's own rows."""
    own = labels(asked)
    return [*own.values(), *(name for line, name, _ in asked.cells() if line in own)]


def asked_on(page: Page, now: Standing, counts: Mapping[str, int] | None = None) -> tuple[Asked, ...]:
    """The questions of `page` that are asked now. `counts` says how many records to show, where that is not what is stored."""
    ids = {q.id for q in page.questions}
    found: dict[str, Asked] = {}
    for question in (q for q in page.questions if q.id in now.asked):
        asked, under = _asked(question, now, (counts or {}).get(question.id)), beside(question, ids)
        is_folded = asked.is_folded or any(id in found and found[id].is_folded for id in under)  # what hangs on a folded question goes with it
        found[question.id] = replace(asked, under=under, is_folded=is_folded)
    return tuple(found.values())


def _asked(question: Question, now: Standing, count: int | None) -> Asked:
    kind = kind_of(question)
    options = tuple(now.options(question)) if "options" in kind.parts else ()
    rows = tuple(now.rows(question)) if "rows" in kind.parts else ()
    shown = _count(question, now, count) if kind.is_list else 0
    return Asked(question, options, rows, shown, *_usual(question, options, now.sector), said=standard_of(question, now))


def _usual(question: Question, options: tuple[Option, ...], sector: Sector | None) -> tuple[tuple[Option, ...], bool, Text | None]:
    """Which options are folded away, whether the whole question is, and the example, by what is usual at the kind of workplace."""
    if sector is None:
        return (), False, None
    folded = sector.fold.get(question.id, ())
    return tuple(o for o in options if o.id in folded), question.id in sector.fold_questions, sector.examples.get(question.id)


def _count(question: Question, now: Standing, count: int | None) -> int:
    stored = len(now.values.get(question.id) or [])
    most = max(most_rows(question), stored)  # what is stored is shown, however it came there: what is not shown would be lost with the next save
    return max(1, min(most, stored if count is None else count))


def counts_in(page: Page, posted: Mapping[str, Any]) -> dict[str, int]:
    """How many records of each `rows` question were posted, whatever their numbers."""
    counts: dict[str, int] = {}
    for question in page.questions:
        if kind_of(question).is_list:
            numbers = [name[len(question.id) + 1 :].partition("-")[0] for name in posted if name.startswith(f"{question.id}-")]
            counts[question.id] = max((int(n) + 1 for n in numbers if n.isascii() and n.isdigit() and len(n) < 4), default=0)
    return counts
