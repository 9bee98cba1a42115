"""The grammar of content/rusoff/papers.yaml: what the four papers of a review and a decision say, and in which order."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from app.values.vocabulary import Result

from .base import Id, Model
from .text import Text

PaperId = Literal["statement", "record", "case_paper", "decision"]
PAPERS: tuple[PaperId, ...] = get_args(PaperId)
CountId = Literal[
    "invited", "answered", "remarks", "taken_in", "changed_otherwise", "unchanged", "noted", "not_taken_in", "questions", "supports", "unanswered",
    "standing", "meetings", "statements",
]  # fmt: skip
ListId = Literal[
    "own_statement", "own_remarks", "own_checklist",
    "voices", "meetings", "counts", "remarks", "taken_in", "standing", "statements", "process",
    "who_answered", "meetings_short", "remarks_short", "standing_short", "made_known", "open_points",
    "present", "dissent", "exact_text",
]  # fmt: skip

# What a sentence may ask for, in {holes} and in `when`. A fact that is blank, zero or untrue does not hold.
EVERYWHERE = frozenset({"workplace", "unit", "policy_title", "version", "sent_on", "answer_by", "sees_others", "without_amu", *get_args(CountId)})
_RESULT = frozenset({"decided_on", "body", "adopted", "adopted_with_changes", "sent_back", "in_force_from"})
_ANSWERS = frozenset({"owner", "made_known", "review_date", "decides", "amu_decides", "control"})
FACTS: dict[PaperId, frozenset[str]] = {
    "statement": EVERYWHERE | {"name", "role", "own_statement", "own_remarks", "own_checklist"},
    "record": EVERYWHERE | _RESULT | {"changed", "checklists", "decided"},
    "case_paper": EVERYWHERE | _ANSWERS | {"fingerprint", "open_points"},
    "decision": EVERYWHERE | _RESULT | {"amu", "case_number", "present", "dissent", "fingerprint", "standing_numbers"},
}
WORDS = frozenset(
    {
        "blank", "number", "numbers", "quoted", "clipped", "nobody", "answer_of", "wish", "wish_changes", "new_text", "struck", "before", "now",
        "section_gone", "section_new", "more_changes", "reply", "employers_answer", "not_answered",
        "no_answer_needed", "whole_policy", "who", "role", "invited", "part_taken", "by_link", "link_by_hr",
        "finished", "remarked", "opened", "not_opened", "undelivered",
        "have_answered", "have_not_answered",
        "date", "meeting", "present", "said", "section", "remark", "remarks", "answer", "answers", "how_many", "total", "unanswered", "standing",
        "question", "note", "policy", "version", "fingerprint",
    }
)  # fmt: skip


class Guarded(Model):
    """Something said only when every fact of `when` holds and none of `unless` does."""

    when: list[Id] = []
    unless: list[Id] = []


class PaperLine(Guarded):
    """One line of a list, or one party who signs."""

    text: Text


class Fact(Guarded):
    """One line of the title block."""

    label: Text
    value: Text


class PaperBlock(Guarded):
    """One piece of a paper. Exactly one of the fields before `when` is given."""

    paragraph: Text | None = None
    note: Text | None = None
    bullets: list[PaperLine] | None = None
    numbered: list[PaperLine] | None = None
    signatures: list[PaperLine] | None = None
    fields: list[PaperLine] | None = None
    listing: ListId | None = Field(default=None, alias="list")

    @property
    def kind(self) -> str:
        """The name of the one field that is given."""
        return next(name for name in PIECES if getattr(self, name) is not None)


PIECES = tuple(name for name in PaperBlock.model_fields if name not in Guarded.model_fields)


class PaperSection(Guarded):
    """One section of a paper."""

    id: Id
    heading: Text
    sources: list[Id]
    blocks: list[PaperBlock]


class Paper(Model):
    """One paper. The first of the titles that holds is its title; it has a table of contents when all facts of `contents` hold."""

    title: list[PaperLine]
    contents: list[Id] | None = None
    title_block: list[Fact]
    sections: list[PaperSection]


class Count(Model):
    """How a number reads in a sentence; {n} is the number."""

    one: Text
    many: Text


class ResultWords(Model):
    """What a body may decide."""

    id: Result
    label: Text


class Papers(Model):
    """papers.yaml."""

    origin: Text
    words: dict[Id, Text]
    counts: dict[CountId, Count]
    results: list[ResultWords]
    statement: Paper
    record: Paper
    case_paper: Paper
    decision: Paper

    def paper(self, id: PaperId) -> Paper:
        """One of the papers."""
        found: Paper = getattr(self, id)
        return found

    def result(self, id: str) -> ResultWords:
        """One result, by its id. Raises KeyError."""
        return {result.id: result for result in self.results}[id]  # type: ignore[index]


__all__ = ["FACTS", "PAPERS", "PIECES", "WORDS", "CountId", "ListId", "Paper", "PaperBlock", "PaperId", "PaperSection", "Papers"]
