"""The cookie: a clock that is set back loses nothing, and of requests that overtake each other none undoes what another did."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from app.clock import now
from app.web.cookies import LASTS
from app.web.login_session import FRESH_FOR
from app.web.security import KEY
from tests.reading import Browser
from tests.web.test_sign_in import is_in, mailed

BACK = [timedelta(seconds=1), timedelta(seconds=20), timedelta(minutes=5), timedelta(hours=3)]


def key_of(client: Browser) -> str:
    with client.session_transaction() as session:
        return str(session[KEY])


def draft(client: Browser) -> str:
    client.get("/nb/")
    begun = client.post("/nb/policies")
    assert begun.status_code == 303
    return str(begun.headers["Location"].split("/")[3])


@pytest.mark.parametrize("back", BACK)
def test_a_clock_that_is_set_back_loses_no_draft_and_signs_nobody_out(app, back) -> None:
    client = Browser(app)
    id = draft(client)
    path, _ = mailed(client)
    client.post(path)
    with time_machine.travel(now() - back):
        assert client.get("/nb/").status_code == 200, "the page that gave another key, and so lost the draft for good"
        assert client.get(f"/nb/policies/{id}/").status_code == 200
        assert is_in(client)
        assert client.get("/nb/me/delete").status_code == (200 if back < FRESH_FOR else 303), "they signed in a moment ago"
    assert client.get(f"/nb/policies/{id}/").status_code == 200


def test_a_cookie_is_good_for_its_time_and_no_longer(app) -> None:
    client = Browser(app)
    before = key_of_new(client)
    for ahead in (LASTS + timedelta(days=1), -LASTS - timedelta(days=1)):
        with time_machine.travel(now() + ahead):
            assert key_of_new(client) != before
            client = Browser(app)
            before = key_of_new(client)


def key_of_new(client: Browser) -> str:
    draft(client)
    return key_of(client)


def test_a_cookie_of_somebody_elses_making_is_none(app) -> None:
    client = Browser(app)
    id = draft(client)
    name = app.config["SESSION_COOKIE_NAME"]
    value = client.get_cookie(name).value
    for forged in (value[:-2], value + "x", "x" + value, ".".join(reversed(value.split(".")))):
        client.set_cookie(name, forged)
        assert client.get(f"/nb/policies/{id}/").status_code == 404


def late(app: Any, client: Browser, cookie: str) -> Browser:
    """The same browser, whose request went out before the answer to another had come."""
    other = Browser(app)
    other.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)
    return other


def test_two_first_drafts_in_flight_are_one_browsers(app) -> None:
    client, name = Browser(app), app.config["SESSION_COOKIE_NAME"]
    client.get("/nb/")
    cookie = client.get_cookie(name).value
    ids = [draft_of(one) for one in (late(app, client, cookie), late(app, client, cookie), client)]
    assert [client.get(f"/nb/policies/{id}/").status_code for id in ids] == [200] * 3


def draft_of(client: Browser) -> str:
    return str(client.post("/nb/policies").headers["Location"].split("/")[3])


def test_the_offer_of_a_passkey_that_comes_late_undoes_no_sign_in(app) -> None:
    client, name = Browser(app), app.config["SESSION_COOKIE_NAME"]
    client.get("/nb/sign-in")
    slow = late(app, client, client.get_cookie(name).value)
    _, code = mailed(client)
    answer = slow.get("/nb/sign-in/passkey/options")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert client.post("/nb/sign-in/code", data={"code": code}).status_code == 303
    assert "Set-Cookie" not in client.get("/nb/sign-in/passkey/options").headers
    assert is_in(client)
