"""Two tabs or two browsers with one draft: a stale save is refused with both texts shown, and nothing is lost."""

from __future__ import annotations

import re

import pytest

from tests.conftest import browser
from tests.every_field import hidden
from tests.web.test_wizard import WORKPLACE, address, ids_on, send, stored


@pytest.fixture
def overtaken(client, policy_id):
    """A page opened before somebody else saved it, and the answer to saving it afterwards."""
    mine = client.get(address(policy_id, WORKPLACE)).text
    send(client, policy_id, WORKPLACE, {"workplace_name": "Deres <navn>", "sector": "office"})
    return send(client, policy_id, WORKPLACE, {"workplace_name": "Mitt & navn", "sector": "office"}, page=mine)


def resend(client, id: str, page: str, **chosen: str):
    fields = {name: words[0] for name, words in hidden(page).items()}
    carried = re.findall(r'<textarea name="([^"]+)" hidden[^>]*>\n([^<]*)</textarea>', page)
    asked = [value for name, value in carried if name == "asked"]
    kept = {name: value.replace("&amp;", "&") for name, value in carried if name != "asked"}
    return client.post(address(id, WORKPLACE), data={**fields, **kept, "asked": asked, "to": "next", **chosen})


def test_both_texts_are_shown_and_nothing_is_overwritten(app, overtaken, policy_id) -> None:
    assert overtaken.status_code == 409
    assert "Mitt &amp; navn" in overtaken.text
    assert "Deres &lt;navn&gt;" in overtaken.text
    assert "keep-sector" not in overtaken.text, "what both say the same of is no question"
    assert stored(app, policy_id)["workplace_name"] == "Deres <navn>"


@pytest.mark.parametrize(("keep", "name"), [("mine", "Mitt & navn"), ("stored", "Deres <navn>")])
def test_one_chooses_which_to_keep(app, client, overtaken, policy_id, keep, name) -> None:
    answer = resend(client, policy_id, overtaken.text, **{"keep-workplace_name": keep})
    assert answer.status_code == 303
    assert stored(app, policy_id)["workplace_name"] == name
    assert stored(app, policy_id)["sector"] == "office"


def test_a_third_save_in_between_is_asked_about_again(app, client, overtaken, policy_id) -> None:
    send(client, policy_id, WORKPLACE, {"workplace_name": "Tredje"})
    assert resend(client, policy_id, overtaken.text, **{"keep-workplace_name": "mine"}).status_code == 409
    assert stored(app, policy_id)["workplace_name"] == "Tredje"


def test_the_same_answer_twice_is_no_conflict(client, policy_id) -> None:
    first, second = (client.get(address(policy_id, WORKPLACE)).text for _ in range(2))
    assert send(client, policy_id, WORKPLACE, {"workplace_name": "Likt"}, page=first).status_code == 303
    assert send(client, policy_id, WORKPLACE, {"workplace_name": "Likt"}, page=second).status_code == 303


def test_what_cannot_be_read_is_shown_as_typed(app, client, policy_id) -> None:
    mine = client.get(address(policy_id, WORKPLACE)).text
    send(client, policy_id, WORKPLACE, {"org_number": "974760673"})
    answer = send(client, policy_id, WORKPLACE, {"org_number": "12 34"}, page=mine)
    assert answer.status_code == 409
    assert "12 34" in answer.text
    again = resend(client, policy_id, answer.text, **{"keep-org_number": "mine"})
    assert again.status_code == 422
    assert 'value="12 34"' in again.text


def test_two_browsers_with_one_draft(app, client, policy_id) -> None:
    link = re.search(r'value="(http[^"]+/continue/[^"]+)"', client.post(address(policy_id, "continue")).text)[1]
    other = browser(app)
    path = "/" + link.split("/", 3)[3]
    assert other.get(path).status_code == 200
    assert other.post(path).location == address(policy_id, "")
    assert other.post(path).status_code == 404, "a link works once"
    mine, theirs = client.get(address(policy_id, WORKPLACE)).text, other.get(address(policy_id, WORKPLACE)).text
    assert send(other, policy_id, WORKPLACE, {"workplace_name": "Hos dem"}, page=theirs).status_code == 303
    assert send(client, policy_id, WORKPLACE, {"workplace_name": "Hos oss"}, page=mine).status_code == 409
    assert "Ingenting er tapt" in send(client, policy_id, WORKPLACE, {"workplace_name": "Hos oss"}, page=mine).text
    assert ids_on(mine)
