"""Reminders go out three days before the date and on the day, to those who can still do something; once, however many processes there are."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine

from app.clock import OSLO
from app.models.audit_log import Event
from app.models.db import db
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer, ReviewerLink
from app.services.reviews import reminders
from app.services.reviews.actions import letter
from app.ui_texts import say
from tests.web.hr import Desk, desk, invited, letters, opened, within

START = datetime(2027, 3, 1, 12, 0, tzinfo=OSLO)
LAST = datetime(2027, 3, 22, tzinfo=OSLO)  # the date to answer by


def at(days_before: float, hour: int = 9) -> datetime:
    return LAST - timedelta(days=days_before) + timedelta(hours=hour)


@pytest.fixture
def place(app: Any) -> Any:
    with time_machine.travel(START, tick=False):
        found = desk(app)
        opened(found)
        invited(found)
    with within(app):
        Review.open_of(found.id).move(LAST.date())
    return found


def reminded(place: Desk, when: datetime) -> int:
    """How many were reminded at this time."""
    with time_machine.travel(when, tick=False), place.app.app_context():
        return reminders.remind(when)


def days_of(place: Desk) -> list[float]:
    """Ask every hour from the start until a week after the date; how many days before the date somebody was reminded."""
    found, when = [], START
    while when < LAST + timedelta(days=7):
        found += [round((LAST - when).total_seconds() / 86400, 1)] * reminded(place, when)
        when += timedelta(hours=6)
    return found


def change(place: Desk, **values: Any) -> None:
    with within(place.app) as session:
        reviewer = session.query(Reviewer).one()
        for name, value in values.items():
            setattr(reviewer, name, value)


def test_three_days_before_and_on_the_day(place) -> None:
    assert days_of(place) == [2.5, -0.5]
    [first, last] = letters(place.app)
    assert "det er om 3 dager" in first[1].text or "det er om 2 dager" in first[1].text
    assert "det er i dag" in last[1].text


def test_the_log_says_that_nobody_pressed_a_button(place) -> None:
    reminded(place, at(3))
    with within(place.app) as session:
        [event] = session.query(Event).filter_by(what="reviewer_reminded")
        assert (event.person_id, event.about["automatic"]) == (None, 1)


def test_not_at_night_and_in_the_time_of_norway(place) -> None:
    assert reminded(place, at(3, hour=6)) == 0
    assert reminded(place, at(3, hour=7)) == 1
    assert reminded(place, at(3, hour=8)) == 0


def test_a_server_that_slept_reminds_when_it_wakes(place) -> None:
    assert reminded(place, at(1)) == 1
    assert reminded(place, at(0)) == 1
    assert reminded(place, at(-1)) == 0


@pytest.mark.parametrize("what", ["finished_at", "revoked_at"])
def test_who_is_done_or_uninvited_hears_no_more(place, what) -> None:
    assert reminded(place, at(3)) == 1
    change(place, **{what: at(2)})
    assert reminded(place, at(0)) == 0


def test_who_has_no_address_is_passed_over(place) -> None:
    change(place, email="")
    assert days_of(place) == []


def test_a_review_that_is_closed_or_a_policy_put_away_reminds_nobody(place) -> None:
    with within(place.app) as session:
        session.get(Policy, place.id).archived_at = START
    assert reminded(place, at(3)) == 0
    with within(place.app) as session:
        session.get(Policy, place.id).archived_at = None
        Review.open_of(place.id).closed_at = START
    assert reminded(place, at(3)) == 0


def test_who_was_invited_or_reminded_just_now_is_left_in_peace(place) -> None:
    change(place, invited_at=at(2))
    assert reminded(place, at(1)) == 0
    assert reminded(place, at(0)) == 1
    change(place, invited_at=START, reminded_at=at(3, hour=8))
    assert reminded(place, at(2)) == 0


def test_a_new_date_begins_anew(place) -> None:
    assert reminded(place, at(3)) == 1
    with within(place.app):
        Review.open_of(place.id).move(LAST.date() + timedelta(days=14))
    assert reminded(place, at(0)) == 0
    assert reminded(place, at(-11)) == 1


def test_several_processes_remind_once(place) -> None:
    when, ready, found = at(3), Barrier(4), []

    def one() -> None:
        with place.app.app_context():
            ready.wait()
            found.append(reminders.remind(when))
            db.session.remove()

    with time_machine.travel(when, tick=False):
        threads = [Thread(target=one) for _ in range(4)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
    assert sum(found) == 1
    assert len(letters(place.app)) == 1


def test_the_letter_has_a_link_that_opens_the_review(place) -> None:
    with within(place.app):
        Review.open_of(place.id).origin = "https://rusoff.example.no"
    reminded(place, at(3))
    [(_, found)] = letters(place.app)
    token = found.text.partition("https://rusoff.example.no/nb/read/")[2].split()[0]
    with time_machine.travel(at(0), tick=False), within(place.app):
        assert ReviewerLink.reviewer_with(token).name == "Vera"


def test_a_letter_that_cannot_be_written_keeps_nobody_else_waiting(place, monkeypatch) -> None:
    with time_machine.travel(START, tick=False):
        invited(place, "Per", "per@example.no")
    unlucky = []

    def write(reviewer: Reviewer, *rest: Any, **values: Any) -> None:
        if not unlucky:
            unlucky.append(reviewer.id)
            raise ValueError
        letter(reviewer, *rest, **values)

    monkeypatch.setattr(reminders, "letter", write)
    assert reminded(place, at(3)) == 1
    monkeypatch.undo()
    assert reminded(place, at(3, hour=10)) == 1, "what was undone is tried again"


def test_tidying_reminds(place) -> None:
    from app.server import serve

    with time_machine.travel(at(3), tick=False):
        serve.tidy(place.app)
    assert [kind for kind, _ in letters(place.app)] == ["review_reminder"]


def test_who_has_words_that_are_not_sent_is_told(place) -> None:
    with within(place.app) as session:
        session.query(Reviewer).one().statement = "Halvferdig"
    reminded(place, at(3))
    change(place, statement="")
    reminded(place, at(0))
    [first, last] = letters(place.app)
    assert say("mail_unsent", "nb") in first[1].text
    assert say("mail_unsent", "nb") not in last[1].text
    assert "Halvferdig" not in first[1].text
