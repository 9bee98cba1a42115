"""Passkeys: made on one's own page, used instead of a mail, refused whenever anything is not as it should be."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from app.clock import now
from app.mail.encryption import decrypt
from app.models.db import db
from app.models.outbox import Letter
from app.models.people import Passkey, Person
from app.web.login_session import FRESH_FOR
from tests import world
from tests.authenticator import PRESENT, Authenticator
from tests.conftest import browser


@pytest.fixture
def kari(app) -> Person:
    with app.app_context():
        kari = world.person("kari@example.no")
        db.session.commit()
        return kari


@pytest.fixture
def own_browser(client, kari) -> Any:
    """The browser of Kari."""
    return world.sign_in(client, kari)


def options(client: Any, address: str) -> dict[str, Any]:
    response = client.get(f"/nb/{address}/options")
    assert response.status_code == 200
    return dict(response.json)


def make(client: Any, key: Authenticator, name: str = "Telefonen min", **changed: Any) -> Any:
    answer = key.make({**options(client, "me/passkeys"), **changed})
    return client.post("/nb/me/passkeys", data={"passkey_name": name, "answer": answer})


def use(client: Any, key: Authenticator, **more: str) -> Any:
    return client.post("/nb/sign-in/passkey", data={"answer": key.use(options(client, "sign-in/passkey")), **more})


def stored(client: Any) -> list[Passkey]:
    with client.application.app_context():
        return list(db.session.scalars(select(Passkey)))


def test_any_kind_of_key_is_asked_for_and_its_holder_is_verified(own_browser, kari) -> None:
    asked = options(own_browser, "me/passkeys")
    assert asked["rp"] == {"id": "localhost", "name": "RusOff"}
    assert asked["authenticatorSelection"] == {"residentKey": "required", "requireResidentKey": True, "userVerification": "required"}
    assert "authenticatorAttachment" not in asked["authenticatorSelection"], "a telephone, Windows Hello and a stick"
    assert asked["user"]["name"] == kari.email
    wanted = options(own_browser, "sign-in/passkey")
    assert (wanted["userVerification"], wanted["allowCredentials"], wanted["timeout"]) == ("required", [], 300_000)


def test_a_passkey_is_made_and_lets_one_in_where_one_wanted_to_go(app, own_browser, kari) -> None:
    key = Authenticator()
    assert make(own_browser, key).headers["Location"] == "/nb/me?done=passkey#passkeys"
    assert "Telefonen min" in own_browser.get("/nb/me").text
    [kept] = stored(own_browser)
    assert (kept.credential_id, kept.transports, kept.usage) == (key.id, ["hybrid", "internal"], "first")
    other = browser(app)
    assert use(other, key, next="/nb/privacy").headers["Location"] == "/nb/privacy"
    assert kari.email in other.get("/nb/me").text
    assert stored(own_browser)[0].sign_count == 1
    assert options(own_browser, "me/passkeys")["excludeCredentials"]


def test_a_key_that_counts_backwards_was_copied(app, own_browser) -> None:
    key = Authenticator()
    make(own_browser, key)
    key.count = 7
    assert use(browser(app), key).status_code == 303
    key.count = 5
    refused = use(browser(app), key)
    assert refused.status_code == 422
    assert "kunne ikke bekreftes" in refused.text
    assert "<title>Feil: " in refused.text
    assert stored(own_browser)[0].sign_count == 8


def test_a_key_that_does_not_count_is_good(app, own_browser) -> None:
    key = Authenticator()
    make(own_browser, key)
    for _ in range(2):
        key.count = -1
        assert use(browser(app), key).status_code == 303


def test_a_deleted_passkey_is_refused_and_says_so(app, own_browser) -> None:
    key = Authenticator()
    make(own_browser, key)
    [kept] = stored(own_browser)
    assert own_browser.post(f"/nb/me/passkeys/{kept.id}/delete").headers["Location"] == "/nb/me?done=passkey_gone#passkeys"
    refused = use(browser(app), key)
    assert refused.status_code == 422
    assert "kjenner ikke denne passnøkkelen" in refused.text


def test_nobody_deletes_the_passkey_of_somebody_else(app, own_browser) -> None:
    make(own_browser, Authenticator())
    [kept] = stored(own_browser)
    with app.app_context():
        eve = world.person("eve@example.no")
        db.session.commit()
    other = world.sign_in(browser(app), eve)
    assert other.post(f"/nb/me/passkeys/{kept.id}/delete").status_code == 404
    assert browser(app).post(f"/nb/me/passkeys/{kept.id}/delete").status_code == 401
    assert stored(own_browser)


WRONG = {
    "another site": {"origin": "http://localhost.evil.example"},
    "another party": {"party": "evil.example"},
    "nobody verified": {"flags": PRESENT},
    "nobody present": {"flags": 0x04},
}


@pytest.mark.parametrize("how", WRONG)
def test_a_key_that_is_not_right_is_not_kept(own_browser, how) -> None:
    refused = make(own_browser, Authenticator(**WRONG[how]))
    assert refused.status_code == 422
    assert 'value="Telefonen min"' in refused.text
    assert not stored(own_browser)


@pytest.mark.parametrize("how", WRONG)
def test_nor_does_it_let_anybody_in(app, own_browser, how) -> None:
    key = Authenticator()
    make(own_browser, key)
    for name, value in WRONG[how].items():
        setattr(key, name, value)
    other = browser(app)
    assert use(other, key).status_code == 422
    assert other.get("/nb/me").status_code == 303


def test_another_key_with_the_same_id_does_not_let_anybody_in(app, own_browser) -> None:
    key = Authenticator()
    make(own_browser, key)
    assert use(browser(app), Authenticator(id=key.id, handle=key.handle)).status_code == 422
    assert use(browser(app), Authenticator(id=key.id, key=key.key, handle="c29tZWJvZHk")).status_code == 422
    assert use(browser(app), key).status_code == 303


def test_a_passkey_is_kept_once(app, own_browser) -> None:
    key = Authenticator()
    assert [make(own_browser, key).status_code for _ in range(2)] == [303, 422]
    with app.app_context():
        eve = world.person("eve@example.no")
        db.session.commit()
    assert make(world.sign_in(browser(app), eve), key).status_code == 422
    assert len(stored(own_browser)) == 1


def test_what_is_asked_is_good_for_five_minutes(app, own_browser) -> None:
    key = Authenticator()
    make(own_browser, key)
    other = browser(app)
    asked = options(other, "sign-in/passkey")
    with time_machine.travel(now() + timedelta(minutes=5, seconds=1)):
        late = other.post("/nb/sign-in/passkey", data={"answer": key.use(asked)})
    assert late.status_code == 422
    assert "fem minutter" in late.text


def test_an_answer_is_good_once_even_with_an_old_copy_of_the_cookie(app, own_browser) -> None:
    key = Authenticator()
    key.count = -1
    make(own_browser, Authenticator(id=key.id, key=key.key))
    thief, other = app.test_client(), browser(app)
    key.handle = options(own_browser, "me/passkeys")["user"]["id"]
    answer = key.use(options(other, "sign-in/passkey"))
    thief.set_cookie("rusoff", other.get_cookie("rusoff").value)
    data = {"csrf_token": other.token(), "answer": answer}
    thief.set_cookie("rusoff", other.get_cookie("rusoff").value)
    assert other.post("/nb/sign-in/passkey", data=data).status_code == 303
    replayed = thief.post("/nb/sign-in/passkey", data=data)
    assert replayed.status_code == 422
    assert "brukt fra før" in replayed.text


def test_what_one_browser_was_asked_another_cannot_answer(app, own_browser) -> None:
    key = Authenticator()
    make(own_browser, key)
    answer = key.use(options(browser(app), "sign-in/passkey"))
    assert browser(app).post("/nb/sign-in/passkey", data={"answer": answer}).status_code == 422


def test_what_was_asked_for_using_one_does_not_make_one(own_browser) -> None:
    key, asked = Authenticator(), options(own_browser, "me/passkeys")
    refused = make(own_browser, key, challenge=options(own_browser, "sign-in/passkey")["challenge"])
    assert refused.status_code == 422
    assert own_browser.post("/nb/me/passkeys", data={"passkey_name": "x", "answer": key.make(asked)}).status_code == 303


NONSENSE = [
    *["", "{}", "[]", "null", '{"response": {}}', '{"response": {"clientDataJSON": 7}}', '{"response": {"clientDataJSON": "eyJ9"}}'],
    *["[" * 5000, "{" * 30_000],
]


@pytest.mark.parametrize("answer", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_refused_in_words(own_browser, answer) -> None:
    assert own_browser.post("/nb/sign-in/passkey", data={"answer": answer}).status_code == 422
    assert own_browser.post("/nb/me/passkeys", data={"passkey_name": "x", "answer": answer}).status_code == 422


@pytest.mark.parametrize("part", ["id", "rawId", "type", "response.authenticatorData", "response.signature", "response.userHandle"])
@pytest.mark.parametrize("value", [None, 7, "", "x", "€", [], {}])
def test_an_answer_with_a_part_that_is_no_part_is_refused(app, own_browser, part, value) -> None:
    key, other = Authenticator(), browser(app)
    make(own_browser, key)
    answer = json.loads(key.use(options(other, "sign-in/passkey")))
    place = answer["response"] if "." in part else answer
    place[part.rpartition(".")[2]] = value
    assert other.post("/nb/sign-in/passkey", data={"answer": json.dumps(answer)}).status_code == 422
    assert other.get("/nb/me").status_code == 303


@pytest.mark.parametrize(("name", "told"), [("", "Gi passnøkkelen et navn"), ("x" * 65, "64")])
def test_a_passkey_has_a_name_that_is_not_too_long(own_browser, name, told) -> None:
    refused = make(own_browser, Authenticator(), name)
    assert refused.status_code == 422
    assert told in refused.text


def test_nobody_makes_more_than_twenty(own_browser) -> None:
    assert [make(own_browser, Authenticator()).status_code for _ in range(21)] == [303] * 20 + [422]


def test_a_passkey_is_made_after_a_sign_in_that_is_not_old(app, own_browser) -> None:
    key, asked = Authenticator(), options(own_browser, "me/passkeys")
    with time_machine.travel(now() + FRESH_FOR + timedelta(seconds=1)):
        assert "Bekreft at det er deg" in own_browser.get("/nb/me").text
        assert own_browser.get("/nb/me/passkeys/options").status_code == 303
        assert own_browser.post("/nb/me/passkeys", data={"passkey_name": "x", "answer": key.make(asked)}).status_code == 401
        assert "Bekreft at det er deg" in own_browser.get("/nb/sign-in?next=/nb/me").text
    assert not stored(own_browser)


def test_the_public_address_is_what_passkeys_are_bound_to(make_app) -> None:
    app = make_app(public_url="https://rusoff.example.no")
    asked = browser(app).get("/nb/sign-in/passkey/options", base_url="https://localhost").json
    assert asked["rpId"] == "rusoff.example.no"


DIGITS = {"127.0.0.1:8000": 'href="http://localhost:8000/nb/sign-in?next=/nb/"', "[::1]:8000": 'href="http://localhost:8000/', "192.0.2.7": "av tall"}


@pytest.mark.parametrize("host", DIGITS)
def test_an_address_of_digits_says_that_passkeys_do_not_work_there(client, host) -> None:
    page = client.get("/nb/sign-in?next=/nb/", headers={"Host": host}).text
    assert DIGITS[host] in page
    assert "data-passkey=" not in page
    assert ("localhost" in page) is (host != "192.0.2.7")


def test_a_letter_tells_of_a_new_passkey(app, own_browser) -> None:
    make(own_browser, Authenticator(), "Nettbrettet")
    with app.app_context():
        [letter] = db.session.scalars(select(Letter)).all()
        told = decrypt(letter.sealed, str(app.secret_key))
    assert (letter.kind, told.to) == ("passkey_made", "kari@example.no")
    assert "«Nettbrettet»" in told.text
    assert "http://localhost/nb/me" in told.text


def test_deleting_a_passkey_asks_for_a_sign_in_that_is_not_old(own_browser) -> None:
    make(own_browser, Authenticator())
    [kept] = stored(own_browser)
    address = f"/nb/me/passkeys/{kept.id}/delete"
    with time_machine.travel(now() + FRESH_FOR + timedelta(minutes=1)):
        assert own_browser.post(address).status_code == 401
        assert address not in own_browser.get("/nb/me").text
    assert stored(own_browser)
    assert own_browser.post(address).status_code == 303
    assert not stored(own_browser)
