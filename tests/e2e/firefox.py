"""Firefox, driven by Marionette, the protocol that Firefox itself speaks: JSON over a socket. Only what our short walk needs.

Playwright has a Firefox of its own build, which is fetched from elsewhere and is not the one that people use; the driver that Selenium wants is in no
package of Debian. This needs nothing but Firefox.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any

NAMES = ("firefox-esr", "firefox")
PATIENCE = 120.0  # seconds for the program to start, on a machine that has much to do
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
PREFERENCES: dict[str, Any] = {
    "app.update.auto": False, "browser.shell.checkDefaultBrowser": False, "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False, "intl.accept_languages": "nb-NO", "intl.locale.requested": "nb-NO",
    "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False, "toolkit.telemetry.enabled": False,
}  # fmt: skip


class FirefoxError(Exception):
    """Firefox refuses an order. Says which, and why."""


def executable() -> str | None:
    """The Firefox that FIREFOX names, or one on the path."""
    named = os.environ.get("FIREFOX")
    return next((path for name in ([named] if named else NAMES) if (path := shutil.which(name))), None)


class Firefox:
    """One window with an empty profile in `folder`."""

    def __init__(self, program: str, folder: Path, width: int, height: int) -> None:
        self.port = _free_port()
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in (PREFERENCES | {"marionette.port": self.port}).items()]
        (folder / "user.js").write_text("\n".join(lines), "utf-8")
        size = [f"--width={width}", f"--height={height}"]
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder), *size]
        self.program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.at, self.unread = 0, b""

    def __enter__(self) -> Firefox:
        try:
            self._connect()
            self.do("WebDriver:NewSession", capabilities={"alwaysMatch": {"pageLoadStrategy": "normal"}})
            self.do("WebDriver:SetTimeouts", script=60_000, pageLoad=60_000, implicit=10_000)
        except BaseException:
            self.program.kill()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.wire.close()
        self.program.kill()
        self.program.wait()

    def go(self, address: str) -> None:
        self.do("WebDriver:Navigate", url=address)

    def find(self, selector: str) -> str:
        """The first element of a CSS selector, once it is there."""
        return str(self.do("WebDriver:FindElement", using="css selector", value=selector)["value"][ELEMENT])

    def words(self, selector: str) -> str:
        return str(self.do("WebDriver:GetElementText", id=self.find(selector))["value"])

    def type(self, selector: str, words: str) -> None:
        self.do("WebDriver:ElementSendKeys", id=self.find(selector), text=words)

    def click(self, selector: str) -> None:
        self.do("WebDriver:ElementClick", id=self.find(selector))

    def run(self, script: str) -> Any:
        """What a script gives back; a promise is waited for."""
        return self.do("WebDriver:ExecuteScript", script=script, args=[])["value"]

    def address(self) -> str:
        return str(self.do("WebDriver:GetCurrentURL")["value"])

    def wait(self, script: str, seconds: float = 20.0) -> Any:
        """What a script gives back as soon as that is something."""
        until = time.monotonic() + seconds
        while not (found := self.run(script)):
            if time.monotonic() > until:
                raise FirefoxError(f"waited in vain at {self.address()} for: {script}")
            time.sleep(0.1)
        return found

    def do(self, order: str, **given: Any) -> Any:
        """Carry out one order. Raises FirefoxError."""
        self.at += 1
        written = json.dumps([0, self.at, order, given]).encode()
        self.wire.sendall(f"{len(written)}:".encode() + written)
        _, _, error, result = self._answer()
        if error:
            raise FirefoxError(f"{order}: {error['error']}: {error['message']}")
        return result

    def _connect(self) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.wire = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
                break
            except OSError:
                if time.monotonic() > until or self.program.poll() is not None:
                    raise FirefoxError("Firefox does not start") from None
                time.sleep(0.2)
        self._answer()  # it greets first

    def _answer(self) -> Any:
        """One message: its length in digits, a colon, and JSON."""
        while b":" not in self.unread:
            self._receive()
        digits, _, self.unread = self.unread.partition(b":")
        while len(self.unread) < int(digits):
            self._receive()
        message, self.unread = self.unread[: int(digits)], self.unread[int(digits) :]
        return json.loads(message)

    def _receive(self) -> None:
        more = self.wire.recv(65536)
        if not more:
            raise FirefoxError("Firefox is gone")
        self.unread += more


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
