"""What launch/*.yaml must hold true beyond its grammar: clauses that exist, holes that are filled, what each kind needs. One line a fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .launch import FACTS, RECORD, LaunchItem, LaunchPart
from .proof import Proof
from .validate_clauses import block_faults

DRAWN = ("slides", "cards", "sheet")  # whose parts are seen one by one


def launch_faults(proof: Proof) -> Iterator[str]:
    """Every fault of the launch kit."""
    known = {clause.id for clause in proof.pack.clauses}
    for name, item in proof.pack.launch.items():
        for fault in _item(proof, item, known):
            yield f"launch/{name}.yaml: {fault}"


def _item(proof: Proof, item: LaunchItem, known: set[str]) -> Iterator[str]:
    if (item.kind == "cards") != (item.per_sheet is not None):
        yield "per_sheet: cards, and they alone, say how many stand on a sheet"
    yield from proof.texts(item, FACTS)
    yield from (f"parts: {id} is there {n} times" for id, n in Counter(part.id for part in item.parts).items() if n > 1)
    for part in item.parts:
        yield from (f"{part.id}{fault}" for fault in _part(proof, item, part, known))


def _part(proof: Proof, item: LaunchItem, part: LaunchPart, known: set[str]) -> Iterator[str]:
    if not part.clauses and not RECORD & set(part.needs):
        yield ".made_from: names no clause"
    yield from (f".made_from: no clause is called {id}" for id in part.clauses if id not in known)
    if not part.blocks and not part.takes:
        yield ".blocks: says nothing"
    if part.heading is None and item.kind in DRAWN:
        yield ".heading: only a text has parts without one"
    yield from proof.when(part.when, ".when")
    for at, block in enumerate([*part.blocks, *part.notes]):
        yield from (f".blocks.{at}{fault}" for fault in block_faults(proof, block))
