"""Runs the tests of a module against one mutant after another, each in a process of its own, in a copy of the tree."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

import pytest

from .mutants import Mutant

ROOT = Path(__file__).resolve().parents[2]
LEFT_BEHIND = (".git", ".venv", ".tools", "__pycache__", "e2e", "heavy", ".mypy_cache", ".ruff_cache", ".hypothesis")
IMPORTED = (
    "pytest",
    "hypothesis",
    "flask",
    "flask_security",
    "flask_migrate",
    "sqlalchemy",
    "lxml.etree",
    "docx",
    "typst",
    "time_machine",
    "webauthn",
)
TOLD = "told.txt"  # in each copy: what pytest said last
NOT_RUN = 99
Outcome = Literal["killed", "alive", "timeout", "equivalent"]


class Result(NamedTuple):
    """What became of one mutant, and how long it took."""

    mutant: Mutant
    outcome: Outcome
    seconds: float


class BrokenError(Exception):
    """The tests fail without any mutant, so that nothing can be proven with them."""


def run(work: Iterable[tuple[Mutant, list[str]]], processes: int, limit: int) -> Iterator[Result]:
    """Each mutant against its tests, in so many processes; `limit` seconds each. In no certain order."""
    with TemporaryDirectory() as place, get_context("fork").Pool(processes, _settle, (place,)) as pool:
        yield from pool.imap_unordered(_one, [(mutant, tests, limit) for mutant, tests in work])


def check(tests: list[str], limit: int) -> None:
    """See that the tests pass as they are. Raises BrokenError."""
    with TemporaryDirectory() as place, get_context("fork").Pool(1, _settle, (place,)) as pool:
        if pool.apply(_tried, (tests, limit)) != 0:
            told = next(Path(place).glob(f"*/{TOLD}")).read_text("utf-8")
            raise BrokenError(f"On the unchanged tree they fail, or need more than {limit} s:\n{told[-3000:]}")


def _settle(place: str) -> None:
    """A copy of the tree for this process, and what every test run imports, once."""
    mine = Path(place) / str(os.getpid())
    shutil.copytree(ROOT, mine, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
    os.chdir(mine)
    sys.dont_write_bytecode = True
    sys.path[:] = [str(mine), *(one for one in sys.path if one not in ("", str(ROOT)))]
    for name in IMPORTED:
        __import__(name)


def _one(work: tuple[Mutant, list[str], int]) -> Result:
    mutant, tests, limit = work
    began, path = time.monotonic(), Path(mutant.path)
    sound = path.read_text("utf-8")
    path.write_text(mutant.source, "utf-8")
    try:
        code = _tried(tests, limit)
    finally:
        path.write_text(sound, "utf-8")
    return Result(mutant, {0: "alive", -1: "timeout"}.get(code, "killed"), time.monotonic() - began)  # type: ignore[arg-type]


def _tried(tests: list[str], limit: int) -> int:
    """How pytest ended: 0 when all passed, -1 when its time was over."""
    child = os.fork()
    if child == 0:
        _end_with(tests, limit)
    _, status = os.waitpid(child, 0)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # what the tests may have started
    return -1 if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)


def _end_with(tests: list[str], limit: int) -> None:
    """Run the tests, and end this process as they end."""
    code = NOT_RUN
    try:
        os.setsid()
        signal.alarm(limit)  # ends the process, whatever it is doing
        with Path(TOLD).open("w", encoding="utf-8") as told, redirect_stdout(told), redirect_stderr(told):
            code = _pytest(tests)
    finally:
        os._exit(code)


def _pytest(tests: list[str]) -> int:
    try:
        return int(pytest.main(["-x", "-q", "--assert=plain", "-p", "no:xdist", *tests]))
    except Exception:
        traceback.print_exc()
        return NOT_RUN
