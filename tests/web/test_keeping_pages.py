"""What browsers and proxies may keep: no page with names, but what somebody was typing."""

from __future__ import annotations

import pytest

from app.models.db import db
from tests.conftest import start_policy
from tests.web.test_wizard import address
from tests.world import kept, person, read_as, review, reviewer, sign_in, workplace

NOBODY = "private, no-store"
BACK = "private, no-cache"


def told(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["documents/policy.docx", "documents/policy.pdf", "documents/policy.html", "answers.json"])
def test_a_download_is_for_whoever_asked(client, policy_id, name) -> None:
    assert told(client, address(policy_id, name)) == BACK


def test_pages_of_a_draft_without_an_account_are_kept_for_back(client) -> None:
    id = start_policy(client, {})
    assert {told(client, address(id, view)) for view in ("", "check", "preview")} == {BACK}


def test_who_is_signed_in_leaves_no_page_behind_but_what_was_typed(app, client) -> None:
    with app.app_context():
        owner = person()
        place = workplace(owner)
        id, place_id = kept(place, {"workplace_name": "Fjordheimen"}).id, place.id
        db.session.commit()
        sign_in(client, owner)
    assert {told(client, address(id, view)) for view in ("", "check", "control", "status")} == {NOBODY}
    assert told(client, f"/nb/workplaces/{place_id}") == NOBODY
    assert told(client, address(id, "documents/policy.docx")) == NOBODY
    assert told(client, address(id, "map/workplace")) == BACK


def test_a_reader_leaves_no_page_behind_but_what_she_was_typing(app, client) -> None:
    with app.app_context():
        reader = reviewer(review(kept(workplace(person()), {"workplace_name": "Fjordheimen"}, state="in_review")))
        id = reader.id
        db.session.commit()
        read_as(client, reader)
    assert told(client, f"/nb/readings/{id}/") == NOBODY
    assert told(client, f"/nb/readings/{id}/whole") == BACK


def test_our_own_files_are_kept_for_a_year(client) -> None:
    assert "public" in told(client, client.get("/nb/").text.split('rel="stylesheet" href="')[1].split('"')[0])
