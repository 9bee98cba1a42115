"""The day of revision: too late is said where it is written, and one year is a button that needs no script."""

from __future__ import annotations

from datetime import date

import pytest

from app.clock import today
from app.pack.load import the_pack
from app.steps.date_hints import in_a_year, spaced
from tests.conftest import start_policy
from tests.every_field import hidden
from tests.web.test_wizard import address, stored

PLACE = the_pack().place["review_date"]
PATH = f"{PLACE[0].id}/{PLACE[1].id}"
BASE = next(check.later.than for check in the_pack().checks if check.later and check.later.question == "review_date")
LATE = "24 måneder"


def send(client, id: str, typed: dict[str, str], headers: dict[str, str] | None = None):
    fields = {name: words[0] for name, words in hidden(client.get(address(id, PATH)).text).items()}
    return client.post(address(id, PATH), data={**fields, "asked": ["review_date"], **typed}, headers=headers)


def test_too_late_is_said_on_the_page_itself(client) -> None:
    late = start_policy(client, {BASE: "2027-01-15", "review_date": "2030-01-15"})
    assert 'id="told-review_date">' in client.get(address(late, PATH)).text
    fine = start_policy(client, {BASE: "2027-01-15", "review_date": "2028-01-15"})
    assert 'id="told-review_date">' not in client.get(address(fine, PATH)).text


def test_and_while_one_types(client) -> None:
    id = start_policy(client, {BASE: "2027-01-15"})
    told = send(client, id, {"review_date": "15.01.2030"}, {"X-Autosave": "1"}).get_json()
    assert LATE in told["faults"]["review_date"]


def test_one_year_is_a_button(app, client) -> None:
    id = start_policy(client, {BASE: "2027-01-15"})
    page = send(client, id, {"review_date": "i morgen", "year": "review_date"})
    assert page.status_code == 200
    assert 'value="15.01.2028"' in page.text
    assert stored(app, id)["review_date"] == "2028-01-15"


@pytest.mark.parametrize(("begins", "ends"), [("2028-02-29", "2029-02-28"), ("2027-12-31", "2028-12-31")])
def test_a_year_is_a_year(begins, ends) -> None:
    class Now:
        values = {BASE: begins}

    assert "review_date" in spaced()
    assert in_a_year(Now, "review_date") == ends


def test_without_a_day_of_decision_it_is_a_year_from_now() -> None:
    class Now:
        values: dict[str, str] = {}

    assert date.fromisoformat(in_a_year(Now, "review_date")) > today()
