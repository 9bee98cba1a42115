"""What the questions must hold true: their pages, options, rows and what is pre-chosen, and conditions that can be answered before them."""

from __future__ import annotations

from collections.abc import Iterator

from .kinds import kind_of
from .proof import Proof
from .question import Question
from .question_rules import column_faults, may_reveal, options_faults

MAX_PAGES, MAX_QUESTIONS = 7, 8  # of a step, so that its list beside the page is seen whole; of a page, so that one sitting is enough for it


def question_faults(proof: Proof) -> Iterator[str]:
    """Every fault of the questions, each naming its file and key."""
    for step in proof.pack.steps:
        file = proof.file("Step", step.id)
        if not 2 <= len(step.pages) <= MAX_PAGES:
            yield f"{file}: pages: a step has 2 to {MAX_PAGES} pages, not {len(step.pages)}"
        for page in step.pages:
            if not 1 <= len(page.questions) <= MAX_QUESTIONS:
                yield f"{file}: {page.id}: a page has 1 to {MAX_QUESTIONS} questions, not {len(page.questions)}"
            for at, question in enumerate(page.questions):
                yield from (f"{file}: {question.id}{fault}" for fault in _question(proof, question, page.questions[:at]))


def _question(proof: Proof, q: Question, above: list[Question]) -> Iterator[str]:
    yield from proof.sources_of(q.sources)
    revealed_by = {one.id for one in above if may_reveal(one, q)}
    yield from proof.when({key: wanted for key, wanted in q.when.items() if key not in revealed_by}, ".when", before=proof.number[q.id])
    proof.used |= revealed_by
    yield from kind_of(q).faults(q)
    yield from _options(proof, q)
    for row in q.rows:
        yield from proof.when(row.when, f".{row.id}.when", proof.number[q.id])
    for column in q.columns:
        yield from column_faults(column)
    yield from _rows_from(proof, q)
    if q.own_name and not q.own_rows:
        yield ".own_name: there are no rows of the workplace's own to name"
    if q.own_add and not q.own_rows:
        yield ".own_add: there are no rows of the workplace's own to add"
    yield from (f".follows: {fault}" for fault in _follows(proof, q))
    if q.default is not None:
        yield from (f".default: {fault}" for fault in kind_of(q).default_faults(q, proof.row_ids(q)))
    yield from _suggestions(proof, q)


def _options(proof: Proof, q: Question) -> Iterator[str]:
    yield from options_faults(q.options, "")
    before = None if q.options_from else proof.number[q.id]
    for option in q.options:
        yield from proof.when(option.when, f".{option.id}.when", before)
        yield from (f".{option.id}.text: {fault}" for hole in sorted(option.words.holes()) if (fault := proof.hole(hole)))


def _suggestions(proof: Proof, q: Question) -> Iterator[str]:
    """Each suggestion is fit to be pre-chosen, by answers of an earlier page."""
    if q.suggested and q.default is None:
        yield ".suggested: stands beside a default, for when none of them holds"
    for one in q.suggested:
        yield from proof.when(one.when, ".suggested.when", before=proof.number[q.id])
        as_default = q.model_copy(update={"default": one.value})
        yield from (f".suggested: {fault}" for fault in kind_of(q).default_faults(as_default, proof.row_ids(q)))


def _follows(proof: Proof, q: Question) -> Iterator[str]:
    """Each row that follows another question is one, and is given what can be chosen in it."""
    for one in q.follows:
        other = proof.pack.questions.get(one.question)
        if other is None or not other.options:
            yield f"{one.question} is not a question with options"
            continue
        for answer, value in one.values.items():
            if other.option(answer) is None:
                yield f"{answer} is not an option of {one.question}"
            as_default = q.model_copy(update={"default": {one.row: value}})
            yield from kind_of(q).default_faults(as_default, proof.row_ids(q))


def _rows_from(proof: Proof, q: Question) -> Iterator[str]:
    if not q.rows_from:
        return
    proof.used.add(q.rows_from)
    source = proof.pack.questions.get(q.rows_from)
    if source is None or not kind_of(source).takes_several:
        yield f".rows_from: {q.rows_from} is not a question of kind choices"
    elif proof.number[q.rows_from] >= proof.number[q.id]:
        yield f".rows_from: {q.rows_from} is not on an earlier page"
