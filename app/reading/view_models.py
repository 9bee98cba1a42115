"""What the pages of a reader's workspace show, as plain values: every choice that a page makes is made here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.models.comments import Comment
from app.pack.load import the_pack
from app.pack.text import TAGS
from app.web.view_models import AddressOf, Color, ContentWords, Day, Link, Message, Notice, Tag, TimeOfDay, Words, counted, message

from .context import ReaderContext
from .reading_time import MINUTES_A_COMMENT, WORDS_A_MINUTE
from .view_models_ways import changed_words, marks_of, papers, todo, ways_in

KIND_COLORS: Mapping[str, Color] = {"question": "info", "proposal": "accent", "disagreement": "warning", "support": "success"}
REACHED = frozenset({"in_force", "will_apply"})  # stages at which the text has got where it was to


class Alert(NamedTuple):
    """Sentences in a coloured box under a heading of their own, with a link. `is_status`: it tells of what was done just now."""

    color: Color
    title: Words | None
    words: tuple[Words, ...]
    link: Link | None = None
    link_class: str = "ds-link tall"
    is_status: bool = False


# ── what has become of the text ──


def stage_alert(desk: ReaderContext, address: AddressOf, has_link: bool = True) -> Alert | None:
    """What has become of the text since it was read; nothing, while that is still to come."""
    stage = desk.stage
    if stage.id in ("open", "closed"):
        return None
    title = message(f"reading_stage_{stage.id}", day=Day(stage.day) if stage.day else "")
    link = Link(message("reading_see_answers"), address("reading.answers", id=desk.reviewer.id)) if has_link and desk.comments else None
    return Alert("success" if stage.id in REACHED else "info", title, (message("reading_stage_text", number=desk.version.number),), link)


def closing_notice(desk: ReaderContext, address: AddressOf) -> Notice | None:
    """Until when what is written can be sent; afterwards, what becomes of the rest."""
    closes_at = desk.review.closes_at
    if desk.review.is_open and closes_at and not desk.reviewer.finished_at:
        link = Link(message("reading_nav_summary"), address("reading.summary", id=desk.reviewer.id))
        return Notice("warning", (message("reading_closing", day=closes_at, time=TimeOfDay(closes_at)),), link)
    if not desk.review.is_open and desk.reviewer.unsent():
        return Notice("warning", (message("reading_closed_unsent"),))
    return None


def link_notice(desk: ReaderContext) -> Notice | None:
    """Who else has had the reader's link in hand, while they may write."""
    if not desk.may_write:
        return None
    if not desk.reviewer.email:
        return Notice("warning", (message("reading_link_given"),))
    made_at = desk.reviewer.link_made_at
    return Notice("warning", (message("reading_link_made", day=made_at),)) if made_at else None


def _closed(link: Link | None = None) -> Alert:
    return Alert("info", message("reading_closed_title"), (message("reading_closed_text"),), link, "ds-button")


def _finished(desk: ReaderContext, is_status: bool) -> Alert:
    told = message("reading_told_by_mail" if desk.reviewer.email else "reading_told_by_link")
    return Alert("success", message("reading_finished_title"), (message("reading_finished_text"), told), is_status=is_status)


# ── the first screen ──


class SectionRow(NamedTuple):
    """One section in the list of all. `speaks` is the attribute for the language of its title; `marks` say whether it has changed, matters to the
    reader, was read or spoken of.
    """

    title: Words
    address: str
    level: int
    speaks: Mapping[str, str]
    marks: tuple[Tag, ...]


def overview_page(desk: ReaderContext, left: int, address: AddressOf) -> dict[str, Any]:
    """Everything that the first screen says about the reader's own way, by the names in its template. `left` counts the days to the deadline."""
    return {
        "heading": message("reading_overview_title" if desk.review.is_open else "reading_overview_title_over"),
        "lead": [*_lead(desk), *_deadline(desk, left)] if desk.may_write else [],
        "standing": _standing(desk, address),
        "answered": _has_answers(desk, address),
        "ways": ways_in(desk, address),
        "read": sum(section.id in desk.reviewer.seen for section in desk.sections),
        "written": counted("reading_progress_said", len(desk.comments)) if desk.comments else None,
        "changed": changed_words(desk),
        "todo": todo(desk, len(the_pack().review.process), address),
        "papers": papers(desk, address),
        "rows": section_rows(desk, address),
        "speed": WORDS_A_MINUTE,
        "comment_minutes": MINUTES_A_COMMENT,
    }


def _lead(desk: ReaderContext) -> tuple[Message, ...]:
    return (message("reading_overview_lead", by=desk.asked_by) if desk.asked_by else message("reading_overview_lead_unnamed"),)


def _standing(desk: ReaderContext, address: AddressOf) -> Alert | None:
    """That the review is closed, or the reader done; what has become of the text is told elsewhere."""
    if desk.stage.id == "closed":
        return _closed(Link(message("reading_see_answers"), address("reading.answers", id=desk.reviewer.id)))
    return _finished(desk, is_status=False) if desk.review.is_open and not desk.may_write else None


def _deadline(desk: ReaderContext, left: int) -> tuple[Message, ...]:
    """The day to answer by, and how far away it is."""
    near = {0: message("reading_deadline_today"), 1: message("reading_deadline_one")}
    far = message("reading_deadline_more", left=left) if left > 0 else message("reading_deadline_past")
    return (message("reading_deadline", day=desk.review.answer_by), near.get(left, far))


def _has_answers(desk: ReaderContext, address: AddressOf) -> Notice | None:
    count = sum(bool(comment.outcome) for comment in desk.comments)
    if not count or not desk.review.is_open:
        return None
    link = Link(message("reading_see_answers"), address("reading.answers", id=desk.reviewer.id))
    return Notice("info", (message("reading_has_answers", count=count),), link)


def section_rows(desk: ReaderContext, address: AddressOf) -> list[SectionRow]:
    """Every section that the reader was asked to read, and the whole."""
    id, spoken_of = desk.reviewer.id, {comment.section_id for comment in desk.comments}
    said, read = Tag(message("reading_mark_said"), "info"), Tag(message("reading_mark_read"), "success")
    rows, speaks = [], {"lang": TAGS[desk.version.language]}
    for section in desk.sections:
        done = [said] if section.id in spoken_of else [read] if section.id in desk.reviewer.seen else []
        where = address("reading.section", id=id, section=section.id)
        rows.append(SectionRow(section.title, where, section.level, speaks, (*marks_of(desk, section.id), *done)))
    of_whole = (said,) if "" in spoken_of else ()
    return [*rows, SectionRow(message("reading_whole_title"), address("reading.whole", id=id), 1, {}, of_whole)]


# ── what the reader has said ──


def kind_tag(kind: str) -> Tag:
    """What kind of remark it is; none, as long as nothing was chosen."""
    return Tag(kind_words(kind), KIND_COLORS.get(kind, "neutral"))


def kind_words(kind: str) -> Words:
    """What the content calls the kind."""
    return ContentWords(the_pack().review.kind(kind).label) if kind else message("reading_kind_none")


class RemarkCard(NamedTuple):
    """One remark of the reader's own, how far it has come, and what may be done about it."""

    remark: Comment
    state: Message
    links: tuple[Link, ...]


def remark_card(comment: Comment, id: str, may_write: bool, address: AddressOf) -> RemarkCard:
    """The card of a remark of the reader `id`."""
    state = "answered" if comment.outcome else "sent" if comment.sent_at else "unsent"
    return RemarkCard(comment, message(f"reading_state_{state}"), tuple(_deeds(comment, id, may_write, address)))


def _deeds(comment: Comment, id: str, may_write: bool, address: AddressOf) -> Iterator[Link]:
    """What was answered is read; what was not can be changed, and deleted also later when it was never sent."""
    if comment.outcome:
        yield Link(message("reading_see_answer"), f"{address('reading.answers', id=id)}#c-{comment.id}")
        return
    about = kind_words(comment.kind)
    if may_write:
        yield Link(message("reading_change"), address("reading.comment", id=id, comment=comment.id), about)
    if may_write or not comment.sent_at:
        yield Link(message("reading_delete"), address("reading.delete", id=id, comment=comment.id), about)


def summary_lead(desk: ReaderContext) -> Message:
    """How much of what was said is not sent."""
    unsent = sum(comment.sent_at is None for comment in desk.comments)
    if not desk.comments:
        return message("reading_summary_nothing")
    return counted("reading_summary_unsent", unsent) if unsent else message("reading_summary_all_sent")


def summary_picture(desk: ReaderContext) -> str:
    """The drawing of the moment: all is sent, or nothing is said yet; none in between."""
    return "sent" if desk.reviewer.finished_at else "" if desk.comments else "no_comments"


def summary_alert(desk: ReaderContext, just: str) -> Alert | None:
    """Where the reader stands, or what the button did that was pressed `just` now."""
    if desk.stage.id not in ("open", "closed"):
        return None
    if not desk.review.is_open:
        return _closed()
    if desk.reviewer.finished_at:
        return _finished(desk, is_status=True)
    done = {"send": Alert("success", None, (message("reading_sent_now"),), is_status=True)}
    return (done | {"reopen": Alert("info", None, (message("reading_reopened"),), is_status=True)}).get(just)


class Deed(NamedTuple):
    """One button of the summary: its id and the key of its words, whether it is the main one, and whether it deletes."""

    id: str
    is_main: bool = False
    is_danger: bool = False


def summary_deeds(desk: ReaderContext) -> list[Deed]:
    """What may be done with all that was said: send it, be done, take it up again, or delete what was not sent."""
    unsent = any(comment.sent_at is None for comment in desk.comments)
    if desk.may_write:
        return [Deed("finish", is_main=True), *([Deed("send")] if unsent else [])]
    if desk.review.is_open:
        return [Deed("reopen")]
    return [Deed("forget", is_danger=True)] if desk.reviewer.unsent() else []
