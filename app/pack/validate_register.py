"""What register.yaml must hold true beyond its grammar: its questions are there, of the right kind, with the options named. One line a fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .model import Pack

FILE = "register.yaml"
TEXT, CHOICE = "text", "choice"


def register_faults(pack: Pack) -> Iterator[str]:
    """Every fault of what is suggested from the register."""
    rules = pack.register_rules
    for id in (rules.name, rules.number):
        if not _is_asked(pack, id, TEXT):
            yield f"{FILE}: {id} is no question answered in one line"
    yield from _options(pack, rules.size.question, {*rules.size.least})
    yield from _options(pack, rules.sector.question, rules.sector.options)
    codes = Counter(code for starts in rules.sector.industry_codes.values() for code in starts)
    codes.update(code for sector in pack.sectors.values() for code in sector.industry_codes)
    yield from (f"{FILE}: the industry code {code} stands {times} times, here or in sectors/" for code, times in codes.items() if times > 1)


def _options(pack: Pack, id: str, named: set[str]) -> Iterator[str]:
    if not _is_asked(pack, id, CHOICE):
        yield f"{FILE}: {id} is no question with one answer of several"
        return
    there = {option.id for option in pack.questions[id].options}
    yield from (f"{FILE}: {id} has no option {option}" for option in sorted(named - there))


def _is_asked(pack: Pack, id: str, kind: str) -> bool:
    return id in pack.questions and pack.questions[id].kind == kind
