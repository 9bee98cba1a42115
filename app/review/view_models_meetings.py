"""What the page of meetings shows, as plain values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from app.services.reviews.meetings import Held
from app.web.view_models import AddressOf, Link, Message, message


class MeetingCard(NamedTuple):
    """One meeting, whether it is still to come or belongs to an earlier round, and what may be done about it. `name` is what it is called."""

    at: int
    held: Held
    note: Message | None
    deeds: tuple[Link, ...]


def meeting_cards(meetings: Sequence[Held], mine: Collection[Held], today: date, id: str, may: bool, address: AddressOf) -> list[MeetingCard]:
    """The meetings in their order; `mine` are those of this round."""
    return [MeetingCard(at, held, _note(held, mine, today), _deeds(id, at, address) if may else ()) for at, held in enumerate(meetings)]


def _note(held: Held, mine: Collection[Held], today: date) -> Message | None:
    if held.held_on and held.held_on > today:
        return message("review_meeting_planned")
    return None if held in mine else message("review_meeting_earlier")


def _deeds(id: str, at: int, address: AddressOf) -> tuple[Link, ...]:
    change = Link(message("review_meeting_change"), address("review.change_meeting", id=id, meeting=at))
    return change, Link(message("review_meeting_delete"), address("review.delete_meeting", id=id, meeting=at))


def done_words(done: str, is_wrong: bool) -> Message | None:
    """What was `done` just now, unless something has to be mended."""
    return message(f"review_meeting_{done}") if done and not is_wrong else None
