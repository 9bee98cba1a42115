"""What the pages on which a reader writes show around their fields, as plain values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from app.models.comments import Comment
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


# ── a section ──


class OthersRemark(NamedTuple):
    """A remark of another reader, and what is said of them."""

    remark: Comment
    who: tuple[Words, ...]


def section_page(desk: ReaderContext, section: str, at: int, has_said: bool, address: AddressOf) -> dict[str, Any]:
    """The headings of a page with one section, or about the whole, and what others have said there. `at` is its place among those that are read."""
    whole, answer = message("reading_whole_title"), message("reading_respond_fold" if section else "reading_respond_whole")
    total = len(desk.path(section)) - 1
    return {
        "heading": message("reading_section_title", at=at + 1, total=total) if section else whole,
        "total": total,
        "respond": message("reading_respond_again") if has_said else answer,
        "others": [OthersRemark(one, (*([who.name] if who.name else []), message(f"role_{who.role}"))) for one, who in desk.others(section)],
        "over": over_notice(desk, address),
    }


def sent_notice(sent_at: datetime | None) -> Notice | None:
    """That HR sees what is changed in a remark that was sent."""
    return Notice("info", (message("reading_comment_sent"),)) if sent_at else None


# ── what is said beside the text ──

WAY = ("whole", "process", "statement", "summary")  # the pages after the sections, in their order


def _way(here: str, id: str, address: AddressOf) -> dict[str, str]:
    at = WAY.index(here)
    return {"before": address(f"reading.{WAY[at - 1]}", id=id), "after": address(f"reading.{WAY[at + 1]}", id=id)}


def statement_page(desk: ReaderContext, stored: str, is_overtaken: bool, is_saved: bool, address: AddressOf) -> dict[str, Any]:
    """What stands around the statement; `others` are the words that another device saved."""
    is_unsent = bool(stored) and not desk.may_write and not desk.reviewer.finished_at
    return {
        "is_overtaken": is_overtaken,
        "others": stored,
        "saved": saved_alert(is_saved),
        "over": over_notice(desk),
        "unsent": Notice("warning", (message("reading_statement_unsent"),)) if is_unsent else None,
        **_way("statement", desk.reviewer.id, address),
    }


class AskedRow(NamedTuple):
    """One question about the process: the fields for answer and note, and the `others` that another device saved, where they differ."""

    answer: Choice
    note: CountedArea
    others: tuple[Words, ...]


def checklist_page(desk: ReaderContext, form: ChecklistForm, apart: Collection[str], is_saved: bool, address: AddressOf) -> dict[str, Any]:
    """The questions about the process, and what stands around them. Two devices gave two answers to those that are `apart`."""
    stored = desk.reviewer.checklist
    rows = [AskedRow(form.answer(one.id), form.note(one.id), tuple(_others(stored[one.id])) if one.id in apart else ()) for one in form.asked]
    around = {"is_overtaken": bool(apart), "saved": saved_alert(is_saved), "over": over_notice(desk)}
    return {"rows": rows, **around, **_way("process", desk.reviewer.id, address)}


def _others(said: Mapping[str, str]) -> Iterator[Words]:
    yield from (ContentWords(one.label) for one in the_pack().review.process_answers if one.id == said["answer"])
    if said["note"]:
        yield said["note"]
