"""Signing in by e-mail: the mail, its link and its code, and what neither of them does for anybody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import event, select

from app.access import PERSON
from app.accounts.models import SIGN_IN_LASTS, TRIES, Person, SignIn, Sitting
from app.db import db, now
from app.mail.models import Letter
from app.mail.seal import unseal
from app.models import Hit
from app.security import KEY
from tests import world
from tests.conftest import browser, start_policy

EMAIL = "kari@example.no"


def ask(client: Any, email: str = EMAIL, language: str = "nb", **more: str) -> Any:
    return client.post(f"/{language}/sign-in", data={"email": email, **more})


def letters(client: Any) -> list[tuple[str, str]]:
    """To whom, and what, of every letter in the outbox, oldest first."""
    with client.application.app_context():
        found = [unseal(row.sealed, client.application.secret_key) for row in db.session.scalars(select(Letter).order_by(Letter.created_at))]
        return [(one.to, one.text) for one in found]


def of_last_letter(client: Any) -> tuple[str, str]:
    """The path of the link in the newest letter, and its code."""
    text = letters(client)[-1][1]
    [link], [code] = re.findall(r"http://localhost(/\S+)", text), re.findall(r": (\d{6})$", text, re.MULTILINE)
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
    return f"{(int(code) + 1) % 10**6:06}"


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
    assert client.post("/nb/sign-in/code", data={"code": f" {code[:3]} {code[3:]} "}).status_code == 303
    assert is_in(client)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "12 34 5"])
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


NO_ADDRESS = ["", "  ", "kari", "@example.no", "kari@", "a b@example.no", "kari@example.no\nBcc: x@example.no", "<x@y.no>", "æ@y.no"]


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
    assert len(told[0][4]) == 5


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


ELSEWHERE = [
    *["//evil.example", "https://evil.example/", "/\\evil.example", "/nb//evil.example", "/nb/../evil", "javascript:alert(1)", "nb/privacy"],
    *["/nb/%2e%2e/", "/nb/privacy\r\nX: y", "/nb/no-such-page", "/nb/sign-out/", "/nb/privacy#x", "/nb/privacy?next=//evil.example"],
    *["/static/lock.json", "/nb/" + "a" * 400],
]


@pytest.mark.parametrize("place", ELSEWHERE)
def test_nobody_is_led_elsewhere(client, place) -> None:
    assert "evil" not in client.get("/nb/sign-in", query_string={"next": place}).text.partition("<main")[2]
    assert come_in(client, next=place).headers["Location"] == "/nb/me"


@pytest.mark.parametrize(("place", "to"), [("/nb/privacy", "/nb/privacy"), ("/nn/accessibility?a=1", "/nb/accessibility?a=1"), ("/en/", "/nb/")])
def test_one_comes_back_to_where_one_was(client, place, to) -> None:
    assert f'value="{to}"' in client.get("/nb/sign-in", query_string={"next": place}).text
    assert come_in(client, next=place).headers["Location"] == to


def test_the_way_back_is_remembered_for_the_code_as_well(client) -> None:
    id = start_policy(client)
    _, code = mailed(client, next=f"/nb/policies/{id}/check")
    assert client.post("/nb/sign-in/code", data={"code": code}).headers["Location"] == f"/nb/policies/{id}/check"
    assert client.get(f"/nb/policies/{id}/").status_code == 200, "the drafts of this browser stay"


def test_a_session_from_before_is_not_the_session_after(app, client) -> None:
    """Somebody who planted a cookie in this browser does not come in with its owner."""
    with client.session_transaction() as session:
        session["planted"], session[PERSON], session["readings"] = "x", "chosen-by-somebody", {"r": "k"}
        key = session[KEY]
    planted, token = client.get_cookie("rusoff").value, client.token()
    come_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session[PERSON] != "chosen-by-somebody"
        assert (session[KEY], session["readings"]) == (key, {"r": "k"})
    other = app.test_client()
    other.set_cookie("rusoff", planted)
    assert other.get("/nb/me").status_code == 303
    assert client.open("/nb/me", method="POST", data={"csrf_token": token, "name": "Eve", "mail_language": "nb"}).status_code == 400


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client) -> None:
    cookie = come_in(client).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_signing_out_ends_every_copy_of_the_cookie(app, client) -> None:
    come_in(client)
    copy = app.test_client()
    copy.set_cookie("rusoff", client.get_cookie("rusoff").value)
    assert is_in(copy)
    assert client.post("/nb/sign-out").status_code == 303
    assert copy.get("/nb/me").headers["Location"] == "/nb/sign-in?next=/nb/me"
    assert not is_in(client)
    assert "Du er logget ut" in client.get("/nb/sign-in?out=1").text


def test_signing_out_wants_a_form_of_ours(client) -> None:
    come_in(client)
    assert client.get("/nb/sign-out").status_code in (302, 303)
    assert client.open("/nb/sign-out", method="POST", data={}).status_code == 400
    assert is_in(client)


def test_signing_in_again_in_the_same_browser_leaves_no_sitting_behind(client) -> None:
    come_in(client)
    come_in(client)
    assert count(client, Sitting) == 1


def test_whoever_is_not_signed_in_is_led_there_and_back(client) -> None:
    response = client.get("/nn/me")
    assert (response.status_code, response.headers["Location"]) == (303, "/nn/sign-in?next=/nn/me")
    page = client.post("/nn/me", data={"name": "Kari"})
    assert page.status_code == 401
    assert 'href="/nn/sign-in" target="_blank"' in page.text.partition("<main")[2]


def test_what_was_typed_when_the_sitting_ended_can_be_sent_after_signing_in_in_another_window(app, client) -> None:
    come_in(client)
    client.get("/nb/me")
    form = {"csrf_token": client.token(), "name": "Kari", "mail_language": "nb"}
    with app.app_context():
        db.session.scalars(select(Person)).one().leave_everywhere()
        db.session.commit()
    assert client.open("/nb/me", method="POST", data=form).status_code == 401
    come_in(client)
    assert client.open("/nb/me", method="POST", data=form).status_code == 303


def test_a_person_deleted_elsewhere_is_out_at_the_next_click(app, client) -> None:
    come_in(client)
    with app.app_context():
        db.session.delete(db.session.scalars(select(Person)).one())
        db.session.commit()
    assert client.get("/nb/me").status_code == 303
    assert "Logg inn" in client.get("/nb/").text.partition("<main")[0], "the header knows as well"


def test_a_sitting_ends_when_it_is_not_used_and_lives_on_when_it_is(client) -> None:
    come_in(client)
    at = now()
    for days in (20, 40):
        with time_machine.travel(at + timedelta(days=days)):
            assert client.get("/nb/privacy").status_code == 200
    with time_machine.travel(at + timedelta(days=65)):
        assert is_in(client)
    with time_machine.travel(at + timedelta(days=100)):
        assert not is_in(client)


def test_the_day_of_use_is_written_once_a_day(app, client) -> None:
    come_in(client)
    said: list[str] = []
    listen = lambda *given: said.append(given[2])
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", listen)
        with time_machine.travel(now() + timedelta(days=2)):
            for _ in range(3):
                client.get("/nb/privacy")
        event.remove(db.engine, "before_cursor_execute", listen)
    assert len([statement for statement in said if statement.startswith("UPDATE sitting")]) == 1
    assert len(said) == 1, "a page that needs nobody asks nobody"


def test_old_sittings_and_mails_are_tidied_away(app, client) -> None:
    from app.server import tidy

    come_in(client)
    mailed(client)
    with time_machine.travel(now() + timedelta(days=31)):
        tidy(app)
    assert (count(client, Sitting), count(client, SignIn), count(client, Person)) == (0, 0, 1)


def test_mails_are_limited_by_client_and_by_address(make_app) -> None:
    app = make_app(sign_ins_per_hour=3)
    with time_machine.travel(now().replace(minute=10), tick=False):
        one = browser(app)
        assert [ask(one, f"n{n}@example.no").status_code for n in range(4)] == [303, 303, 303, 429]
        others = [one.post("/nb/sign-in", data={"email": "N1@example.no"}, environ_overrides={"REMOTE_ADDR": f"192.0.2.{n}"}) for n in range(3)]
        assert [answer.status_code for answer in others] == [303, 303, 429]
        with app.app_context():
            assert not [hit for hit in db.session.scalars(select(Hit)) if "example" in hit.bucket]


def test_guesses_are_limited_by_client(make_app) -> None:
    app = make_app(codes_per_hour=3)
    with time_machine.travel(now().replace(minute=10), tick=False):
        client = browser(app)
        assert [client.post("/nb/sign-in/" + "x" * 43).status_code for _ in range(4)] == [404, 404, 404, 429]
        assert client.post("/nb/sign-in/code", data={"code": "123456"}).status_code == 429
        assert client.post("/nb/sign-in/passkey", data={"answer": "{}"}).status_code == 429


def test_neither_tokens_nor_codes_nor_keys_can_be_read_in_the_database(app, client) -> None:
    path, code = mailed(client)
    client.post(path)
    with client.session_transaction() as session:
        key = session[PERSON]
    with app.app_context():
        stored = str([db.session.execute(select(model.__table__)).all() for model in (SignIn, Sitting, Person)])
    for secret in (path.rpartition("/")[2], f"'{code}'", key):
        assert secret not in stored


def test_the_link_goes_to_the_public_address_whatever_the_host_claims_to_be(make_app) -> None:
    app = make_app(public_url="https://rusoff.example.no")
    client = browser(app)
    page = client.get("/nb/sign-in", headers={"Host": "localhost"}, base_url="https://localhost")
    assert page.status_code == 200
    sent = client.post("/nb/sign-in", data={"email": EMAIL}, base_url="https://localhost", headers={"Referer": "https://localhost/"})
    assert sent.status_code == 303
    assert "https://rusoff.example.no/nb/sign-in/" in letters(client)[-1][1]


def test_the_header_says_whether_one_is_signed_in_also_on_pages_drawn_once(client) -> None:
    id = start_policy(client)
    page = f"/nb/policies/{id}/map/workplace"
    for address in ("/nb/", page, f"/nb/policies/{id}/"):
        header = client.get(address).text.partition("<main")[0]
        assert "Min side" not in header
        assert f"/nb/sign-in?next={address}" in header
    come_in(client)
    for address in ("/nb/", page, f"/nb/policies/{id}/"):
        header = client.get(address).text.partition("<main")[0]
        assert "Min side" in header
        assert 'action="/nb/sign-out"' in header
        assert "Logg inn" not in header
    form = re.search(r'action="/nb/sign-out"><input type="hidden" name="csrf_token" value="([^"]+)"', client.get(page).text)
    assert form
    assert client.open("/nb/sign-out", method="POST", data={"csrf_token": form[1]}).status_code == 303


def test_the_header_never_carries_a_secret_of_the_address(client) -> None:
    for path in ("/nb/continue/" + "x" * 43, "/nb/sign-in/" + "x" * 43):
        assert "next=" not in client.get(path).text
