"""What the pages of measures show, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, get_args

from app.models.measures import Measure
from app.services.plan.measures import Candidate, Change
from app.web.choices import Option
from app.web.language import t
from app.web.view_models import AddressOf, Day, Link, Message, Tag, Words, counted, message

Show = Literal["open", "overdue", "done", "all"]
SHOWS: tuple[Show, ...] = get_args(Show)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure in the list: what, who, its state and days, where it comes from, and where it is changed and marked as done."""

    id: str
    what: str
    about: tuple[Words, ...]
    state: Tag
    change: Link | None
    done: str
    is_done: bool


class Filter(NamedTuple):
    """One way to look at the list."""

    words: Message
    address: str
    is_chosen: bool


def shows(one: Measure, show: Show, at: date) -> bool:
    """Whether a measure stands in this view of the list on the day `at`."""
    fits = {"open": one.done_on is None, "overdue": one.is_overdue(at), "done": one.done_on is not None, "all": True}
    return fits[show]


def show_of(asked: str) -> Show:
    """The view that an address asks for; what is open, where it asks for nothing that there is."""
    return next((one for one in SHOWS if one == asked), "open")


def filters(measures: Sequence[Measure], chosen: Show, at: date, id: str, address: AddressOf) -> list[Filter]:
    """The ways to look at the list, each with how many there are."""
    return [
        Filter(
            message(f"measures_show_{show}", count=sum(shows(one, show, at) for one in measures)),
            address("plan.measures", id=id, show=show),
            show == chosen,
        )
        for show in SHOWS
    ]


def rows_of(measures: Iterable[Measure], at: date, id: str, address: AddressOf, may: bool) -> list[MeasureRow]:
    """The measures of the list; `may` whoever looks change them."""
    return [_row(one, at, id, address, may) for one in measures]


def _row(one: Measure, at: date, id: str, address: AddressOf, may: bool) -> MeasureRow:
    about = [
        one.who,
        message("measures_by", day=one.due_on) if one.due_on else "",
        message("measures_done_on", day=one.done_on) if one.done_on else "",
    ]
    if one.origin != "own":
        about.append(message(f"measures_from_{one.origin}"))
    change = Link(message("measures_change"), address("plan.measure", id=id, measure=one.id), one.what) if may else None
    done = address("plan.done", id=id, measure=one.id) if may else ""
    return MeasureRow(one.id, one.what, tuple(words for words in about if words), state_of(one, at), change, done, one.done_on is not None)


def state_of(one: Measure, at: date) -> Tag:
    """Done, overdue or open."""
    if one.done_on:
        return Tag(message("measures_state_done"), "success")
    return Tag(message("measures_state_overdue"), "danger") if one.is_overdue(at) else Tag(message("measures_state_open"))


def options_of(candidates: Iterable[Candidate]) -> list[Option]:
    """What may be taken in, with where it comes from."""
    return [Option(one.name, one.what, _origin(one)) for one in candidates]


def _origin(one: Candidate) -> str:
    return ". ".join(part for part in (t(f"measures_from_{one.origin}"), one.who) if part)


class ChangeRow(NamedTuple):
    """What a line of a spreadsheet will do: its words, what the measure is called, and each field before and after."""

    kind: Message
    what: str
    fields: tuple[tuple[Message, Words, Words], ...]


def change_rows(changes: Iterable[Change]) -> list[ChangeRow]:
    """The changes of a spreadsheet."""
    return [
        ChangeRow(
            message(f"measures_sheet_{one.kind}"),
            one.line.what,
            tuple((message(f"measures_head_{name.removesuffix('_on')}"), _said(before), _said(after)) for name, before, after in one.fields),
        )
        for one in changes
    ]


def _said(value: object) -> Words:
    return Day(value) if isinstance(value, date) else value or message("measures_empty")


def left_alone(lines: int, changes: int) -> Message:
    """How many lines change nothing."""
    return counted("measures_sheet_same", lines - changes)
