"""The app refuses to start with anything wrong, and serves with everything right."""

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from app import cli

ROOT = Path(__file__).parents[2]
BAD = [("PORT", "eighty"), ("DATABASE_URL", "mysql://x/y"), ("RUSOFF_TYPO", "1"), ("SECRET_KEY", "short")]


def environment(**given: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "LANG")}
    return {**kept, **given}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.mark.parametrize(("name", "value"), BAD)
def test_it_refuses_to_start_in_one_sentence(tmp_path, name, value, monkeypatch, capsys) -> None:
    monkeypatch.setattr("os.environ", environment(RUSOFF_INSTANCE=str(tmp_path), **{name: value}))
    assert cli.main(["run"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(name)
    assert told.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_process_ends_with_that_sentence(tmp_path) -> None:
    [(name, value), *_] = BAD
    done = run(environment(RUSOFF_INSTANCE=str(tmp_path), **{name: value}))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(name)


RUN = [sys.executable, "-m", "app.cli", "run"]


def run(given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(RUN, check=False, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60)


def test_it_serves_from_an_empty_folder_and_starts_again_quickly(tmp_path) -> None:
    given = environment(RUSOFF_INSTANCE=str(tmp_path / "instance"), PORT=str(free_port()), HOME="")
    started(given)
    before = spent()
    subprocess.run([sys.executable, "-c", "import app.cli, app.server.serve"], check=True, cwd=ROOT, env=given)
    assert started(given) <= 2 * (spent() - before), "as much again as the imports alone"


def test_a_port_that_is_taken_is_refused_in_one_sentence(tmp_path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = run(environment(RUSOFF_INSTANCE=str(tmp_path), PORT=str(taken.getsockname()[1])))
    assert refused.returncode == 2
    assert "choose another PORT" in refused.stderr


def spent() -> float:
    """Seconds of processor that our children have used: on an idle machine a start takes hardly longer, on a busy one a clock says nothing."""
    used = os.times()
    return used.children_user + used.children_system


def started(given: dict[str, str]) -> float:
    """Start the server, look at it, stop it; what that took."""
    before = spent()
    server = subprocess.Popen(RUN, cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        address = f"http://127.0.0.1:{given['PORT']}"
        assert address in server.stdout.readline()
        with urllib.request.urlopen(f"{address}/readyz?who=me", timeout=30) as response:
            assert response.status == 200
    finally:
        server.terminate()
        _, log = server.communicate(timeout=20)
    assert "GET /readyz 200" in log
    assert "who=me" not in log
    return spent() - before
