"""A real browser at a real server. One Chromium for all tests; every test has a browser profile of its own, and is watched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from app.pack.text import Language
from tests.e2e.watch import Watch
from tests.e2e.wizard import Wizard

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = int(os.environ.get("PATIENCE", "10000"))  # milliseconds; more on a machine that has much else to do
Open = Callable[..., Wizard]
# The languages in which long rounds of pages are looked at: with TEST_THOROUGHLY, as in `make check`, nynorsk as well.
ROUNDS: list[Language] = ["nb", "nn"] if "TEST_THOROUGHLY" in os.environ else ["nb"]


@pytest.fixture(scope="session")
def playing() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playing: Playwright) -> Iterator[Browser]:
    """The one browser: where there is one, a Chromium that never had a window, for it costs a third less. Without any the tests fail."""
    with launched(playing, without_window(playing) or executable(playing)) as browser:
        yield browser


@contextmanager
def launched(playing: Playwright, program: str | None) -> Iterator[Browser]:
    """A browser for as long as it is wanted."""
    if program is None:
        pytest.fail("NOT PROVEN: no Chromium was found. Install one, or name it in CHROMIUM; make check does it by itself.", pytrace=False)
    browser = playing.chromium.launch(executable_path=program, args=ARGUMENTS)
    yield browser
    browser.close()


def without_window(playing: Playwright) -> str | None:
    """The path of chromium-headless-shell: on the path, or beside Playwright's own Chromium."""
    own = Path(playing.chromium.executable_path).parents[1]
    beside = own.with_name(own.name.replace("chromium-", "chromium_headless_shell-")).glob("*/*headless*shell")
    return shutil.which("chromium-headless-shell") or next(map(str, beside), None)


def executable(playing: Playwright) -> str | None:
    """The Chromium that CHROMIUM names, one on the path, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    found = next((path for name in ([named] if named else NAMES) if (path := shutil.which(name))), None)
    own = playing.chromium.executable_path
    return found or (own if not named and Path(own).exists() else None)


def serve(folder: Path, kind: str) -> Iterator[str]:
    """Serve from an empty folder; gives the address."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("RUSOFF_")}
    command = [sys.executable, "-m", "tests.e2e.served", str(folder), kind]
    errors = folder.parent / "errors.log"
    with errors.open("w") as log, subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=log, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        assert address, f"the server did not start:\n{errors.read_text()}"
        yield address
        server.terminate()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app."""
    yield from serve(tmp_path_factory.mktemp("site") / "instance", "open")


@pytest.fixture(scope="session")
def busy_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app that allows one start an hour and one save a minute."""
    yield from serve(tmp_path_factory.mktemp("busy") / "instance", "busy")


@pytest.fixture(scope="session")
def site_with_register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app that looks organisations up, in a register that is made up."""
    yield from serve(tmp_path_factory.mktemp("register") / "instance", "register")


@pytest.fixture
def open_browser(chromium: Browser, site: str) -> Iterator[Open]:
    """Opens a browser with a profile of its own, and gives its first tab. What it must not do makes the test fail."""
    watches: list[tuple[Any, Watch]] = []

    def start(language: str = "nb", at: str = site, expects: tuple[int | str, ...] = (), **settings: Any) -> Wizard:
        context = chromium.new_context(locale={"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}[language], timezone_id="Europe/Oslo", **settings)
        context.set_default_timeout(PATIENCE)
        watch = Watch(context, at)
        watch.expects(*expects)
        watches.append((context, watch))
        return Wizard(context.new_page(), at, language)  # type: ignore[arg-type]

    yield start
    faults = [fault for _, watch in watches for fault in watch.faults]
    for context, _ in watches:
        context.close()
    assert not faults, "; ".join(dict.fromkeys(faults))


@pytest.fixture
def wizard(open_browser: Open) -> Wizard:
    """A tab in bokmål."""
    return open_browser()
