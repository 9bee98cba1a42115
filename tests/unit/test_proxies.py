"""Who asks is read from whatever a proxy writes; health can be asked under any name."""

import pytest

from app.web.proxies import Clients, client_address

TOLD = {
    "84.208.2.1": "84.208.2.1", "84.208.2.1:50001": "84.208.2.1", "84.208.2.1:": "84.208.2.1", "2a02::1": "2a02::1", "[2a02::1]": "2a02::1",
    "[2a02::1]:40000": "2a02::1", '"[2a02::1]:40000"': "2a02::1", "[fe80::1%eth0]:1": "fe80::1", " 84.208.2.1 ": "84.208.2.1",
    "::ffff:84.208.2.1": "84.208.2.1", "[::ffff:84.208.2.1]:9": "84.208.2.1", "2A02:0:0::1": "2a02::1",
}  # fmt: skip
UNTOLD = [
    "",
    "unknown",
    "_hidden",
    "_SEVKISEK",
    "84.208.2",
    "84.208.2.1:x",
    "84.208.2.1:1:2",
    "[84.208.2.1",
    "localhost",
    "[]:1",
    "9" * 10**5,
    "[" * 10**5,
]


@pytest.mark.parametrize("given", TOLD)
def test_an_address_is_read_however_it_is_written(given) -> None:
    assert client_address(given) == TOLD[given]


@pytest.mark.parametrize("given", UNTOLD)
def test_what_is_no_address_is_none(given) -> None:
    assert client_address(given) == ""


def asked(proxies: int, path: str = "/nb/", **environ: str) -> str:
    seen = {}
    Clients(lambda inner, _start: seen.update(inner) or [], proxies)({"PATH_INFO": path, **environ}, None)
    return seen["REMOTE_ADDR"]


def test_the_log_says_once_that_a_client_cannot_be_told_and_names_nobody(caplog) -> None:
    clients = Clients(lambda *_: [], 1)
    for address in ("unknown", "_hidden"):
        clients({"REMOTE_ADDR": address, "HTTP_X_FORWARDED_FOR": address, "PATH_INFO": "/nb/"}, None)
    assert len(caplog.records) == 1
    assert "X-Forwarded-For" in caplog.text
    assert "hidden" not in caplog.text


@pytest.mark.parametrize(("proxies", "header", "path", "warnings"), [
    (1, "", "/nb/", 1), (2, "84.208.2.1", "/nb/", 1), (2, "84.208.2.1, 10.0.0.1", "/nb/", 0), (1, "", "/readyz", 0), (0, "", "/nb/", 0),
])  # fmt: skip
def test_it_warns_when_the_proxies_in_front_name_nobody(caplog, proxies, header, path, warnings) -> None:
    assert asked(proxies, path, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=header) == "127.0.0.1"
    assert len(caplog.records) == warnings
