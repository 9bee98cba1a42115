"""The log cannot be changed, nor can what was decided be deleted, not even by hand in the database; whole workplaces and accounts still go."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import DatabaseError

from app.models.audit_log import Event
from app.models.db import db
from app.models.people import Person
from app.models.policy import Policy
from app.models.versions import Decision, Version
from app.models.workplaces import Workplace
from tests.deciding import Scene, scene

CHANGES = [
    "UPDATE event SET what = 'nothing'",
    "UPDATE event SET about = '{}'",
    "UPDATE event SET at = (SELECT MIN(at) FROM event)",
    "UPDATE event SET policy_id = NULL",
    "UPDATE event SET reviewer_id = 'x'",
    "UPDATE event SET person_id = (SELECT MAX(id) FROM person)",
    "UPDATE event SET id = id + 1000",
    "DELETE FROM event",
    "DELETE FROM event WHERE id = (SELECT MAX(id) FROM event)",
    "DELETE FROM version",
    "DELETE FROM decision",
]


@pytest.fixture
def play(app) -> Scene:
    return scene(app).until("in_force")


def counted(*tables) -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


@pytest.mark.parametrize("statement", CHANGES)
def test_no_hand_changes_what_was_done(app, play, statement) -> None:
    with app.app_context():
        before = counted(Event, Version, Decision)
        assert all(before)
        with pytest.raises(DatabaseError, match="this never changes"):
            db.session.execute(text(statement))
        db.session.rollback()
        assert counted(Event, Version, Decision) == before


def test_nor_does_a_line_take_the_place_of_another(app, play) -> None:
    with app.app_context():
        verb = "INSERT OR REPLACE" if db.engine.dialect.name == "sqlite" else "INSERT"
        with pytest.raises(DatabaseError):
            db.session.execute(text(f"{verb} INTO event SELECT * FROM event"))


def test_a_draft_version_that_nobody_decided_may_still_go(app) -> None:
    scene(app).until("ready")
    with app.app_context():
        db.session.execute(delete(Version))
        db.session.commit()
        assert counted(Version) == [0]


def test_a_deleted_policy_takes_its_versions_and_leaves_its_log(app, play) -> None:
    with app.app_context():
        lines = counted(Event)
        db.session.execute(delete(Policy).where(Policy.id == play.id))
        db.session.commit()
        assert counted(Version, Decision) == [0, 0]
        assert counted(Event) == lines


def test_a_deleted_workplace_takes_all_that_is_its(app, play) -> None:
    with app.app_context():
        db.session.execute(delete(Workplace).where(Workplace.id == play.workplace_id))
        db.session.commit()
        assert counted(Event, Policy, Version, Decision) == [0, 0, 0, 0]


def test_a_deleted_account_leaves_the_lines_without_its_name(app, play) -> None:
    with app.app_context():
        lines = counted(Event)
        db.session.execute(delete(Person).where(Person.email == "eier@example.no"))
        db.session.commit()
        assert counted(Event) == lines
        assert db.session.scalar(select(func.count()).where(Event.person_id.is_not(None))) == 0
