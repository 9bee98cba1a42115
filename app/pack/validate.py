"""What a pack must hold true beyond its grammar: ids, order, sources, and holes that a question fills.

Every fault is one line: file, key, what is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .engine import WHEEL, WHEEL_TIME, engine_faults
from .kinds import kind_of
from .model import HighWithout, Pack
from .proof import Proof
from .standards import scales_of
from .validate_clauses import clause_faults
from .validate_launch import launch_faults
from .validate_manager import manager_faults
from .validate_questions import question_faults


def faults_of(pack: Pack, files: dict[str, str]) -> Iterator[str]:
    """Every fault of `pack`. `files` tells which file an item was read from."""
    proof = Proof(pack, files)
    yield from _ids(proof)
    yield from question_faults(proof)
    yield from clause_faults(proof)
    yield from launch_faults(proof)
    yield from manager_faults(proof)
    yield from _rest(proof)
    yield from _unused(proof)
    yield from engine_faults(pack.questions)
    yield from _seasons(pack)


def _seasons(pack: Pack) -> Iterator[str]:
    """Times that the calendar puts into a month are times of the year wheel, and have none of their own."""
    times = next((c.options for q in pack.questions.values() if q.id == WHEEL for c in q.columns if c.id == WHEEL_TIME), [])
    known = {option.id for option in times if option.value is None}
    yield from (f"pack.yaml: seasons.{id}: is no time of the year wheel without a month" for id in pack.manifest.seasons if id not in known)


def _ids(proof: Proof) -> Iterator[str]:
    pack = proof.pack
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


def _rest(proof: Proof) -> Iterator[str]:
    pack = proof.pack
    each: list[tuple[str, list[Any], Callable[[Proof, Any], Iterator[str]]]] = [
        ("checks.yaml", pack.checks, _check),
        ("references.yaml", pack.references, _reference),
        ("questionnaire.yaml", [s for theme in pack.questionnaire.themes for s in theme.statements], _item),
        ("dilemmas.yaml", pack.dilemmas, _item),
    ]
    for file, items, faults in each:
        yield from (f"{file}: {item.id}{fault}" for item in items for fault in faults(proof, item))
    yield from _retired(proof)
    yield from _later(proof)
    for line in pack.manifest.title_block:
        yield from proof.when(line.when, "pack.yaml: title_block.when")
    for shape, name in ((pack.manifest, "pack.yaml"), (pack.questionnaire, "questionnaire.yaml")):
        yield from (f"{name}: {fault}" for fault in proof.texts(shape))


def _later(proof: Proof) -> Iterator[str]:
    """What counts before a question came is an answer to it."""
    for one in proof.pack.manifest.later:
        question = proof.pack.questions.get(one.id)
        if question is None:
            yield f"pack.yaml: later: there is no question {one.id}"
        elif one.before not in kind_of(question).conditions(question):
            yield f"pack.yaml: later: {one.id} has no answer {one.before}"


def _retired(proof: Proof) -> Iterator[str]:
    """A retired id is never used again, and the question that takes its answers says so."""
    for one in proof.pack.manifest.retired:
        heir = proof.pack.questions.get(one.becomes or "")
        if one.id in proof.pack.questions:
            yield f"pack.yaml: retired: {one.id} is still asked"
        if one.becomes and (heir is None or heir.formerly != one.id):
            yield f"pack.yaml: retired: {one.becomes} does not say `formerly: {one.id}`"
    known = {(one.becomes, one.id) for one in proof.pack.manifest.retired}
    heirs = (q for q in proof.pack.questions.values() if q.formerly)
    yield from (f"{q.id}.formerly: {q.formerly} is not retired" for q in heirs if (q.id, q.formerly) not in known)


def _check(proof: Proof, check: Any) -> Iterator[str]:
    yield from _item(proof, check)
    yield from proof.when(check.unless, ".unless")
    if check.mend not in proof.pack.questions:
        yield f".mend: there is no question {check.mend}"
    if not (check.when or check.unless or check.later or check.high_without or check.words):
        yield ".when: a check has a condition"
    for id in (check.later.question, check.later.than) if check.later else ():
        proof.used.add(id)
        question = proof.pack.questions.get(id)
        if question is None or not kind_of(question).is_day:
            yield f".later: {id} is not a question of kind date"
    if check.high_without:
        yield from _high_without(proof, check.high_without)


def _high_without(proof: Proof, rule: HighWithout) -> Iterator[str]:
    question = proof.pack.questions.get(rule.question)
    if question is None or len(scales_of(question)) != 2:
        yield f".high_without: {rule.question} is not a grid with two columns of numbers"
    elif rule.column not in {column.id for column in question.columns if not column.options}:
        yield f".high_without: {rule.question} has no column {rule.column} in which one writes"


def _item(proof: Proof, item: Any) -> Iterator[str]:
    yield from proof.when(item.when, ".when")
    yield from proof.sources_of(item.sources)


def _reference(proof: Proof, reference: Any) -> Iterator[str]:
    if not (reference.address or reference.act or reference.paragraph):
        yield ": a source has an address, an act or a paragraph"
    if reference.confidence == "L" and "§" in str(reference.paragraph):
        yield ".paragraph: a source of confidence L names the act, not the paragraph"
    if reference.confidence != "H" and reference.checked:
        yield ".checked: only a source that somebody opened (confidence H) says when"
    if reference.propose:
        yield from proof.when(reference.propose.when, ".propose.when")


def _unused(proof: Proof) -> Iterator[str]:
    for id, question in proof.pack.questions.items():
        step, _ = proof.pack.place[id]
        if (id not in proof.used and not question.options_from) != question.info_only:
            said = "is used: it is not info_only" if question.info_only else "nothing uses it, and it is not info_only"
            yield f"{proof.file('Step', step.id)}: {id}: {said}"
