"""For those who watch over the app: it says that it lives, and why it cannot work."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from app.clock import now
from app.mail import messages
from app.models.db import db
from app.models.outbox import Beat
from app.web import health


@pytest.fixture(autouse=True)
def probing_each_time(monkeypatch):
    monkeypatch.setattr(health, "PROBE_EVERY", -1)


@pytest.fixture
def lite(make_app):
    """An app on a SQLite database of its own, whatever the others use."""
    return make_app(database_url="")


def ready(app) -> tuple[int, str]:
    response = app.test_client().get("/readyz")
    return response.status_code, response.text


def path_of(app) -> Path:
    with app.app_context():
        return Path(db.engine.url.database)


def test_it_lives(client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.text, response.mimetype) == (200, "ok\n", "text/plain")


def test_it_is_ready(app) -> None:
    assert ready(app) == (200, "ok\n")


@pytest.mark.parametrize(("version", "words"), [("'0001'", "rusoff migrate"), ("'9999'", "newer RusOff")])
def test_it_is_not_ready_with_another_migration(make_app, version, words) -> None:
    app = make_app()
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = {version}"))
    code, told = ready(app)
    assert code == 503
    assert words in told


def test_it_is_not_ready_before_the_first_migration(make_app) -> None:
    code, told = ready(make_app(migrated=False))
    assert code == 503
    assert "rusoff migrate" in told


def test_it_lives_but_is_not_ready_without_a_database(make_app, tmp_path) -> None:
    app = make_app(migrated=False, database_url=f"sqlite:///{tmp_path / 'no' / 'folder' / 'x.sqlite3'}")
    assert ready(app) == (503, "the database does not answer (SQLITE_CANTOPEN)\n")
    assert app.test_client().get("/healthz").status_code == 200


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_it_knows_that_its_file_is_gone(lite, how) -> None:
    assert ready(lite)[0] == 200
    path = path_of(lite)
    path.unlink()
    if how == "replaced":
        path.write_bytes(b"")
    code, told = ready(lite)
    assert code == 503
    assert "deleted or replaced" in told


def test_it_knows_a_database_that_can_only_be_read(lite, caplog) -> None:
    with lite.app_context():
        event.listen(db.engine, "checkout", lambda connection, *_: connection.execute("PRAGMA query_only = ON"))
    assert ready(lite) == (503, "the database can only be read: nothing can be saved (SQLITE_READONLY)\n")
    assert "SQLITE_READONLY" in caplog.text


def test_it_knows_a_database_that_somebody_else_holds(lite) -> None:
    with closing(sqlite3.connect(path_of(lite), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert ready(lite) == (503, "somebody else holds the database: nothing can be saved (SQLITE_BUSY)\n")
    assert ready(lite)[0] == 200


def test_it_knows_a_full_disk(lite, monkeypatch) -> None:
    with lite.app_context(), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM hit"))
    monkeypatch.setattr(health, "_room", lambda: 100.0)
    assert ready(lite) == (503, "the disk is full: nothing can be saved\n")


def test_a_write_that_fails_for_want_of_room_is_called_so(lite) -> None:
    class FullError(sqlite3.OperationalError):
        sqlite_errorname = "SQLITE_FULL"

    def full(*_) -> None:
        raise OperationalError("COMMIT", {}, FullError())

    with lite.app_context():
        event.listen(db.engine, "commit", full)
    assert ready(lite) == (503, "the disk is full: nothing can be saved (SQLITE_FULL)\n")


def test_a_worker_that_is_not_there_is_told_where_a_letter_waits(app) -> None:
    with app.app_context():
        messages.write("sign_in", "kari@example.no", "nb", due_at=now() - timedelta(minutes=6), link="x", code="1", minutes=15)
        db.session.commit()
        assert ready(app) == (200, "ok\nno worker has looked after the letters yet: start `rusoff worker`\n")
        Beat.mark(now() - timedelta(hours=1))
        assert "since 20" in ready(app)[1]
        Beat.mark(now())
        assert ready(app) == (200, "ok\n")


def test_where_mail_is_sent_a_worker_is_wanted_at_once(make_app) -> None:
    app = make_app(smtp="smtp://mail.example.no", mail_from="rusoff@example.no", public_url="https://rusoff.example.no")
    assert ready(app)[1].startswith("ok\nno worker")


def test_the_question_itself_does_not_fill_the_disk(lite, monkeypatch) -> None:
    monkeypatch.setattr(health, "PROBE_EVERY", 60)
    for _ in range(3):
        assert ready(lite)[0] == 200
    with lite.app_context(), db.engine.connect() as connection:
        assert connection.execute(text("SELECT count FROM hit WHERE bucket = 'readyz'")).scalar() == 1
