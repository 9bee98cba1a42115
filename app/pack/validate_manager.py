"""What manager.yaml must hold true beyond its grammar: blocks and lines of clauses that exist, and holes that are filled. One line a fault."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from .clause import Block, Line
from .manager import ManagerStep
from .model import Pack
from .proof import Proof
from .validate_clauses import block_faults

FILE = "manager.yaml"


def named_in(pack: Pack) -> dict[str, Block | Line]:
    """Every block and line that has a name, by `clause.name`."""
    blocks: list[tuple[str, Block]] = [(clause.id, block) for clause in pack.clauses for block in clause.blocks]
    lines: list[tuple[str, Block | Line]] = [(id, line) for id, block in blocks for line in [*(block.bullets or []), *(block.numbered or [])]]
    return {f"{id}.{one.id}": one for id, one in [*blocks, *lines] if one.id}


def manager_faults(proof: Proof) -> Iterator[str]:
    """Every fault of the pages for managers, and every name in a clause that they do not use."""
    pages, named = proof.pack.manager.pages, named_in(proof.pack)
    yield from (f"{FILE}: {page.id}: no clause is called {page.clause}" for page in pages if proof.pack.clause(page.clause) is None)
    for page in pages:
        yield from (f"{FILE}: {page.id}: {fault}" for fault in proof.texts(page))
        for step in page.steps:
            yield from (f"{FILE}: {page.id}: {step.id}{fault}" for fault in _step(proof, step, named.keys()))
    used = {key for page in pages for step in page.steps for key in step.takes}
    yield from (f"policy: {key}: no page for managers takes it, so it needs no id" for key in named if key not in used)


def _step(proof: Proof, step: ManagerStep, named: Collection[str]) -> Iterator[str]:
    yield from (f".takes: no block or line is called {key}" for key in step.takes if key not in named)
    yield from proof.when(step.when, ".when")
    for at, block in enumerate(step.blocks):
        yield from (f".blocks.{at}{fault}" for fault in block_faults(proof, block))
