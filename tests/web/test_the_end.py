"""Whoever read a draft is told how it ended: their page at every stage, and a letter on the day the policy is in force."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from app.clock import OSLO, day_of, now
from app.models.comments import Comment
from app.models.reviews import Reviewer
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.server.serve import tidy
from app.services.reviews import outcomes
from app.ui_texts import say
from tests import world
from tests.deciding import Scene, scene
from tests.web.hr import letters, within

START = datetime(2027, 3, 1, 12, 0, tzinfo=OSLO)


class Reader:
    """A reader of the scene's review, which is closed, with one comment that was not taken in."""

    def __init__(self, place: Scene, email: str = "vera@example.no") -> None:
        with within(place.app) as session:
            review = world.review(session.get(world.Policy, place.id))
            reader = world.reviewer(review, email=email)
            comment = Comment.write(reader, "purpose", "disagreement", "Nei")
            comment.sent_at = reader.opened_at = now()
            comment.answer_with("not_taken_in", "Fordi", "", None)
            review.closed_at = now()
            session.flush()
            self.id = reader.id
            session.expunge(reader)
        self.browser = world.read_as(place.app.test_client(), reader)

    def page(self, name: str = "", language: str = "nb") -> str:
        return self.browser.get(f"/{language}/readings/{self.id}/{name}").text


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def place(app: Any, clock: Any) -> Scene:
    return scene(app)


def told(place: Scene) -> list[tuple[str, str]]:
    return [(kind, letter.to) for kind, letter in letters(place.app) if kind == "review_in_force"]


NOT_YET = "Ingenting er bestemt ennå"


@pytest.mark.parametrize("state", ["ready", "decided", "in_force"])
def test_her_page_says_what_has_become_of_the_text(place, state) -> None:
    vera = Reader(place)
    assert say("reading_closed_title", "nb") in vera.page()
    place.until(state)
    for language in LANGUAGES:
        stage = say(f"reading_stage_{state}", language, day=world_day(language))
        for page in ("", "answers", "summary", "sections/purpose"):
            assert stage in vera.page(page, language), page
        first = the_pack().review.expect.points[0].in_(language)
        assert first not in vera.page("", language)
    assert NOT_YET not in vera.page()


def world_day(language: str) -> str:
    return {"nb": "1. mars 2027", "nn": "1. mars 2027", "en": "1 March 2027"}[language]


@pytest.mark.parametrize(("result", "stage"), [("sent_back", "sent_back"), ("adopted_with_changes", "with_changes")])
def test_a_text_that_was_given_back_says_so(place, result, stage) -> None:
    vera = Reader(place)
    place.until("ready")
    place.decide(result=result, changes="Mer om natt")
    assert say(f"reading_stage_{stage}", "nb", day="1. mars 2027") in vera.page()
    assert NOT_YET not in vera.page()


def test_a_letter_goes_once_when_the_policy_is_in_force(place, clock) -> None:
    Reader(place), Reader(place, "")
    place.until("decided")
    tidy(place.app)
    assert told(place) == []
    place.until("in_force")
    tidy(place.app), tidy(place.app)
    assert told(place) == [("review_in_force", "vera@example.no")]
    text = next(letter.text for kind, letter in letters(place.app) if kind == "review_in_force")
    assert "gjelder fra 1. mars 2027" in text
    assert f"- {say('mail_met_not_taken_in', 'nb')}: 1" in text


def test_a_day_that_lies_ahead_is_waited_for(place, clock) -> None:
    vera = Reader(place)
    place.until("decided")
    place.put_in_force("15.03.2027")
    assert say("reading_stage_will_apply", "nb", day="15. mars 2027") in vera.page()
    tidy(place.app)
    assert told(place) == []
    clock.move_to(START + timedelta(days=13, hours=12, minutes=10))  # ten past midnight on the day
    tidy(place.app)
    assert told(place) == [], "nobody is written to at night"
    clock.shift(timedelta(hours=8))
    tidy(place.app)
    assert told(place) == [("review_in_force", "vera@example.no")]
    assert say("reading_stage_in_force", "nb", day="15. mars 2027") in vera.page()


def test_a_revision_leaves_the_end_of_the_round_before_as_it_was(place, clock) -> None:
    vera = Reader(place)
    place.until("in_force")
    place.reopen()
    tidy(place.app)
    assert told(place) == [("review_in_force", "vera@example.no")], "told also when a revision has begun in the meantime"
    assert say("reading_stage_in_force", "nb", day="1. mars 2027") in vera.page()
    ola = Reader(place, "ola@example.no")
    assert say("reading_closed_title", "nb") in ola.page()
    clock.shift(timedelta(days=3))
    place.make_ready()
    place.decide(decided_on="04.03.2027")
    place.put_in_force("04.03.2027")
    tidy(place.app)
    assert [to for _, to in told(place)] == ["vera@example.no", "ola@example.no"]
    assert say("reading_stage_replaced", "nb", day="4. mars 2027") in vera.page()
    assert say("reading_stage_in_force", "nb", day="4. mars 2027") in ola.page()


def test_who_was_uninvited_or_never_came_hears_nothing(place, clock) -> None:
    gone, never = Reader(place), Reader(place, "ola@example.no")
    with within(place.app) as session:
        session.get(Reviewer, gone.id).revoke()
        session.get(Reviewer, never.id).opened_at = None
    place.until("in_force")
    tidy(place.app)
    assert told(place) == []


def test_a_failure_keeps_nobody_else_waiting(place, clock, monkeypatch) -> None:
    Reader(place), Reader(place, "ola@example.no")
    place.until("in_force")
    wanted, write = [], outcomes._write

    def once(reader: Reviewer) -> None:
        wanted.append(reader.id)
        if len(wanted) == 1:
            raise RuntimeError
        write(reader)

    monkeypatch.setattr(outcomes, "_write", once)
    with place.app.app_context():
        assert outcomes.tell_due(now()) == 1
        assert outcomes.tell_due(now()) == 1
        assert outcomes.tell_due(now()) == 0
    assert day_of(now())
