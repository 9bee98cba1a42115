"""The ways into a draft and between its sections, as plain values: how long each takes, what has changed, and what to read next."""

from __future__ import annotations

from typing import NamedTuple

from app.documents.compare import Hunk
from app.documents.model import Section
from app.web.view_models import AddressOf, Link, Message, Tag, Words, counted, message

from .context import ReaderContext
from .reading_time import minutes

MATTERS = Tag(message("reading_mark_matters"), "accent")


class WayIn(NamedTuple):
    """One button of the first screen, with how much there is to read behind it."""

    link: Link
    about: Message | None
    is_main: bool


def ways_in(desk: ReaderContext, address: AddressOf) -> list[WayIn]:
    """The buttons of the first screen: the short way first, for as long as something of it is not read; then all. Both tell what is left."""
    left = [section for section in desk.sections if section.id not in desk.reviewer.seen]
    if not desk.may_write:
        return [_again(desk, address)] if desk.sections else []
    if not left:
        return [WayIn(Link(message("reading_to_summary"), address("reading.summary", id=desk.reviewer.id)), None, True)]
    short = [section for section in left if section.id in desk.short]
    found = [_into(desk, short, _key("short", len(short) < len(desk.short)), address, "short")] if short else []
    is_begun = len(left) < len(desk.sections)
    key = "reading_way_rest" if desk.short and not short else _key("all", is_begun)
    return [*found, _into(desk, left, key, address)._replace(is_main=not found)]


def _key(way: str, is_begun: bool) -> str:
    return f"reading_way_{way}_on" if is_begun else f"reading_way_{way}"


def _into(desk: ReaderContext, left: list[Section], key: str, address: AddressOf, way: str | None = None) -> WayIn:
    where = address("reading.section", id=desk.reviewer.id, section=left[0].id, **({"way": way} if way else {}))
    return WayIn(Link(message(key), where), counted("reading_way_time", len(left), minutes=minutes(left)), True)


def _again(desk: ReaderContext, address: AddressOf) -> WayIn:
    return WayIn(Link(message("reading_read_again"), address("reading.section", id=desk.reviewer.id, section=desk.sections[0].id)), None, False)


class Todo(NamedTuple):
    """One thing that can be done in the workspace, and how far the reader has come with it."""

    link: Link
    state: Message


def todo(desk: ReaderContext, asked: int, address: AddressOf) -> list[Todo]:
    """What can be done beside reading. `asked` is how many questions about the process there are."""
    id, reader = desk.reviewer.id, desk.reviewer
    states = {
        "process": message("reading_todo_checked", count=desk.checked, total=asked),
        "statement": message("reading_todo_stated" if reader.statement else "reading_todo_optional"),
        "summary": message("reading_todo_done" if reader.finished_at else "reading_todo_open"),
    }
    return [Todo(Link(message(f"reading_{page}_title"), address(f"reading.{page}", id=id)), state) for page, state in states.items()]


def papers(desk: ReaderContext, address: AddressOf) -> list[Link]:
    """The draft on paper: all of it, and the short way where there is one."""
    whole = Link(message("reading_paper_all"), address("reading.on_paper", id=desk.reviewer.id))
    short = Link(message("reading_paper_short"), address("reading.on_paper", id=desk.reviewer.id, way="short"))
    return [whole, *([short] if desk.short else [])]


# ── what has changed, and what to read next ──


def changed_words(desk: ReaderContext) -> Message | None:
    """How many sections have changed since the reader last read."""
    return counted("reading_changed", len(desk.changed)) if desk.changed else None


def marks_of(desk: ReaderContext, section: str) -> list[Tag]:
    """What is told of a section in the list of all: that it has changed, and that it matters to the reader."""
    change = desk.changed.get(section)
    changed = [Tag(message(f"reading_mark_{change.state}"), "warning")] if change else []
    return [*changed, *([MATTERS] if section in desk.short else [])]


class ChangeNote(NamedTuple):
    """What has become of a section since the reader last read it: a sentence, and each place with both wordings; none of a section that is new."""

    words: Message
    hunks: tuple[Hunk, ...]


def change_note(desk: ReaderContext, section: str) -> ChangeNote | None:
    """The note at a section that has changed."""
    change = desk.changed.get(section)
    if change is None:
        return None
    return ChangeNote(message(f"reading_changed_{change.state}"), change.hunks if change.state == "changed" else ())


def jump_from(desk: ReaderContext, section: str) -> Words | None:
    """The words of the button that skips to the next section that the reader should read, where that is not simply the next one."""
    target, path = desk.next_to_read(section), desk.path(section)
    at = path.index(section)
    is_next = at + 1 < len(path) and path[at + 1] == target
    return message("reading_jump", title=desk.title(target)) if target and not is_next and desk.may_write else None
