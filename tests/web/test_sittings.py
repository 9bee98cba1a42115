"""What a browser is once somebody has signed in there, until they sign out; where they are led; and how often anybody may try."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, select

from app.clock import now
from app.models.counters import Hit
from app.models.db import db
from app.models.people import Person, SignIn, Sitting
from app.web.access import PERSON
from app.web.security import KEY
from tests.conftest import browser, start_policy
from tests.web.test_sign_in import EMAIL, ask, come_in, count, is_in, letters, mailed, of_last_letter

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


def test_pages_opened_at_once_after_signing_in_share_one_token(client) -> None:
    """Each would else make a token of its own, and the last cookie to come would make the form of the other one worthless."""
    come_in(client)
    cookie = client.get_cookie("rusoff").value
    assert 'name="csrf_token"' in client.get("/nb/me").text
    assert client.get_cookie("rusoff").value == cookie


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
    ways = [way for way in re.findall(r"<a [^>]*>", page.text.partition("<main")[2]) if 'href="/nn/sign-in"' in way]
    assert ways
    assert all('target="_blank"' in way for way in ways)


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
    from app.server.serve import tidy

    come_in(client)
    mailed(client)
    with time_machine.travel(now() + timedelta(days=31)):
        tidy(app)
    assert (count(client, Sitting), count(client, SignIn), count(client, Person)) == (0, 0, 1)


def test_mails_are_limited_by_browser_and_by_recipient(make_app) -> None:
    app = make_app(sign_ins_per_hour=3)
    with time_machine.travel(now().replace(minute=10), tick=False):
        one = browser(app)
        assert [ask(one, f"n{n}@example.no").status_code for n in range(4)] == [303, 303, 303, 429]
        assert [ask(browser(app), "N1@example.no").status_code for _ in range(3)] == [303, 303, 429]
        with app.app_context():
            assert not [hit for hit in db.session.scalars(select(Hit)) if "example" in hit.bucket]


def test_strangers_who_ask_in_her_name_keep_nobody_out(make_app) -> None:
    app = make_app(sign_ins_per_hour=3)
    at = now().replace(minute=5)
    own_browser = browser(app)
    with time_machine.travel(at, tick=False):
        come_in(own_browser)
        own_browser.post("/nb/sign-out")
        told = [ask(browser(app)) for _ in range(20)]
        assert [answer.status_code for answer in told] == [303, 303] + [429] * 18, "their own mail was the first of three"
        assert "åpne lenken" in told[-1].text
        new = browser(app)
        path, _ = of_last_letter(own_browser)
        assert new.post(path).status_code == 303, "the link is good in whichever browser, whoever asked for it"
        assert ask(browser(app)).status_code == 429
        assert ask(own_browser).status_code == 303, "where they have signed in before they have an allowance of their own"
    with time_machine.travel(at + timedelta(minutes=16), tick=False):
        assert [ask(browser(app)).status_code for _ in range(5)] == [303] + [429] * 4, "there is always a link that is good"


def test_colleagues_behind_one_address_sign_in_on_the_same_morning(make_app) -> None:
    app = make_app(sign_ins_per_hour=5, codes_per_hour=5)
    with time_machine.travel(now().replace(minute=10), tick=False):
        assert {come_in(browser(app), f"n{n}@example.no").status_code for n in range(31)} == {303}


@pytest.mark.parametrize("dead", ["/nb/sign-in/" + "x" * 43, "/nb/read/x", "/nb/continue/" + "x" * 43, "/nb/sign-in/passkey", "/nb/sign-in/code"])
def test_whatever_fails_keeps_nobody_out(make_app, dead) -> None:
    app = make_app(codes_per_hour=2, continuations_per_hour=2)
    with time_machine.travel(now().replace(minute=10), tick=False):
        client = browser(app)
        path, code = mailed(client)
        other, _ = mailed(browser(app), "ola@example.no")
        stranger = browser(app)
        told = [stranger.post(dead, data={"code": "12345678"}).status_code for _ in range(60)]
        assert told[0] in (404, 422)
        assert told[-1] == 429
        for _ in range(3):
            browser(app).post(dead, data={"code": "12345678"})
            client.post(dead, data={"code": "1234567x"})
        assert client.post("/nb/sign-in/code", data={"code": code}).status_code == 303
        assert browser(app).post(other).status_code == 303
        assert client.post(path).status_code in (303, 404)


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
