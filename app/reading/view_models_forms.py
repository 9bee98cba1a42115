"""What the pages on which a reader writes show around their fields, as plain values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from app.pack.load import the_pack
from app.web.choices import Choice
from app.web.counted_area import CountedArea
from app.web.view_models import AddressOf, ContentWords, Link, Notice, Words, message

from .context import ReaderContext
from .forms import ChecklistForm
from .view_models import Alert


def over_notice(desk: ReaderContext, address: AddressOf | None = None) -> Notice | None:
    """Why nothing can be written any more. With `address`, whoever is done is led to where they may take it up again."""
    if desk.may_write:
        return None
    if not desk.review.is_open:
        return Notice("info", (message("reading_closed_short"),))
    link = Link(message("reading_done_more"), address("reading.summary", id=desk.reviewer.id)) if address else None
    return Notice("info", (message("reading_done_short"),), link)


def saved_alert(is_saved: bool) -> Alert | None:
    """That what was written has just been saved."""
    return Alert("success", None, (message("reading_saved_plain"),), is_status=True) if is_saved else None


def statement_page(desk: ReaderContext, stored: str, is_overtaken: bool, is_saved: bool) -> dict[str, Any]:
    """What stands around the statement; `others` are the words of another device, `read_only` those that can no longer be changed."""
    is_unsent = bool(stored) and not desk.may_write and not desk.reviewer.finished_at
    return {
        "is_overtaken": is_overtaken,
        "others": stored,
        "saved": saved_alert(is_saved),
        "over": over_notice(desk),
        "unsent": Notice("warning", (message("reading_statement_unsent"),)) if is_unsent else None,
    }


class AskedRow(NamedTuple):
    """One question about the process: the fields for answer and note, and the `others` that another device saved, where they differ."""

    answer: Choice
    note: CountedArea
    others: tuple[Words, ...]


def checklist_page(desk: ReaderContext, form: ChecklistForm, apart: Collection[str], is_saved: bool) -> dict[str, Any]:
    """The questions about the process, and what stands around them. Two devices gave two answers to those that are `apart`."""
    stored = desk.reviewer.checklist
    rows = [AskedRow(form.answer(one.id), form.note(one.id), tuple(_others(stored[one.id])) if one.id in apart else ()) for one in form.asked]
    return {"rows": rows, "is_overtaken": bool(apart), "saved": saved_alert(is_saved), "over": over_notice(desk)}


def _others(said: Mapping[str, str]) -> Iterator[Words]:
    yield from (ContentWords(one.label) for one in the_pack().review.process_answers if one.id == said["answer"])
    if said["note"]:
        yield said["note"]
