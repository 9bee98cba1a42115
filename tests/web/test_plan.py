"""The plan of a policy: its page, its calendar as a file, and the secret address at which calendar programs fetch it."""

from __future__ import annotations

import re

import icalendar
import pytest
from sqlalchemy import select

from app.models.audit_log import Event
from app.models.calendar_feeds import CalendarFeed
from app.models.db import db
from app.models.policy import Policy
from tests.deciding import Scene, scene


@pytest.fixture
def play(app) -> Scene:
    return scene(app)


@pytest.fixture
def program(app):
    """A calendar program: it takes no cookies."""
    return app.test_client(use_cookies=False)


def make(play: Scene, **typed: str) -> str:
    """The path of a new address."""
    page = play.owner.post(play.address("plan/feed"), data={"make": "yes", **typed}).text
    return re.search(r'value="http://localhost(/calendar/[\w-]{43}\.ics)"', page)[1]


def test_the_plan_is_there_from_the_start_and_its_calendar_from_the_day_in_force(play, program) -> None:
    page = play.reader.get(play.address("plan/")).text
    assert "Slik er planen i utkastet" in page
    assert "calendar.ics" not in page
    assert play.reader.get(play.address("plan/calendar.ics")).status_code == 302
    assert play.owner.post(play.address("plan/feed"), data={"make": "yes"}).status_code == 303, "nothing is in force"
    play.until("in_force")
    page = play.reader.get(play.address("plan/")).text
    assert "Policyen er i kraft" in page
    assert "Det er eierne som lager adressen" in page
    assert play.address("plan/") in play.reader.get(play.address("status")).text
    file = play.reader.get(play.address("plan/calendar.ics"))
    assert "rshjul - Solbakken" in file.headers["Content-Disposition"]
    assert file.mimetype == "text/calendar"
    assert program.get(make(play)).data == file.data


def test_the_address_is_shown_once_and_its_hash_alone_is_kept(app, play, program) -> None:
    play.until("in_force")
    address = make(play)
    answer = program.get(address)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = program.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    key = address.removeprefix("/calendar/").removesuffix(".ics")
    assert key not in play.owner.get(play.address("plan/")).text
    with app.app_context():
        assert key not in repr(db.session.execute(select(CalendarFeed.__table__)).all())
    newer = make(play)
    assert program.get(address).status_code == 404, "the one before is good for nothing"
    assert program.get(newer).status_code == 200
    with app.app_context():
        db.session.get_one(Policy, play.id).archived_at = db.session.get_one(Policy, play.id).created_at
        db.session.commit()
    assert program.get(newer).status_code == 404, "what is put away is not shown"
    with app.app_context():
        db.session.get_one(Policy, play.id).archived_at = None
        db.session.commit()
    assert play.owner.post(play.address("plan/feed"), data={"close": "yes"}).status_code == 303
    assert program.get(newer).status_code == 404
    with app.app_context():
        told = [event.what for event in db.session.scalars(select(Event).order_by(Event.id)) if event.what.startswith("feed_")]
    assert told == ["feed_made", "feed_renewed", "feed_closed"]


def test_whoever_may_not_make_the_address_cannot(play) -> None:
    play.until("in_force")
    for who in (play.editor, play.reader):
        assert who.post(play.address("plan/feed"), data={"make": "yes"}).status_code == 403


def test_it_follows_from_version_to_version_and_shows_no_draft(app, play, program) -> None:
    play.until("in_force")
    address = make(play)

    def found() -> dict[str, tuple[str, int]]:
        events = icalendar.Calendar.from_ical(program.get(address).data).walk("VEVENT")
        return {str(one["UID"]).partition("-")[0]: (str(one["STATUS"]), int(one["SEQUENCE"])) for one in events}

    before = found()
    assert before["safety_round"] == ("CONFIRMED", 1)
    play.reopen()
    with app.app_context():
        db.session.get_one(Policy, play.id).answer({"wheel": {"own_1": {"label": "Kanari", "time": "jun", "who": "hr"}}})
        db.session.commit()
    assert found() == before, "a draft is nobody's plan"
    play.until("in_force")
    after = found()
    assert after["safety_round"] == ("CANCELLED", 2)
    assert after["own_1"] == ("CONFIRMED", 2)
    assert before.keys() < after.keys()
