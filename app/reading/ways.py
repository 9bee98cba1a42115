"""The ways through a draft: all that a reader was asked to read, or what matters most to somebody in their role."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.pack.load import the_pack
from app.values.vocabulary import ReviewerRole

MOST = 10
SPARED = 8  # where fewer sections than this are left out, all of it is short: the policy without its routines takes a quarter of an hour


def short_way(role: ReviewerRole, asked: Sequence[str]) -> list[str]:
    """The sections of the short way, among those that were `asked` to be read and in their order; empty where it would spare next to nothing."""
    known = [id for id in the_pack().review.short_way_of(role) if id in asked]
    chosen = set(known[:MOST])
    return [id for id in asked if id in chosen] if len(asked) - len(chosen) >= SPARED else []


def next_of(wanted: Collection[str], asked: Sequence[str], here: str) -> str | None:
    """The next section that is `wanted` after the one here, or else the first before it; none when no other is left."""
    at = asked.index(here) + 1 if here in asked else 0
    return next((id for id in (*asked[at:], *asked[:at]) if id in wanted and id != here), None)
