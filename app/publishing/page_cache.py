"""Public pages and files as they were made, so that a thousand employees on the same morning cost next to nothing.

For some seconds after somebody asked, the database is not asked again, and who asks for the same in GET gets it before Flask hears of it. Then the
database is asked, and what was made is used as long as it is of the same revision.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from flask import Flask, current_app
from werkzeug.wrappers import Response

from app.services.publications import Published

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OF_BODY = frozenset({"Content-Type", "Content-Length", "Content-Disposition"})
FRESH = 5.0  # seconds: so long after it was closed a page may still be read
MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """The body of an answer with its media type, the origins that may frame it, the style it brings along, and what tells it from another.

    `scripts` says that it may run the app's own.
    """

    body: bytes
    type: str
    frames: tuple[str, ...]
    style: str
    etag: str
    scripts: bool = False

    @classmethod
    def of(cls, body: bytes, type: str, frames: tuple[str, ...] = (), style: str = "", scripts: bool = False) -> Kept:
        """An answer with its mark."""
        return cls(body, type, frames, style, sha256(body).hexdigest()[:24], scripts)


@dataclass(slots=True)
class _Entry:
    """What stands at a path: of which revision, until when it is fresh, and the headers of the answer once one was given."""

    revision: str
    until: float
    kept: Kept
    headers: list[tuple[str, str]] | None = None


class PageCache:
    """The last answers by their paths, at most so many bytes of them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._turns: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()  # each is there as long as somebody makes or waits

    def get(self, path: str, find: Callable[[], Published | None], make: Callable[[Published], Kept | None]) -> Kept | None:
        """What stands at a path. One asks the database for all who want the same at once; who wants another path does not wait for them."""
        entry = self._fresh(path)
        if entry is None:
            with self._turn_at(path):
                entry = self._fresh(path) or self._renewed(path, find(), make)
        return entry.kept if entry else None

    def _turn_at(self, path: str) -> threading.Lock:
        with self._lock:
            return self._turns.setdefault(path, threading.Lock())

    def remember(self, path: str, response: Response) -> None:
        """Keep the headers of the answer to a path, as long as what it was made of is fresh."""
        if entry := self._fresh(path):
            entry.headers = list(response.headers.items())

    def sent(self, path: str) -> tuple[Kept, list[tuple[str, str]]] | None:
        """The whole answer to a path, while it is fresh."""
        entry = self._fresh(path)
        return (entry.kept, entry.headers) if entry and entry.headers else None

    def forget(self) -> None:
        """Forget everything: something was opened, changed or closed here."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def _fresh(self, path: str) -> _Entry | None:
        entry = self._entries.get(path)
        return entry if entry and entry.until > self._clock() else None

    def _renewed(self, path: str, found: Published | None, make: Callable[[Published], Kept | None]) -> _Entry | None:
        revision, until = found.revision if found else "", self._clock() + FRESH
        old = self._entries.get(path)
        if old and old.revision == revision:
            old.until = until
            return old
        kept = make(found) if found else None
        entry = _Entry(revision, until, kept) if kept else None
        self._put(path, entry)
        return entry

    def _put(self, path: str, entry: _Entry | None) -> None:
        with self._lock:
            self._drop(path)
            if entry is None:
                return  # whoever asks for what is not there shall not push out what is
            self._entries[path] = entry
            self._bytes += len(entry.kept.body)
            while self._bytes > MOST_BYTES and len(self._entries) > 1:
                self._drop(next(iter(self._entries)))

    def _drop(self, path: str) -> None:
        gone = self._entries.pop(path, None)
        self._bytes -= len(gone.kept.body) if gone else 0


class _BeforeFlask:
    """Answers what was just answered, and leaves everything else to Flask."""

    def __init__(self, inner: WSGIApplication, cache: PageCache) -> None:
        self.inner, self.cache = inner, cache

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        found = self.cache.sent(path) if path.startswith("/p/") and environ["REQUEST_METHOD"] == "GET" else None
        if found is None:
            return self.inner(environ, start_response)
        kept, headers = found
        if environ.get("HTTP_IF_NONE_MATCH") == f'"{kept.etag}"':
            start_response("304 NOT MODIFIED", [header for header in headers if header[0] not in OF_BODY])
            return []
        start_response("200 OK", list(headers))
        return [kept.body]


def init_app(app: Flask) -> None:
    """Give the app its cache. Call it before what puts the headers on every answer."""
    cache = app.extensions["public_pages"] = PageCache()
    app.wsgi_app = _BeforeFlask(app.wsgi_app, cache)  # type: ignore[method-assign]


def the_cache() -> PageCache:
    """That of this app."""
    found: PageCache = current_app.extensions["public_pages"]
    return found
