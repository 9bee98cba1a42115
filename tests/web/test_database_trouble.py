"""A disk that is full or read-only, a database that is locked, damaged or replaced: told in words, and never with a save that is lost."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text, update
from sqlalchemy.exc import OperationalError

from app import cli
from app.clock import now
from app.models import postgres_timeouts
from app.models.db import db, engine_options
from app.models.policy import Policy
from tests.conftest import browser, start_policy
from tests.every_field import hidden
from tests.web.test_start_up import ROOT, environment

NAME = {"workplace_name": "Fjordheimen"}


@pytest.fixture
def alone(make_app):
    """An app with a SQLite database of its own, whatever the others use; and where that is."""
    app = make_app(database_url="")
    app.testing = False
    with app.app_context():
        return app, Path(db.engine.url.database)


class Writer:
    """A browser with the form of one page open."""

    def __init__(self, app) -> None:
        self.client = browser(app)
        self.id = start_policy(self.client, NAME)
        self.address = f"/nb/policies/{self.id}/map/environment"
        self.fields = hidden(self.client.get(self.address).text)

    def save(self, word: str) -> int:
        return self.client.post(self.address, data={**self.fields, "asked": ["mapping_notes"], "mapping_notes": word}).status_code


def test_nobody_else_reads_the_files(alone) -> None:
    _, path = alone
    files = [file for file in path.parent.iterdir() if file.name.startswith(path.name)]
    assert len(files) >= 1
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_an_open_database_is_closed_and_a_new_folder_is_private(tmp_path, make_app) -> None:
    path = tmp_path / "new" / "rusoff.sqlite3"
    app = make_app(instance=path.parent, database_url="")
    path.chmod(0o644)
    make_app(instance=path.parent, database_url="")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert app.instance_path == str(path.parent)


def test_deleted_words_are_overwritten(alone) -> None:
    app, _ = alone
    with app.app_context(), db.engine.connect() as connection:
        assert connection.execute(text("PRAGMA secure_delete")).scalar() == 1


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_no_save_is_acknowledged_into_a_file_that_is_gone(alone, how, caplog) -> None:
    app, path = alone
    writer = Writer(app)
    assert writer.save("one") == 303
    if how == "replaced":
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(path.parent / "other")) as new:
            old.backup(new)
        (path.parent / "other").replace(path)
    else:
        path.unlink()
    assert writer.save("two") == 503
    assert writer.client.get(f"/nb/policies/{writer.id}/").status_code == 503
    assert "REPLACED" in caplog.text


def test_a_file_replaced_within_a_transaction_is_noticed_before_it_ends(alone) -> None:
    app, path = alone
    with app.app_context(), db.engine.connect() as connection:
        connection.execute(text("DELETE FROM hit"))
        path.unlink()
        with pytest.raises(OperationalError, match="replaced"):
            connection.commit()


def test_reading_goes_on_where_nothing_can_be_written(alone, caplog) -> None:
    app, _ = alone
    writer = Writer(app)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(update(Policy).values(used_at=now() - timedelta(days=2)))
    with app.app_context():
        event.listen(db.engine, "checkout", make_read_only)
    assert writer.client.get(f"/nb/policies/{writer.id}/documents/policy.docx").status_code == 200
    assert writer.client.get(f"/nb/policies/{writer.id}/answers.json").status_code == 200
    assert writer.client.get("/nb/questions.docx").status_code == 200
    assert writer.save("one") == 503
    assert "not counted: SQLITE_READONLY" in caplog.text
    assert "the day of last use is not written: SQLITE_READONLY" in caplog.text
    assert "the database does not answer: SQLITE_READONLY" in caplog.text


def make_read_only(connection, *_) -> None:
    connection.execute("PRAGMA query_only = ON")


@pytest.mark.parametrize("content", [b"this is no database" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
@pytest.mark.parametrize("command", ["migrate", "run", "worker"])
def test_what_is_no_database_is_told_in_a_sentence(tmp_path, monkeypatch, capsys, command, content) -> None:
    (tmp_path / "rusoff.sqlite3").write_bytes(content)
    assert started(tmp_path, monkeypatch, command) == 2
    told = capsys.readouterr().err
    assert "no database" in told
    assert told.count("\n") == 1


def started(instance: Path, monkeypatch, command: str, **given: str) -> int:
    monkeypatch.setenv("RUSOFF_INSTANCE", str(instance))
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return cli.main([command])


def test_a_damaged_database_is_told_in_a_sentence(alone, tmp_path, monkeypatch, capsys) -> None:
    _, path = alone
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    spoilt = bytearray(path.read_bytes())
    spoilt[8192 + 8 : 3 * 8192] = os.urandom(2 * 8192 - 8)
    (tmp_path / "rusoff.sqlite3").write_bytes(spoilt)
    assert started(tmp_path, monkeypatch, "migrate") == 2
    assert "damaged" in capsys.readouterr().err


def test_a_newer_database_is_told_in_a_sentence(make_app, tmp_path, monkeypatch, capsys) -> None:
    app = make_app()
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        address = connection.engine.url.render_as_string(hide_password=False)
    assert started(tmp_path, monkeypatch, "migrate", DATABASE_URL=address) == 2
    assert "newer RusOff (9999)" in capsys.readouterr().err


def test_a_server_that_is_down_is_told_in_a_sentence(tmp_path, monkeypatch, capsys) -> None:
    assert started(tmp_path, monkeypatch, "migrate", DATABASE_URL="postgresql://me:secret@127.0.0.1:8149/x") == 2
    told = capsys.readouterr().err
    assert "x on 127.0.0.1" in told
    assert "secret" not in told
    assert told.count("\n") == 1


def test_waiting_has_bounds() -> None:
    lite, big = engine_options("sqlite:////x"), engine_options("postgresql+psycopg://h/x")
    assert lite["connect_args"]["timeout"] <= 10
    assert lite["pool_timeout"] <= 10
    assert big["connect_args"]["connect_timeout"] <= 5
    for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
        assert name in big["connect_args"]["options"]
    assert postgres_timeouts.SILENCE <= 10


def test_migrations_at_once_all_succeed(new_database, tmp_path) -> None:
    address = new_database()
    begun = [begin_migrating(tmp_path, address) for _ in range(3)]
    said = [process.communicate(timeout=120)[1] for process in begun]
    assert [process.returncode for process in begun] == [0, 0, 0], said


def begin_migrating(instance: Path, address: str):
    given = environment(RUSOFF_INSTANCE=str(instance), DATABASE_URL=address, HOME="")
    return subprocess.Popen([sys.executable, "-m", "app.cli", "migrate"], cwd=ROOT, env=given, stderr=subprocess.PIPE, text=True)
