"""One GET whose time and size are bounded, and which is never led elsewhere. The standard library does it, without following redirects."""

from __future__ import annotations

import ssl
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import SHUT_RDWR, socket
from threading import Timer
from typing import NamedTuple
from urllib.parse import urlsplit

CONNECT, WHOLE = 2.0, 4.0  # seconds: to be let in, and until the last byte is here
LARGEST = 256 * 1024
HEADERS = {"Accept": "application/json", "User-Agent": "RusOff"}


class RegisterError(Exception):
    """The register cannot be asked just now, or what it said makes no sense. The message is for the log, and holds nothing that was asked."""


class SilentError(RegisterError):
    """Nobody answered, or not in time."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: bytes


def get(address: str) -> Answer:
    """What stands at `address`. Raises RegisterError when it does not come in time, is too large, or nobody answers."""
    parts = urlsplit(address)
    try:
        with closing(_connected(parts.scheme, parts.netloc)) as connection:
            return _asked(connection, f"{parts.path}?{parts.query}" if parts.query else parts.path)
    except (OSError, HTTPException) as problem:
        raise SilentError(f"no answer: {type(problem).__name__}") from None


def _connected(scheme: str, netloc: str) -> HTTPConnection:
    if scheme == "http":
        connection = HTTPConnection(netloc, timeout=CONNECT)
    else:
        connection = HTTPSConnection(netloc, timeout=CONNECT, context=ssl.create_default_context())
    connection.connect()
    return connection


def _asked(connection: HTTPConnection, path: str) -> Answer:
    """Ask, and read to the end. A time-out of the socket begins anew with every byte, so a timer ends the whole."""
    connection.sock.settimeout(WHOLE)
    end = Timer(WHOLE, _cut, [connection.sock])
    end.daemon = True
    end.start()
    try:
        connection.request("GET", path, headers=HEADERS)
        return _read(connection.getresponse())
    finally:
        end.cancel()


def _cut(line: socket) -> None:
    with suppress(OSError):  # it may be over already
        line.shutdown(SHUT_RDWR)


def _read(response: HTTPResponse) -> Answer:
    with response:
        body = response.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise RegisterError("too large an answer")
    return Answer(response.status, body)
