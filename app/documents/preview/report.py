"""A preview of one question, clause or check as plain text: the frame in English, the content in the languages asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from textwrap import wrap
from typing import Any

from app.pack.answers import Answers
from app.pack.clause import Clause
from app.pack.model import Check, Option, Pack, Question, When
from app.pack.question_rules import texts_in
from app.pack.text import Language, Text

from .compared import Brought, Group, brought_about
from .conditions import Passage, passages
from .settings import settings

WIDTH = 110


class UnknownIdError(Exception):
    """No question, clause or check has this id. The message names those with nearly the same."""

    def __init__(self, pack: Pack, id: str) -> None:
        known = [*pack.questions, *_clauses(pack), *_checks(pack)]
        near = dict.fromkeys([*get_close_matches(id, known, n=5), *(one for one in known if id and id in one)])
        more = f" Did you mean {', '.join(list(near)[:8])}?" if near else ""
        super().__init__(f"{id}: there is no question, clause or check with this id.{more}")


def show(pack: Pack, id: str, languages: Sequence[Language], base: Answers | None = None) -> str:
    """All about the question `id`, with what its answers bring about; or about the clause or check `id`, with the questions that it names.

    `base` holds the other answers, as stored; without it they are blank, and defaults count. Where a passage needs other answers than those, they
    are added and named. Raises UnknownIdError.
    """
    writer = _Writer(pack, languages)
    if id in pack.questions:
        lines = writer.question(pack.questions[id], base or {})
    elif id in _clauses(pack):
        lines = writer.clause(_clauses(pack)[id])
    elif id in _checks(pack):
        lines = writer.check(_checks(pack)[id])
    else:
        raise UnknownIdError(pack, id)
    return "\n".join(lines) + "\n"


def _clauses(pack: Pack) -> dict[str, Clause]:
    return {clause.id: clause for clause in pack.all_clauses}


def _checks(pack: Pack) -> dict[str, Check]:
    return {check.id: check for check in pack.checks}


class _Writer:
    def __init__(self, pack: Pack, languages: Sequence[Language]) -> None:
        self.pack = pack
        self.languages = languages

    # ── questions ──

    def question(self, question: Question, base: Answers) -> Iterator[str]:
        step, page = self.pack.place[question.id]
        number = [one.id for one in step.pages].index(page.id) + 1
        yield f"{question.id}: a question of kind {question.kind}, in step {step.number} ({step.id}), page {number} ({page.id})"
        yield from _conditions("asked when", question.when)
        yield from self.words(question)
        for option in question.options:
            yield from self.option(option, question.default)
        for row in question.rows:
            yield from self.named("row", row.id, row.when, row.label, row.text)
        for column in question.columns:
            yield from self.named(f"column ({column.kind})", column.id, {}, column.label, column.title)
            for option in column.options:
                yield from self.option(option, None)
        yield from self.answers(question, base)

    def words(self, question: Question) -> Iterator[str]:
        for text in (question.label, question.help, question.why):
            yield from self.text(text)
        yield f"  sources: {', '.join(question.sources)}"

    def option(self, option: Option, default: Any) -> Iterator[str]:
        chosen = default in ("all", option.id) or (isinstance(default, list) and option.id in default)
        yield from self.named("option", option.id, option.when, option.label, option.text, option.refused, note=" (pre-chosen)" if chosen else "")

    def named(self, kind: str, id: str, when: When, *texts: Text | None, note: str = "") -> Iterator[str]:
        yield f"  {kind} {id}{note}"
        yield from _conditions("  when", when)
        for text in texts:
            yield from self.text(text, "    ")

    def answers(self, question: Question, base: Answers) -> Iterator[str]:
        found, unseen = settings(self.pack, question, base)
        brought = brought_about(self.pack, question, found, self.languages)
        every = tuple(dict.fromkeys(one.name for setting in found for one in setting.tried))
        for group, places in brought.items():
            yield from ("", f"── {_heading(group, every)} ──")
            yield from self.places(places)
        idle = [name for name in every if not any(group.names == (name,) for group in brought)]
        if idle:
            yield from ("", f"Nothing stands by this answer alone: {', '.join(idle)}")
        if unseen:
            yield from ("", "Not shown here, for no answers were found with which it stands:")
            yield from dict.fromkeys(f"  {passage.where}{_when(passage)}" for passage in unseen)

    def places(self, places: Any) -> Iterator[str]:
        for place, by_language in places.items():
            yield f"{place.document}, {place.section}"
            for language, (heading, *lines) in by_language.items():
                yield from _said(language, [f"[{heading}]", *lines] if heading else lines)

    # ── clauses and checks ──

    def clause(self, clause: Clause) -> Iterator[str]:
        yield f"{clause.id}: a clause of level {clause.level}, in part {clause.part}"
        yield from _conditions("stands when", clause.when)
        yield from self.text(clause.heading)
        yield f"  sources: {', '.join(clause.sources)}"
        for at, block in enumerate(clause.blocks, start=1):
            yield f"  block {at}: {block.kind}"
            yield from _conditions("  when", block.when)
            for _, text in texts_in(block):
                yield from self.text(text, "    ")
        yield from self.named_in(f", {clause.id}")

    def check(self, check: Check) -> Iterator[str]:
        yield f"{check.id}: a check that {check.severity}, mended by {check.mend}"
        yield from _conditions("found when", check.when)
        yield from _conditions("never when", check.unless)
        yield from self.text(check.message)
        yield from self.text(check.why)
        yield f"  sources: {', '.join(check.sources)}"
        yield from self.named_in(f"check {check.id}")

    def named_in(self, where: str) -> Iterator[str]:
        """Which questions the passages name: to be shown one by one."""
        named = frozenset().union(*(passage.named for passage in passages(self.pack) if passage.where.endswith(where)))
        yield from (f"  see: rusoff show {id}" for id in self.pack.questions if id in named)

    # ── texts ──

    def text(self, text: Text | None, indent: str = "  ") -> Iterator[str]:
        if text:
            for language in self.languages:
                yield from _said(language, [text.in_(language)], indent)


def _heading(group: Group, every: tuple[str, ...]) -> str:
    rest = [name for name in every if name not in group.names]
    names = f"all but {', '.join(rest)}" if 0 < len(rest) < 4 <= len(group.names) else ", ".join(group.names)
    return f"{names}, when {group.differs}" if group.differs else names


def _said(language: Language, lines: list[str], indent: str = "  ") -> Iterator[str]:
    for at, line in enumerate(lines):
        first = f"{indent}{language if at == 0 else '  '} "
        yield from wrap(line, WIDTH, initial_indent=first, subsequent_indent=f"{indent}     ", break_long_words=False, break_on_hyphens=False)


def _conditions(word: str, when: When) -> Iterator[str]:
    if when:
        yield f"  {word} " + "; ".join(f"{key} is {' or '.join(wanted)}" for key, wanted in when.items())


def _when(passage: Passage) -> str:
    return "".join(line.replace("  when", ", when") for when in passage.whens for line in _conditions("when", when))


__all__ = ["Brought", "UnknownIdError", "show"]
