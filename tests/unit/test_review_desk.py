"""The desk where HR answers comments: who has read how far, what may be chosen, and the way to the next that waits for an answer."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from app.review import view_models_desk as desk
from app.review.view_models_reviews import Bar, Progress, Visit, read_of, reader_card
from app.web.view_models import counted, message

AT = datetime(2026, 10, 1, 12, tzinfo=UTC)
SECTIONS = ["a", "b", "c"]
REVIEWS: Any = [SimpleNamespace(id="now", sections=SECTIONS)]


def address(endpoint: str = "here", **values: Any) -> str:
    return f"{endpoint}({', '.join(f'{name}={value}' for name, value in values.items())})"


def reader(id: str = "r", **more: Any) -> Any:
    values = {"id": id, "name": id.upper(), "role": "verneombud", "review_id": "now", "opened_at": AT, "revoked_at": None, "seen": []}
    return SimpleNamespace(**values | more)


def comment(id: str, reviewer: str = "r", kind: str = "question", needs_answer: bool = True) -> Any:
    return SimpleNamespace(id=id, reviewer_id=reviewer, kind=kind, needs_answer=needs_answer)


def test_how_many_are_read_is_told_and_of_those_that_were_sent_alone() -> None:
    assert read_of(reader(seen=["a", "c", "gone"]), SECTIONS) == Bar(2, 3, message("review_read", part=2, whole=3))
    assert read_of(reader(), SECTIONS) == Bar(0, 3, message("review_read", part=0, whole=3))
    assert read_of(reader(opened_at=None), SECTIONS) is None
    assert read_of(reader(), []) is None


@pytest.mark.parametrize(("revoked_at", "is_told"), [(None, True), (AT, False)])
def test_the_overview_tells_it_as_long_as_the_invitation_stands(revoked_at: Any, is_told: bool) -> None:
    rest = {"email": "", "undelivered_at": None, "reminded_at": None, "finished_at": None, "link_made_at": None}
    one = reader(revoked_at=revoked_at, **rest)
    assert bool(reader_card(Progress(one, 0, 0, False, SECTIONS), Visit("p", True, True, address)).read) == is_told


def test_every_reader_has_a_row_with_what_waits_for_an_answer() -> None:
    said = [comment("1"), comment("2", needs_answer=False), comment("3", "gone", needs_answer=False)]
    people = [reader(seen=["a"]), reader("quiet"), reader("gone", revoked_at=AT), reader("slip", revoked_at=AT)]
    rows = desk.reader_rows(REVIEWS, people, said, "p", address)
    assert [row.name for row in rows] == ["R", "QUIET", "GONE"]
    assert rows[0].said is not None
    assert (rows[0].said.words, rows[0].said.address) == (counted("review_sent", 2), "review.comments(id=p, reader=r)")
    assert [row.waiting for row in rows] == [counted("review_desk_waiting", 1), None, None]
    assert [row.said is None for row in rows] == [False, True, False]
    assert [row.read.value if row.read else None for row in rows] == [1, 0, None]


def test_the_lists_keep_what_is_shown_and_know_what_is_chosen() -> None:
    found = desk.filters([], {"reader": [("", "alle"), ("r", "Vera")]}, {"show": "open", "reader": "r"})
    assert found.show == "open"
    assert [(one.name, one.label) for one in found.lists] == [("reader", message("review_filter_reader"))]
    assert [choice.is_chosen for choice in found.lists[0].choices] == [False, True]
    assert desk.filters([], {"reader": [("", "alle")]}, {}).lists[0].choices[0].is_chosen


@pytest.mark.parametrize(
    ("show", "kinds"),
    [("", "abc"), ("open", "ab"), ("disagreement", "b"), ("proposals", "c"), ("anything", "abc")],
)
def test_what_a_filter_shows(show: str, kinds: str) -> None:
    said = [comment("a"), comment("b", kind="disagreement"), comment("c", kind="proposal", needs_answer=False)]
    assert [one.id for one in said if desk.is_shown(one, show)] == list(kinds)


def test_each_comment_leads_to_the_next_that_waits_and_the_last_to_the_first() -> None:
    said = [comment("a"), comment("b", needs_answer=False), comment("c")]
    ways = {id: link.address for id, link in desk.next_ways(said, address).items()}
    assert ways == {"a": "here(answer=c)#comment-c", "b": "here(answer=c)#comment-c", "c": "here(answer=a)#comment-a"}
    first = desk.first_way(said, address)
    assert first is not None
    assert first.address == "here(answer=a)#comment-a"


def test_where_nothing_waits_there_is_no_way_on_and_the_only_one_does_not_lead_to_itself() -> None:
    done = [comment("a", needs_answer=False)]
    assert desk.next_ways(done, address) == {}
    assert desk.first_way(done, address) is None
    assert desk.next_ways([comment("a")], address) == {}
