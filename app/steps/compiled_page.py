"""A wizard page, drawn once and filled many times.

Jinja draws each page once per language and set of questions, with holes where a request's own values stand. The result is cut into literals and holes
and kept; a request only fills the holes, escaped. The templates stay the only source of markup.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from flask import render_template
from markupsafe import Markup, escape

from . import stepper
from .boards import Risks, has_words, is_absent, next_own, stands
from .from_register import NO_OFFER, Offer

_MARK = secrets.token_hex(8)  # not to be guessed, so that nothing in the content can pass for a hole
_HOLE = re.compile(rf"{_MARK}x(\d+)x")
Pieces = tuple["str | Hole", ...]
KEPT = 600


class Hole(NamedTuple):
    """A place for a value; with `inner`, a passage that is there only when the value is."""

    kind: str
    names: tuple[str, ...]
    inner: Pieces | None = None


@dataclass
class Holes:
    """Given to a template while it is drawn: `hole` leaves a place for a value, `when` a passage that may be left out."""

    found: list[Hole] = field(default_factory=list)

    def hole(self, kind: str, *names: str) -> Markup:
        """A place for the value `kind` of these names. Letters and digits alone, so that it may stand in an address."""
        return self._add(Hole(kind, names))

    def when(self, kind: str, *names: str, then: str = "", caller: Callable[[], str] | None = None) -> Markup:
        """`then`, or the body of the call block, where the value `kind` of these names is there."""
        return self._add(Hole(kind, names, self.cut(caller() if caller else escape(then))))

    def _add(self, hole: Hole) -> Markup:
        self.found.append(hole)
        return Markup(f"{_MARK}x{len(self.found) - 1}x")  # noqa: S704 - no text from outside

    def cut(self, drawn: str) -> Pieces:
        """What was drawn, cut into literals and holes."""
        return tuple(self.found[int(piece)] if at % 2 else str(piece) for at, piece in enumerate(_HOLE.split(drawn)))


class ColleagueNote(NamedTuple):
    """What a question says of a colleague who was asked it. Without `ref` there is nothing to use; `has_answer`: it is more than words."""

    line: str
    said: str = ""
    ref: str = ""
    has_answer: bool = False


@dataclass(slots=True)
class Shown:
    """What one request puts into the holes of a page."""

    policy: str
    csrf: str
    fingerprint: str
    form: str
    back: str = ""
    state: str = ""
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    suggested: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    is_signed_in: bool = False
    told: Mapping[str, str] = field(default_factory=dict)
    offer: Offer = NO_OFFER
    colleagues: Mapping[str, ColleagueNote] = field(default_factory=dict)
    is_colleague: bool = False
    way: stepper.Shown = stepper.Shown()
    risks: Mapping[str, Risks] = field(default_factory=dict)
    brief: Mapping[str, str] = field(default_factory=dict)
    years: Mapping[tuple[str, str], str] = field(default_factory=dict)


TEXTS: dict[str, Callable[..., str]] = {
    "policy": lambda shown: shown.policy,
    "csrf": lambda shown: shown.csrf,
    "fingerprint": lambda shown: shown.fingerprint,
    "form": lambda shown: shown.form,
    "back": lambda shown: shown.back,
    "register": lambda shown: shown.offer.token,
    "value": lambda shown, name: shown.typed[name][0] if name in shown.typed else "",
    "fault": lambda shown, name: shown.faults[name],
    "brief": lambda shown, name: shown.brief[name],
    "in_years": lambda shown, question, years: shown.years.get((question, years), ""),
    "told": lambda shown, question: shown.told[question],
    "step_line": lambda shown, step: shown.way.lines.get(step, ""),
    "way_line": lambda shown: shown.way.line,
    "pages_done": lambda shown: str(shown.way.pages_done),
    "pages": lambda shown: str(shown.way.pages),
    "next_own": lambda shown, question, *rows: next_own(shown.typed, question, *rows),
    "score": lambda shown, question, row: str(shown.risks[question].by_row[row].score),
    "risk_picture": lambda shown, question: shown.risks[question].picture,
    "rank_name": lambda shown, question, at: shown.risks[question].by_rank[at].title,
    "rank_sum": lambda shown, question, at: shown.risks[question].by_rank[at].reckoned,
    "rank_score": lambda shown, question, at: str(shown.risks[question].by_rank[at].score),
    "colleague_line": lambda shown, question: shown.colleagues[question].line,
    "colleague_said": lambda shown, question: shown.colleagues[question].said,
    "colleague_ref": lambda shown, question: shown.colleagues[question].ref,
}
PASSAGES: dict[str, Callable[..., Any]] = {
    "chosen": lambda shown, name, value: name in shown.typed and value in shown.typed[name],
    "any_chosen": lambda shown, name, *values: not {*values}.isdisjoint(shown.typed.get(name, ())),
    "any_answered": lambda shown, *questions: not {*questions}.isdisjoint(shown.answered.union(name.partition("-")[0] for name in shown.faults)),
    "done": lambda shown, place: place in shown.way.done,
    "not_done": lambda shown, place: place not in shown.way.done,
    "any_typed": lambda shown, *names: has_words(shown.typed, names),
    "none_chosen": lambda shown, name: not any(shown.typed.get(name, ())),
    "absent": lambda shown, question, row: is_absent(shown.typed, question, row),
    "all_there": lambda shown, question, *rows: not next_own(shown.typed, question, *rows),
    "scored": lambda shown, question, row, tone: shown.risks[question].is_in(row, tone),
    "to_act_on": lambda shown, question, row, *names: shown.risks[question].is_grave(row) or has_words(shown.typed, names),
    "ranked": lambda shown, question, at: at in shown.risks[question].by_rank,
    "rank_is": lambda shown, question, at, tone: shown.risks[question].by_rank[at].band.tone == tone,
    "none_ranked": lambda shown, question: not shown.risks[question].by_rank,
    "stands": lambda shown, rule, lights, light: stands(shown.typed, rule, lights, light),
    "faulty": lambda shown, name: name in shown.faults,
    "noted": lambda shown, question: question in shown.told,
    "wrong": lambda shown: shown.faults,
    "suggested": lambda shown, question: question in shown.suggested,
    "returning": lambda shown, to="": shown.back and to in ("", shown.back),
    "registered": lambda shown: shown.offer.token,
    "register_suggests": lambda shown: shown.offer.options,
    "onward": lambda shown: not shown.back,
    "signed_in": lambda shown: shown.is_signed_in,
    "signed_out": lambda shown: not shown.is_signed_in,
    "locked": lambda shown: shown.state,
    "state": lambda shown, state: shown.state == state,
    "is_hr": lambda shown: not shown.is_colleague,
    "is_colleague": lambda shown: shown.is_colleague,
    "may_delegate": lambda shown: not (shown.is_colleague or shown.state),
    "colleague": lambda shown, question: question in shown.colleagues,
    "colleague_says": lambda shown, question: shown.colleagues[question].ref and not shown.state,
    "colleague_answers": lambda shown, question: shown.colleagues[question].has_answer,
}


def fill(pieces: Pieces, shown: Shown) -> str:
    """The page with this request's values in its holes."""
    filled: list[str] = []
    _fill(pieces, shown, filled.append)
    return "".join(filled)


def _fill(pieces: Pieces, shown: Shown, add: Callable[[str], None]) -> None:
    for piece in pieces:
        if isinstance(piece, str):
            add(piece)
        elif piece.inner is None:
            if words := TEXTS[piece.kind](shown, *piece.names):
                add(escape(words))
        elif PASSAGES[piece.kind](shown, *piece.names):
            _fill(piece.inner, shown, add)


def drawn(template: str, key: Hashable, values: Callable[[], dict[str, Any]]) -> Pieces:
    """The page that `template` draws with `values`, from the shelf when it was drawn before. `key` must name all that decides its looks."""
    given = _Values(values)
    try:
        return _drawn(template, key, given)
    finally:
        given.get = dict  # the shelf keeps its keys: this one must not keep a draft in memory


class _Values:
    """How to get a page's values. Equal whatever it gets: the key beside it says it all."""

    def __init__(self, get: Callable[[], dict[str, Any]]) -> None:
        self.get = get

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Values)


def drawn_once(template: str, shown: Shown, **values: Any) -> str:
    """The page that `template` draws with `values`, filled; of a kind that is seldom shown, and not kept."""
    holes = Holes()
    return fill(holes.cut(render_template(template, hole=holes.hole, when=holes.when, **values)), shown)


@lru_cache(maxsize=KEPT)
def _drawn(template: str, key: Hashable, values: _Values) -> Pieces:
    holes = Holes()
    return holes.cut(render_template(template, hole=holes.hole, when=holes.when, **values.get()))
