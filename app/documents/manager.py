"""Two pages for a manager with a telephone in hand: what to do now, and the conversation, made of the same clauses as the appendices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.pack.clause import Block, Clause, Line
from app.pack.manager import ManagerPage, ManagerStep
from app.pack.validate_manager import named_in

from . import assemble
from .draft import Draft
from .model import Document, Section


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `number` is 0 for what stands beside the steps."""

    number: int
    section: Section


@dataclass(frozen=True, slots=True)
class Steps:
    """A page for managers."""

    id: str
    title: str
    lead: str
    steps: tuple[Step, ...]


def steps_of(draft: Draft, document: Document, page: ManagerPage) -> Steps:
    """The page as the answers give it. `document` is the decided text: where it says the same in the workplace's own words, those stand here."""
    named, language = named_in(draft.pack), draft.language
    decided = document.section(page.clause)
    made = _made(draft, page.steps, named)
    if decided and decided.own in ("reworded", "whole"):
        made = [_alone(decided)]
    elif decided and decided.own:
        made.append(_alone(decided))
    beside = {step.id for step in page.steps if step.aside}
    numbers = iter(range(1, len(made) + 1))
    steps = tuple(Step(0 if section.id in beside else next(numbers), section) for section in made)
    return Steps(page.id, page.title.in_(language), page.lead.in_(language), steps)


def _made(draft: Draft, steps: list[ManagerStep], named: dict[str, Block | Line]) -> list[Section]:
    sources = [_clause(step, named) for step in steps if draft.standing.holds(step.when)]
    return assemble.plain(draft, sources)


def _alone(section: Section) -> Section:
    """The decided section as a step."""
    return replace(section, level=1, title=section.title.rpartition(": ")[2])


def _clause(step: ManagerStep, named: dict[str, Block | Line]) -> Clause:
    blocks = [*_taken(named[key] for key in step.takes), *step.blocks]
    return Clause(id=step.id, heading=step.heading, sources=["own"], blocks=blocks)


def _taken(found: Iterable[Block | Line]) -> list[Block]:
    """What a step takes: a block as it is, and each line as a list of one; lists that follow one another become one."""
    return [one if isinstance(one, Block) else Block(bullets=[one]) for one in found]
