"""Workplaces: those of a person, what belongs to owners, and what strangers find."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from app.clock import now
from app.models.db import Base, db
from app.models.outbox import Letter
from app.models.policy import Policy
from app.models.workplaces import Member, Workplace
from app.pack.text import LANGUAGES
from tests import world
from tests.conftest import browser
from tests.places import ELSEWHERE, HOSTILE, Place


def test_a_new_workplace_is_owned_by_whoever_names_it(app, person) -> None:
    kari = person()
    assert "Du er ikke med" in kari.get("/nb/workplaces").text
    answer = kari.post("/nb/workplaces", data={"name": "  Havna\n\u202eAS "})
    page = kari.get(answer.location).text
    assert "Havna AS" in page
    assert "\u202e" not in page
    assert "Havna AS" in kari.get("/nn/workplaces").text


@pytest.mark.parametrize("name", ["", " \x00 ", "x" * 201])
def test_a_workplace_without_a_fit_name_is_not_made(app, person, name) -> None:
    kari = person()
    answer = kari.post("/nb/workplaces", data={"name": name})
    assert answer.status_code == 422
    assert "<title>Feil: " in answer.text
    with app.app_context():
        assert db.session.scalar(select(Workplace)) is None


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_shown_as_they_are_written(app, name, language) -> None:
    place = Place(app, name)
    place.owner.post(place.of_policy("/manage"), data={"do": "unit", "unit": name})
    for address in ("", "/people", "/log", "/name", "/delete", "/leave", "/new"):
        page = place.owner.get(f"/{language}/workplaces/{place.id}{address}")
        assert page.status_code == 200, address
        assert "<script>alert" not in page.text
    for address in ("/manage", "/discard", "/"):
        assert place.owner.get(f"/{language}/policies/{place.policy}{address}").status_code == 200
    assert place.stored().unit == name


OWNERS_ONLY = ["/name", "/delete", "/people", "/people/change", "/people/withdraw"]


@pytest.mark.parametrize("role", ["editor", "reader"])
def test_what_belongs_to_owners_is_refused_to_other_members(place, role) -> None:
    member = getattr(place, role)
    for rest in OWNERS_ONLY:
        form = {"name": "X", "confirm": "Fjordheimen", "email": "x@example.no", "role": "owner", "person": place.people[role].id}
        assert member.post(place.address(rest), data=form).status_code == 403, rest
    for rest in ("/name", "/delete", "/log", "/log.csv", "/log.json"):
        assert member.get(place.address(rest)).status_code == 403, rest
    assert member.get(place.address()).status_code == member.get(place.address("/people")).status_code == 200
    assert place.events() == []


@time_machine.travel(now() + timedelta(hours=1), tick=False)  # the token of a form holds the second in which it was made
def test_a_foreign_workplace_looks_like_none(app, place) -> None:
    other, nobody = Place(app, "Other", ".other"), browser(app)
    for client in (other.owner, nobody):
        for rest in ("", "/people", "/log", "/log.csv", "/name", "/delete", "/leave", "/new", "/accept"):
            for method in ("GET", "POST"):
                form = {"csrf_token": client.token()} if method == "POST" else None
                there, nowhere = (client.open(f"/nb/workplaces/{id}{rest}", method=method, data=form) for id in (place.id, ELSEWHERE))
                assert there.status_code == nowhere.status_code
                assert there.status_code in ((404, 405) if client is other.owner else (401, 303, 405)), (rest, method)
                assert there.text.replace(place.id, ELSEWHERE) == nowhere.text
                for name in ("Content-Length", "Location"):
                    assert there.headers.get(name, "").replace(place.id, ELSEWHERE) == nowhere.headers.get(name, "")
    for rest in ("/manage", "/discard", "/keep"):
        pages = [other.owner.get(f"/nb/policies/{id}{rest}") for id in (place.policy, ELSEWHERE)]
        assert [page.status_code for page in pages] == [404, 404]
        assert pages[0].text.replace(place.policy, ELSEWHERE) == pages[1].text


def test_no_form_counts_without_its_token(place) -> None:
    posts = [place.address(rest) for rest in ("/accept", "/decline", "/leave", "/new", *OWNERS_ONLY)] + [place.of_policy("/manage"), "/nb/workplaces"]
    for address in posts:
        assert place.owner.open(address, method="POST", data={"do": "archive"}).status_code == 400, address
    assert place.events() == []


def test_an_owner_renames_the_workplace(app, place) -> None:
    assert place.owner.post(place.address("/name"), data={"name": ""}).status_code == 422
    assert place.owner.post(place.address("/name"), data={"name": "Sjøheimen"}).location == place.address()
    assert "Sjøheimen" in place.reader.get(place.address()).text
    assert place.events() == ["workplace_renamed"]


def everything(app: Any) -> dict[str, int]:
    with app.app_context(), db.engine.connect() as connection:
        return {table.name: len(connection.execute(select(table)).all()) for table in Base.metadata.sorted_tables}


def test_a_deleted_workplace_leaves_nothing(app) -> None:
    """Every table has a row of it before; after, only the people and where they are signed in are left."""
    with app.app_context():
        world.fill_every_table()
    with app.app_context():
        made = db.session.scalar(select(Workplace))
        owner = made.members()[0][1]
        anonymous = db.session.scalar(select(Policy).where(Policy.workplace_id.is_(None)))
        anonymous_id, id, name = anonymous.id, made.id, made.name
        about = "x" * 26
        for letter in db.session.scalars(select(Letter)):
            db.session.delete(letter)
        db.session.commit()
    client = world.sign_in(browser(app), owner)
    client.post(f"/nb/workplaces/{id}/people", data={"email": "post@example.no", "role": "reader"})
    with app.app_context():
        assert db.session.scalar(select(Letter)).about != about
    assert all(everything(app).values()), "an empty table would prove nothing"
    assert client.post(f"/nb/workplaces/{id}/delete", data={"confirm": "nei"}).status_code == 422
    gone = client.post(f"/nb/workplaces/{id}/delete", data={"confirm": name})
    assert "er slettet" in client.get(gone.location).text
    left = {table for table, rows in everything(app).items() if rows}
    assert left == {"person", "reminding", "sitting", "passkey", "sign_in", "policy", "holder", "continuation", "hit", "beat"}
    with app.app_context():
        assert [policy.id for policy in db.session.scalars(select(Policy))] == [anonymous_id]


def test_an_old_sign_in_is_not_enough_to_delete_a_workplace(app, place) -> None:
    with place.owner.session_transaction() as session:
        session["fs_paa"] -= 31 * 60
    assert "/sign-in" in place.owner.get(place.address("/delete")).location
    assert place.owner.post(place.address("/delete"), data={"confirm": "Fjordheimen"}).status_code == 401
    with app.app_context():
        assert db.session.get(Workplace, place.id)


def test_a_workplace_that_is_deleted_is_gone_for_every_member(app, place) -> None:
    place.owner.post(place.address("/delete"), data={"confirm": "Fjordheimen"})
    for member in (place.owner, place.editor, place.reader):
        assert member.get(place.address()).status_code == 404
        assert member.get(place.of_policy()).status_code == 404
    with app.app_context():
        assert db.session.scalar(select(Member)) is None
