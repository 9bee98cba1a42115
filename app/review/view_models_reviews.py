"""What HR's pages of a review show, as plain values: every choice that a page makes is made here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from app.clock import today
from app.models.comments import Comment
from app.models.reviews import Review, Reviewer
from app.pack.load import the_pack
from app.services.reviews.delivery import is_unreached
from app.web.view_models import AddressOf, ContentWords, Day, Link, Message, Notice, Tag, TimeOfDay, Words, counted, message


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at a page of a review: whether they may send and answer, take invitations back, and how addresses are made."""

    id: str
    may_work: bool
    may_revoke: bool
    address: AddressOf


class EarlierReader(NamedTuple):
    """A reader of an earlier review."""

    name: str
    role: Words
    revoke: Link


# ── the overview ──


class Bar(NamedTuple):
    """So many of so many, as a bar with the words beside it."""

    value: int
    most: int
    words: Message


def read_of(reviewer: Reviewer, sections: Sequence[str]) -> Bar | None:
    """How many of the `sections` that were sent a reader has read, never which; nothing before the link was opened."""
    if reviewer.opened_at is None or not sections:
        return None
    read = len(set(sections) & set(reviewer.seen))
    return Bar(read, len(sections), message("review_read", part=read, whole=len(sections)))


@dataclass(frozen=True, slots=True)
class Progress:
    """One reader and how far they have come: comments `sent`, comments still `unsent`, and whether they may be reminded today.

    `sections` are those that they were asked to read.
    """

    reviewer: Reviewer
    sent: int
    unsent: int
    can_be_reminded: bool
    sections: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ReaderCard:
    """One reader as the overview shows them: how far they have come, and what may be done. `remind` is the address of the button, if any."""

    id: str
    name: str
    role: Words
    way: Words
    state: Tag
    read: Bar | None
    is_undelivered: bool
    has_opened: bool
    sent: Link | None
    unsent: Message | None
    reminded: Message | None
    statement: Link | None
    remind: str
    links: tuple[Link, ...]


def reader_card(progress: Progress, visit: Visit) -> ReaderCard:
    """What the overview says of one reader, and offers to whoever visits."""
    reviewer = progress.reviewer
    can_be_reminded = visit.may_work and visit.may_revoke and progress.can_be_reminded and not reviewer.revoked_at
    return ReaderCard(
        id=reviewer.id,
        name=reviewer.name,
        role=role_of(reviewer),
        way=reviewer.email or message("review_by_link"),
        state=state_of(progress),
        read=read_of(reviewer, progress.sections) if not reviewer.revoked_at else None,
        is_undelivered=bool(reviewer.undelivered_at and not reviewer.revoked_at),
        has_opened=reviewer.opened_at is not None,
        sent=_sent(progress, visit) if progress.sent else None,
        unsent=counted("review_unsent", progress.unsent) if progress.unsent else None,
        reminded=message("review_reminded", day=reviewer.reminded_at) if reviewer.reminded_at else None,
        statement=_link("review_statement", "review.statement", reviewer, visit) if reviewer.finished_at else None,
        remind=visit.address("review.remind", id=visit.id, reviewer=reviewer.id) if can_be_reminded else "",
        links=tuple(_links(reviewer, visit)),
    )


def role_of(reviewer: Reviewer) -> Words:
    """The role in which somebody reads, in the words of the content."""
    return ContentWords(the_pack().review.role(reviewer.role).label)


def _link(key: str, endpoint: str, reviewer: Reviewer, visit: Visit) -> Link:
    return Link(message(key), visit.address(endpoint, id=visit.id, reviewer=reviewer.id), reviewer.name)


def state_of(progress: Progress) -> Tag:
    """How far a reader has come, or what keeps them."""
    reviewer = progress.reviewer
    if reviewer.revoked_at:
        return Tag(message("review_state_revoked"))
    if reviewer.finished_at:
        return Tag(message("review_state_finished", day=reviewer.finished_at), "success")
    if progress.sent + progress.unsent:
        return Tag(message("review_state_writing"), "info")
    return _state_before_writing(reviewer)


def _state_before_writing(reviewer: Reviewer) -> Tag:
    if reviewer.opened_at:
        return Tag(message("review_state_opened", day=reviewer.opened_at), "info")
    if is_unreached(reviewer):
        return Tag(message("review_state_undelivered"), "danger")
    return Tag(message("review_state_not_opened"), "warning")


def _sent(progress: Progress, visit: Visit) -> Link:
    """The comments of one reader."""
    reviewer = progress.reviewer
    return Link(counted("review_sent", progress.sent), visit.address("review.comments", id=visit.id, reader=reviewer.id), reviewer.name)


def _links(reviewer: Reviewer, visit: Visit) -> Iterator[Link]:
    if not visit.may_revoke or reviewer.revoked_at:
        return
    if visit.may_work:
        yield _link("review_link_title", "review.link", reviewer, visit)
    yield _link("review_revoke", "review.revoke", reviewer, visit)


class Fact(NamedTuple):
    """One figure of a review, with what is said behind it."""

    label: Message
    value: Words
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """The review that is open, or was last: what it is, its figures, what should be known, and the main ways on."""

    lead: Message
    facts: tuple[Fact, ...]
    notices: tuple[Notice, ...]
    to_comments: Link
    invite: Link | None
    is_open: bool


def review_summary(review: Review, number: int, progress: Sequence[Progress], comments: Sequence[Comment], visit: Visit) -> ReviewSummary:
    """What the overview says of a review of version `number`, and of the comments of its round."""
    waiting = sum(comment.needs_answer for comment in comments)
    finished = sum(one.reviewer.finished_at is not None for one in progress)
    return ReviewSummary(
        lead=_lead(review, number),
        facts=(
            Fact(message("review_fact_answer_by"), Day(review.answer_by), _left(review) if review.is_open else None),
            Fact(message("review_fact_finished"), message("review_of", part=finished, whole=len(progress))),
            Fact(message("review_fact_comments"), str(len(comments))),
            Fact(message("review_fact_waiting"), str(waiting)),
        ),
        notices=tuple(_notices(review, visit)),
        to_comments=_to_comments(waiting, visit),
        invite=_invite(review, visit) if visit.may_work else None,
        is_open=review.is_open,
    )


def _lead(review: Review, number: int) -> Message:
    if review.is_open:
        return message("review_lead_open", number=number, day=review.opened_at)
    return message("review_lead_closed", number=number, day=review.closed_at)


def _left(review: Review) -> Message:
    """How many days are left to answer; the last two have words of their own."""
    days = (review.answer_by - today()).days
    if days < 0:
        return message("review_late")
    return message(f"review_left_{days}") if days in (0, 1) else message("review_left", days=days)


def _notices(review: Review, visit: Visit) -> Iterator[Notice]:
    if review.is_open and review.closes_at:
        undo = Link(message("review_closing_not"), visit.address("review.move", id=visit.id)) if visit.may_work else None
        yield Notice("info", (closing_of(review.closes_at),), undo)
    if review.is_open and review.answer_by < today() and visit.may_work:
        yield Notice("info", (message("review_late_text"),))


def closing_of(at: datetime) -> Message:
    """When a review closes that waits for words which were not sent yet."""
    return message("review_closing", day=at, time=TimeOfDay(at))


def _to_comments(waiting: int, visit: Visit) -> Link:
    is_asked = waiting and visit.may_work
    words = counted("review_to_answer", waiting) if is_asked else message("review_to_comments")
    return Link(words, visit.address("review.comments", id=visit.id))


def _invite(review: Review, visit: Visit) -> Link:
    if review.is_open:
        return Link(message("review_invite_title"), visit.address("review.invite", id=visit.id))
    return Link(message("review_again"), visit.address("review.new", id=visit.id))


@dataclass(frozen=True, slots=True)
class Numbered:
    """Words with a number behind them."""

    words: Message
    count: int

    def __str__(self) -> str:
        """The words; without a number when there is nothing to count."""
        return f"{self.words} ({self.count})" if self.count else str(self.words)


def more_links(review: Review | None, meetings: int, visit: Visit) -> list[Link]:
    """The other ways on from the overview."""
    found: list[tuple[Words, str]] = []
    if review and review.is_open and visit.may_work:
        found += [(message("review_date_title"), "review.move"), (message("review_close_title"), "review.close")]
    found.append((Numbered(message("review_meetings_title"), meetings), "review.meetings"))
    if review or meetings:
        found.append((message("review_record_title"), "review.read_record"))
    return [Link(words, visit.address(endpoint, id=visit.id)) for words, endpoint in found]


def earlier_reader(reviewer: Reviewer, visit: Visit) -> EarlierReader:
    """Somebody whose link to another review is still good, and where it is taken back."""
    return EarlierReader(reviewer.name, role_of(reviewer), _link("review_revoke", "review.revoke", reviewer, visit))


# ── closing ──


def closing_page(review: Review, readers: Sequence[Reviewer], unsent: int) -> dict[str, Any]:
    """What is said before a review is closed. `unsent`: how many comments were not sent; for these it waits once."""
    waits = review.closes_at is not None
    return {
        "closing": closing_of(review.closes_at) if review.closes_at else None,
        "consequences": _consequences(unsent, waits),
        "reading": ", ".join(one.name for one in readers if one.finished_at is None and one.revoked_at is None),
        "button": _close_button(unsent, waits),
    }


def _consequences(unsent: int, waits: bool) -> list[tuple[Message, ...]]:
    """What closing means, point by point."""
    kept: tuple[Message, ...] = (counted("review_close_2", unsent) if unsent else message("review_close_2_none"),)
    if unsent and not waits:
        kept += (message("review_close_later"),)
    return [(message("review_close_1"),), kept, (message("review_close_3"),), (message("review_close_4"),)]


def _close_button(unsent: int, waits: bool) -> Message | None:
    """The button; none while the review waits for what was not sent."""
    if not unsent:
        return message("review_close_button")
    return None if waits else message("review_close_button_later")


# ── what cannot be done ──


def ways_on(why: str, id: str, address: AddressOf) -> list[Link]:
    """Where to go on when something cannot be done: first to where it is mended, if that is elsewhere than among the reviews."""
    mends = {
        "locked": Link(message("review_to_status"), address("decisions.status", id=id)),
        "late": Link(message("review_date_title"), address("review.move", id=id)),
    }
    return [*([mends[why]] if why in mends else []), Link(message("review_to_overview"), address("review.overview", id=id))]
