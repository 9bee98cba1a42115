"""A button pressed twice, at the very same moment: both clicks are answered, and it is done once. Says most on PostgreSQL."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

from sqlalchemy import select

from app.models.db import db
from app.models.people import Person
from app.models.policy import Policy
from tests import world
from tests.conftest import browser, start_policy
from tests.places import Place
from tests.reading import Browser


def at_once(*deeds: tuple[Browser, str, dict[str, str]]) -> list[Any]:
    """Posts sent at the same moment, each with its browser's cookie as it was; the answers."""
    ready, found = Barrier(len(deeds)), []

    def do(client: Browser, address: str, data: dict[str, str]) -> None:
        ready.wait()
        found.append(client.post(address, data=data))

    threads = [Thread(target=do, args=(client, address, {"csrf_token": client.token(), **data})) for client, address, data in deeds]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return found


def twin(client: Browser) -> Browser:
    """The same browser, for a second click that does not wait for the answer to the first."""
    client.token()
    name = client.application.config["SESSION_COOKIE_NAME"]
    other = browser(client.application)
    other.set_cookie(name, client.get_cookie(name).value)
    return other


def test_an_account_is_deleted_once_and_no_click_fails(app) -> None:
    for _ in range(4):
        with app.app_context():
            kari = world.person("kari@example.no")
            world.workplace(kari)
            db.session.commit()
        client = world.sign_in(browser(app), kari)
        data = {"confirm": "kari@example.no", "meant": "yes"}
        told = at_once(*((one, "/nb/me/delete", data) for one in (client, twin(client), twin(client))))
        assert {answer.status_code for answer in told} <= {303, 401}
        assert "/nb/sign-in?deleted=1" in [answer.headers.get("Location") for answer in told]
        with app.app_context():
            assert db.session.scalars(select(Person)).all() == []


def test_of_two_who_keep_a_policy_of_one_unit_one_is_told(app) -> None:
    place = Place(app)
    for turn in range(4):
        clients = [place.owner, twin(place.owner)]
        ids = [start_policy(place.owner, {"workplace_name": "Fjordheimen"}) for _ in clients]
        data = {"workplace": place.id, "unit": f"Avdeling {turn}", "your_name": "Olga"}
        told = at_once(*((client, f"/nb/policies/{id}/keep", data) for client, id in zip(clients, ids, strict=True)))
        assert sorted(answer.status_code for answer in told) == [303, 422]
    with app.app_context():
        units = [policy.unit for policy in db.session.scalars(select(Policy)) if policy.workplace_id]
        assert len(units) == len(set(units)) == 5


def test_a_policy_does_not_come_out_of_the_archive_beside_another_of_its_unit(place) -> None:
    assert place.owner.post(place.of_policy("/manage"), data={"do": "archive"}).status_code == 303
    assert place.owner.post(place.address("/new"), data={"unit": "", "example": ""}).status_code == 303
    refused = place.owner.post(place.of_policy("/manage"), data={"do": "restore"})
    assert refused.status_code == 422
    assert "error-restore" in refused.text


def test_of_two_clicks_on_yes_both_lead_to_the_workplace(app, place) -> None:
    place.owner.post(place.address("/people"), data={"email": "ny@example.no", "role": "editor"})
    with app.app_context():
        nina = world.person("ny@example.no", "Nina")
        db.session.commit()
    client = world.sign_in(browser(app), nina)
    told = at_once(*((one, place.address("/accept"), {}) for one in (client, twin(client))))
    assert [answer.headers.get("Location") for answer in told] == [place.address()] * 2
