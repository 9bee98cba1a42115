"""A page of questions as a kind of workplace sees it: its suggestions, what is folded away, its risks and examples."""

from __future__ import annotations

import re

import pytest

from tests.conftest import start_policy
from tests.web.test_wizard import address, send, stored


def details(page: str, question: str) -> str:
    """The opening tag of the folded options of a question."""
    return re.search(rf'id="q-{question}".*?(<details class="why more"[^>]*>)', page, re.S)[1]


def ticked(page: str, question: str) -> set[str]:
    return set(re.findall(rf'name="{question}" value="([^"]+)"[^>]* checked', page))


def test_a_kindergarten_sees_what_is_usual_there(client) -> None:
    id = start_policy(client, {"sector": "kindergarten"})
    page = client.get(address(id, "map/work")).text
    assert ticked(page, "critical_work") == {"children"}
    assert "open" not in details(page, "critical_work")
    assert "Vis flere (5)" in page
    assert "Morgenvakten" in page


def test_what_is_ticked_is_never_folded_away(app, client) -> None:
    id = start_policy(client, {"sector": "kindergarten", "critical_work": ["children", "weapons"]})
    page = client.get(address(id, "map/work")).text
    assert "open" in details(page, "critical_work")
    assert "open" not in details(page, "work_features")
    assert ticked(page, "critical_work") == {"children", "weapons"}
    send(client, id, "map/work", {"critical_work": ["children", "weapons"]}, page=page)
    assert stored(app, id)["critical_work"] == ["children", "weapons"]


@pytest.mark.parametrize(("answers", "is_open"), [({}, False), ({"representation": "moderate"}, True)])
def test_a_folded_question_opens_once_it_is_answered(client, answers, is_open) -> None:
    page = client.get(address(start_policy(client, {"sector": "kindergarten", **answers}), "scope/premises")).text
    tag = re.search(r'<details class="why more folded"[^>]*>', page)[0]
    assert ("open" in tag) == is_open
    assert page.index('id="q-representation"') > page.index(tag)
    assert 'name="asked" value="representation"' in page


def test_other_workplaces_see_every_option(client) -> None:
    page = client.get(address(start_policy(client, {"sector": "other"}), "map/work")).text
    assert "why more" not in page
    assert "Morgenvakten" not in page


def test_an_example_is_shown_and_never_put_in(app, client) -> None:
    id = start_policy(client, {"sector": "kindergarten"})
    page = client.get(address(id, "anchor/decision")).text
    assert "Slik kan det se ut hos andre: «Styreren»" in page
    send(client, id, "anchor/decision", {}, page=page)
    assert stored(app, id)["owner_function"] == ""


def test_the_kinds_stand_under_headings(client, policy_id) -> None:
    page = client.get(address(policy_id, "map/workplace", "en")).text
    assert page.count('class="option-group"') >= 6
    assert page.index("Kindergarten, school and education") < page.index('value="kindergarten"') < page.index('value="education"')
