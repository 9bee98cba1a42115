"""What every proof of a pack asks: which question a condition or a hole names, which source there is, and what is used at all.

Every fault is one line: file, key, what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from .kinds import kind_of
from .model import Pack, Question, When
from .question_rules import texts_in

ALWAYS_FILLED = frozenset({"edition"})
WORD_HOLES = frozenset({"page", "pages", "count", "edition", "label", "rows", "code"})


class Proof:
    """A pack and the files that it was read from; `used` grows with every question that is named, `number` says on which page one is asked."""

    def __init__(self, pack: Pack, files: dict[str, str]) -> None:
        self.pack = pack
        self.files = files
        self.used: set[str] = set()
        self.number: dict[str, int] = {}
        pages = [page for step in pack.steps for page in step.pages]
        for at, page in enumerate(pages):
            self.number.update({q.id: at for q in page.questions})

    def file(self, shape: str, id: str) -> str:
        """The file in which an item stands."""
        return self.files.get(f"{shape}:{id}", f"{shape} {id}")

    def sources_of(self, sources: list[str]) -> Iterator[str]:
        """Whether there are sources, and all are known."""
        if not sources:
            yield ".sources: no source; own advice says `own`"
        yield from (f".sources: there is no source {id}" for id in sources if id != "own" and id not in self.pack.sources)

    def when(self, when: When, key: str, before: int | None = None) -> Iterator[str]:
        """Whether a condition names answers that can be given; with `before`, on pages before that one."""
        for name, wanted in when.items():
            id, _, row = name.partition(".")
            self.used.add(id)
            question = self.pack.questions.get(id)
            if question is None:
                yield f"{key}: there is no question {id}"
                continue
            if before is not None and self.number[id] >= before:
                yield f"{key}: {id} is not on an earlier page"
            if row and row not in self.row_ids(question):
                yield f"{key}: {id} has no row {row}"
            yield from (f"{key}: {id} has no answer {answer}" for answer in wanted if answer not in kind_of(question).conditions(question))

    def texts(self, shape: BaseModel, known: frozenset[str] = frozenset()) -> Iterator[str]:
        """Whether something fills every hole below `shape`: an answer, or what is `known` besides."""
        for name, text in texts_in(shape):
            allowed = WORD_HOLES if name.startswith("words.") or name == "origin" else ALWAYS_FILLED
            for hole in sorted(text.holes() - allowed - known):
                fault = self.hole(hole)
                if fault:
                    yield f"{name}: {fault}"

    def hole(self, hole: str) -> str:
        """What is wrong with a hole; empty when something fills it."""
        id, *cell = hole.split(".")
        self.used.add(id)
        question = self.pack.questions.get(id)
        if question is None:
            return f"no question fills {{{hole}}}"
        if not cell:
            return f"{{{hole}}} is a {question.kind}: name a cell" if question.columns else ""
        fits = len(cell) == 2 and cell[0] in self.row_ids(question) and question.column(cell[1]) is not None
        return "" if fits else f"no cell fills {{{hole}}}"

    def row_ids(self, q: Question) -> set[str]:
        """Every row that a grid may have."""
        ids = {row.id for row in q.rows}
        source = self.pack.questions.get(q.rows_from or "")
        return ids | ({option.id for option in source.options} if source else set())
