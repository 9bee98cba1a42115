"""The app refuses to start with anything wrong, and serves with everything right."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

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
def test_it_refuses_to_start_in_one_sentence(tmp_path, name, value) -> None:
    done = run(environment(RUSOFF_INSTANCE=str(tmp_path), **{name: value}))
    assert done.returncode == 2
    assert done.stderr.startswith(name)
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


RUN = [sys.executable, "-m", "app.cli", "run"]


def run(given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(RUN, check=False, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60)


def test_it_serves_from_an_empty_folder_and_starts_again_quickly(tmp_path) -> None:
    port = str(free_port())
    given = environment(RUSOFF_INSTANCE=str(tmp_path / "instance"), PORT=port, HOME="")
    for most in (60.0, 3.0):
        began = time.monotonic()
        server = subprocess.Popen(RUN, cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            assert f"http://127.0.0.1:{port}" in server.stdout.readline()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as response:
                assert response.status == 200
            assert time.monotonic() - began < most
            refused = run(given)
            assert refused.returncode == 2
            assert "choose another PORT" in refused.stderr
        finally:
            server.terminate()
            _, log = server.communicate(timeout=20)
    assert "GET /readyz 200" in log
