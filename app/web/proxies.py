"""Who asks, and under which name, when somebody in front brings the requests."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ALIVE, READY = "/healthz", "/readyz"
HEALTH = (ALIVE, READY)
WARN_EVERY = 3600.0
_WITH_PORT = re.compile(r"\[(?P<six>[^\[\]]*)\](:\d{0,5})?|(?P<four>[\d.]+):\d{0,5}")
log = logging.getLogger("rusoff")


def client_address(given: str) -> str:
    """The address in one item of X-Forwarded-For, which some proxies write with a port, in brackets or in quotes. Empty when it is none.

    >>> client_address("[2a02::1]:40000")
    '2a02::1'
    """
    words = given.strip().strip('"')[:64]
    found = _WITH_PORT.fullmatch(words)
    try:
        address = ip_address((found["six"] or found["four"] or "") if found else words)
    except ValueError:
        return ""
    inner = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(inner or address).partition("%")[0]


class Clients:
    """Puts the client's address, as a plain address, where the app looks for it. Says in the log, once an hour, when it cannot be told."""

    def __init__(self, inner: WSGIApplication, proxies: int) -> None:
        self.inner, self.proxies = inner, proxies
        self.warned = -WARN_EVERY

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on, with the address as the app can read it."""
        address = client_address(environ.get("REMOTE_ADDR") or "")
        if not (address and self._is_told(environ)) and environ.get("PATH_INFO") not in HEALTH:
            self._warn()
        environ["REMOTE_ADDR"] = address
        return self.inner(environ, start_response)

    def _is_told(self, environ: WSGIEnvironment) -> bool:
        """Whether each of the proxies named whom it spoke for: with too few names, the address is that of a proxy."""
        named = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
        return not self.proxies or len([name for name in named if name.strip()]) >= self.proxies

    def _warn(self) -> None:
        at = time.monotonic()
        if at - self.warned >= WARN_EVERY:
            self.warned = at
            log.warning("the proxy in front does not tell who asks: limits count such clients as one; see X-Forwarded-For and RUSOFF_TRUSTED_PROXIES")


class HealthByAnyName:
    """Lets those who watch over the app ask by number or machine name, whatever name people use. What is answered there names no host."""

    def __init__(self, inner: WSGIApplication, host: str) -> None:
        self.inner, self.host = inner, host

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on; a question about health under the name that people use."""
        if environ.get("PATH_INFO") in HEALTH:
            environ["HTTP_HOST"] = self.host
        return self.inner(environ, start_response)
