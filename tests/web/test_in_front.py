"""Behind a web server: each client is told from the others, and nothing that comes along with a request breaks a page."""

import pytest

from app.web.limits import SHARED
from tests.conftest import browser
from tests.every_field import hidden

PUBLIC = "https://rusoff.example.no"


@pytest.fixture(scope="module")
def behind(make_app):
    return make_app(public_url=PUBLIC, trusted_proxies=1, starts_per_hour=1)


def start(app, forwarded: str) -> int:
    client = browser(app)
    sent = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https", "Referer": f"{PUBLIC}/nb/"}
    page = client.get("/nb/", base_url=PUBLIC, headers=sent)
    return client.open("/nb/policies", method="POST", base_url=PUBLIC, headers=sent, data=hidden(page.text)).status_code


def test_neighbours_behind_a_proxy_that_adds_the_port_do_not_share_a_limit(behind) -> None:
    assert [start(behind, f"84.208.3.{n}:500{n}") for n in range(12)] == [303] * 12
    assert [start(behind, f"[2a02:{n}::1]:400{n}") for n in range(12)] == [303] * 12


def test_one_client_with_many_ports_is_one(behind) -> None:
    told = [start(behind, f"84.208.9.1:{port}") for port in range(50000, 50000 + SHARED["start"] + 1)]
    assert told == [303] * SHARED["start"] + [429]


@pytest.mark.parametrize("referrer", ["https://rusoff.example.no:port/", "https://rusoff.example.no:99999999/", "https://[::1/", "https://[x]:y/"])
def test_a_referrer_that_cannot_be_read_is_a_refusal(behind, referrer) -> None:
    sent = {"X-Forwarded-Proto": "https", "Referer": referrer}
    client = browser(behind)
    page = client.get("/nb/", base_url=PUBLIC)
    assert client.open("/nb/policies", method="POST", base_url=PUBLIC, headers=sent, data=hidden(page.text)).status_code == 400


@pytest.mark.parametrize("host", ["10.0.0.7", "10.0.0.7:8000", "web-3", "[::1]:8000", "rusoff.svc.cluster.local"])
def test_health_can_be_asked_by_number_or_machine_name(behind, host) -> None:
    client = behind.test_client()
    assert client.get("/healthz", base_url=f"http://{host}").status_code == 200
    assert client.get("/readyz", base_url=f"http://{host}").status_code == 200
    assert client.get("/nb/", base_url=f"http://{host}").status_code == 400


def test_https_is_for_good(behind, client) -> None:
    assert behind.test_client().get("/nb/", base_url=PUBLIC).headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/nb/").headers
