"""What a pack must hold true beyond its grammar: ids, order, sources, and holes that a question fills.

Every fault is one line: file, key, what is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from .engine import engine_faults
from .kinds import KINDS, Kind, kind_of
from .model import BLOCK_KINDS, Block, Clause, Guide, Pack, Question, Sheet, Standard, When
from .question_rules import column_faults, options_faults, texts_in

ALWAYS_FILLED = frozenset({"edition"})
WORD_HOLES = frozenset({"page", "pages", "count", "edition", "label", "rows", "code"})
MAX_PAGES, MAX_QUESTIONS = 6, 8  # of a step, so that its list beside the page is seen whole; of a page, so that one sitting is enough for it
FIT_FOR: dict[str, Callable[[Kind], bool]] = {  # which kinds of question a block may show
    "each": lambda kind: kind.takes_several,
    "own": lambda kind: kind.is_own_words,
    "table": lambda kind: "columns" in kind.parts,
    "chart": lambda kind: "rows" in kind.parts,
}
SPECIAL_COLUMNS = frozenset({"row", "text", "score"})


def faults_of(pack: Pack, files: dict[str, str]) -> Iterator[str]:
    """Every fault of `pack`. `files` tells which file an item was read from."""
    proof = _Proof(pack, files)
    yield from proof.ids()
    yield from proof.questions()
    yield from proof.clauses()
    yield from proof.rest()
    yield from proof.unused()
    yield from engine_faults(pack.questions)


class _Proof:
    def __init__(self, pack: Pack, files: dict[str, str]) -> None:
        self.pack = pack
        self.files = files
        self.used: set[str] = set()
        self.number: dict[str, int] = {}
        pages = [page for step in pack.steps for page in step.pages]
        for at, page in enumerate(pages):
            self.number.update({q.id: at for q in page.questions})

    def file(self, shape: str, id: str) -> str:
        return self.files.get(f"{shape}:{id}", f"{shape} {id}")

    # ── ids ──

    def ids(self) -> Iterator[str]:
        pack = self.pack
        pages = [page for step in pack.steps for page in step.pages]
        themes = pack.questionnaire.themes
        groups: dict[str, Iterable[str]] = {
            "steps": (s.id for s in pack.steps),
            "pages": (f"{s.id}/{p.id}" for s in pack.steps for p in s.pages),
            "questions": (q.id for p in pages for q in p.questions),
            "policy": (c.id for c in pack.clauses),
            "references.yaml": (r.id for r in pack.references),
            "checks.yaml": (c.id for c in pack.checks),
            "questionnaire.yaml": (s.id for t in themes for s in t.statements),
            "dilemmas.yaml": (d.id for d in pack.dilemmas),
            "guides": (guide.id for guide in pack.guides.values()),
            **{f"guides/{name}.yaml": (c.id for c in guide.sections) for name, guide in pack.guides.items()},
        }
        for name, ids in groups.items():
            yield from (f"{name}: {id}: this id is there {n} times" for id, n in Counter(ids).items() if n > 1)

    # ── questions ──

    def questions(self) -> Iterator[str]:
        for step in self.pack.steps:
            file = self.file("Step", step.id)
            if not 2 <= len(step.pages) <= MAX_PAGES:
                yield f"{file}: pages: a step has 2 to {MAX_PAGES} pages, not {len(step.pages)}"
            for page in step.pages:
                if not 1 <= len(page.questions) <= MAX_QUESTIONS:
                    yield f"{file}: {page.id}: a page has 1 to {MAX_QUESTIONS} questions, not {len(page.questions)}"
                for question in page.questions:
                    yield from (f"{file}: {question.id}{fault}" for fault in self.question(question))

    def question(self, q: Question) -> Iterator[str]:
        yield from self.sources_of(q.sources)
        yield from self.when(q.when, ".when", before=self.number[q.id])
        yield from kind_of(q).faults(q)
        yield from self.options(q)
        for row in q.rows:
            yield from self.when(row.when, f".{row.id}.when", self.number[q.id])
        for column in q.columns:
            yield from column_faults(column)
        yield from self.rows_from(q)
        if q.default is not None:
            yield from (f".default: {fault}" for fault in kind_of(q).default_faults(q, self.row_ids(q)))
        yield from self.suggestions(q)

    def options(self, q: Question) -> Iterator[str]:
        yield from options_faults(q.options, "")
        before = None if q.options_from else self.number[q.id]
        for option in q.options:
            yield from self.when(option.when, f".{option.id}.when", before)
            yield from (f".{option.id}.text: {fault}" for hole in sorted(option.words.holes()) if (fault := self.hole(hole)))

    def suggestions(self, q: Question) -> Iterator[str]:
        """Each suggestion is fit to be pre-chosen, by answers of an earlier page."""
        if q.suggested and q.default is None:
            yield ".suggested: stands beside a default, for when none of them holds"
        for one in q.suggested:
            yield from self.when(one.when, ".suggested.when", before=self.number[q.id])
            as_default = q.model_copy(update={"default": one.value})
            yield from (f".suggested: {fault}" for fault in kind_of(q).default_faults(as_default, self.row_ids(q)))

    def rows_from(self, q: Question) -> Iterator[str]:
        if not q.rows_from:
            return
        self.used.add(q.rows_from)
        source = self.pack.questions.get(q.rows_from)
        if source is None or not kind_of(source).takes_several:
            yield f".rows_from: {q.rows_from} is not a question of kind choices"
        elif self.number[q.rows_from] >= self.number[q.id]:
            yield f".rows_from: {q.rows_from} is not on an earlier page"

    def row_ids(self, q: Question) -> set[str]:
        ids = {row.id for row in q.rows}
        source = self.pack.questions.get(q.rows_from or "")
        return ids | ({option.id for option in source.options} if source else set())

    # ── clauses ──

    def clauses(self) -> Iterator[str]:
        sheet = {clause.id for clause in self.pack.rules.sections}
        for clause in self.pack.clauses:
            file = self.file("Clause", clause.id) if clause.id not in sheet else "rules.yaml"
            yield from (f"{file}: {fault}" for fault in self.clause(clause))
        for name, guide in self.pack.guides.items():
            yield from (f"guides/{name}.yaml: {fault}" for fault in self.guide(guide))
        yield from (f"rules.yaml: {fault}" for fault in self.named(self.pack.rules))

    def guide(self, guide: Guide) -> Iterator[str]:
        yield from self.named(guide)
        for key, text in texts_in(guide.download):
            allowed = {"format"} if key == "button" else set()
            yield from (f"download.{key}: nothing fills {{{hole}}}" for hole in sorted(text.holes() - allowed))
        for clause in guide.sections:
            yield from (f"{clause.id}.{fault}" for fault in self.clause(clause))

    def named(self, made: Guide | Sheet) -> Iterator[str]:
        yield from (f"title: {fault}" for hole in sorted(made.title.holes()) if (fault := self.hole(hole)))

    def clause(self, clause: Clause) -> Iterator[str]:
        if not clause.blocks and clause.level == 2:
            yield "blocks: a sub-chapter says something"
        yield from (f"sources{fault}" for fault in self.sources_of(clause.sources))
        yield from self.when(clause.when, "when")
        for line in clause.headings:
            yield from self.when(line.when, "headings.when")
        yield from self.texts(clause)
        for at, block in enumerate(clause.blocks):
            yield from (f"blocks.{at}{fault}" for fault in self.block(block))

    def block(self, block: Block) -> Iterator[str]:
        given = [name for name in BLOCK_KINDS if getattr(block, name) is not None]
        if len(given) != 1:
            yield f": a block says exactly one thing, not {given or 'nothing'}"
            return
        yield from self.when(block.when, ".when")
        for line in [*(block.bullets or []), *(block.numbered or []), *(block.fields or []), *(block.signatures or [])]:
            yield from self.when(line.when, ".when")
        for name, is_fit in FIT_FOR.items():
            id = getattr(block, name)
            if id is not None:
                yield from self.refers(id, is_fit, f".{name}")
        if block.table and block.table in self.pack.questions:
            yield from self.table(block, self.pack.questions[block.table])

    def refers(self, id: str, is_fit: Callable[[Kind], bool], key: str) -> Iterator[str]:
        self.used.add(id)
        question = self.pack.questions.get(id)
        if question is None:
            yield f"{key}: there is no question {id}"
        elif not is_fit(kind_of(question)):
            yield f"{key}: {id} is of kind {question.kind}, not {' or '.join(sorted(kind.id for kind in KINDS.values() if is_fit(kind)))}"

    def table(self, block: Block, question: Question) -> Iterator[str]:
        for id in block.columns or ():
            if id not in SPECIAL_COLUMNS and question.column(id) is None:
                yield f".columns: {question.id} has no column {id}"
        if not block.columns:
            yield ".columns: a table names its columns"
        yield from self.rows_shown(block, question)
        if block.standard:
            yield from self.standard(block.standard, question)

    def rows_shown(self, block: Block, question: Question) -> Iterator[str]:
        """Which rows of a table are shown, and how they are gathered."""
        by = question.column(block.by) if block.by else None
        if block.by and (by is None or not by.options or set(block.columns or ()) != {block.by, "row"}):
            yield ".by: names a column with options; beside it stands `row` alone"
        if block.filled and block.filled not in (block.columns or ()):
            yield f".filled: {block.filled} is none of the columns"
        yield from (f".rows: {question.id} has no row {id}" for id in block.rows or () if id not in self.row_ids(question))

    def standard(self, standard: Standard, question: Question) -> Iterator[str]:
        by = question.column(standard.by)
        if question.column(standard.column) is None or by is None or not by.options:
            yield ".standard: column and by name columns of the question, by one with options"
            return
        rows, options = self.row_ids(question), {option.id for option in by.options}
        for key in standard.texts:
            row, _, option = key.rpartition(".")
            known = key in options or key in rows if not row else row in rows and option in options
            if not known:
                yield f".standard.texts: {key} is neither a row, an option, nor row.option"

    # ── checks, references, questionnaire, dilemmas, pack ──

    def rest(self) -> Iterator[str]:
        pack = self.pack
        proofs: list[tuple[str, list[Any], Callable[[Any], Iterator[str]]]] = [
            ("checks.yaml", pack.checks, self.check),
            ("references.yaml", pack.references, self.reference),
            ("questionnaire.yaml", [s for theme in pack.questionnaire.themes for s in theme.statements], self.item),
            ("dilemmas.yaml", pack.dilemmas, self.item),
        ]
        for file, items, proof in proofs:
            yield from (f"{file}: {item.id}{fault}" for item in items for fault in proof(item))
        yield from self.retired()
        yield from self.later()
        for line in pack.manifest.title_block:
            yield from self.when(line.when, "pack.yaml: title_block.when")
        for shape, name in ((pack.manifest, "pack.yaml"), (pack.questionnaire, "questionnaire.yaml")):
            yield from (f"{name}: {fault}" for fault in self.texts(shape))

    def later(self) -> Iterator[str]:
        """What counts before a question came is an answer to it."""
        for one in self.pack.manifest.later:
            question = self.pack.questions.get(one.id)
            if question is None:
                yield f"pack.yaml: later: there is no question {one.id}"
            elif one.before not in kind_of(question).conditions(question):
                yield f"pack.yaml: later: {one.id} has no answer {one.before}"

    def retired(self) -> Iterator[str]:
        """A retired id is never used again, and the question that takes its answers says so."""
        for one in self.pack.manifest.retired:
            heir = self.pack.questions.get(one.becomes or "")
            if one.id in self.pack.questions:
                yield f"pack.yaml: retired: {one.id} is still asked"
            if one.becomes and (heir is None or heir.formerly != one.id):
                yield f"pack.yaml: retired: {one.becomes} does not say `formerly: {one.id}`"
        known = {(one.becomes, one.id) for one in self.pack.manifest.retired}
        heirs = (q for q in self.pack.questions.values() if q.formerly)
        yield from (f"{q.id}.formerly: {q.formerly} is not retired" for q in heirs if (q.id, q.formerly) not in known)

    def check(self, check: Any) -> Iterator[str]:
        yield from self.item(check)
        yield from self.when(check.unless, ".unless")
        if check.mend not in self.pack.questions:
            yield f".mend: there is no question {check.mend}"
        if not (check.when or check.unless or check.later or check.words):
            yield ".when: a check has a condition"
        for id in (check.later.question, check.later.than) if check.later else ():
            self.used.add(id)
            question = self.pack.questions.get(id)
            if question is None or not kind_of(question).is_day:
                yield f".later: {id} is not a question of kind date"

    def item(self, item: Any) -> Iterator[str]:
        yield from self.when(item.when, ".when")
        yield from self.sources_of(item.sources)

    def reference(self, reference: Any) -> Iterator[str]:
        if not (reference.address or reference.act or reference.paragraph):
            yield ": a source has an address, an act or a paragraph"
        if reference.confidence == "L" and "§" in str(reference.paragraph):
            yield ".paragraph: a source of confidence L names the act, not the paragraph"
        if reference.confidence != "H" and reference.checked:
            yield ".checked: only a source that somebody opened (confidence H) says when"
        if reference.propose:
            yield from self.when(reference.propose.when, ".propose.when")

    def sources_of(self, sources: list[str]) -> Iterator[str]:
        if not sources:
            yield ".sources: no source; own advice says `own`"
        yield from (f".sources: there is no source {id}" for id in sources if id != "own" and id not in self.pack.sources)

    def when(self, when: When, key: str, before: int | None = None) -> Iterator[str]:
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

    def texts(self, shape: BaseModel) -> Iterator[str]:
        for name, text in texts_in(shape):
            allowed = WORD_HOLES if name.startswith("words.") or name == "origin" else ALWAYS_FILLED
            for hole in sorted(text.holes() - allowed):
                fault = self.hole(hole)
                if fault:
                    yield f"{name}: {fault}"

    def hole(self, hole: str) -> str:
        id, *cell = hole.split(".")
        self.used.add(id)
        question = self.pack.questions.get(id)
        if question is None:
            return f"no question fills {{{hole}}}"
        if not cell:
            return f"{{{hole}}} is a {question.kind}: name a cell" if question.columns else ""
        fits = len(cell) == 2 and cell[0] in self.row_ids(question) and question.column(cell[1]) is not None
        return "" if fits else f"no cell fills {{{hole}}}"

    def unused(self) -> Iterator[str]:
        for id, question in self.pack.questions.items():
            step, _ = self.pack.place[id]
            if (id not in self.used and not question.options_from) != question.info_only:
                said = "is used: it is not info_only" if question.info_only else "nothing uses it, and it is not info_only"
                yield f"{self.file('Step', step.id)}: {id}: {said}"
