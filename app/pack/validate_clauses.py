"""What the clauses of policy, ground rules and guides must hold true: blocks that say one thing, of questions that can say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .kinds import KINDS, Kind, kind_of
from .model import BLOCK_KINDS, Block, Clause, Guide, Question, Sheet, Standard
from .proof import Proof
from .question_rules import texts_in

FIT_FOR: dict[str, Callable[[Kind], bool]] = {  # which kinds of question a block may show
    "each": lambda kind: kind.takes_several or kind.is_multiline,
    "own": lambda kind: kind.is_own_words,
    "table": lambda kind: "columns" in kind.parts,
    "chart": lambda kind: "rows" in kind.parts,
}
SPECIAL_COLUMNS = frozenset({"row", "text", "score"})


def clause_faults(proof: Proof) -> Iterator[str]:
    """Every fault of the clauses, each naming its file and key."""
    sheet = {clause.id for clause in proof.pack.rules.sections}
    for clause in proof.pack.clauses:
        file = proof.file("Clause", clause.id) if clause.id not in sheet else "rules.yaml"
        yield from (f"{file}: {fault}" for fault in _clause(proof, clause))
    yield from (f"public.yaml: now.{fault}" for fault in _clause(proof, proof.pack.public.now))
    for name, guide in proof.pack.guides.items():
        yield from (f"guides/{name}.yaml: {fault}" for fault in _guide(proof, guide))
    yield from (f"rules.yaml: {fault}" for fault in _named(proof, proof.pack.rules))


def _guide(proof: Proof, guide: Guide) -> Iterator[str]:
    yield from _named(proof, guide)
    for key, text in texts_in(guide.download):
        allowed = {"format"} if key == "button" else set()
        yield from (f"download.{key}: nothing fills {{{hole}}}" for hole in sorted(text.holes() - allowed))
    for clause in guide.sections:
        yield from (f"{clause.id}.{fault}" for fault in _clause(proof, clause))


def _named(proof: Proof, made: Guide | Sheet) -> Iterator[str]:
    yield from (f"title: {fault}" for hole in sorted(made.title.holes()) if (fault := proof.hole(hole)))


def _clause(proof: Proof, clause: Clause) -> Iterator[str]:
    if not clause.blocks and clause.level == 2:
        yield "blocks: a sub-chapter says something"
    yield from (f"sources{fault}" for fault in proof.sources_of(clause.sources))
    yield from proof.when(clause.when, "when")
    for line in clause.headings:
        yield from proof.when(line.when, "headings.when")
    yield from proof.texts(clause)
    for at, block in enumerate(clause.blocks):
        yield from (f"blocks.{at}{fault}" for fault in block_faults(proof, block))


def block_faults(proof: Proof, block: Block) -> Iterator[str]:
    """Every fault of one block, each beginning with its key."""
    given = [name for name in BLOCK_KINDS if getattr(block, name) is not None]
    if len(given) != 1:
        yield f": a block says exactly one thing, not {given or 'nothing'}"
        return
    yield from proof.when(block.when, ".when")
    for line in [*(block.bullets or []), *(block.numbered or []), *(block.fields or []), *(block.signatures or [])]:
        yield from proof.when(line.when, ".when")
    for name, is_fit in FIT_FOR.items():
        id = getattr(block, name)
        if id is not None:
            yield from _refers(proof, id, is_fit, f".{name}")
    if block.table and block.table in proof.pack.questions:
        yield from _table(proof, block, proof.pack.questions[block.table])


def _refers(proof: Proof, id: str, is_fit: Callable[[Kind], bool], key: str) -> Iterator[str]:
    proof.used.add(id)
    question = proof.pack.questions.get(id)
    if question is None:
        yield f"{key}: there is no question {id}"
    elif not is_fit(kind_of(question)):
        yield f"{key}: {id} is of kind {question.kind}, not {' or '.join(sorted(kind.id for kind in KINDS.values() if is_fit(kind)))}"


def _table(proof: Proof, block: Block, question: Question) -> Iterator[str]:
    for id in block.columns or ():
        if id not in SPECIAL_COLUMNS and question.column(id) is None:
            yield f".columns: {question.id} has no column {id}"
    if not block.columns:
        yield ".columns: a table names its columns"
    yield from _rows_shown(proof, block, question)
    if block.standard:
        yield from _standard(proof, block.standard, question)


def _rows_shown(proof: Proof, block: Block, question: Question) -> Iterator[str]:
    """Which rows of a table are shown, and how they are gathered."""
    by = question.column(block.by) if block.by else None
    if block.by and (by is None or not by.options or (block.columns or ())[:1] != ("row",) or block.by in (block.columns or ())):
        yield ".by: names a column with options that is none of the columns; the first of those is `row`"
    months = question.column(block.months) if block.months else None
    if block.months and (months is None or not {option.value for option in months.options} >= set(range(1, 13))):
        yield ".months: names a column with an option for each month, of the values 1 to 12"
    if block.filled and question.column(block.filled) is None:
        yield f".filled: {question.id} has no column {block.filled}"
    yield from (f".rows: {question.id} has no row {id}" for id in block.rows or () if id not in proof.row_ids(question))


def _standard(proof: Proof, standard: Standard, question: Question) -> Iterator[str]:
    by = question.column(standard.by)
    if question.column(standard.column) is None or by is None or not by.options:
        yield ".standard: column and by name columns of the question, by one with options"
        return
    rows, options = proof.row_ids(question), {option.id for option in by.options}
    for key in standard.texts:
        row, _, option = key.rpartition(".")
        known = key in options or key in rows if not row else row in rows and option in options
        if not known:
            yield f".standard.texts: {key} is neither a row, an option, nor row.option"
        if standard.texts[key].holes():
            yield f".standard.texts: {key}: no answer can be put in, for the wizard shows these words too"
