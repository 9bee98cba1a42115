"""What a reader has not sent is the reader's: no button of HR's sends it, they are told a day before it closes, and it goes with their link."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from app.clock import OSLO
from app.models.audit_log import Event
from app.models.comments import Comment
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer, ReviewerSitting
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.server.serve import tidy
from app.services.reviews import closing
from app.services.reviews.record import record_of
from app.ui_texts import say
from tests import world
from tests.web.hr import Desk, desk, invited, letters, opened, said, within

START = datetime(2027, 3, 1, 12, 0, tzinfo=OSLO)
SECRET = "Halvtenkt om sjefen"


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def place(app: Any, clock: Any) -> Desk:
    found = desk(app)
    opened(found)
    return found


def reader(place: Desk, id: str) -> Any:
    """The browser of a reader."""
    with within(place.app) as session:
        reading = session.get(Reviewer, id)
        session.expunge(reading)
    return world.read_as(place.app.test_client(), reading)


def is_open(place: Desk) -> bool:
    with within(place.app):
        return Review.open_of(place.id) is not None


def words_left(place: Desk) -> list[str]:
    with within(place.app) as session:
        return list(session.scalars(select(Comment.words).order_by(Comment.created_at)))


def close(place: Desk) -> str:
    return place.editor.post(place.at("close")).headers["Location"].rpartition("=")[2]


def test_closing_waits_a_day_for_words_that_are_not_sent_and_tells_their_writer(place, clock) -> None:
    vera, ola = invited(place), invited(place, "Ola", "ola@example.no", "union_rep")
    said(place, vera, words=SECRET, sent=False)
    said(place, ola, words="Sendt")
    assert say("review_close_2_one", "nb") in place.editor.get(place.at("close")).text
    assert [close(place), close(place)] == ["closing", "closing"], "pressed twice is once"
    assert is_open(place)
    assert [(kind, letter.to) for kind, letter in letters(place.app)] == [("review_closing", "vera@example.no")]
    assert "2. mars 2027 kl. 12.00" in letters(place.app)[0][1].text
    for language in LANGUAGES:
        told = say("review_closing", language).partition("{")[0]
        assert told in place.reader.get(place.at("", language)).text
        assert say("reading_closing", language).partition("{")[0] in reader(place, vera).get(f"/{language}/readings/{vera}/").text
    with within(place.app) as session:
        assert session.scalar(select(Event.about).where(Event.what == "review_closing"))["readers"] == 1
    clock.shift(timedelta(days=1, minutes=1))
    tidy(place.app)
    assert not is_open(place)


def test_nothing_of_it_is_ever_shown_to_hr(place, clock) -> None:
    vera = invited(place)
    said(place, vera, words=SECRET, sent=False)
    close(place)
    clock.shift(timedelta(days=1, minutes=1))
    assert close(place) == "closed", "after the day HR need not wait for the worker"
    for page in ("", "comments", "record", "close"):
        assert SECRET not in place.owner.get(place.at(page)).text
    with within(place.app) as session:
        assert record_of(session.get(Policy, place.id)).remarks == ()
        assert session.query(Comment).one().sent_at is None


def test_whoever_sends_in_time_is_heard_and_the_round_can_close_at_once(place, clock) -> None:
    vera = invited(place)
    said(place, vera, words="Det jeg mener", sent=False)
    close(place)
    clock.shift(timedelta(hours=20))
    assert reader(place, vera).post(f"/nb/readings/{vera}/summary", data={"do": "send"}).status_code == 303
    assert close(place) == "closed"
    assert "Det jeg mener" in place.reader.get(place.at("record")).text


def test_a_round_without_unsent_words_closes_at_once(place) -> None:
    said(place, invited(place))
    assert close(place) == "closed"


@pytest.mark.parametrize("what", ["statement", "checklist"])
def test_a_statement_that_is_not_sent_is_waited_for_as_well(place, what) -> None:
    vera = invited(place)
    with within(place.app) as session:
        setattr(session.get(Reviewer, vera), what, SECRET if what == "statement" else {"night": {"answer": "no", "note": SECRET}})
    assert close(place) == "closing"
    with within(place.app) as session:
        session.get(Reviewer, vera).finish()
    assert close(place) == "closed"


def test_another_date_keeps_the_round_open(place, clock) -> None:
    said(place, invited(place), sent=False)
    close(place)
    assert place.editor.post(place.at("date"), data={"answer_by": "24.3.2027"}).status_code == 303
    clock.shift(timedelta(days=2))
    tidy(place.app)
    assert is_open(place)


def test_after_the_end_she_reads_and_deletes_her_own_and_nobody_sends_it(place, clock) -> None:
    vera = invited(place)
    first, second = said(place, vera, words=SECRET, sent=False), said(place, vera, words="En til", sent=False)
    reading = reader(place, vera)
    with within(place.app) as session:
        session.get(Reviewer, vera).statement = "Uferdig"
    close(place)
    clock.shift(timedelta(days=2))
    tidy(place.app)
    page = reading.get(f"/nb/readings/{vera}/summary").text
    assert SECRET in page
    assert say("reading_closed_unsent", "nb") in page
    assert say("reading_closed_text", "nb") in page
    assert reading.post(f"/nb/readings/{vera}/summary", data={"do": "send"}).status_code == 409
    assert reading.get(f"/nb/readings/{vera}/comments/{first}/delete").status_code == 200
    assert reading.post(f"/nb/readings/{vera}/comments/{first}/delete").status_code == 303
    assert words_left(place) == ["En til"]
    assert reading.post(f"/nb/readings/{vera}/summary", data={"do": "forget"}).status_code == 303
    assert words_left(place) == []
    assert "Uferdig" not in reading.get(f"/nb/readings/{vera}/statement").text
    assert second


def test_forgetting_deletes_nothing_while_she_can_still_send(place) -> None:
    vera = invited(place)
    said(place, vera, sent=False)
    assert reader(place, vera).post(f"/nb/readings/{vera}/summary", data={"do": "forget"}).status_code == 303
    assert len(words_left(place)) == 1


def test_what_was_sent_is_not_deleted_after_the_end(place) -> None:
    vera = invited(place)
    comment = said(place, vera)
    reading = reader(place, vera)
    close(place)
    assert reading.post(f"/nb/readings/{vera}/comments/{comment}/delete").status_code == 409
    assert len(words_left(place)) == 1


def test_unsent_words_go_with_the_last_link(place, clock) -> None:
    vera, ola = invited(place), invited(place, "Ola", "ola@example.no")
    said(place, vera, words=SECRET, sent=False)
    said(place, vera, words="Sendt")
    said(place, ola, words="Olas", sent=False)
    with within(place.app) as session:
        for id in (vera, ola):
            one = session.get(Reviewer, id)
            one.statement = f"Uferdig {id}"
            one.link(START.date())
    clock.shift(timedelta(days=30))
    with within(place.app) as session:
        session.get(Reviewer, ola).link(START.date())  # a letter brought him a newer one
    clock.shift(timedelta(days=31))
    with within(place.app):
        ReviewerSitting.purge(world.now())
    assert sorted(words_left(place)) == ["Olas", "Sendt"]
    with within(place.app) as session:
        assert [session.get(Reviewer, id).statement for id in (vera, ola)] == ["", f"Uferdig {ola}"]
    clock.shift(timedelta(days=60))
    tidy(place.app)
    assert words_left(place) == ["Sendt"]


def test_unsent_words_go_with_the_invitation(place) -> None:
    vera = invited(place)
    said(place, vera, words=SECRET, sent=False)
    said(place, vera, words="Sendt")
    assert place.editor.post(place.at(f"readers/{vera}/revoke")).status_code == 303
    assert words_left(place) == ["Sendt"]


def test_a_failure_keeps_no_other_round_open(place, clock, monkeypatch) -> None:
    said(place, invited(place), sent=False)
    close(place)
    clock.shift(timedelta(days=2))
    with monkeypatch.context() as broken, place.app.app_context():
        broken.setattr(closing, "_locked", lambda _review: 1 / 0)
        assert closing.close_due(world.now()) == 0
    with place.app.app_context():
        assert closing.close_due(world.now()) == 1
        assert closing.close_due(world.now()) == 0


# ── a link that HR makes ──


def test_who_has_another_link_is_said_where_one_writes(place) -> None:
    vera, ola = invited(place), invited(place, "Ola", "")
    quiet = reader(place, vera).get(f"/nb/readings/{vera}/statement").text
    place.editor.post(place.at(f"readers/{vera}/link"))
    for page in ("", "sections/purpose", "statement", "process"):
        assert "HR laget en lenke til i ditt navn 1. mars 2027" in reader(place, vera).get(f"/nb/readings/{vera}/{page}").text
        assert "Du fikk lenken av HR" in reader(place, ola).get(f"/nb/readings/{ola}/{page}").text
    assert "også før du sender det" not in quiet


def test_a_link_that_hr_made_is_told_to_its_reader_and_stands_in_the_record(place) -> None:
    vera, ola = invited(place), invited(place, "Ola", "")
    for id in (vera, ola):
        assert place.editor.post(place.at(f"readers/{id}/link")).status_code == 200
    assert [(kind, letter.to) for kind, letter in letters(place.app)] == [("review_link_made", "vera@example.no")]
    words = the_pack().papers.words["link_by_hr"]
    for language in LANGUAGES:
        assert say("review_link_told", language) in place.editor.get(place.at(f"readers/{vera}/link", language)).text
    page = place.reader.get(place.at("record")).text
    assert page.count(words.in_("nb").replace("{date}", "1. mars 2027")) == 1
