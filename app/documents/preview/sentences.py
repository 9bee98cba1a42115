"""What all documents, the findings and the wizard say for some answers, line by line, so that answers can be compared."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from app.documents.draft import Draft
from app.documents.model import Document
from app.documents.outputs import outputs_from
from app.documents.render import plain
from app.pack.answers import Answers
from app.pack.model import Pack
from app.pack.text import Language

REPEATED = frozenset({"sources", "open_points", "findings", "statements", "tally"})  # lists of what stands elsewhere
_CHAPTER = re.compile(r"^(\d+(\.\d+)? |\w+ \d+: )")  # numbers move with what stands before
_BOXES = " |☐"  # at the end of a statement
_ROW_NUMBER = re.compile(r"^\d+\. ")


class Place(NamedTuple):
    """Where a line stands: the document, and the section of it by its id."""

    document: str
    section: str


class Lines(NamedTuple):
    """The heading of a section, and its words line by line."""

    heading: str
    lines: tuple[str, ...]


Said = dict[Place, Lines]


def only(pack: Pack, clauses: Collection[str]) -> Pack:
    """The pack with these clauses of the policy alone, of which a policy is made in a fraction of the time."""
    return pack.model_copy(update={"clauses": [clause for clause in pack.clauses if clause.id in clauses]})


def said(pack: Pack, answers: Answers, language: Language) -> Said:
    """Everything that is said for these answers, by place and in the order of the documents."""
    draft = Draft(pack, answers, language)
    made = {output.id: output.assemble(draft) for output in outputs_from(pack, "draft") if output.assemble and not output.like}
    policy = made["policy"]
    block = tuple(f"{label}: {''.join(run.words for run in value)}" for label, value in policy.facts)
    found = {Place("policy", "title block"): Lines("", (policy.title, *block))}
    for id, document in made.items():
        found |= _in_document(pack, id, document)
    findings = {Place(f"check ({f.severity})", f.id): Lines("", (f.message, f.why)) for f in draft.findings}
    return found | findings | {Place("wizard", "asks"): Lines("", tuple(_asked(draft)))}


def _in_document(pack: Pack, output: str, document: Document) -> Said:
    repeated = {c.id for c in pack.all_clauses if any(block.listing in REPEATED for block in c.blocks)}
    found: Said = {}
    for section in document.sections:
        if section.id not in repeated:
            lines = [_ROW_NUMBER.sub("", line).rstrip(_BOXES) for line in plain.words_of(section).splitlines() if line]
            found[Place(output, section.id)] = Lines(_CHAPTER.sub("", section.title), tuple(lines))
    return found


def _asked(draft: Draft) -> Iterator[str]:
    """The questions that are asked, with the options that have a condition, and the open points."""
    now, language = draft.standing, draft.language
    for question in now.pack.questions.values():
        if question.id in now.asked:
            if question.when:
                yield f"{question.id}: {question.label.in_(language)}"
            options = [] if question.options_from else now.options(question)
            yield from (f"{question.id}: {option.id}: {option.label.in_(language)}" for option in options if option.when)
    yield from (f"(open point) {question.id}: {question.label.in_(language)}" for question in draft.open_questions)
