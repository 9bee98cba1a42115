"""A draft of a browser is taken along to a workplace."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.models.audit_log import Event
from app.models.db import db
from app.models.policy import Holder, Policy
from app.pack.text import LANGUAGES
from tests.conftest import browser, start_policy
from tests.places import ELSEWHERE


def kept_by(app: Any, id: str) -> tuple[str | None, str]:
    with app.app_context():
        policy = db.session.get(Policy, id)
        return policy.workplace_id, policy.unit


def test_whoever_is_not_signed_in_is_asked_to_before_a_draft_is_kept(client, policy_id) -> None:
    asked = client.get(f"/nb/policies/{policy_id}/keep")
    assert asked.status_code == 303
    assert asked.location.endswith(f"/nb/sign-in?next=/nb/policies/{policy_id}/keep")
    assert client.post(f"/nb/policies/{policy_id}/keep").status_code == 401


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_is_taken_along_to_a_new_workplace(app, client, person, language) -> None:
    id = start_policy(client, {"workplace_name": "Solbakken <as>"})
    other = browser(app)
    with app.app_context():
        token = db.session.get(Policy, id).link()
        db.session.commit()
    other.post(f"/nb/continue/{token}")
    person(client=client)
    page = client.get(f"/{language}/policies/{id}/keep").text
    assert "30" in page
    assert 'value="Solbakken &lt;as&gt;"' in page
    answer = client.post(f"/{language}/policies/{id}/keep", data={"name": "Solbakken <as>", "unit": "Kjøkkenet"})
    place, unit = kept_by(app, id)
    assert answer.location == f"/{language}/policies/{id}/status", "on to the next step"
    assert unit == "Kjøkkenet"
    assert "Kjøkkenet" in client.get(f"/{language}/workplaces/{place}").text
    assert client.get(f"/nb/policies/{id}/").status_code == 200
    assert other.get(f"/nb/policies/{id}/").status_code == 404, "those who held it are let go"
    with app.app_context():
        assert db.session.scalar(select(Holder)) is None
        assert [event.what for event in Event.of(place)] == ["policy_kept", "workplace_made"]


def test_a_draft_is_taken_along_to_a_workplace_that_one_has(app, place) -> None:
    id = start_policy(place.editor)
    page = place.editor.get(f"/nb/policies/{id}/keep").text
    assert "Fjordheimen" in page
    form = {"workplace": place.id, "unit": "Natt"}
    assert place.editor.post(f"/nb/policies/{id}/keep", data=form).location == f"/nb/policies/{id}/status"
    assert kept_by(app, id) == (place.id, "Natt")
    assert place.owner.get(f"/nb/policies/{id}/").status_code == 200
    assert place.editor.get(f"/nb/policies/{id}/keep").location == place.address(), "once is enough"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"workplace": "", "unit": "a"}, "workplace"),
        ({"workplace": ELSEWHERE, "unit": "a"}, "workplace"),
        ({"workplace": "new", "name": " ", "unit": "a"}, "name"),
        ({"workplace": "new", "name": "x" * 201, "unit": "a"}, "name"),
        ({"workplace": "mine", "unit": "y" * 121}, "unit"),
        ({"workplace": "mine", "unit": ""}, "unit"),
    ],
)
def test_what_cannot_be_kept_so_is_said_at_the_field_and_nothing_typed_is_lost(app, place, form, field) -> None:
    id = start_policy(place.owner)
    form = {**form, "workplace": place.id if form["workplace"] == "mine" else form["workplace"]}
    answer = place.owner.post(f"/nb/policies/{id}/keep", data=form)
    assert answer.status_code == 422
    assert "<title>Feil: " in answer.text
    assert f'id="error-{field}"' in answer.text
    assert f'href="#f-{field}"' in answer.text
    assert form["unit"] in answer.text
    assert kept_by(app, id) == (None, "")


def test_a_reader_can_take_nothing_along_to_where_she_reads(app, place) -> None:
    id = start_policy(place.reader)
    assert place.id not in place.reader.get(f"/nb/policies/{id}/keep").text
    place.reader.post(f"/nb/policies/{id}/keep", data={"workplace": place.id, "name": "Eget"})
    assert kept_by(app, id)[0] not in (None, place.id)


def test_only_a_draft_of_the_browser_speaks_of_deletion_and_offers_to_be_kept(client, policy_id, place) -> None:
    for rest in ("/", "/documents"):
        assert f"/policies/{policy_id}/keep" in client.get(f"/nb/policies/{policy_id}{rest}").text
        assert "/keep" not in place.owner.get(place.of_policy(rest)).text
    assert f"/policies/{policy_id}/keep" in client.get("/nb/").text
    assert "30 dager" in client.get(f"/nb/policies/{policy_id}/").text
    assert "30 dager" not in place.owner.get(place.of_policy()).text
    assert "/continue" not in place.owner.get(place.of_policy()).text


def test_the_start_page_leads_to_the_workplaces_and_lists_drafts_alone(place, client) -> None:
    assert "/nb/workplaces" in place.owner.get("/nb/").text
    assert place.policy not in place.owner.get("/nb/").text
    assert "/nb/workplaces" not in client.get("/nb/").text
