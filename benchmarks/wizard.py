"""How fast a page of the wizard and a save are, beside a bare Flask response on the same server software in the same run.

Both servers are waitress with the same threads, each in a process of its own; the client keeps four connections open and asks both in turns.
Every answer is looked at. Only ratios of medians are printed: they travel between machines, requests per second do not.
"""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from flask import Flask
from waitress import serve

from app.documents import assemble, savefile
from app.documents.draft import Draft
from app.documents.render import docx
from app.pack.load import the_pack
from benchmarks import documents
from benchmarks.walk import Walk

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS, ROUNDS, SECONDS = 4, 7, 1.0
PLACE = ("map", "workplace")
Ask = Callable[[], None]


def _bare() -> Flask:
    """The peer: the least that Flask can answer."""
    app = Flask(__name__)
    app.add_url_rule("/", "hello", lambda: "hello")
    return app


def bare(port: int) -> None:
    """Serve the peer as we are served."""
    serve(_bare(), host="127.0.0.1", port=port, threads=8, _quiet=True)


class Client:
    """One connection, kept open. As little work as HTTP allows, so that the server is what is measured."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.cookie = ""

    def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, str, bytes]:
        """Status, headers and body of the answer."""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n" if body else ""
        head += f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        self.socket.sendall(head.encode() + b"\r\n" + body)
        return self._answer()

    def _answer(self) -> tuple[int, str, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        top, _, body = data.partition(b"\r\n\r\n")
        headers = top.decode("latin-1")
        found = re.search(r"(?i)\ncontent-length: (\d+)", headers)
        assert found, headers
        while len(body) < int(found[1]):
            body += self._more()
        cookie = re.search(r"(?i)\nset-cookie: ([^;]+)", headers)
        self.cookie = cookie[1] if cookie else self.cookie
        return int(headers[9:12]), headers, body

    def _more(self) -> bytes:
        more = self.socket.recv(1 << 16)
        assert more, "the server hung up"
        return more


class DraftBrowser:
    """One browser with one draft: looks at a page, and saves it with another answer each time."""

    def __init__(self, port: int) -> None:
        self.client = Client(port)
        _, _, start = self.client.ask("GET", "/nb/")
        token = field(start, "csrf_token")
        status, headers, _ = self.client.ask("POST", "/nb/policies", f"csrf_token={token}&example=building_firm".encode())
        assert status == 303, headers
        place = re.search(r"(?i)\nlocation: (?:https?://[^/]+)?(/nb/policies/[^/\r]+)", headers)
        assert place, headers
        self.address = f"{place[1]}/{PLACE[0]}/{PLACE[1]}"
        self.turn = 0
        self.bodies: list[bytes] = []

    def page(self) -> None:
        """Look at the page."""
        status, _, body = self.client.ask("GET", self.address)
        assert status == 200, status
        assert b"workplace_name" in body

    def prepare(self) -> None:
        """Find out what a browser would post: two answers in turns, each with the fingerprint of the page as the other leaves it."""
        for name in ("A", "B", "A"):
            self._save(self._body(name))
        first = self._body("B")
        self._save(first)
        second = self._body("A")
        self._save(second)
        self.bodies = [first, second]

    def _body(self, name: str) -> bytes:
        _, _, page = self.client.ask("GET", self.address)
        fields = {hidden: field(page, hidden) for hidden in ("csrf_token", "fingerprint", "form")}
        fields |= {"workplace_name": name, "sector": "office", "size": "n10_29", "bodies": "safety_rep", "ohs": "yes"}
        asked = re.findall(r'name="asked" value="([^"]+)"', page.decode())
        return "&".join([*(f"{key}={value}" for key, value in fields.items()), *(f"asked={id}" for id in asked)]).encode()

    def _save(self, body: bytes) -> None:
        status, headers, answer = self.client.ask("POST", self.address, body)
        assert status == 303, (headers, answer[:3000])

    def save(self) -> None:
        """Save the page with the other answer."""
        self._save(self.bodies[self.turn % 2])
        self.turn += 1

    def prove(self) -> None:
        """What was saved last is what stands there."""
        _, _, page = self.client.ask("GET", self.address)
        last = re.search(rb"workplace_name=([AB])", self.bodies[(self.turn - 1) % 2])
        assert last
        assert b'name="workplace_name" value="%s"' % last[1] in page


def field(page: bytes, name: str) -> str:
    """What a field of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.decode())
    assert found, name
    return found[1]


@contextmanager
def running(command: list[str], port: int, **settings: str) -> Iterator[None]:
    """A server in a process of its own, ended by its own id."""
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server did not start")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def rate(asks: list[Ask]) -> float:
    """Answers per second, from all connections at once."""
    until = time.perf_counter() + SECONDS
    counts = [0] * len(asks)

    def go(at: int, ask: Ask) -> None:
        while time.perf_counter() < until:
            ask()
            counts[at] += 1

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(asks)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begun)


def run() -> dict[str, float]:
    """Measure, print the ratios with their aims, and return them."""
    ours, peer = free_port(), free_port()
    limits = {"RUSOFF_SAVES_PER_MINUTE": "1000000", "RUSOFF_STARTS_PER_HOUR": "1000000", "PORT": str(ours), "HOST": "127.0.0.1"}
    with tempfile.TemporaryDirectory() as folder:
        flask = running([sys.executable, "-m", "benchmarks.wizard", str(peer)], peer)
        with running([sys.executable, "-m", "app.cli", "run"], ours, RUSOFF_INSTANCE=folder, **limits), flask:
            found = _rates(ours, peer, Path(folder))
    found |= _whole()
    print("A page and a save beside a bare Flask response on the same server; ratios of medians:")
    print(f"  a page with its database read: {found['page']:.2f} of its requests per second (aim: at least 0.25)")
    print(f"  a save, on disk: {found['save']:.2f} of its requests per second (aim: at least 0.15)")
    print(f"  the floor of a save, one raw UPDATE on this disk and no web: {found['disk']:.2f}")
    print("The whole wizard to the Word file, beside the same wizard whose last step is docxtpl:")
    print(f"  docxtpl's takes {found['whole']:.2f} times as long (aim: at least 3); its last step alone {found['last']:.1f} times")
    print(f"  were every page and save a bare Flask response, and only the last step ours, it would be {found['bound']:.2f} times")
    return found


def _rates(ours: int, peer: int, folder: Path) -> dict[str, float]:
    drafts = [DraftBrowser(ours) for _ in range(CONNECTIONS)]
    for draft in drafts:
        draft.prepare()
    peers = [Client(peer) for _ in range(CONNECTIONS)]
    kinds: dict[str, list[Ask]] = {
        "bare": [lambda client=client: _hello(client) for client in peers],
        "page": [draft.page for draft in drafts],
        "save": [draft.save for draft in drafts],
        "disk": disk(folder),
    }
    seen: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind, asks in kinds.items():
            seen[kind].append(rate(asks))
    for draft in drafts:
        draft.prove()
    return {kind: median(seen[kind]) / median(seen["bare"]) for kind in kinds if kind != "bare"}


def disk(folder: Path) -> list[Ask]:
    """The floor of a save: one raw UPDATE in a transaction of its own, as safely on disk as ours, and no web at all."""
    connections = [sqlite3.connect(folder / "floor.sqlite3", timeout=30, isolation_level=None, check_same_thread=False) for _ in range(CONNECTIONS)]
    for connection in connections:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    connections[0].execute("CREATE TABLE policy (id INTEGER PRIMARY KEY, answers TEXT)")
    connections[0].executemany("INSERT INTO policy VALUES (?, ?)", [(at, "x" * 6000) for at in range(CONNECTIONS)])
    return [lambda at=at, connection=connection: _update(connection, at) for at, connection in enumerate(connections)]


def _update(connection: sqlite3.Connection, at: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE policy SET answers = ? WHERE id = ?", (f"{time.perf_counter()}{'x' * 6000}", at))
    connection.execute("COMMIT")


def _hello(client: Client) -> None:
    status, _, body = client.ask("GET", "/")
    assert (status, body) == (200, b"hello")


def _whole() -> dict[str, float]:
    """The walk through all pages in this process, ending in our Word file or in docxtpl's; both proven to hold the same text."""
    pack = the_pack()
    answers = savefile.read(pack, (ROOT / "examples" / "building_firm.json").read_text("utf-8")).answers
    drawn = documents.policy()  # of the length of a real one, in the blocks that the docxtpl template knows
    assert documents.text_of(docx.draw(drawn)) == documents.text_of(documents.by_docxtpl(drawn))
    walk = Walk()
    bare_client = _bare().test_client()
    steps: dict[str, Callable[[], object]] = {
        "walk": walk.through,
        "bare": lambda: [bare_client.get("/").status_code for _ in range(2 * len(walk.pages))],
        "ours": lambda: (assemble.policy(Draft(pack, answers, "nb")), docx.draw(drawn)),
        "docxtpl": lambda: (assemble.policy(Draft(pack, answers, "nb")), documents.by_docxtpl(drawn)),
    }
    seen: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(ROUNDS):
        for name, step in steps.items():
            begun = time.perf_counter()
            step()
            seen[name].append(time.perf_counter() - begun)
    taken = {name: median(times) for name, times in seen.items()}

    def beside(way: str) -> float:
        return (taken[way] + taken["docxtpl"]) / (taken[way] + taken["ours"])

    return {"whole": beside("walk"), "bound": beside("bare"), "last": taken["docxtpl"] / taken["ours"]}


if __name__ == "__main__":
    bare(int(sys.argv[1]))
