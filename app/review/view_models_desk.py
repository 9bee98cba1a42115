"""What stands on the desk where HR answers comments: who has read how far, the ways to choose, and the way to the next that waits for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.models.comments import Comment
from app.models.reviews import Review, Reviewer
from app.web.view_models import AddressOf, Link, Message, Words, counted, message

from .view_models_comments import Filter
from .view_models_reviews import Bar, read_of, role_of

KINDS: Mapping[str, str] = {
    "disagreement": "disagreement",
    "proposals": "proposal",
}  # what the filter `show` may say, and the kind of comment that it means


class ReaderRow(NamedTuple):
    """One reader at the desk: who they are, how far they have read, and the way to what they have said."""

    name: str
    role: Words
    read: Bar | None
    said: Link | None
    waiting: Message | None


def reader_rows(reviews: Iterable[Review], readers: Iterable[Reviewer], said: Sequence[Comment], id: str, address: AddressOf) -> list[ReaderRow]:
    """Everybody who was asked in this round and whose invitation stands, or who has said something."""
    sections = {review.id: review.sections for review in reviews}
    theirs = [(one, [comment for comment in said if comment.reviewer_id == one.id]) for one in readers]
    return [_reader_row(one, words, sections.get(one.review_id, []), id, address) for one, words in theirs if words or not one.revoked_at]


def _reader_row(reviewer: Reviewer, said: Sequence[Comment], sections: Sequence[str], id: str, address: AddressOf) -> ReaderRow:
    waiting = sum(comment.needs_answer for comment in said)
    return ReaderRow(
        name=reviewer.name,
        role=role_of(reviewer),
        read=read_of(reviewer, sections) if not reviewer.revoked_at else None,
        said=Link(counted("review_sent", len(said)), address("review.comments", id=id, reader=reviewer.id), reviewer.name) if said else None,
        waiting=counted("review_desk_waiting", waiting) if waiting else None,
    )


class Choice(NamedTuple):
    """One value of a list to choose from."""

    value: str
    words: Words
    is_chosen: bool


class ChoiceList(NamedTuple):
    """A list to choose from: the name of its filter, what it is called, and its values."""

    name: str
    label: Message
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Filters:
    """The ways to choose among the comments: links for what is shown, lists for whose and where. `show` is kept when a list is changed."""

    shown: list[Filter]
    lists: list[ChoiceList]
    show: str


def filters(shown: list[Filter], offered: Mapping[str, Iterable[tuple[str, Words]]], chosen: Mapping[str, str]) -> Filters:
    """The filters of the desk. `offered` are the values of each list, by the name of its filter."""
    lists = [
        ChoiceList(name, message(f"review_filter_{name}"), [Choice(value, words, chosen.get(name, "") == value) for value, words in values])
        for name, values in offered.items()
    ]
    return Filters(shown, lists, chosen.get("show", ""))


def is_shown(comment: Comment, show: str) -> bool:
    """Whether the filter `show` lets a comment through; one that it does not know lets everything."""
    if show == "open":
        return comment.needs_answer
    return comment.kind == KINDS[show] if show in KINDS else True


def next_ways(comments: Sequence[Comment], to: AddressOf) -> dict[str, Link]:
    """For each comment, in the order of the page, the way to the next one that waits for an answer; past the last one from the start."""
    waiting = [at for at, comment in enumerate(comments) if comment.needs_answer]
    found: dict[str, Link] = {}
    for at, comment in enumerate(comments):
        following = next((one for one in [*(w for w in waiting if w > at), *waiting] if one != at), None)
        if following is not None:
            id = comments[following].id
            found[comment.id] = Link(message("review_desk_next"), f"{to(answer=id)}#comment-{id}")
    return found


def first_way(comments: Sequence[Comment], to: AddressOf) -> Link | None:
    """The way to the first comment that waits for an answer."""
    first = next((comment.id for comment in comments if comment.needs_answer), "")
    return Link(message("review_desk_next"), f"{to(answer=first)}#comment-{first}") if first else None
