"""The server of `rusoff run`: waitress, within bounds, and with an ending that cuts nobody off.

Health is answered in a thread of its own: it says that the process lives also while every other thread waits for a database.
"""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

from flask import Flask
from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.task import ThreadedTaskDispatcher

from app.config import ConfigError
from app.web.proxies import ALIVE
from app.web.render_queue import PLACES

LAST_REQUESTS = 20.0  # seconds that requests in hand may still take when the server is stopped
LOOK_EVERY = 0.5  # seconds between two looks whether somebody wants the server to stop
FILES = (".pdf", ".docx", ".zip", "/page-one.png")
QUEUE = 40  # files that may wait: some ten seconds
BOUNDS = {
    "max_request_body_size": 32 * 1024 * 1024,  # what the app refuses with a page is 2 MiB; past this the server does not even read on
    "connection_limit": 500,  # who comes beyond that waits; each costs a file handle, of which a process often has 1,024
    "channel_timeout": 20,  # seconds without a word, before a request or within one: a crowd that says nothing is gone after that
    "cleanup_interval": 5,
    "asyncore_use_poll": True,  # select() knows no handle past 1,023
    "clear_untrusted_proxy_headers": False,  # nobody believes them, but they must be seen
    "ident": None,
}


class Lanes:
    """Hands requests to threads: one kept for health, a few for what is drawn, the others for everything else.

    Who waits for a file waits here, and takes no thread from those who want a page. When the queue is full, a file goes among the pages, where
    it is told at once to come again if the lanes of app/web/render_queue.py are full too.
    """

    def __init__(self, threads: int) -> None:
        self.health, self.files, self.others = ThreadedTaskDispatcher(), ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
        self.health.set_thread_count(1)
        self.files.set_thread_count(PLACES)
        self.others.set_thread_count(threads)

    def add_task(self, channel: HTTPChannel) -> None:
        """Put a connection with a request into its lane."""
        path = getattr(channel.requests[0], "path", "") if channel.requests else ""
        self._lane_for(path).add_task(channel)

    def _lane_for(self, path: str) -> ThreadedTaskDispatcher:
        if path == ALIVE:
            return self.health
        return self.files if path.endswith(FILES) and len(self.files.queue) < QUEUE else self.others

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> None:
        """Let the threads go when what they have in hand is done."""
        self.health.shutdown(cancel_pending, timeout)
        self.files.shutdown(cancel_pending, timeout)
        self.others.shutdown(cancel_pending, timeout)


class HttpServer:
    """Listens on an address. Raises ConfigError when it is taken or not ours."""

    def __init__(self, app: Flask, host: str, port: int, threads: int) -> None:
        self.map: dict[int, Any] = {}
        self.stopping = threading.Event()
        self.lanes = Lanes(threads)
        try:
            self.bound = create_server(app, map=self.map, _dispatcher=self.lanes, host=host, port=port, threads=threads, **BOUNDS)
        except OSError as problem:
            raise ConfigError(f"Cannot listen on {host}:{port} ({problem.strerror}): choose another PORT or HOST.") from None

    def obey_signals(self) -> None:
        """Stop at SIGTERM and at Ctrl+C. For the main thread."""
        for wish in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wish, self.stop)

    def run(self) -> None:
        """Serve until somebody says stop; then finish the requests in hand, and go."""
        while not self.stopping.is_set():
            self._turn(LOOK_EVERY)
        self._end()

    def stop(self, *_: object) -> None:
        """Once is a wish, twice is an order."""
        if self.stopping.is_set():
            raise KeyboardInterrupt
        self.stopping.set()

    def _end(self) -> None:
        """Take no more connections, answer what has been asked, and close."""
        for listener in [each for each in self.map.values() if hasattr(each, "accept_connections")]:
            listener.accepting = False
            listener.socket.close()
            listener.del_channel()
        until = time.monotonic() + LAST_REQUESTS
        while self._is_busy() and time.monotonic() < until:
            self._turn(0.1)
        self.lanes.shutdown(timeout=1)
        wasyncore.close_all(self.map, ignore_all=True)

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=BOUNDS["asyncore_use_poll"], map=self.map, count=1)

    def _is_busy(self) -> bool:
        channels = [each for each in self.map.values() if isinstance(each, HTTPChannel)]
        return any(channel.requests or channel.total_outbufs_len for channel in channels)
