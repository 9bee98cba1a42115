"""What public.yaml must hold true beyond its grammar: the sections that it names are clauses of the policy. One line a fault."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Pack

FILE = "public.yaml"


def public_faults(pack: Pack) -> Iterator[str]:
    """Every fault of what the public page shows."""
    known = {clause.id for clause in pack.clauses}
    named = [*(one.section for one in pack.public.first), *pack.public.left_out]
    yield from (f"{FILE}: no clause is called {id}" for id in named if id not in known)
    yield from (f"{FILE}: {one.section} stands again and needs a heading of its own" for one in pack.public.first if one.again and not one.heading)
