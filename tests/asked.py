"""What each test asks of the database: noted on one run, so that on another database no case of a test has to ask the very same.

A plugin (`pytest -p tests.asked`). With ASKED_NOTE it notes in that folder, for every test that passed, what it asked: each statement with its
lock, the kind of every value in it, and where transactions begin and end, in order. With ASKED_KNOWN it leaves out tests that are not given a
database at all and, of the cases of one test, those that asked just what another case asks, which does run. Everything else runs: a test without
a note, one that starts processes, which may ask for themselves, and one whose file knows databases apart.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

NOTE, KNOWN = os.environ.get("ASKED_NOTE", ""), os.environ.get("ASKED_KNOWN", "")
GIVES_A_DATABASE = "new_database"
OF_ONE_DATABASE = ("dialect", "backend_name", "is_lite")
STARTS_A_PROCESS = ("subprocess.Popen", "os.fork", "os.posix_spawn", "os.exec")
Notes = dict[str, str]


class Asked:
    """What one test has asked so far."""

    def __init__(self) -> None:
        self.hash, self.is_all = hashlib.sha256(), True

    def note(self, words: object) -> None:
        self.hash.update(f"{words}\n".encode("utf-8", "backslashreplace"))


_now = Asked()
_noted: Notes = {}


def kind_of(value: Any) -> object:
    """What two values have in common that a database treats alike: their type, how long they are by powers of two, and whether any letter is rare."""
    if isinstance(value, str | bytes):
        letters = value if isinstance(value, str) else value.decode("latin-1")
        return type(value).__name__, len(value).bit_length(), letters.isascii(), letters.isprintable()
    if isinstance(value, int):
        return type(value).__name__, value < 0, abs(value).bit_length() > 31
    return type(value).__name__


def _on_statement(_connection: Any, _cursor: Any, statement: str, parameters: Any, context: Any, _many: bool) -> None:
    for row in parameters if isinstance(parameters, list) else [parameters]:
        values = row.values() if isinstance(row, dict) else row or ()
        _now.note((statement, lock_of(context), [kind_of(value) for value in values]))


def lock_of(context: Any) -> object:
    """The lock that a statement takes where a database knows such locks; SQLite's words do not show it."""
    lock = getattr(getattr(getattr(context, "compiled", None), "statement", None), "_for_update_arg", None)
    return None if lock is None else (lock.read, lock.nowait, lock.key_share, lock.skip_locked, str(lock.of and [str(of) for of in lock.of]))


def _on_audit(name: str, _values: object) -> None:
    if name in STARTS_A_PROCESS:
        _now.is_all = False


def pytest_configure() -> None:
    if not NOTE:
        return
    event.listen(Engine, "before_cursor_execute", _on_statement)
    for name in ("begin", "commit", "rollback"):
        event.listen(Engine, name, lambda _connection, name=name: _now.note(name))
    sys.addaudithook(_on_audit)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    global _now  # noqa: PLW0603 - there is one database at a time
    _now = Asked()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    _now.is_all = _now.is_all and report.passed
    if call.when == "teardown" and _now.is_all:
        _noted[item.nodeid] = _now.hash.hexdigest()
    return report


def pytest_sessionfinish() -> None:
    if NOTE and _noted:
        Path(NOTE).mkdir(parents=True, exist_ok=True)
        (Path(NOTE) / f"{os.getpid()}.json").write_text(json.dumps(_noted), "utf-8")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not KNOWN:
        return
    left_out = set(without_database(items)) | set(asking_the_same(items, known()))
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = [item for item in items if item not in left_out]


def known() -> Notes:
    """All notes of the run before."""
    return {id: asked for file in sorted(Path(KNOWN).glob("*.json")) for id, asked in json.loads(file.read_text("utf-8")).items()}


def without_database(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """The tests that no database is given to."""
    return (item for item in items if GIVES_A_DATABASE not in item.fixturenames)  # type: ignore[attr-defined]


@lru_cache
def knows_databases_apart(file: Path) -> bool:
    """Whether the tests in a file may do another thing on another database."""
    return any(word in file.read_text("utf-8") for word in OF_ONE_DATABASE)


def asking_the_same(items: list[pytest.Item], notes: Notes) -> Iterator[pytest.Item]:
    """The cases of a test that asked what an earlier case of it asks."""
    seen: set[tuple[str, str]] = set()
    for item in items:
        asked = notes.get(item.nodeid)
        if asked is None or knows_databases_apart(item.path):
            continue
        one = (item.nodeid.partition("[")[0], asked)
        if one in seen:
            yield item
        seen.add(one)
