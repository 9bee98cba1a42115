"""Limits are counted in the database, and say when to come back."""

from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy import select

from app.db import db, now
from app.models import Hit
from tests.conftest import start_policy

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def start(client, address="192.0.2.1"):
    return client.post("/nb/probe/start", environ_overrides={"REMOTE_ADDR": address})


def test_a_client_may_do_so_much_in_an_hour_and_is_told_when_to_come_back(probing) -> None:
    with time_machine.travel(NOON + timedelta(minutes=40), tick=False):
        assert [start(probing).status_code for _ in range(4)] == [200, 200, 429, 429]
        assert start(probing, "192.0.2.2").status_code == 200
        assert start(probing).headers["Retry-After"] == "1200"
    with time_machine.travel(NOON + timedelta(minutes=61)):
        assert start(probing).status_code == 200


def test_a_home_with_many_addresses_is_one_client(probing) -> None:
    with time_machine.travel(NOON):
        assert [start(probing, f"2001:db8:1:2::{n}").status_code for n in range(3)] == [200, 200, 429]
        assert start(probing, "2001:db8:1:3::1").status_code == 200


def test_no_address_is_stored_and_old_windows_go(probing) -> None:
    with time_machine.travel(NOON):
        start(probing)
        first = stored(probing)
    with time_machine.travel(NOON + timedelta(hours=1)):
        start(probing)
        second = stored(probing)
    assert len(first) == len(second) == 1
    assert first[0].bucket != second[0].bucket
    assert "192.0.2.1" not in first[0].bucket


def stored(client) -> list[Hit]:
    with client.application.app_context():
        return list(db.session.scalars(select(Hit)))


def test_a_draft_takes_so_many_saves_in_a_minute(probing) -> None:
    at = now()
    with time_machine.travel(at, tick=False):
        id = start_policy(probing)
        answers = [probing.post(f"/nn/probe/{id}") for _ in range(4)]
        assert [r.status_code for r in answers] == [200, 200, 200, 429]
        assert answers[-1].headers["Retry-After"] == "60"
        assert probing.get(f"/nn/probe/{id}").text == "3"
    with time_machine.travel(at + timedelta(seconds=61)):
        assert probing.post(f"/nn/probe/{id}").text == "4"
