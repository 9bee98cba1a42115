"""Where the content says something by an answer: every passage with the conditions under which it stands, and the questions that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from app.documents.findings import applies
from app.pack.answers import Standing
from app.pack.clause import Block, Clause
from app.pack.model import Check, Pack, When
from app.pack.question_rules import texts_in


class Passage(NamedTuple):
    """One piece of the content: where it is, what must hold for it to stand, and the questions that it names; `clause` when it is in the policy."""

    where: str
    whens: tuple[When, ...]
    named: frozenset[str]
    clause: str = ""
    check: Check | None = None

    def stands(self, now: Standing) -> bool:
        """Whether the passage stands with these answers."""
        return applies(self.check, now) if self.check else all(map(now.holds, self.whens))

    def needs(self, but: str) -> When:
        """Everything that must hold for it, but for what it says of the question `but`."""
        found: When = {}
        for when in self.whens:
            found |= {key: wanted for key, wanted in when.items() if key.partition(".")[0] != but}
        return found


def passages(pack: Pack) -> Iterator[Passage]:
    """Every passage of the policy, the guide, the questionnaire and the checks."""
    statements = [statement for theme in pack.questionnaire.themes for statement in theme.statements]
    yield from (_passage("title block", [line.when], line) for line in pack.manifest.title_block)
    for clause in pack.clauses:
        yield from (passage._replace(clause=clause.id) for passage in _in_clause("policy", clause))
    for section in (section for guide in pack.guides.values() for section in guide.sections):
        yield from _in_clause("guide", section)
    yield from (_passage(f"questionnaire, {item.id}", [item.when], item) for item in statements)
    yield from (_passage(f"dilemma {item.id}", [item.when], item) for item in pack.dilemmas)
    yield from map(_of_check, pack.checks)


def _of_check(check: Check) -> Passage:
    dates: When = {id: ["given"] for id in (check.later.question, check.later.than)} if check.later else {}
    more = {check.mend, *([check.high_without.question] if check.high_without else []), *(key.partition(".")[0] for key in check.unless)}
    return _passage(f"check {check.id}", [check.when, dates], [], more)._replace(check=check)


def _in_clause(document: str, clause: Clause) -> Iterator[Passage]:
    where = f"{document}, {clause.id}"
    yield _passage(where, [clause.when], clause.heading)
    yield from (_passage(where, [clause.when, line.when], line) for line in clause.headings)
    for block in clause.blocks:
        lines = [*(block.bullets or []), *(block.numbered or []), *(block.fields or []), *(block.signatures or [])]
        for line in lines:
            yield _passage(where, [clause.when, block.when, line.when], line)
        if not lines:
            yield _passage(where, [clause.when, block.when], block, _answers_in(block))


def _answers_in(block: Block) -> set[str]:
    return {id for id in (block.each, block.own, block.table, block.chart) if id}


def _passage(where: str, whens: list[When], texts: Any, more: Iterable[str] = ()) -> Passage:
    said = {key.partition(".")[0] for when in whens for key in when}
    holes = {hole.partition(".")[0] for _, text in texts_in(texts) for hole in text.holes()}
    return Passage(where, tuple(whens), frozenset({*said, *holes, *more}))
