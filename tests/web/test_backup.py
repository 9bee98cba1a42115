"""A backup is whole whatever happens while it is made, and what is put back is what was there."""

import io
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

from app import cli
from app.backup import commands, postgres, sqlite
from app.backup.errors import BackupError
from app.config import Config
from app.models.db import db
from app.models.policy import Policy
from tests import word_templates
from tests.conftest import browser, close, start_policy
from tests.web.test_start_up import ROOT, environment

KEY = "secret_key"


class House:
    """An installation: its instance folder, its database and the app on them."""

    def __init__(self, make_app, database: str, folder: Path) -> None:
        self.app = make_app(database_url=database, instance=folder)
        self.config = Config(database_url=database, instance=folder)
        self.client = browser(self.app)
        self.is_lite = make_url(self.config.database).get_backend_name() == "sqlite"

    def begin(self, times: int) -> None:
        for _ in range(times):
            start_policy(self.client, {"workplace_name": "Fjordheimen"})

    def count(self) -> int:
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(Policy))

    def stop(self) -> None:
        close(self.app)


@pytest.fixture
def house(make_app, new_database, tmp_path) -> House:
    return House(make_app, new_database(), tmp_path / "instance")


@pytest.fixture
def lite_house(make_app, tmp_path) -> House:
    return House(make_app, "", tmp_path / "instance")


def test_what_is_put_back_is_what_was_there(house, make_app, tmp_path) -> None:
    house.begin(3)
    key = house.config.key_file.read_text()
    said = commands.backup(house.config, tmp_path / "b.zip")
    assert "with the secret key" in said
    house.begin(2)
    house.config.key_file.write_text("z" * 64)
    house.stop()
    said = commands.restore(house.config, tmp_path / "b.zip")
    again = House(make_app, house.config.database_url, house.config.instance)
    assert again.count() == 3
    assert house.config.key_file.read_text() == key
    assert "kept as" in said
    assert list(house.config.instance.glob("*replaced-*"))
    assert again.app.test_client().get("/readyz").status_code == 200


def test_the_look_of_a_workplace_comes_back_with_it(house, make_app, tmp_path) -> None:
    id = start_policy(house.client)
    house.client.post(f"/nb/policies/{id}/colour", data={"colour": "#00594f"})
    template = {"template": (io.BytesIO(word_templates.norwegian()), "mal.docx")}
    house.client.post(f"/nb/policies/{id}/template", data=template, content_type="multipart/form-data")
    before = house.client.get(f"/nb/policies/{id}/documents/policy.docx").data
    commands.backup(house.config, tmp_path / "b.zip")
    house.client.post(f"/nb/policies/{id}/template", data={"remove": "yes"})
    assert house.client.get(f"/nb/policies/{id}/documents/policy.docx").data != before
    house.stop()
    commands.restore(house.config, tmp_path / "b.zip")
    again = House(make_app, house.config.database_url, house.config.instance)
    with again.app.app_context():
        assert db.session.get_one(Policy, id).colour == "00594f"
    for name, value in ((cookie.key, cookie.value) for cookie in house.client._cookies.values()):
        again.client.set_cookie(name, value)
    assert again.client.get(f"/nb/policies/{id}/documents/policy.docx").data == before


def test_what_was_replaced_can_be_put_back(lite_house, tmp_path) -> None:
    lite_house.begin(1)
    commands.backup(lite_house.config, tmp_path / "b.zip")
    lite_house.begin(4)
    lite_house.stop()
    commands.restore(lite_house.config, tmp_path / "b.zip")
    aside = next(lite_house.config.instance.glob("rusoff.sqlite3.replaced-*"))
    with closing(sqlite3.connect(aside)) as old:
        assert old.execute("SELECT count(*) FROM policy").fetchone() == (5,)


def test_it_moves_to_an_empty_house(house, make_app, new_database, tmp_path) -> None:
    house.begin(2)
    commands.backup(house.config, tmp_path / "b.zip")
    elsewhere = Config(database_url=new_database(), instance=tmp_path / "elsewhere")
    if house.is_lite:
        Path(make_url(elsewhere.database).database).unlink(missing_ok=True)
    commands.restore(elsewhere, tmp_path / "b.zip")
    moved = House(make_app, elsewhere.database_url, elsewhere.instance)
    assert moved.count() == 2
    assert moved.app.secret_key == house.app.secret_key
    assert moved.app.test_client().get("/readyz").status_code == 200


def test_twenty_of_twenty_made_while_others_write_are_sound(lite_house, tmp_path) -> None:
    path, stopping = Path(make_url(lite_house.config.database).database), threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
            n = 0
            while not stopping.is_set():
                n += 1
                connection.execute("INSERT INTO hit VALUES (?, '2026-11-01 10:00:00', 1)", (f"{threading.get_ident()} {n}" + "x" * 40,))

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        counts = []
        for n in range(20):
            commands.backup(lite_house.config, tmp_path / f"{n}.zip")
            counts.append(rows_in(tmp_path / f"{n}.zip", tmp_path / f"{n}.sqlite3"))
    finally:
        stopping.set()
        for writer in writers:
            writer.join()
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def rows_in(file: Path, to: Path) -> int:
    with zipfile.ZipFile(file) as found:
        to.write_bytes(found.read("database"))
    assert sqlite.checked(to)
    with closing(sqlite3.connect(to)) as connection:
        return connection.execute("SELECT count(*) FROM hit").fetchone()[0]


def test_an_old_wal_beside_the_database_does_no_harm(lite_house, tmp_path) -> None:
    path = Path(make_url(lite_house.config.database).database)
    lite_house.begin(2)
    commands.backup(lite_house.config, tmp_path / "b.zip")
    lite_house.begin(30)
    for beside in ("-wal", "-shm"):
        shutil.copy(f"{path}{beside}", tmp_path / beside)
    lite_house.stop()
    for beside in ("-wal", "-shm"):  # as after a power cut: nobody tidied up
        shutil.copy(tmp_path / beside, f"{path}{beside}")
    commands.restore(lite_house.config, tmp_path / "b.zip")
    assert not Path(f"{path}-wal").exists()
    assert sqlite.checked(path)
    assert lite_house_count(path) == 2


def lite_house_count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM policy").fetchone()[0]


def test_a_damaged_database_is_replaced_with_all_that_lies_beside_it(lite_house, tmp_path) -> None:
    path = Path(make_url(lite_house.config.database).database)
    lite_house.begin(2)
    commands.backup(lite_house.config, tmp_path / "b.zip")
    lite_house.stop()
    path.write_bytes(b"no database at all" * 500)
    Path(f"{path}-wal").write_bytes(b"rubbish" * 1000)
    commands.restore(lite_house.config, tmp_path / "b.zip")
    assert sqlite.checked(path)
    assert lite_house_count(path) == 2
    assert next(path.parent.glob("*.replaced-*-wal")).read_bytes() == b"rubbish" * 1000


def test_a_server_that_uses_the_database_stands_in_the_way(house, tmp_path) -> None:
    house.begin(1)
    commands.backup(house.config, tmp_path / "b.zip")
    house.begin(1)
    with pytest.raises(BackupError, match="stop"):
        commands.restore(house.config, tmp_path / "b.zip")
    assert house.count() == 2


def test_files_are_for_the_owner_alone(lite_house, tmp_path) -> None:
    lite_house.begin(1)
    commands.backup(lite_house.config, tmp_path / "b.zip")
    lite_house.stop()
    commands.restore(lite_house.config, tmp_path / "b.zip")
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    assert {stat.S_IMODE(path.stat().st_mode) for path in lite_house.config.instance.iterdir()} == {0o600}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_the_key_may_be_kept_apart(lite_house, tmp_path) -> None:
    assert "without the secret key" in commands.backup(lite_house.config, tmp_path / "b.zip", with_key=False)
    with zipfile.ZipFile(tmp_path / "b.zip") as found:
        assert KEY not in found.namelist()
    lite_house.stop()
    key = lite_house.config.key_file.read_text()
    assert "no secret key" in commands.restore(lite_house.config, tmp_path / "b.zip")
    assert lite_house.config.key_file.read_text() == key


@pytest.mark.parametrize("harm", ["cut", "turned", "no zip", "empty", "other zip", "newer"])
def test_a_file_that_is_not_whole_changes_nothing(lite_house, tmp_path, capsys, monkeypatch, harm) -> None:
    lite_house.begin(2)
    file = tmp_path / "b.zip"
    commands.backup(lite_house.config, file)
    lite_house.stop()
    spoil(file, harm)
    monkeypatch.setenv("RUSOFF_INSTANCE", str(lite_house.config.instance))
    assert cli.main(["restore", str(file)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert lite_house_count(Path(make_url(lite_house.config.database).database)) == 2
    assert not list(lite_house.config.instance.glob("*replaced*"))


def spoil(file: Path, harm: str) -> None:
    content = bytearray(file.read_bytes())
    if harm == "cut":
        file.write_bytes(content[: len(content) // 2])
    elif harm == "turned":
        content[len(content) // 2] ^= 0xFF
        file.write_bytes(content)
    elif harm == "newer":
        with zipfile.ZipFile(file, "w") as made:
            made.writestr("about.json", '{"kind": "sqlite", "revision": "9999", "made_at": "", "sha256": ""}')
    elif harm == "other zip":
        with zipfile.ZipFile(file, "w") as made:
            made.writestr("x", "y")
    else:
        file.write_bytes(b"" if harm == "empty" else b"PK no zip at all" * 100)


def test_a_damaged_database_gives_no_backup(lite_house, tmp_path) -> None:
    path = Path(make_url(lite_house.config.database).database)
    lite_house.begin(1)
    lite_house.stop()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO holder VALUES ('nobody', 'x')")
        connection.commit()
    (tmp_path / "b.zip").write_bytes(b"the one from yesterday")
    with pytest.raises(BackupError, match="damaged"):
        commands.backup(lite_house.config, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_bytes() == b"the one from yesterday"


@pytest.mark.parametrize("wait", [0.6, 1.2, 1.8])
def test_a_backup_that_is_killed_leaves_no_half_file(lite_house, tmp_path, wait) -> None:
    with lite_house.app.app_context(), db.engine.begin() as connection:
        rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) SELECT hex(randomblob(32)), i, 1 FROM n"
        connection.execute(text(f"INSERT INTO hit {rows}"))
    (tmp_path / "b.zip").write_bytes(b"the one from yesterday")
    given = environment(RUSOFF_INSTANCE=str(lite_house.config.instance), HOME="")
    process = subprocess.Popen([sys.executable, "-m", "app.cli", "backup", str(tmp_path / "b.zip")], cwd=ROOT, env=given, stdout=subprocess.DEVNULL)
    time.sleep(wait)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    content = (tmp_path / "b.zip").read_bytes()
    assert content == b"the one from yesterday" or zipfile.ZipFile(tmp_path / "b.zip").testzip() is None


def test_what_a_killed_command_left_is_cleared_away_in_the_end(lite_house, tmp_path) -> None:
    left, fresh = tmp_path / f"{commands.WORK}old", tmp_path / f"{commands.WORK}new"
    for folder in (left, fresh):
        folder.mkdir()
    os.utime(left, (1, 1))
    commands.backup(lite_house.config, tmp_path / "b.zip")
    assert not left.exists()
    assert fresh.exists()


def test_without_the_tools_of_postgresql_it_says_what_to_install(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="postgresql-client"):
        postgres.checked(tmp_path / "x")


def test_a_password_is_on_no_command_line(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(postgres, "_done", lambda tool, command, secret: seen.append((command, secret)))
    seen: list[tuple[list[str], dict[str, str]]] = []
    postgres._run("pg_dump", "postgresql+psycopg://me:s3cret@h:5433/x?sslmode=require", "--file=x")
    [(command, secret)] = seen
    assert "s3cret" not in " ".join(command)
    assert "sslmode=require" in command[1]
    assert secret == {"PGPASSWORD": "s3cret"}


def test_the_wrong_kind_of_database_is_told(lite_house, tmp_path) -> None:
    commands.backup(lite_house.config, tmp_path / "b.zip")
    with pytest.raises(BackupError, match="backup of sqlite"):
        commands.restore(Config(instance=tmp_path, database_url="postgresql+psycopg://h/x"), tmp_path / "b.zip")
