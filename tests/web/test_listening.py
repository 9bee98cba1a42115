"""The server of `rusoff run`: it answers what it has begun, lets nobody hold it, and says that it lives whatever else hangs."""

import http.client
import socket
import threading
import time

import pytest

from app.server import listener
from tests.web.test_start_up import free_port

SLOW = 1.0


class Place:
    """A server in a thread, with an app that takes its time, or hangs until it is let go."""

    def __init__(self, threads: int = 2) -> None:
        self.port, self.released, self.begun = free_port(), threading.Event(), threading.Semaphore(0)
        self.server = listener.HttpServer(self.app, "127.0.0.1", self.port, threads)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()

    def app(self, environ, start_response):
        if environ["PATH_INFO"] != "/healthz":
            self.begun.release()
            self.released.wait(SLOW if environ["PATH_INFO"] == "/slow" else 30)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"whole " * 100_000]

    def ask(self, path: str, got: list[bytes] | None = None) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path)
        content = connection.getresponse().read()
        connection.close()
        if got is not None:
            got.append(content)
        return content

    def asking(self, path: str, got: list[bytes]) -> threading.Thread:
        asking = threading.Thread(target=self.ask, args=(path, got))
        asking.start()
        self.begun.acquire()
        return asking


@pytest.fixture
def place():
    made = Place()
    yield made
    made.released.set()
    if not made.server.stopping.is_set():
        made.server.stop()
    made.thread.join(20)
    assert not made.thread.is_alive()


def test_what_is_in_hand_when_it_is_stopped_is_answered_whole(place) -> None:
    got: list[bytes] = []
    asking = [place.asking("/slow", got) for _ in range(2)]
    place.server.stop()
    for each in asking:
        each.join(10)
    place.thread.join(10)
    assert [len(content) for content in got] == [600_000] * 2
    assert not place.thread.is_alive()
    with pytest.raises(OSError):
        place.ask("/healthz")


def test_what_hangs_does_not_keep_it_for_ever(place, monkeypatch) -> None:
    monkeypatch.setattr(listener, "LAST_REQUESTS", 0.5)
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", place.port)) as silent:
        silent.sendall(b"GET /hangs HTTP/1.1\r\nHost: x\r\n\r\n")
        place.begun.acquire()
        place.server.stop()
        place.thread.join(10)
    assert time.monotonic() - began < 8


def test_it_says_that_it_lives_while_every_thread_hangs(place) -> None:
    got: list[bytes] = []
    hanging = [place.asking("/hangs", got) for _ in range(2)]
    began = time.monotonic()
    assert place.ask("/healthz")
    assert time.monotonic() - began < 2
    place.released.set()
    for each in hanging:
        each.join(10)
    assert len(got) == 2


def test_a_crowd_that_says_nothing_is_sent_away(monkeypatch) -> None:
    monkeypatch.setitem(listener.BOUNDS, "channel_timeout", 1)
    monkeypatch.setitem(listener.BOUNDS, "cleanup_interval", 1)
    place = Place()
    crowd = [socket.create_connection(("127.0.0.1", place.port), timeout=10) for _ in range(50)]
    try:
        assert {one.recv(1) for one in crowd} == {b""}
        assert place.ask("/healthz")
    finally:
        for one in crowd:
            one.close()
        place.server.stop()
        place.thread.join(10)


def test_bounds_are_set() -> None:
    assert listener.BOUNDS["channel_timeout"] <= 30
    assert 100 < listener.BOUNDS["connection_limit"] < 1000
