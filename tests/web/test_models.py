"""Drafts keep their own rules."""

import re
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import DetachedInstanceError, StaleDataError

from app.clock import now
from app.models.db import db
from app.models.keys import hashed, new_id, new_key
from app.models.policy import UNUSED, Continuation, Holder, Policy
from app.web.security import IdConverter


def stored(database, key="mine", answers=None) -> str:
    policy = Policy.start("nn", answers or {}, "2026.2")
    database.add(policy)
    policy.held_by(key)
    database.commit()
    database.remove()
    return policy.id


def count(database, model) -> int:
    return database.scalar(select(func.count()).select_from(model))


def test_ids_cannot_be_guessed_and_fit_the_address() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(IdConverter.regex, id) for id in ids)


def test_a_draft_is_found_by_its_holder_alone(database) -> None:
    id = stored(database, "mine", {"a": 1})
    assert Policy.find(id, "mine").answers == {"a": 1}
    assert Policy.find(id, "yours") is None
    assert Policy.find("2" * 26, "mine") is None


def test_the_key_itself_is_not_stored(database) -> None:
    key = new_key()
    stored(database, key)
    assert database.scalar(select(Holder.key_hash)) == hashed(key) != key


def test_answering_a_page_leaves_the_others_alone(database) -> None:
    id = stored(database, answers={"a": 1, "b": [1], "c": None})
    policy = Policy.find(id, "mine", lock=True)
    policy.answer({"b": [], "d": {"x": {"y": "æ"}}})
    database.commit()
    database.remove()
    policy = Policy.find(id, "mine")
    assert policy.answers == {"a": 1, "b": [], "c": None, "d": {"x": {"y": "æ"}}}
    assert policy.revision == 2


def test_the_fingerprint_changes_with_these_answers_alone(database) -> None:
    policy = Policy.start("nb", {"a": 1, "b": 2})
    first = policy.fingerprint(["a", "missing"])
    policy.answer({"b": 3})
    assert policy.fingerprint(["missing", "a"]) == first
    policy.answer({"missing": None})
    assert policy.fingerprint(["a", "missing"]) != first


@pytest.mark.parametrize("write", [lambda policy: policy.answer({}), Policy.touch, lambda policy: policy.show_logo(None, None)])
def test_a_draft_found_without_the_lock_can_only_be_read(database, write) -> None:
    policy = Policy.find(stored(database), "mine")
    with pytest.raises(DetachedInstanceError):
        write(policy)


def test_a_write_without_the_lock_is_refused_when_stale(database) -> None:
    id = stored(database)
    policy = database.get(Policy, id)
    database.commit()
    with db.engine.begin() as connection:
        connection.execute(update(Policy.__table__).values(revision=7))
    policy.answer({"a": 1})
    with pytest.raises(StaleDataError):
        database.commit()
    database.rollback()


def test_read_check_write_loses_nothing(app, database) -> None:
    id = stored(database, answers={"n": 0})

    def add() -> None:
        for _ in range(10):
            with app.app_context():
                policy = Policy.find(id, "mine", lock=True)
                policy.answer({"n": policy.answers["n"] + 1})
                db.session.commit()

    threads = [threading.Thread(target=add) for _ in range(5)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert Policy.find(id, "mine").answers == {"n": 50}


def test_a_reader_does_not_wait_for_a_writer(app, database) -> None:
    id = stored(database, answers={"n": 0})
    Policy.find(id, "mine", lock=True).answer({"n": 1})
    database.flush()
    seen = []

    def read() -> None:
        with app.app_context():
            seen.append(Policy.find(id, "mine").answers)

    reader = threading.Thread(target=read)
    reader.start()
    reader.join(5)
    assert seen == [{"n": 0}]
    database.rollback()


def test_after_thirty_days_a_draft_is_gone_though_not_yet_deleted(database) -> None:
    id = stored(database)
    with time_machine.travel(now() + UNUSED - timedelta(minutes=1)):
        assert Policy.find(id, "mine") is not None
    with time_machine.travel(now() + UNUSED + timedelta(minutes=1)):
        assert Policy.find(id, "mine") is None
        assert Policy.all_held("mine") == []


def test_purging_deletes_the_old_with_all_that_is_theirs(database) -> None:
    old, kept = stored(database, "old"), stored(database, "new")
    policy = Policy.find(old, "old", lock=True)
    policy.link()
    policy.used_at = now() - UNUSED - timedelta(days=1)
    database.commit()
    assert Policy.purge(now()) == 1
    database.commit()
    database.remove()
    assert database.scalars(select(Policy.id)).all() == [kept]
    assert count(database, Holder) == 1
    assert count(database, Continuation) == 0


def test_use_begins_the_thirty_days_anew(database) -> None:
    id = stored(database)
    with time_machine.travel(now() + timedelta(days=29)):
        policy = Policy.find(id, "mine", lock=True)
        assert policy.is_due()
        policy.touch()
        assert not policy.is_due()
        database.commit()
    with time_machine.travel(now() + timedelta(days=58)):
        assert Policy.find(id, "mine") is not None


def test_a_browser_may_hold_several_and_a_draft_several_browsers(database) -> None:
    first, second = stored(database), stored(database)
    policy = Policy.find(first, "mine", lock=True)
    policy.held_by("other")
    policy.held_by("other")
    policy.touch()
    database.commit()
    assert [p.id for p in Policy.all_held("mine")] == [first, second]
    assert [p.id for p in Policy.all_held("other")] == [first]


def test_a_link_works_once(database) -> None:
    id = stored(database)
    token = Policy.find(id, "mine", lock=True).link()
    database.commit()
    assert token not in database.scalars(select(Continuation.token_hash)).all()
    assert Continuation.take("wrong", "other") is None
    assert Continuation.take(token, "other").id == id
    database.commit()
    assert Continuation.take(token, "third") is None
    assert Policy.find(id, "other").id == id
    assert Policy.find(id, "third") is None


def test_a_link_is_short_lived(database) -> None:
    id = stored(database)
    token = Policy.find(id, "mine", lock=True).link()
    database.commit()
    with time_machine.travel(now() + timedelta(hours=2)):
        assert Continuation.take(token, "other") is None


def test_a_logo_is_not_read_with_every_page(database) -> None:
    id = stored(database)
    Policy.find(id, "mine", lock=True).show_logo(b"\x89PNG", "image/png")
    database.commit()
    database.remove()
    policy = Policy.find(id, "mine")
    assert "logo" not in policy.__dict__
    assert (policy.look.logo, policy.logo_type) == (b"\x89PNG", "image/png")


@pytest.mark.parametrize("column", [{"language": "sv"}, {"logo": b"x"}, {"logo_type": "image/png"}])
def test_the_database_itself_refuses_nonsense(database, column) -> None:
    stored(database)
    with pytest.raises(IntegrityError):
        database.execute(update(Policy).values(**column))
    database.rollback()


def test_a_holder_without_a_draft_is_refused(database) -> None:
    database.add(Holder(policy_id="2" * 26, key_hash="x" * 64))
    with pytest.raises(IntegrityError):
        database.commit()
    database.rollback()


def test_times_come_back_aware_and_in_utc(database) -> None:
    at = datetime(2026, 11, 21, 14, 2, tzinfo=timezone(timedelta(hours=5)))
    id = stored(database)
    Policy.find(id, "mine", lock=True).created_at = at
    database.commit()
    database.remove()
    found = Policy.find(id, "mine").created_at
    assert found == at
    assert found.tzinfo == UTC


def test_a_time_without_a_zone_is_refused(database) -> None:
    id = stored(database)
    Policy.find(id, "mine", lock=True).created_at = datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(Exception, match="without a zone"):
        database.commit()
    database.rollback()


def test_sqlite_keeps_what_it_has_acknowledged(database) -> None:
    if db.engine.dialect.name != "sqlite":
        assert database.scalar(text("SHOW synchronous_commit")) == "on"
        return
    assert database.scalar(text("PRAGMA synchronous")) == 2
    assert database.scalar(text("PRAGMA journal_mode")) == "wal"
    assert database.scalar(text("PRAGMA foreign_keys")) == 1


def test_saves_are_counted_within_a_minute(database) -> None:
    policy = Policy.start("nb", {})
    assert [policy.count_save() for _ in range(3)] == [1, 2, 3]
    with time_machine.travel(now() + timedelta(seconds=61)):
        assert policy.count_save() == 1
