"""One's own page: what one changes there, what one takes along, and how one goes."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from app.clock import now
from app.models.audit_log import Event, record_event
from app.models.comments import Comment
from app.models.db import db
from app.models.people import Passkey, Person, SignIn, Sitting
from app.models.policy import Policy
from app.models.versions import Decision, Version
from app.models.workplaces import Expected, Member, Workplace
from app.web.login_session import FRESH_FOR
from tests import world
from tests.conftest import browser, start_policy

NAME = "Kari «Ødegård» <b>"


@pytest.fixture
def kari(app) -> Person:
    with app.app_context():
        kari = world.person("kari@example.no", "Kari")
        db.session.commit()
        return kari


@pytest.fixture
def own_browser(client, kari) -> Any:
    return world.sign_in(client, kari)


def put(app: Any, make: Any) -> Any:
    """What `make` makes, committed."""
    with app.app_context():
        made = make()
        db.session.commit()
        return made


def all_of(app: Any, model: Any) -> list[Any]:
    with app.app_context():
        return list(db.session.scalars(select(model)))


def again(kari: Person) -> Person:
    return db.session.get_one(Person, kari.id)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_name_and_language_of_letters_are_kept(app, own_browser, language) -> None:
    sent = own_browser.post(f"/{language}/me", data={"name": f"  {NAME} ", "mail_language": language})
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/{language}/me?done=saved")
    page = own_browser.get(f"/{language}/me?done=saved").text
    assert "Kari «Ødegård» &lt;b&gt;" in page
    assert f'value="{language}" checked' in page
    assert (all_of(app, Person)[0].name, all_of(app, Person)[0].language) == (NAME, language)
    own_browser.post(f"/{language}/me", data={"name": "", "mail_language": language})
    assert all_of(app, Person)[0].called() == "kari@example.no"


@pytest.mark.parametrize("sent", [{"name": "x" * 121, "mail_language": "nb"}, {"name": "x", "mail_language": "se"}, {"name": "x"}])
def test_what_cannot_be_kept_is_said_and_stays(app, own_browser, sent) -> None:
    page = own_browser.post("/nb/me", data=sent)
    assert page.status_code == 422
    assert "<title>Feil: " in page.text
    assert f'value="{sent["name"]}"' in page.text
    assert all_of(app, Person)[0].name == "Kari"


def test_nobody_else_sees_the_page(client) -> None:
    for path in ("me", "me/export", "me/delete", "me/passkeys/options"):
        assert client.get(f"/nb/{path}").headers["Location"] == f"/nb/sign-in?next=/nb/{path}"
    for path in ("me", "me/delete", "me/passkeys", "me/sign-out-elsewhere"):
        assert client.post(f"/nb/{path}").status_code == 401


def test_an_odd_word_about_what_was_done_says_nothing(own_browser) -> None:
    assert 'role="status"><p>' not in own_browser.get("/nb/me?done=<script>").text


def test_one_signs_out_elsewhere_or_everywhere(app, own_browser, kari) -> None:
    other = world.sign_in(browser(app), kari)
    assert "I 2 nettlesere" in own_browser.get("/nb/me").text
    own_browser.post("/nb/me/sign-out-elsewhere")
    assert other.get("/nb/me").status_code == 303
    assert "Bare i denne nettleseren" in own_browser.get("/nb/me").text
    world.sign_in(other, kari)
    own_browser.post("/nb/me/sign-out-elsewhere", data={"here": "yes"})
    assert (other.get("/nb/me").status_code, own_browser.get("/nb/me").status_code) == (303, 303)
    assert all_of(app, Sitting) == []


def test_drafts_of_this_browser_and_workplaces_are_shown(app, own_browser, kari) -> None:
    id = start_policy(own_browser, {"workplace_name": "Åsly & sønner"})
    put(app, lambda: world.workplace(again(kari), "Fjord & fjell"))
    page = own_browser.get("/nb/me").text
    assert f"/nb/policies/{id}/keep" in page
    assert "Åsly &amp; sønner" in page
    assert "Fjord &amp; fjell" in page


def test_an_invitation_waits_there_and_is_taken_up(app, own_browser) -> None:
    def invite() -> Workplace:
        place = world.workplace(world.person("eier@example.no"), "Fjordheimen")
        Expected.at(place, "KARI@example.no", "editor")
        return place

    place = put(app, invite)
    assert "Fjordheimen vil ha deg med som medforfatter" in own_browser.get("/nb/me").text
    assert own_browser.post(f"/nb/workplaces/{place.id}/accept").status_code == 303
    assert "vil ha deg med" not in own_browser.get("/nb/me").text
    assert len(all_of(app, Member)) == 2


def test_everything_can_be_taken_along_and_no_key_is_in_it(app, own_browser, kari) -> None:
    keys = put(app, lambda: build(again(kari)))
    response = own_browser.get("/nb/me/export")
    assert response.headers["Content-Disposition"].startswith("attachment")
    told = json.loads(response.text)
    assert told["profile"]["email"] == "kari@example.no"
    for part in (
        "passkeys", "signed_in", "workplaces", "invitations", "events", "comments_answered", "reviews_opened", "versions_made", "decisions_recorded",
        "reviews_invited_to",
    ):  # fmt: skip
        assert len(told[part]) == 1, part
    assert told["workplaces"][0]["role"] == "owner"
    assert told["reviews_invited_to"][0]["comments"][0]["words"] == "Hemmelig merknad", "what they wrote themselves is theirs"
    for secret in (*keys, "eier@example.no"):
        assert secret not in response.text


def test_reviews_are_told_of_however_the_address_is_written(app, client) -> None:
    with app.app_context():
        siri = world.person("siri@blåbær.no")
        world.reviewer(world.review(world.kept(world.workplace(world.person()))), email="Siri@xn--blbr-roah.no")
        db.session.commit()
    assert len(json.loads(world.sign_in(client, siri).get("/nb/me/export").text)["reviews_invited_to"]) == 1


def build(kari: Person) -> tuple[str, ...]:
    """Something of every kind about them; and what must not be told."""
    place = world.workplace(kari)
    review = world.review(world.kept(place))
    reviewer = world.reviewer(review, email="Kari@Example.no")
    comment = Comment.write(reviewer, "purpose", "question", "Hemmelig merknad")
    comment.answered_by, comment.answered_at, comment.outcome = kari.id, now(), "answered"
    review.opened_by = kari.id
    version = db.session.get_one(Version, review.version_id)
    version.made_by = kari.id
    decision = Decision(
        version_id=version.id, text_hash=version.text_hash, decided_on=now().date(), body="amu", body_name="AMU", case_number="1/26", present="",
        result="adopted", dissent="", in_force_from=None, recorded_at=now(), recorded_by=kari.id,
    )  # fmt: skip
    db.session.add(decision)
    other = world.workplace(world.person("eier@example.no"), "En annen")
    Expected.at(other, kari.email, "reader")
    record_event("policy_kept", place.id, person_id=kari.id)
    passkey = Passkey(
        user_id=kari.id, name="Pinnen", credential_id=b"credential", public_key=b"public", sign_count=0, transports=None, extensions=None,
        backup_state=False, device_type="single_device", usage="first", lastuse_datetime=now(),
    )  # fmt: skip
    db.session.add(passkey)
    return kari.fs_uniquifier, kari.fs_webauthn_user_handle, "credential_id", "key_hash"


def test_an_account_goes_with_all_that_is_its_own(app, own_browser, kari) -> None:
    other = world.sign_in(browser(app), kari)

    def make() -> None:
        place = world.workplace(world.person("eier@example.no"))
        place.take_in(again(kari), "editor")
        record_event("policy_kept", place.id, person_id=kari.id)
        SignIn.ask(kari.email, "browser", "secret")

    put(app, make)
    page = own_browser.get("/nb/me/delete")
    assert page.status_code == 200
    assert "Fjordheimen" in page.text
    assert own_browser.post("/nb/me/delete").headers["Location"] == "/nb/sign-in?deleted=1"
    assert "Kontoen din er slettet" in own_browser.get("/nb/sign-in?deleted=1").text
    assert (own_browser.get("/nb/me").status_code, other.get("/nb/me").status_code) == (303, 303)
    assert [person.email for person in all_of(app, Person)] == ["eier@example.no"]
    assert (all_of(app, Sitting), all_of(app, SignIn)) == ([], [])
    assert {(event.what, event.person_id) for event in all_of(app, Event)} == {("policy_kept", None), ("member_left", None)}


def test_a_workplace_with_nobody_else_goes_too_after_saying_so(app, own_browser, kari) -> None:
    put(app, lambda: world.review(world.kept(world.workplace(again(kari), "Fjord & fjell"))))
    page = own_browser.get("/nb/me/delete").text
    assert "Fjord &amp; fjell (policyer: 1)" in page
    refused = own_browser.post("/nb/me/delete", data={"confirm": "kari"})
    assert refused.status_code == 422
    assert 'value="kari"' in refused.text
    assert all_of(app, Policy)
    assert own_browser.post("/nb/me/delete", data={"confirm": " KARI@example.no "}).status_code == 303
    assert (all_of(app, Person), all_of(app, Workplace), all_of(app, Policy)) == ([], [], [])


def test_the_last_owner_of_others_stays(app, own_browser, kari) -> None:
    def make() -> Workplace:
        place = world.workplace(again(kari))
        world.member(place, "editor", "red@example.no")
        return place

    place = put(app, make)
    for page, status in ((own_browser.get("/nb/me/delete"), 200), (own_browser.post("/nb/me/delete", data={"confirm": kari.email}), 409)):
        assert page.status_code == status
        assert f"/nb/workplaces/{place.id}/people" in page.text
    with app.app_context():
        world.member(db.session.get_one(Workplace, place.id), "owner", "eier@example.no")
        db.session.commit()
    assert own_browser.post("/nb/me/delete").status_code == 303
    assert len(all_of(app, Member)) == 2


def test_what_cannot_be_undone_asks_for_a_sign_in_that_is_not_old(app, own_browser) -> None:
    with time_machine.travel(now() + FRESH_FOR + timedelta(seconds=1)):
        assert own_browser.get("/nb/me/delete").headers["Location"] == "/nb/sign-in?next=/nb/me/delete"
        assert 'value="kari@example.no"' in own_browser.get("/nb/sign-in?next=/nb/me/delete").text
        assert own_browser.post("/nb/me/delete").status_code == 401
        assert own_browser.get("/nb/me").status_code == 200
    assert all_of(app, Person)
