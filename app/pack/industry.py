"""Which kind of workplace an industry code speaks of."""

from __future__ import annotations

from .model import Pack
from .sector import fitting


def sector_for(pack: Pack, code: str) -> str | None:
    """The kind of workplace, an option of the question about it, for an industry code (88.911); of all prefixes that are named, the longest wins."""
    return fitting(((start, sector.id) for sector in pack.sectors.values() for start in sector.industry_codes), code) or None


def sector_of(pack: Pack, form: str, institution: str, industry: str) -> str:
    """The kind of workplace for what a register says: legal form, institutional sector and industry code. Empty when they tell nothing."""
    rule = pack.register_rules.sector
    return rule.option(form, institution, sector_for(pack, industry) or rule.doing(industry))
