"""The meetings about a policy, as one list: the answer to a question of the wizard. Policy, record and case paper all read it from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.clock import today
from app.models.policy import Policy
from app.pack.answers import Standing
from app.pack.engine import MEETINGS
from app.pack.load import the_pack
from app.pack.model import Option
from app.values.fingerprint import fingerprint


class Held(NamedTuple):
    """What is told of a meeting. Without a day it is not known when it was."""

    held_on: date | None
    kind: str
    present: str
    said: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Held:
        """As it stands in the list."""
        day = str(row.get("date") or "")
        return cls(date.fromisoformat(day) if day else None, str(row.get("how") or ""), str(row.get("who") or ""), str(row.get("said") or ""))

    @property
    def row(self) -> dict[str, str]:
        """As it is stored: what is blank is left out, as the wizard does."""
        told = {"who": self.present, "how": self.kind, "date": self.held_on.isoformat() if self.held_on else "", "said": self.said}
        return {name: words for name, words in told.items() if words}

    @property
    def fingerprint(self) -> str:
        """What a form carries, so that a save on top of a colleague's is noticed."""
        return fingerprint(self.row)


def kinds() -> list[Option]:
    """The kinds of meeting that there are."""
    column = the_pack().questions[MEETINGS].column("how")
    return column.options if column else []


def listed(policy: Policy, now: Standing | None = None) -> list[Held]:
    """Every meeting in the list, in its order."""
    return [Held.of(row) for row in _rows(now or policy.draft().standing)]


def _rows(now: Standing) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = now.values.get(MEETINGS) or []
    return found


def write(policy: Policy, meetings: Iterable[Held]) -> None:
    """The whole list anew; all other answers stay."""
    policy.answer({MEETINGS: [held.row for held in meetings]})


def meetings_of(policy: Policy, now: Standing | None = None) -> list[Held]:
    """The meetings of this round that have been held, in the order of their days. One that is planned is none yet.

    A meeting that was in the list when the round began belongs to an earlier one: it is known by its day and kind. `now` are the answers that count,
    where they are at hand.
    """
    before = Counter((held.held_on, held.kind) for held in map(Held.of, policy.meetings_before or []))
    mine = []
    for held in listed(policy, now):
        if before[held.held_on, held.kind]:
            before[held.held_on, held.kind] -= 1
        elif any(held.row.values()) and (held.held_on is None or held.held_on <= today()):
            mine.append(held)
    return sorted(mine, key=lambda held: held.held_on or date.min)


def begin_round(policy: Policy) -> None:
    """The meetings that are in the list now belong to the round that is over."""
    policy.meetings_before = [dict(row) for row in _rows(policy.draft().standing)]
