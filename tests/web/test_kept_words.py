"""A form that cannot be taken gives back what was typed: to read, to copy, and to send again."""

import re
from html import unescape

import pytest
from flask import request
from sqlalchemy.exc import OperationalError

from app.models.db import db
from app.ui_texts import say
from tests.conftest import browser, start_policy
from tests.every_field import hidden, shown
from tests.web.test_wizard import stored

WORDS = "Første linje æøå <b>\nAndre linje & mer"
PAGE = "map/environment"


class Refusing:
    """A database that refuses to begin as long as it is told to."""

    def __init__(self, monkeypatch) -> None:
        self.is_down, self.commit = True, db.session.commit
        monkeypatch.setattr(db.session, "commit", self.try_to)

    def try_to(self) -> None:
        if self.is_down:
            db.session.rollback()
            raise OperationalError("COMMIT", {}, Exception("the secret answer"))
        self.commit()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_page_that_cannot_be_saved_keeps_the_words_in_the_form(app, client, policy_id, monkeypatch, language) -> None:
    address = f"/{language}/policies/{policy_id}/{PAGE}"
    form = {**hidden(client.get(address).text), "asked": ["mapping_notes"], "mapping_notes": WORDS}
    refusing = Refusing(monkeypatch)
    page = client.post(address, data=form)
    assert page.status_code == 503
    assert say("error_again", language) in page.text
    assert unescape(shown(page.text)["mapping_notes"]).replace("\r\n", "\n") == WORDS
    refusing.is_down = False
    again = {**hidden(page.text), **{name: [unescape(words)] for name, words in shown(page.text).items()}}
    assert client.open(address, method="POST", data=again).status_code == 303
    assert stored(app, policy_id)["mapping_notes"].replace("\r\n", "\n") == WORDS


@pytest.fixture(scope="module")
def down(make_app):
    """An app whose database fails as soon as the form has been looked at."""
    app = make_app()

    def fail() -> None:
        if request.method == "POST":
            raise OperationalError("SELECT", {}, Exception("the secret answer"))

    app.before_request(fail)
    return app


def test_every_form_gives_its_words_back(down) -> None:
    client, values, tried = browser(down), {"policy": "a" * 26, "language": "nb", "int": "1"}, 0
    for rule in down.url_map.iter_rules():
        if "POST" not in rule.methods or "<" not in rule.rule or rule.endpoint == "reminders.save":  # nothing is typed there, and no token asked for
            continue
        address = re.sub(r"<(?:(\w+):)?\w+>", lambda found: values.get(found[1], "a1"), rule.rule)
        page = client.post(address, data={"some-words": WORDS, "to": "next"})
        assert page.status_code == 503, (rule.rule, page.status_code)
        assert unescape(shown(page.text)["some-words"]).replace("\r\n", "\n") == WORDS, rule.rule
        assert shown(page.text)["to"] == "next"
        tried += 1
    assert tried > 50


def test_a_form_from_elsewhere_puts_nothing_on_a_page_of_ours(client, policy_id) -> None:
    sent = {"greeting": "Ring 22 22 22 22 nå"}
    for headers in ({}, {"Origin": "https://evil.example"}):
        page = client.open(f"/nb/policies/{policy_id}/{PAGE}", method="POST", data=sent, headers=headers)
        assert page.status_code == 400
        assert "22 22" not in page.text


def test_whoever_lost_her_token_can_copy_her_words_but_a_button_would_undo_the_check(client, policy_id) -> None:
    page = client.open(f"/nb/policies/{policy_id}/{PAGE}", method="POST", data={"mapping_notes": WORDS}, headers={"Origin": "http://localhost"})
    assert page.status_code == 400
    assert "Andre linje &amp; mer" in page.text
    assert say("error_kept_copy", "nb") in page.text
    assert say("error_again", "nb") not in page.text


def test_a_code_that_was_wrong_is_not_offered_again(app) -> None:
    client = browser(app)
    start_policy(client)
    page = client.post("/nb/nowhere", data={"code": "12 34 56 78"})
    assert "12 34" not in page.text
