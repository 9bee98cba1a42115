"""What holds for every response and every form, whatever the view."""

from datetime import timedelta

import pytest
import time_machine
from flask import Response, request
from sqlalchemy import event

from app.clock import now
from app.models.db import db
from app.models.policy import Policy
from app.web.security import CONTENT_POLICY, HEADERS
from tests.conftest import browser, start_policy

PLACES = ["/", "/nb/no-such-page", "/static/lock.json", "/static/no-such-file", "/healthz", "/readyz", "/%00", "/nb/policies/x%00/"]
NO_FORMS = [b"0", b'"x"', b"[1,2]", b"{}", b"<a/>", b"\xff\xfe"]
STRANGE_IDS = ["%00" * 26, str(2**70), "A" * 26, "a" * 25, "a" * 27, "..%2f..%2f", "%F0%9F%92%A9", "%ff", "'; DROP TABLE policy", "0" * 26]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS"])
def test_every_response_has_every_header(client, place, method) -> None:
    response = client.open(place, method=method)
    for name, value in HEADERS.items():
        assert response.headers.getlist(name) == [value]
    assert response.status_code < 500


def test_the_content_policy_allows_nothing_inline_and_nobody_else() -> None:
    assert "unsafe" not in CONTENT_POLICY
    assert "http" not in CONTENT_POLICY
    assert CONTENT_POLICY.startswith("default-src 'none'")


def test_a_failing_view_has_the_headers_too(probing) -> None:
    probing.application.testing = False
    response = probing.get("/nb/probe/fail")
    assert response.status_code == 500
    assert response.headers["Content-Security-Policy"] == CONTENT_POLICY


def test_a_form_without_its_token_is_refused_and_changes_nothing(probing) -> None:
    id = start_policy(probing)
    for data in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": browser(probing.application).token()}):
        assert probing.open(f"/nb/probe/{id}", method="POST", data=data).status_code == 400
    assert probing.get(f"/nb/probe/{id}").text == "0"


def test_a_token_does_not_age(probing) -> None:
    id = start_policy(probing)
    token = probing.token()
    with time_machine.travel(now() + timedelta(days=3)):
        assert probing.post(f"/nb/probe/{id}", data={"csrf_token": token}).status_code == 200


@pytest.mark.parametrize("body", NO_FORMS)
@pytest.mark.parametrize("type", ["application/json", "text/plain", "application/xml", "", "nonsense"])
def test_what_is_no_form_is_refused(probing, body, type) -> None:
    id = start_policy(probing)
    response = probing.open(f"/nn/probe/{id}", method="POST", data=body, content_type=type)
    assert response.status_code == 415


def test_what_is_too_large_is_refused(probing) -> None:
    id = start_policy(probing)
    assert probing.post(f"/en/probe/{id}", data={"text": "x" * 3 * 1024 * 1024}).status_code == 413


def test_what_has_too_many_parts_is_refused(probing) -> None:
    id = start_policy(probing)
    parts = {f"f{n}": "x" for n in range(2100)}
    assert probing.post(f"/en/probe/{id}", data=parts, content_type="multipart/form-data").status_code == 413


@pytest.mark.parametrize("id", STRANGE_IDS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_strange_id_is_not_found(probing, id, method) -> None:
    assert probing.open(f"/nb/probe/{id}", method=method).status_code == 404


def test_a_stranger_finds_nothing(probing) -> None:
    id = start_policy(probing)
    other = browser(probing.application)
    nobody = probing.application.test_client()
    for one in (other, nobody):
        assert one.get(f"/nb/probe/{id}").status_code == 404
        assert one.post(f"/nb/probe/{id}").status_code == 404
    assert probing.get(f"/nb/probe/{id}").text == "0"


def test_the_key_is_out_of_reach_of_scripts_and_other_sites(probing) -> None:
    client = probing.application.test_client()
    cookie = client.post("/nb/probe/start").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_a_browser_keeps_its_key(probing) -> None:
    client = probing.application.test_client()
    assert client.post("/nb/probe/start").text == client.post("/nn/probe/start").text


def test_by_https_cookies_stay_on_https(make_app) -> None:
    app = make_app(public_url="https://rusoff.example.no")
    with app.test_request_context("/", base_url="https://rusoff.example.no"):
        assert app.config["SESSION_COOKIE_SECURE"]
        assert app.config["SESSION_COOKIE_NAME"].startswith("__Host-")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:8000@evil.example", "a b", "x" * 300, "", "[::1", "evil.example:99999"])
def test_a_forged_host_never_ends_up_in_a_redirect(client, host) -> None:
    response = client.get("/", headers={"Host": host})
    assert response.status_code in (302, 400)
    assert response.headers.get("Location", "/nb/") == "/nb/"


def test_with_a_public_address_other_hosts_are_refused_without_ado(make_app, caplog) -> None:
    client = make_app(public_url="https://rusoff.example.no").test_client()
    for address in ("/", "/nb/", "/nb/sign-in"):
        refused = client.get(address, headers={"Host": "evil.example"})
        assert refused.status_code == 400
        assert "<h1>" in refused.text
    assert not caplog.records, "whoever knocks at every door must not fill the log"
    assert client.get("/", headers={"Host": "rusoff.example.no"}).status_code == 302
    assert client.get("/healthz", headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_forwarded_headers_are_believed_only_when_told(make_app) -> None:
    for proxies, wanted in ((0, "127.0.0.1"), (1, "192.0.2.7")):
        app = make_app(trusted_proxies=proxies)
        app.add_url_rule("/who", "who", lambda: Response(request.remote_addr, mimetype="text/plain"))
        assert app.test_client().get("/who", headers={"X-Forwarded-For": "192.0.2.7"}).text == wanted


def test_a_page_costs_one_statement_and_a_save_two(probing) -> None:
    id = start_policy(probing)
    statements: list[str] = []
    with probing.application.app_context():
        engine = db.engine

    def remember(_c, _cursor, statement, *_rest) -> None:
        statements.append(statement.split()[0])

    event.listen(engine, "before_cursor_execute", remember)
    try:
        probing.get(f"/nb/probe/{id}")
        page, statements[:] = list(statements), []
        probing.post(f"/nb/probe/{id}")
    finally:
        event.remove(engine, "before_cursor_execute", remember)
    assert [s for s in page if s != "BEGIN"] == ["SELECT"]
    assert [s for s in statements if s != "BEGIN"] == ["SELECT", "UPDATE"]


def test_use_is_noted_once_a_day(probing) -> None:
    id = start_policy(probing)
    first = used_at(probing, id)
    with time_machine.travel(now() + timedelta(hours=23)):
        probing.get(f"/nb/probe/{id}")
        assert used_at(probing, id) == first
    with time_machine.travel(now() + timedelta(hours=25)):
        response = probing.get(f"/nb/probe/{id}")
        assert used_at(probing, id) > first
        assert "Set-Cookie" in response.headers
        assert revision(probing, id) == 1


def used_at(client, id):
    with client.application.app_context():
        return db.session.get(Policy, id).used_at


def revision(client, id):
    with client.application.app_context():
        return db.session.get(Policy, id).revision


def test_private_pages_are_kept_by_nobody_between(probing) -> None:
    id = start_policy(probing)
    response = probing.get(f"/nb/probe/{id}")
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in response.headers["Vary"]
