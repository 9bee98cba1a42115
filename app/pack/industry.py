"""Which kind of workplace an industry code speaks of."""

from __future__ import annotations

from .model import Pack


def sector_for(pack: Pack, code: str) -> str | None:
    """The kind of workplace, an option of the question about it, for an industry code (88.911); of all prefixes that are named, the longest wins."""
    found = [(len(prefix), sector.id) for sector in pack.sectors.values() for prefix in sector.industry_codes if code.startswith(prefix)]
    return max(found)[1] if found else None
