"""`rusoff run` in processes of their own, and browsers that save in it as fast as they can."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from app.pack.load import the_pack
from tests.every_field import hidden, shown
from tests.web.test_start_up import ROOT, environment, free_port

LIMITS = (
    *("STARTS_PER_HOUR", "UPLOADS_PER_HOUR", "DOCUMENTS_PER_HOUR", "CONTINUATIONS_PER_HOUR", "SAVES_PER_MINUTE"),
    *("SIGN_INS_PER_HOUR", "CODES_PER_HOUR"),
)


class Server:
    """One process that serves an instance folder and a database; several may share both."""

    def __init__(self, instance: Path, database: str, **limits: int) -> None:
        self.port, self.guests = free_port(), list[Visitor]()
        allowed = {f"RUSOFF_{name}": str(limits.get(name.lower(), 10**6)) for name in LIMITS}
        given = environment(RUSOFF_INSTANCE=str(instance), DATABASE_URL=database, PORT=str(self.port), HOME="", RUSOFF_SHOW_LETTERS="yes", **allowed)
        with Path(os.devnull).open("w") as nowhere:
            self.process = subprocess.Popen([sys.executable, "-m", "app.cli", "run"], cwd=ROOT, env=given, stdout=nowhere, stderr=nowhere)
        self._wait()

    def _wait(self) -> None:
        for _ in range(600):
            assert self.process.poll() is None, "the server did not start"
            try:
                asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                asking.request("GET", "/readyz")
                if asking.getresponse().status == 200:
                    return
            except OSError:
                pass
            finally:
                asking.close()
            time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def stop(self) -> None:
        """End it as an operator would, when the guests have left."""
        for guest in self.guests:
            guest.connection.close()
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


class Visitor:
    """A browser: it keeps its cookies and one connection, and knows the draft it has begun."""

    def __init__(self, server: Server, like: Visitor | None = None) -> None:
        self.cookies = dict(like.cookies) if like else {}
        self.id = like.id if like else ""
        self.fields: dict[str, dict[str, list[str]]] = {}
        self.connection: http.client.HTTPConnection | None = None
        self.go_to(server)

    def go_to(self, server: Server) -> None:
        """Meet the same app in another process."""
        if self.connection:
            self.connection.close()
        server.guests.append(self)
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)

    def ask(self, method: str, path: str, fields: dict[str, list[str]] | None = None, **headers: str) -> tuple[int, str, str]:
        """Status, text and Location of the answer."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers}
        body = urlencode(fields, doseq=True) if fields is not None else None
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        return response.status, text, response.headers.get("Location", "")

    def begin(self) -> int:
        """Begin a draft; the status."""
        _, start, _ = self.ask("GET", "/nb/")
        status, _, location = self.ask("POST", "/nb/policies", hidden(start))
        if status == 303:
            self.id = urlsplit(location).path.split("/")[3]
        return status

    def send(self, page: str, **fields: str) -> int:
        """Send the form of a page that needs no draft; the status."""
        _, opened, _ = self.ask("GET", "/nb/sign-in")
        status, _, _ = self.ask("POST", f"/nb/{page}", {**hidden(opened), **{name: [value] for name, value in fields.items()}})
        return status

    def read(self, question: str) -> str:
        """Open the page of a question; what stands in its field."""
        status, page, _ = self.ask("GET", self._address(question))
        assert status == 200, status
        self.fields[question] = hidden(page)
        return shown(page)[question]

    def save(self, question: str, words: str) -> int:
        """Save as the script of the page does while one types; the status."""
        typed = {**self.fields[question], "asked": [question], question: [words]}
        status, text, _ = self.ask("POST", self._address(question), typed, **{"X-Autosave": "1"})
        if status == 200:
            self.fields[question]["fingerprint"] = [json.loads(text)["fingerprint"]]
        return status

    def _address(self, question: str) -> str:
        step, page = the_pack().place[question]
        return f"/nb/policies/{self.id}/{step.id}/{page.id}"
