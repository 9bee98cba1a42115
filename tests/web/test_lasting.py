"""Decided versions never go without a word: whoever deletes is told which, can have their files, can hand over, and says that they mean it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.models.db import db
from app.models.people import Person
from app.models.policy import Policy
from app.models.workplaces import Workplace
from app.pack.text import LANGUAGES
from app.services.versions.retention import STATES
from app.ui_texts import say
from tests import world
from tests.conftest import browser
from tests.reading import Browser
from tests.unit.solve import full


@pytest.fixture
def alone(app) -> tuple[Browser, str, str]:
    """The only member of a workplace with a decided version and one that is not: their browser, the workplace and the policy."""
    with app.app_context():
        kari = world.person("kari@example.no", "Kari")
        place = world.workplace(kari, "Fjordheimen")
        policy = world.kept(place, {**full(), "workplace_name": "Fjordheimen"})
        world.version(policy, "closed")
        world.version(policy, "in_force")
        db.session.commit()
        ids = place.id, policy.id
    return world.sign_in(browser(app), kari), *ids


def count(app: Any, model: Any) -> int:
    with app.app_context():
        return len(db.session.query(model).all())


def ways(alone: tuple[Browser, str, str]) -> list[tuple[str, str]]:
    """Every page that deletes decided versions, and what it asks one to write."""
    _, place, policy = alone
    return [(f"policies/{policy}/discard", "Hele virksomheten"), (f"workplaces/{place}/delete", "Fjordheimen"), ("me/delete", "kari@example.no")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", range(3))
def test_it_is_told_which_and_the_files_are_at_hand(alone, way, language) -> None:
    client, _, policy = alone
    page = client.get(f"/{language}/{ways(alone)[way][0]}").text
    assert say("workplaces_lasting_one", language) in page
    found = re.findall(rf'href="(/{language}/policies/{policy}/versions/(\d)/[^"]*)"', page)
    assert {number for _, number in found} == {"2"}, "what was only read is no decided version"
    assert [client.get(address).status_code for address, _ in found] == [200] * len(found)
    assert {address.rpartition("/")[2] for address, _ in found} >= {"policy.docx", "policy.pdf"}
    if way == 2:
        assert f"/{language}/workplaces/{alone[1]}/people#invite" in page


@pytest.mark.parametrize("way", range(3))
def test_and_nothing_goes_before_she_has_said_that_she_means_it(app, alone, way) -> None:
    client = alone[0]
    address, name = ways(alone)[way]
    refused = client.post(f"/nb/{address}", data={"confirm": name})
    assert refused.status_code == 422
    assert 'id="error-meant"' in refused.text
    assert f'value="{name}"' in refused.text, "what was typed stays"
    assert count(app, Policy) == 1
    assert client.post(f"/nb/{address}", data={"confirm": name, "meant": "yes"}).status_code == 303
    assert count(app, Policy) == 0


@pytest.mark.parametrize("state", STATES)
def test_a_version_lasts_in_each_of_these_states(app, state) -> None:
    with app.app_context():
        kari = world.person("kari@example.no")
        world.version(world.kept(world.workplace(kari), full()), state)
        db.session.commit()
    page = world.sign_in(browser(app), kari).get("/nb/me/delete").text
    assert say("workplaces_lasting_one", "nb") in page


def test_whoever_hands_over_goes_alone(app, alone) -> None:
    client, place, _ = alone
    with app.app_context():
        ola = world.person("ola@example.no", "Ola")
        db.session.commit()
    assert client.post(f"/nb/workplaces/{place}/people", data={"email": "ola@example.no", "role": "owner"}).status_code == 303
    other = world.sign_in(browser(app), ola)
    assert other.post(f"/nb/workplaces/{place}/accept").status_code == 303
    page = client.get("/nb/me/delete").text
    assert say("workplaces_lasting_title", "nb") not in page
    assert client.post("/nb/me/delete").status_code == 303
    assert (count(app, Person), count(app, Workplace), count(app, Policy)) == (1, 1, 1)
    assert other.get(f"/nb/workplaces/{place}").status_code == 200
