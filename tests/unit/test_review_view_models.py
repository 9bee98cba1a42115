"""What HR's pages of a review show: every choice of theirs, without a request and without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from app.clock import today
from app.pack.load import the_pack
from app.review import view_models_comments as comments
from app.review import view_models_reviews as reviews
from app.web.view_models import ContentWords, Day, Link, Message, Notice, Tag, TimeOfDay, counted, message

AT = datetime(2026, 10, 1, 12, tzinfo=UTC)
REVIEW = the_pack().review


def address(endpoint: str, **values: Any) -> str:
    return f"{endpoint}({', '.join(f'{name}={value}' for name, value in values.items())})"


HR = reviews.Visit("p", True, True, address)
LOCKED = reviews.Visit("p", False, True, address)
MEMBER = reviews.Visit("p", False, False, address)


def reader(**more: Any) -> Any:
    values = {"id": "r", "name": "Vera", "email": "vera@example.no", "role": "verneombud"}
    values |= dict.fromkeys(("opened_at", "finished_at", "revoked_at", "reminded_at", "undelivered_at"))
    return SimpleNamespace(**values | more)


def progress(sent: int = 0, unsent: int = 0, can_be_reminded: bool = False, **more: Any) -> reviews.Progress:
    return reviews.Progress(reader(**more), sent, unsent, can_be_reminded)


# ── readers ──


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (progress(), Tag(message("review_state_not_opened"), "warning")),
        (progress(undelivered_at=AT), Tag(message("review_state_undelivered"), "danger")),
        (progress(opened_at=AT, undelivered_at=AT), Tag(message("review_state_opened", day=AT), "info")),
        (progress(sent=1, opened_at=AT), Tag(message("review_state_writing"), "info")),
        (progress(unsent=1, opened_at=AT), Tag(message("review_state_writing"), "info")),
        (progress(sent=1, opened_at=AT, finished_at=AT), Tag(message("review_state_finished", day=AT), "success")),
        (progress(opened_at=AT, finished_at=AT, revoked_at=AT), Tag(message("review_state_revoked"))),
    ],
)
def test_the_state_of_a_reader_is_the_last_thing_that_counts(one, state) -> None:
    assert reviews.reader_card(one, HR).state == state


def test_what_a_reader_has_said_is_counted() -> None:
    none, some = reviews.reader_card(progress(), HR), reviews.reader_card(progress(2, 1, reminded_at=AT), HR)
    assert (none.sent, none.unsent, none.reminded) == (None, None, None)
    assert some.sent == Link(counted("review_sent", 2), "review.comments(id=p, reader=r)", "Vera")
    assert (some.unsent, some.reminded) == (counted("review_unsent", 1), message("review_reminded", day=AT))


def test_a_reader_is_shown_with_role_and_the_way_in() -> None:
    assert reviews.reader_card(progress(), HR).role == ContentWords(REVIEW.role("verneombud").label)
    assert reviews.reader_card(progress(), HR).way == "vera@example.no"
    assert reviews.reader_card(progress(email=""), HR).way == message("review_by_link")


def test_a_letter_that_did_not_arrive_is_told_until_the_invitation_is_taken_back() -> None:
    assert not reviews.reader_card(progress(), HR).is_undelivered
    lost = reviews.reader_card(progress(undelivered_at=AT), HR)
    assert (lost.is_undelivered, lost.has_opened) == (True, False)
    assert reviews.reader_card(progress(undelivered_at=AT, opened_at=AT), HR).has_opened
    assert not reviews.reader_card(progress(undelivered_at=AT, revoked_at=AT), HR).is_undelivered


def offered(one: reviews.Progress, visit: reviews.Visit) -> list[str]:
    card = reviews.reader_card(one, visit)
    return [*(["remind"] if card.remind else []), *(str(link.address).partition("(")[0] for link in card.links)]


def test_what_may_be_done_with_a_reader_depends_on_who_looks() -> None:
    due = progress(can_be_reminded=True)
    assert offered(due, HR) == ["remind", "review.link", "review.revoke"]
    assert offered(progress(), HR) == ["review.link", "review.revoke"]
    assert offered(due, LOCKED) == ["review.revoke"]
    assert offered(due, MEMBER) == []
    assert offered(progress(can_be_reminded=True, revoked_at=AT), HR) == []


def test_a_statement_is_there_once_its_reader_is_done() -> None:
    assert reviews.reader_card(progress(), MEMBER).statement is None
    found = reviews.reader_card(progress(finished_at=AT), MEMBER).statement
    assert found == Link(message("review_statement"), "review.statement(id=p, reviewer=r)", "Vera")


def test_an_earlier_reader_can_be_stopped() -> None:
    found = reviews.earlier_reader(reader(), HR)
    assert (found.name, found.revoke) == ("Vera", Link(message("review_revoke"), "review.revoke(id=p, reviewer=r)", "Vera"))


# ── the review ──


def review(is_open: bool = True, days: int = 5, closes_at: datetime | None = None) -> Any:
    closed_at = None if is_open else AT
    return SimpleNamespace(is_open=is_open, answer_by=today() + timedelta(days), opened_at=AT, closed_at=closed_at, closes_at=closes_at)


def said(**more: Any) -> Any:
    values = {"id": "c", "kind": "proposal", "needs_answer": False, "outcome": "", "answer": "", "mended": "", "reply": "", "stands": False}
    return SimpleNamespace(**values | {"section_id": "purpose", "words": "Hvorfor?", "wording": ""} | more)


def summary(of: Any, visit: reviews.Visit = HR, *comments: Any) -> reviews.ReviewSummary:
    return reviews.review_summary(of, 3, [progress(finished_at=AT), progress()], comments, visit)


def test_a_review_is_told_with_its_figures() -> None:
    found = summary(review(), HR, said(needs_answer=True), said())
    assert found.lead == message("review_lead_open", number=3, day=AT)
    assert summary(review(is_open=False)).lead == message("review_lead_closed", number=3, day=AT)
    assert [fact.value for fact in found.facts] == [Day(review().answer_by), message("review_of", part=1, whole=2), "2", "1"]


@pytest.mark.parametrize(
    ("days", "left"),
    [(5, message("review_left", days=5)), (1, message("review_left_1")), (0, message("review_left_0")), (-1, message("review_late"))],
)
def test_the_days_that_are_left_are_told_while_the_review_is_open(days, left) -> None:
    assert summary(review(days=days)).facts[0].note == left
    assert summary(review(is_open=False, days=days)).facts[0].note is None


def test_a_review_that_closes_or_is_late_is_told_of() -> None:
    closing = summary(review(closes_at=AT)).notices[0]
    assert closing.words == (message("review_closing", day=AT, time=TimeOfDay(AT)),)
    assert closing.link == Link(message("review_closing_not"), "review.move(id=p)")
    assert summary(review(closes_at=AT), MEMBER).notices[0].link is None
    assert [notice.words[0].key for notice in summary(review(days=-1)).notices] == ["review_late_text"]
    assert summary(review(days=0)).notices == summary(review(days=-1), MEMBER).notices == summary(review(False, -1, AT)).notices == ()


def test_the_buttons_of_the_overview() -> None:
    waiting = said(needs_answer=True)
    assert summary(review(), HR, waiting).to_comments.words == counted("review_to_answer", 1)
    assert summary(review(), MEMBER, waiting).to_comments.words == summary(review()).to_comments.words == message("review_to_comments")
    assert summary(review()).invite == Link(message("review_invite_title"), "review.invite(id=p)")
    assert summary(review(is_open=False)).invite == Link(message("review_again"), "review.new(id=p)")
    assert summary(review(), MEMBER).invite is None


def more(of: Any, meetings: int, visit: reviews.Visit) -> list[str]:
    return [link.address.partition("(")[0].removeprefix("review.") for link in reviews.more_links(of, meetings, visit)]


def test_the_other_ways_on_from_the_overview() -> None:
    assert more(review(), 0, HR) == ["move", "close", "meetings", "read_record"]
    assert more(review(is_open=False), 0, HR) == more(review(), 0, MEMBER) == more(None, 1, HR) == ["meetings", "read_record"]
    assert more(None, 0, HR) == ["meetings"]


def test_before_a_review_is_closed_it_is_said_what_becomes_of_what_was_not_sent() -> None:
    def keys(unsent: int, closes_at: datetime | None = None) -> list[str]:
        return [one.key for one in reviews.closing_page(review(closes_at=closes_at), [], unsent)["consequences"][1]]

    assert keys(0) == ["review_close_2_none"]
    assert keys(2) == ["review_close_2", "review_close_later"]
    assert keys(2, AT) == ["review_close_2"]
    buttons = [reviews.closing_page(review(closes_at=at), [], unsent)["button"] for unsent, at in ((0, None), (0, AT), (1, None), (1, AT))]
    assert buttons == [message("review_close_button"), message("review_close_button"), message("review_close_button_later"), None]


def test_before_a_review_is_closed_those_are_named_who_still_read() -> None:
    everybody = [reader(), reader(name="Ola"), reader(name="Kari", finished_at=AT), reader(name="Per", revoked_at=AT)]
    assert reviews.closing_page(review(), everybody, 0)["reading"] == "Vera, Ola"


# ── the page of comments ──


def test_a_filter_keeps_the_others_and_the_empty_one_takes_itself_away() -> None:
    chosen = {"show": "open", "reader": "r"}
    everybody, one = comments.filters_of("reader", [("", "alle"), ("r", "Vera")], chosen, "p", address)
    assert everybody == comments.Filter("alle", "review.comments(id=p, show=open)", False)
    assert one == comments.Filter("Vera", "review.comments(id=p, show=open, reader=r)", True)
    assert comments.filters_of("section", [("", "alle")], chosen, "p", address)[0].is_chosen


def test_promises_are_a_filter_where_some_are_not_kept_or_where_it_is_chosen() -> None:
    assert [value for value, _ in comments.shown_choices(1, 0, {})] == ["", "open", "disagreement", "proposals"]
    assert [value for value, _ in comments.shown_choices(1, 2, {})] == ["", "open", "disagreement", "proposals", "unchanged"]
    assert [value for value, _ in comments.shown_choices(1, 0, {"show": "unchanged"})] == ["", "open", "disagreement", "proposals", "unchanged"]


def test_what_is_said_above_the_comments() -> None:
    leads = [comments.lead_of(whole, waiting).key for whole, waiting in ((0, 0), (2, 0), (2, 1))]
    assert leads == ["review_comments_none", "review_comments_lead_done", "review_comments_lead"]
    assert [one.key for one in comments.done_of("answered", 1)] == ["review_done_answered"]
    assert [one.key for one in comments.done_of("answered", 0)] == ["review_done_answered", "review_done_all"]
    assert [one.key for one in comments.done_of("told", 0)] == ["review_done_told"]
    assert comments.done_of("", 0) == []
    assert comments.unsent_of(2, True) == counted("review_comments_unsent", 2)
    assert comments.unsent_of(2, False) is comments.unsent_of(0, True) is comments.broken_of(0, "p", address) is None
    broken = comments.broken_of(1, "p", address)
    assert broken == Notice("warning", (counted("review_broken", 1),), Link(message("review_broken_show"), "review.comments(id=p, show=unchanged)"))


@pytest.mark.parametrize(("why", "first"), [("locked", "decisions.status(id=p)"), ("late", "review.move(id=p)"), ("open", None)])
def test_what_cannot_be_done_is_mended_elsewhere_or_among_the_reviews(why, first) -> None:
    assert [link.address for link in reviews.ways_on(why, "p", address)] == [*([first] if first else []), "review.overview(id=p)"]


def test_those_who_do_not_know_of_their_answers_are_written_to_or_told_by_hand() -> None:
    assert comments.untold_of([], "p", address) is None
    found = comments.untold_of([reader(), reader(name="Ola", email="", id="o")], "p", address)
    assert found
    assert found.text == Message("review_untold", {"name": "Vera"}, 2)
    assert (found.has_letters, found.by_hand) == (True, (Link(message("review_link_title"), "review.link(id=p, reviewer=o)", "Ola"),))
    alone = comments.untold_of([reader(email="")], "p", address)
    assert alone
    assert not alone.has_letters


def card(is_mended: bool = False, is_broken: bool = False, **more: Any) -> comments.CommentCard:
    return comments.comment_card(comments.Item(said(**more), reader(), (), is_mended, is_broken), "p", address)


OUTCOME = REVIEW.outcome("taken_in")


@pytest.mark.parametrize(
    ("found", "tags"),
    [
        (card(needs_answer=True), [Tag(message("review_tag_open"), "warning")]),
        (card(kind="support"), []),
        (card(outcome="taken_in"), [Tag(ContentWords(OUTCOME.label), "success")]),
        (card(is_broken=True, outcome="taken_in"), [Tag(ContentWords(OUTCOME.planned), "warning")]),
        (card(outcome="noted"), [Tag(ContentWords(REVIEW.outcome("noted").label), "neutral")]),
        (
            card(outcome="not_taken_in", stands=True),
            [Tag(ContentWords(REVIEW.outcome("not_taken_in").label), "neutral"), Tag(ContentWords(REVIEW.stands.said), "danger")],
        ),
    ],
)
def test_a_comment_is_marked_with_what_became_of_it(found, tags) -> None:
    assert list(found.tags) == tags


def test_an_answer_is_shown_in_words_or_by_its_outcome() -> None:
    assert card().answered is None
    found = card(outcome="taken_in", answer="Ja", reply="Takk").answered
    assert found
    assert (found.quoted, found.reply, found.broken, found.mended) == ("Ja", "Takk", None, None)
    assert found.outcome == ContentWords(OUTCOME.label)


def test_a_promise_that_is_not_kept_is_told_of_the_section_or_of_the_whole() -> None:
    for section, key in (("purpose", "review_broken_here"), ("", "review_broken_whole")):
        found = card(is_broken=True, outcome="taken_in", section_id=section).answered
        assert found
        assert found.broken == message(key)


def test_the_question_that_was_changed_is_linked_as_long_as_it_is_asked() -> None:
    question = next(iter(the_pack().place))
    found = card(outcome="taken_in", mended=question).answered
    assert found
    assert found.mended
    assert found.mended.address.endswith(f"return=review)#q-{question}")
    assert found.mended_state == Tag(message("review_mended_no"), "warning")
    done, gone = card(is_mended=True, outcome="taken_in", mended=question).answered, card(outcome="taken_in", mended="gone").answered
    assert done
    assert done.mended_state == Tag(message("review_mended_yes"), "success")
    assert gone
    assert gone.mended is None


def test_the_button_that_opens_the_form_says_what_it_is_for() -> None:
    keys = [card(**more).to_answer.key for more in ({"outcome": "noted"}, {"kind": "support"}, {})]
    assert keys == ["review_answer_change", "review_answer_thank", "review_answer_open"]
