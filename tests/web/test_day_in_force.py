"""The day in force may come after the decision: until then the version before stands as in force, everywhere; on that day it switches by itself."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.clock import OSLO, today
from app.models.audit_log import Event
from app.models.db import db
from app.models.policy import Policy
from app.models.versions import Version
from app.server.serve import tidy
from tests.deciding import ANSWERS, Scene, scene

FIRST = datetime(2027, 1, 11, 12, tzinfo=OSLO)
DECIDED = datetime(2028, 1, 10, 12, tzinfo=OSLO)
DAY = date(2028, 2, 1)
EVE = datetime(2028, 1, 31, 23, 59, tzinfo=OSLO)
MORNING = datetime(2028, 2, 1, 0, 1, tzinfo=OSLO)


def typed(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def words_of(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


@pytest.fixture
def play(app) -> Scene:
    """A policy with a first version in force since 11 January 2027, and a second one decided that applies from 1 February 2028."""
    with time_machine.travel(FIRST, tick=False):
        made = scene(app)
        made.until("in_force")
    with time_machine.travel(DECIDED, tick=False):
        made = made.again()
        made.reopen()
        made.until("decided")
        assert made.put_in_force(typed(DAY)).status_code == 303
    return made


def states(play: Scene) -> list[str]:
    return [version.state for version in play.versions()]


def test_until_the_day_the_version_before_is_in_force(play) -> None:
    with time_machine.travel(EVE, tick=False):
        play = play.again()
        assert (play.policy().state, states(play)) == ("decided", ["decided", "in_force"])
        page = play.owner.get(play.address("status")).text
        assert "Versjon 2 skal gjelde fra 1. februar 2028." in page
        assert "Til da gjelder versjon 1." in page
        first, second = (words_of(play.owner.get(play.address(f"versions/{number}/policy.docx")).data) for number in (1, 2))
        assert "Erstattet" not in first
        assert "11. januar 2027" in first
        assert "1. februar 2028" in second


@pytest.mark.parametrize("tidied", [False, True])
def test_on_the_day_it_switches_whether_or_not_anybody_wrote_it_down(app, play, tidied) -> None:
    with time_machine.travel(MORNING, tick=False):
        if tidied:
            tidy(app)
        play = play.again()
        assert (play.policy().state, states(play)) == ("in_force", ["in_force", "replaced"])
        page = play.owner.get(play.address("status")).text
        assert "Gjelder fra 11. januar 2027, erstattet fra 1. februar 2028." in page
        assert "skal gjelde" not in page
        assert "I kraft" in play.owner.get(f"/nb/workplaces/{play.workplace_id}").text
        assert "Erstattet" in words_of(play.owner.get(play.address("versions/1/policy.docx")).data)
        assert play.reopen().status_code == 303
        assert (play.policy().state, play.policy().round, states(play)) == ("draft", 3, ["in_force", "replaced"])


def test_tidying_writes_it_down_once_and_the_log_tells(app, play) -> None:
    with app.app_context():
        before = db.session.scalars(select(Version.state).order_by(Version.number)).all()
    assert before == ["in_force", "decided"]
    with time_machine.travel(MORNING, tick=False):
        for _ in range(2):
            tidy(app)
        with app.app_context():
            assert db.session.scalars(select(Version.state).order_by(Version.number)).all() == ["replaced", "in_force"]
            policy = db.session.get_one(Policy, play.id)
            assert (policy.stored_state, policy.takes_over_on) == ("in_force", None)
            events = Event.of(policy.workplace_id, policy.id)
            told = [
                (event.what, event.about["number"], event.about.get("automatic"), event.person_id is None)
                for event in events
                if "force" in event.what
            ]
        assert sorted(told) == [("in_force_set", 2, None, False), ("put_in_force", 1, None, False), ("put_in_force", 2, "yes", True)]


def test_the_day_can_be_set_anew_until_it_has_come(play) -> None:
    with time_machine.travel(DECIDED, tick=False):
        play = play.again()
        assert "01.02.2028" in play.owner.get(play.address("in-force")).text
        assert play.put_in_force(typed(DAY + timedelta(days=28))).status_code == 303
    with time_machine.travel(MORNING, tick=False):
        assert play.policy().state == "decided"
    with time_machine.travel(MORNING + timedelta(days=28), tick=False):
        play = play.again()
        assert play.policy().state == "in_force"
        assert play.put_in_force(typed(today())).status_code == 409


def test_a_text_opened_before_its_day_leaves_the_one_before_in_force(play) -> None:
    with time_machine.travel(EVE, tick=False):
        play = play.again()
        play.reopen()
    with time_machine.travel(MORNING + timedelta(days=300), tick=False):
        assert (play.policy().state, states(play)) == ("draft", ["void", "in_force"])


def test_the_first_policy_is_not_in_force_before_its_day(app) -> None:
    with time_machine.travel(DECIDED, tick=False):
        made = scene(app)
        made.until("decided")
        made.put_in_force(typed(DAY))
        assert states(made) == ["decided"]
        assert "Til da gjelder" not in made.owner.get(made.address("status")).text
    with time_machine.travel(MORNING, tick=False):
        assert states(made) == ["in_force"]


def test_a_decision_that_names_the_day_has_fixed_it(app) -> None:
    made = scene(app)
    made.make_ready()
    day = today() + timedelta(days=20)
    assert made.decide(in_force_from=typed(day)).status_code == 303
    assert made.put_in_force(typed(day + timedelta(days=1))).status_code == 422
    assert made.put_in_force(typed(day)).status_code == 303
    assert made.policy().state == "decided"


def test_the_new_version_cannot_take_over_before_the_one_in_force_began(app) -> None:
    made = scene(app).until("in_force")
    made.reopen()
    made.until("decided")
    refused = made.put_in_force(typed(today() - timedelta(days=1)))
    assert refused.status_code == 422


def test_every_paper_shows_the_day_once_it_is_set(play) -> None:
    with time_machine.travel(EVE, tick=False):
        play = play.again()
        for name in ("decision", "case-paper", "record"):
            words = words_of(play.owner.get(play.address(f"versions/2/{name}.docx")).data)
            assert "1. februar 2028" in words, name
            assert "ikke satt" not in words


@pytest.mark.parametrize(("state", "name"), [("ready", "forslag"), ("decided", "vedtatt"), ("in_force", "vedtatt")])
def test_the_file_says_in_its_name_what_it_is(app, state, name) -> None:
    made = scene(app).until(state)
    for address in ("versions/1/policy.docx", "documents/policy.html"):
        assert f"{name}." in made.owner.get(made.address(address)).headers["Content-Disposition"]


def test_no_file_of_a_decided_policy_calls_it_a_proposal(app) -> None:
    made = scene(app).until("decided")
    for page in ("preview", "documents/policy.html", "versions/1/"):
        words = made.owner.get(made.address(page)).text
        assert "Skal vedtas av" not in words, page
        assert "AMU ved Solbakken" in words, page


@pytest.mark.parametrize(("days", "words"), [(-1, "er før vedtaket"), (0, ""), (731, ""), (732, "mer enn to år etter vedtaket")])
def test_the_day_of_the_next_revision_is_held_against_the_real_decision(app, days, words) -> None:
    review = (today() + timedelta(days=days)).isoformat()
    made = scene(app, {**ANSWERS, "review_date": review, "decision_planned": ""}).until("decided")
    page = made.owner.get(made.address("status")).text
    assert (words in page) if words else ("Datoen for neste revisjon er" not in page)
