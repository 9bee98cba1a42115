"""The worker: each letter once, however many work; when it is due; again when it failed; and never for ever."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import time_machine
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.clock import now
from app.mail import worker as post_module
from app.mail.messages import WRITTEN
from app.mail.worker import WAITS
from app.models.db import db
from app.models.outbox import KEPT, LEASE, Letter
from app.server import serve
from tests.mailing import TO, Recorder, one, post_to, put, reminder, rows


def test_only_a_letter_wakes_the_worker(app, database) -> None:
    WRITTEN.clear()
    database.execute(text("DELETE FROM outbox"))
    database.commit()
    assert not WRITTEN.is_set()


def test_after_two_days_it_is_given_up(app) -> None:
    transport = Recorder(ConnectionRefusedError(111, f"no way to {TO}"))
    post, began, days = post_to(app, transport), now(), 0.0
    reminder(app)
    while one(app).given_up_at is None:
        with time_machine.travel(max(one(app).due_at, began), tick=False):
            assert post.work_off() == 1
            days = (now() - began) / timedelta(days=1)
    assert 1.9 < days < 2.2
    assert (one(app).tries, one(app).fault, one(app).sealed) == (len(WAITS) + 1, "ConnectionRefusedError", None)


def test_a_link_that_is_over_is_not_sent(app) -> None:
    transport = Recorder()
    put(app)
    with time_machine.travel(now() + timedelta(minutes=15)):
        post_to(app, transport).work_off()
    assert (transport.sent, one(app).fault) == ([], "late")


def test_a_letter_goes_when_it_is_due_and_can_be_withdrawn(app) -> None:
    transport = Recorder()
    post, soon = post_to(app, transport), now() + timedelta(days=3)
    kept, gone = reminder(app, soon, "a" * 26), reminder(app, soon, "b" * 26)
    assert post.work_off() == 0
    with app.app_context():
        Letter.withdraw("b" * 26)
        db.session.commit()
    with time_machine.travel(soon):
        assert post.work_off() == 1
    assert transport.sent == [f"<{kept}@localhost>"] != [f"<{gone}@localhost>"]
    with app.app_context():
        Letter.withdraw("a" * 26)
        db.session.commit()
    assert one(app).sent_at is not None, "what was sent stays known"


def test_a_letter_withdrawn_while_it_is_carried_does_no_harm(app) -> None:
    reminder(app, about="a" * 26)

    class Slow(Recorder):
        def send(self, message: Any) -> None:
            with app.app_context():
                Letter.withdraw("a" * 26)
                db.session.commit()
            raise ConnectionResetError

    assert post_to(app, Slow()).work_off() == 1
    assert rows(app) == []


def test_two_workers_deliver_each_letter_once(app) -> None:
    ids, transports = put(app, 40), [Recorder(), Recorder(), Recorder()]
    workers = [threading.Thread(target=post_to(app, transport).work_off) for transport in transports]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    while post_to(app, transports[0]).work_off():  # a worker that came second to a letter goes home until the next look
        pass
    sent = [id for transport in transports for id in transport.sent]
    assert sorted(sent) == sorted(f"<{id}@localhost>" for id in ids)


def test_a_letter_is_taken_by_one_worker_alone_until_its_lease_is_over(app) -> None:
    transport = Recorder()
    post = post_to(app, transport)
    put(app)
    with app.app_context():
        assert Letter.claim(now()) is not None
        db.session.commit()
        assert Letter.claim(now()) is None
        db.session.rollback()
    assert post.work_off() == 0
    with time_machine.travel(now() + LEASE):
        assert post.work_off() == 1
    assert len(transport.sent) == 1


def test_who_was_too_slow_does_not_put_back_what_another_has_sent(app) -> None:
    put(app)
    with app.app_context():
        slow = Letter.claim(now())
        db.session.commit()
        with time_machine.travel(now() + LEASE):
            post_to(app, Recorder()).work_off()
            slow.put_back(now(), "late")
            slow.give_up(now(), "late")
            db.session.commit()
    assert (one(app).sent_at is not None, one(app).given_up_at, one(app).tries) == (True, None, 0)


def test_nor_does_he_put_back_what_another_has_in_hand(app) -> None:
    put(app)
    with app.app_context():
        slow = Letter.claim(now())
        db.session.commit()
        with time_machine.travel(now() + LEASE, tick=False):
            db.session.expunge(slow)
            assert Letter.claim(now()) is not None
            slow.put_back(now(), "late")
            slow.give_up(now(), "late")
            db.session.commit()
            assert not Letter.is_any_due(now())
    assert (one(app).given_up_at, one(app).tries, one(app).fault) == (None, 0, None)


def test_a_letter_that_cannot_be_opened_is_tried_and_the_next_goes(app) -> None:
    spoilt, transport = put(app, 2)[0], Recorder()
    with app.app_context():
        db.session.get(Letter, spoilt).sealed = b"other key"
        db.session.commit()
    assert post_to(app, transport).work_off() == 2
    assert len(transport.sent) == 1
    assert {letter.fault for letter in rows(app)} == {"DecryptionError", None}


def test_the_worker_wakes_at_once_outlives_failures_and_stops(app, monkeypatch) -> None:
    monkeypatch.setattr(post_module, "EVERY", 600.0)
    monkeypatch.setattr(post_module, "AFTER_A_FAULT", 0.0)
    failures = [OperationalError("SELECT", {}, Exception("gone")), RuntimeError("what now")]
    look = Letter.is_any_due
    monkeypatch.setattr(Letter, "is_any_due", lambda at: look(at) if not failures else (_ for _ in ()).throw(failures.pop()))
    transport = Recorder()
    post = post_to(app, transport)
    working = threading.Thread(target=post.work, daemon=True)
    working.start()
    try:
        put(app)
        assert transport.told.wait(30)
    finally:
        post.stop()
        working.join(30)
    assert (working.is_alive(), failures, len(transport.sent)) == (False, [], 1)


def test_old_letters_are_forgotten(app) -> None:
    put(app)
    post_to(app, Recorder()).work_off()
    for after, left in ((KEPT - timedelta(minutes=1), 1), (KEPT, 0)):
        with time_machine.travel(now() + after):
            serve.tidy(app)
        assert len(rows(app)) == left
