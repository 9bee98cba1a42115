"""Nothing is left out on PostgreSQL but what would ask the same again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection, column, create_engine, event, select, table

from tests import asked

PLAIN = Path(__file__).with_name("test_orgnr.py")
ITEMS: Any = [
    SimpleNamespace(nodeid=id, fixturenames=["new_database"], path=PLAIN) for id in ("a[1]", "a[2]", "a[3]", "b", "b[1]", "new[1]", "new[2]")
]


def left_out(**notes: str) -> list[str]:
    return [item.nodeid for item in asked.asking_the_same(ITEMS, {id.replace("_", "[") + "]" if "_" in id else id: h for id, h in notes.items()})]


def test_the_first_case_that_asks_something_runs() -> None:
    assert left_out(a_1="x", a_2="x", a_3="y") == ["a[2]"]


def test_each_test_asks_for_itself() -> None:
    assert left_out(a_1="x", b="x") == []


def test_what_nobody_noted_runs() -> None:
    assert left_out(a_2="x") == []


def test_where_databases_are_known_apart_every_case_runs(tmp_path) -> None:
    (tmp_path / "x.py").write_text("if db.engine.dialect.name == 'sqlite':", "utf-8")
    two: Any = [SimpleNamespace(nodeid=id, path=tmp_path / "x.py") for id in ("x[1]", "x[2]")]
    assert list(asked.asking_the_same(two, {"x[1]": "same", "x[2]": "same"})) == []


def test_who_is_given_no_database_is_left_out() -> None:
    [bare] = [SimpleNamespace(nodeid="c", fixturenames=["tmp_path"])]
    assert list(asked.without_database([bare, *ITEMS])) == [bare]


@pytest.mark.parametrize(
    ("one", "other"),
    [("a", "æ"), ("a", "aa"), ("a", "\x00"), ("a", 1), (1, -1), (1, 2**40), (1, True), ("a", b"a"), ("x" * 200, "x" * 300), (None, "a")],
)
def test_kinds_of_value_that_databases_treat_apart(one: object, other: object) -> None:
    assert asked.kind_of(one) != asked.kind_of(other)


def test_values_of_one_kind() -> None:
    assert asked.kind_of("Fjord") == asked.kind_of("Bakke")
    assert asked.kind_of(17) == asked.kind_of(18)


def test_notes_of_several_workers_are_read_together(tmp_path, monkeypatch) -> None:
    for name in "ab":
        (tmp_path / f"{name}.json").write_text(json.dumps({name: "x"}), "utf-8")
    monkeypatch.setattr(asked, "KNOWN", str(tmp_path))
    assert asked.known() == {"a": "x", "b": "x"}


THING = table("thing", column("id"))


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    event.listen(engine, "before_cursor_execute", asked._on_statement)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE thing (id INTEGER)")
        yield connection
    engine.dispose()


def noted(connection: Connection, monkeypatch: pytest.MonkeyPatch, statement: Any) -> str:
    monkeypatch.setattr(asked, "_now", asked.Asked())
    connection.execute(statement)
    return asked._now.hash.hexdigest()


def test_a_lock_counts_though_sqlite_has_no_word_for_it(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    ways: list[dict[str, Any]] = [{}, {"skip_locked": True}, {"key_share": True}, {"of": THING}]
    plain = noted(connection, monkeypatch, select(THING))
    locked = [noted(connection, monkeypatch, select(THING).with_for_update(**way)) for way in ways]
    assert len({plain, *locked}) == 5
    assert plain == noted(connection, monkeypatch, select(THING))


def test_a_value_counts_by_its_kind(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    first, like_it, other = (noted(connection, monkeypatch, select(THING).where(THING.c.id == id)) for id in (1, 2, 2**40))
    assert first == like_it != other


def test_whoever_starts_a_process_is_not_reckoned_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "_now", asked.Asked())
    sys.addaudithook(asked._on_audit)
    subprocess.run([sys.executable, "-c", ""], check=True)
    assert not asked._now.is_all
