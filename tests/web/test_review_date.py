"""The day of revision: too late is said where it is written, and one year and two are buttons that need no script."""

from __future__ import annotations

from datetime import date

import pytest

from app.clock import today
from app.pack.load import the_pack
from app.steps.date_hints import in_years, spaced
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


@pytest.mark.parametrize(("years", "day", "kept"), [("1", "15.01.2028", "2028-01-15"), ("2", "15.01.2029", "2029-01-15")])
def test_years_are_buttons(app, client, years: str, day: str, kept: str) -> None:
    id = start_policy(client, {BASE: "2027-01-15"})
    assert f'data-fills="{day}"' in client.get(address(id, PATH)).text
    page = send(client, id, {"review_date": "i morgen", "year": f"review_date-{years}"})
    assert page.status_code == 200
    assert f'value="{day}"' in page.text
    assert stored(app, id)["review_date"] == kept


@pytest.mark.parametrize("pressed", ["review_date-7", "review_date", "moon-1", "-", ""])
def test_a_button_that_is_not_there_changes_nothing(app, client, pressed: str) -> None:
    id = start_policy(client, {BASE: "2027-01-15"})
    page = send(client, id, {"review_date": "1.2.2028", "year": pressed})
    assert page.status_code == 200
    assert stored(app, id)["review_date"] == "2028-02-01"


@pytest.mark.parametrize(("begins", "ends"), [("2028-02-29", "2029-02-28"), ("2027-12-31", "2028-12-31")])
def test_a_year_is_a_year(begins, ends) -> None:
    class Now:
        values = {BASE: begins}

    assert "review_date" in spaced()
    assert spaced()["review_date"] == (1, 2)
    assert in_years(Now, "review_date", 1) == ends


def test_without_a_day_of_decision_it_is_a_year_from_now() -> None:
    class Now:
        values: dict[str, str] = {}

    assert date.fromisoformat(in_years(Now, "review_date", 1)) > today()
