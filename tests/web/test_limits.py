"""Limits are counted in the database, and say when to come back."""

from datetime import UTC, datetime, timedelta
from html import unescape

import time_machine
from flask import session as flask_session
from sqlalchemy import select

from app.clock import now
from app.models.counters import Hit
from app.models.db import db
from app.web.limits import KNOWN, SHARED, know
from tests.conftest import browser, start_policy
from tests.every_field import hidden, shown

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


STARTS = 2  # what the probe allows a browser
OFFICE = STARTS * SHARED["start"]


def start(client, address="192.0.2.1"):
    return client.post("/nb/probe/start", environ_overrides={"REMOTE_ADDR": address})


def starts(clients, address="192.0.2.1") -> list[int]:
    return [start(client, address).status_code for client in clients]


def browsers(probe, many: int) -> list:
    return [browser(probe) for _ in range(many)]


def test_a_browser_may_do_so_much_in_an_hour_and_is_told_what_to_do(probing) -> None:
    with time_machine.travel(NOON + timedelta(minutes=40), tick=False):
        assert starts([probing] * 4) == [200, 200, 429, 429]
        refused = start(probing, "192.0.2.2")
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1200")
        assert "Prøv igjen om 20 min." in refused.text
    with time_machine.travel(NOON + timedelta(minutes=61)):
        assert start(probing).status_code == 200


def test_one_browser_uses_nothing_up_for_those_who_share_its_address(probe, probing) -> None:
    with time_machine.travel(NOON):
        assert starts([probing] * 100).count(429) == 100 - STARTS
        assert set(starts(browsers(probe, OFFICE - STARTS))) == {200}, "a whole office"


def test_past_what_an_address_may_only_those_who_have_signed_in_go_on(probe, probing) -> None:
    known = browser(probe)
    with known.session_transaction() as session, probe.test_request_context():
        know("kari@example.no")
        session[KNOWN] = flask_session[KNOWN]
    with time_machine.travel(NOON):
        assert set(starts(browsers(probe, OFFICE))) == {200}
        assert start(browser(probe)).status_code == 429
        assert starts([known] * 3) == [200, 200, 429], "and they have an allowance of their own"
        assert start(browser(probe), "192.0.2.2").status_code == 200


def test_a_home_with_many_addresses_is_one_client(probe, probing) -> None:
    with time_machine.travel(NOON):
        told = [start(client, f"2001:db8:1:2::{n}").status_code for n, client in enumerate(browsers(probe, OFFICE + 1))]
        assert told == [200] * OFFICE + [429]
        assert start(browser(probe), "2001:db8:1:3::1").status_code == 200


def test_no_address_is_stored_and_old_windows_go(probing) -> None:
    with time_machine.travel(NOON):
        start(probing)
        first = stored(probing)
    with time_machine.travel(NOON + timedelta(hours=1)):
        start(probing)
        second = stored(probing)
    assert len(first) == len(second) == 2
    assert not {hit.bucket for hit in first} & {hit.bucket for hit in second}
    assert not [hit for hit in first if "192.0.2.1" in hit.bucket]


def stored(client) -> list[Hit]:
    with client.application.app_context():
        return list(db.session.scalars(select(Hit)))


def test_a_draft_takes_so_many_saves_in_a_minute(probing) -> None:
    at = now()
    with time_machine.travel(at, tick=False):
        id = start_policy(probing)
        answers = [probing.post(f"/nn/probe/{id}") for _ in range(4)]
        assert [r.status_code for r in answers] == [200, 200, 200, 429]
        assert answers[-1].headers["Retry-After"] == "60"
        assert probing.get(f"/nn/probe/{id}").text == "3"
    with time_machine.travel(at + timedelta(seconds=61)):
        assert probing.post(f"/nn/probe/{id}").text == "4"


def test_what_was_typed_is_kept_on_the_page_and_can_be_sent_again(probing) -> None:
    with time_machine.travel(NOON, tick=False):
        id = start_policy(probing)
        for _ in range(3):
            probing.post(f"/nb/probe/{id}")
        words = "Kanarifugl <b> \nlinje to"
        page = probing.post(f"/nb/probe/{id}?a=1", data={"greeting": words, "csrf_token": probing.token()})
    kept = {"csrf_token": hidden(page.text)["csrf_token"], "greeting": [unescape(shown(page.text)["greeting"])]}
    assert page.status_code == 429
    assert kept["greeting"] == [words]
    assert f'action="/nb/probe/{id}?a=1"' in page.text
    with time_machine.travel(NOON + timedelta(minutes=2)):
        assert probing.post(f"/nb/probe/{id}?a=1", data=kept).status_code == 200


def test_a_clock_that_is_set_back_keeps_nobody_from_saving(probing) -> None:
    with time_machine.travel(NOON):
        id = start_policy(probing)
        assert probing.post(f"/nb/probe/{id}").status_code == 200
    with time_machine.travel(NOON - timedelta(minutes=30)):
        assert [probing.post(f"/nb/probe/{id}").status_code for _ in range(3)] == [200] * 3
    with time_machine.travel(NOON - timedelta(minutes=28)):
        assert probing.post(f"/nb/probe/{id}").status_code == 200


def test_the_questions_to_print_are_the_same_for_all_and_never_refused(make_app) -> None:
    app = make_app(documents_per_hour=1)
    one = browser(app)
    assert {one.get("/nb/questions.docx").status_code for _ in range(30)} == {200}
    id = start_policy(one, {"workplace_name": "Fjord"})
    assert [one.get(f"/nb/policies/{id}/documents/policy.docx").status_code for _ in range(2)] == [200, 429]
