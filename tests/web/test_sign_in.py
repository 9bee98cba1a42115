"""Signing in by e-mail: the mail, its link and its code, and what neither of them does for anybody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import event, select

from app.clock import now
from app.mail.encryption import decrypt
from app.models.db import db
from app.models.outbox import Letter
from app.models.people import SIGN_IN_LASTS, TRIES, Person, Sitting
from tests import world
from tests.conftest import browser

EMAIL = "kari@example.no"


def ask(client: Any, email: str = EMAIL, language: str = "nb", **more: str) -> Any:
    return client.post(f"/{language}/sign-in", data={"email": email, **more})


def letters(client: Any) -> list[tuple[str, str]]:
    """To whom, and what, of every letter in the outbox, oldest first."""
    with client.application.app_context():
        found = [decrypt(row.sealed, client.application.secret_key) for row in db.session.scalars(select(Letter).order_by(Letter.created_at))]
        return [(one.to, one.text) for one in found]


def of_last_letter(client: Any) -> tuple[str, str]:
    """The path of the link in the newest letter, and its code."""
    text = letters(client)[-1][1]
    [link], [code] = re.findall(r"http://localhost(/\S+)", text), re.findall(r": (\d{8})$", text, re.MULTILINE)
    return link, code


def mailed(client: Any, email: str = EMAIL, **more: str) -> tuple[str, str]:
    assert ask(client, email, **more).status_code == 303
    return of_last_letter(client)


def come_in(client: Any, email: str = EMAIL, **more: str) -> Any:
    """Sign in by the link."""
    path, _ = mailed(client, email, **more)
    return client.post(path)


def is_in(client: Any) -> bool:
    return client.get("/nb/me").status_code == 200


def count(client: Any, model: type) -> int:
    with client.application.app_context():
        return len(db.session.scalars(select(model)).all())


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08}"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_link_lets_one_in_and_makes_an_account(client, language) -> None:
    asked = ask(client, language=language)
    assert (asked.status_code, asked.headers["Location"]) == (303, f"/{language}/sign-in/code")
    assert EMAIL in client.get(f"/{language}/sign-in/code").text
    path, _ = of_last_letter(client)
    assert path.startswith(f"/{language}/sign-in/")
    assert EMAIL in client.get(path).text
    assert client.post(path).headers["Location"] == f"/{language}/me"
    assert EMAIL in client.get(f"/{language}/me").text
    with client.application.app_context():
        assert db.session.scalars(select(Person)).one().language == language


def test_a_code_lets_one_in_however_it_is_spaced(client) -> None:
    _, code = mailed(client)
    assert client.post("/nb/sign-in/code", data={"code": f" {code[:4]} {code[4:]} "}).status_code == 303
    assert is_in(client)


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "abcdefgh", "１２３４５６７８", "12 34 567"])
def test_a_slip_is_none_of_the_five_tries(client, typed) -> None:
    _, code = mailed(client)
    for _ in range(TRIES + 1):
        page = client.post("/nb/sign-in/code", data={"code": typed})
        assert page.status_code == 422
        assert "<title>Feil: " in page.text
    assert client.post("/nb/sign-in/code", data={"code": code}).status_code == 303


def test_after_five_wrong_codes_the_right_one_is_no_longer_good_and_the_link_is(client) -> None:
    path, code = mailed(client)
    pages = [client.post("/nb/sign-in/code", data={"code": wrong(code)}) for _ in range(TRIES)]
    assert {page.status_code for page in pages} == {422}
    assert "fem ganger" in pages[-1].text
    assert client.post("/nb/sign-in/code", data={"code": code}).status_code == 422
    assert not is_in(client)
    assert client.post(path).status_code == 303


def test_a_code_works_in_the_browser_that_asked_alone(app, client) -> None:
    _, code = mailed(client)
    other = browser(app)
    assert other.post("/nb/sign-in/code", data={"code": code}).status_code == 422
    assert app.test_client().post("/nb/sign-in/code", data={"code": code}).status_code == 422
    assert not is_in(other)


def test_a_link_works_in_another_browser_and_leads_to_the_own_page_there(app, client) -> None:
    path, _ = mailed(client, next="/nb/privacy")
    other = app.test_client()
    assert other.get(path).status_code == 200
    assert other.post(path).headers["Location"] == "/nb/me"
    assert is_in(other)
    assert not is_in(client)


def test_a_scanner_uses_nothing_up(app, client) -> None:
    path, code = mailed(client)
    for method in ("GET", "HEAD", "OPTIONS", "GET"):
        for address in (path, "/nb/sign-in/code"):
            app.test_client().open(address, method=method)
    assert (count(client, Person), count(client, Sitting)) == (0, 0)
    assert client.post("/nb/sign-in/code", data={"code": code}).status_code == 303


def test_link_and_code_are_good_once_between_them(app, client) -> None:
    path, code = mailed(client)
    assert client.post(path).status_code == 303
    other = browser(app)
    assert (other.get(path).status_code, other.post(path).status_code) == (404, 404)
    client.post("/nb/sign-out")
    with time_machine.travel(now() + timedelta(minutes=2)):
        assert client.post(path).status_code == 404
        assert client.post("/nb/sign-in/code", data={"code": code}).status_code == 422
    assert not is_in(client)


@pytest.mark.parametrize("way", ["link", "code"])
def test_after_a_quarter_of_an_hour_it_is_too_late(client, way) -> None:
    path, code = mailed(client)
    with time_machine.travel(now() + SIGN_IN_LASTS + timedelta(seconds=1)):
        assert client.get(path).status_code == 404
        sent = client.post(path) if way == "link" else client.post("/nb/sign-in/code", data={"code": code})
        assert sent.status_code in (404, 422)
        assert "ny e-post" in sent.text
        assert not is_in(client)


@pytest.mark.parametrize("way", ["link", "code"])
def test_of_two_clicks_at_once_both_are_answered_and_one_sitting_stays(app, client, way) -> None:
    path, code = mailed(client)
    client.get(path)
    name = app.config["SESSION_COOKIE_NAME"]
    cookie, data = client.get_cookie(name).value, {"csrf_token": client.token(), "code": code}
    cookie = client.get_cookie(name).value
    address = path if way == "link" else "/nb/sign-in/code"
    assert client.post(address, data=data).status_code == 303
    late = app.test_client()
    late.set_cookie(name, cookie)  # the browser did not hear the first answer
    assert late.post(address, data=data).status_code == 303
    assert is_in(late)
    assert count(client, Sitting) == 1
    assert not is_in(client)


def test_a_click_after_the_first_was_answered_leads_on(client) -> None:
    path, _ = mailed(client)
    client.get(path)
    data = {"csrf_token": client.token()}
    assert client.post(path, data=data).status_code == 303
    assert client.open(path, method="POST", data=data).headers["Location"] == "/nb/me"
    assert is_in(client)


def test_two_windows_ask_both_links_are_good_and_the_newest_code(client) -> None:
    (first, old), (second, new) = mailed(client), mailed(client)
    if old != new:
        assert client.post("/nb/sign-in/code", data={"code": old}).status_code == 422
    assert client.post("/nb/sign-in/code", data={"code": new}).status_code == 303
    assert client.post(first).status_code == 303
    assert is_in(client)
    assert client.get(second).status_code == 404


def test_two_windows_of_a_newcomer_make_one_account(app, client) -> None:
    (first, _), (second, _) = mailed(client), mailed(client, EMAIL.upper())
    assert [client.post(first).status_code, browser(app).post(second).status_code] == [303, 303]
    assert (count(client, Person), count(client, Sitting)) == (1, 2)


def test_an_account_that_somebody_makes_meanwhile_is_taken(database, monkeypatch) -> None:
    there = world.person(EMAIL)
    monkeypatch.setattr(Person, "with_email", classmethod(lambda cls, email: None))
    assert Person.of(EMAIL, "nb") is there


@pytest.mark.parametrize("other", ["KARI@Example.NO", "  kari@example.no  "])
def test_the_address_in_another_case_is_the_same_person(app, client, other) -> None:
    come_in(client)
    come_in(browser(app), other)
    assert count(client, Person) == 1


def test_a_domain_with_norwegian_letters_is_the_same_either_way(app, client) -> None:
    come_in(client, "kari@blåbær.no")
    come_in(browser(app), "kari@xn--blbr-roah.no".upper())
    assert count(client, Person) == 1
    assert "kari@blåbær.no" in client.get("/nb/me").text
    assert letters(client)[0][0] == "kari@xn--blbr-roah.no"


NO_ADDRESS = ["", "  ", "kari", "@example.no", "kari@", "a b@example.no", "kari@example.no\nBcc: x@example.no", "æ@y.no", "a@x.no; b@x.no"]


@pytest.mark.parametrize("typed", NO_ADDRESS)
def test_what_is_no_address_is_refused_in_words(client, typed) -> None:
    page = ask(client, typed)
    assert page.status_code == 422
    assert "<title>Feil: " in page.text
    assert 'aria-invalid="true"' in page.text
    assert not letters(client)


def test_an_address_that_is_too_long_says_so_and_stays(client) -> None:
    typed = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.no"
    page = ask(client, typed)
    assert page.status_code == 422
    assert "254" in page.text
    assert typed in page.text


def test_known_or_not_the_answer_is_the_same(app, client) -> None:
    with app.app_context():
        world.person("known@example.no")
        db.session.commit()
    told = [answer_for(app, email) for email in ("known@example.no", "never@example.no")]
    assert told[0] == told[1]
    assert len(told[0][4]) == 6


def answer_for(app: Any, email: str) -> tuple[Any, ...]:
    """All that asking with `email` answers: status, headers, body, the statements that it took; and the page after it."""
    client = browser(app)
    client.get("/nb/sign-in")
    said: list[str] = []
    with app.app_context():
        listen = lambda *given: said.append(given[2])
        event.listen(db.engine, "before_cursor_execute", listen)
    asked = ask(client, email)
    with app.app_context():
        event.remove(db.engine, "before_cursor_execute", listen)
    said = [statement for statement in said if not statement.startswith("DELETE FROM hit")]  # the first of an hour tidies the counters
    page = client.get(asked.headers["Location"])
    headers = sorted(name for name, _ in asked.headers)
    return asked.status_code, headers, asked.headers["Location"], asked.text, said, re.sub(r'csrf_token" value="[^"]+"|\w+@', "", page.text)
