"""Guard-rails over the table of routes: a new route is covered the day it is added. Who may come where stands in access.py."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from app.documents.outputs import files_from
from app.models.db import Base, db
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from tests.conftest import start_policy

# A GET here does something on purpose: counting downloads towards a limit.
COUNTS = {"hit"}
STRANGER_ID = "a" * 26


def rules(app) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "probe"]


def of_holders(app) -> list[Rule]:
    """The routes of one policy. Who else may come where, the access table says."""
    return [rule for rule in rules(app) if "/policies/<policy:id>" in rule.rule]


def addresses(app, rule: Rule, id: str, language: str = "nb") -> list[str]:
    """Every address of `rule`: one for each page of the wizard, one for each document."""
    fixed = {"id": id, "language": language, "token": "x" * 43, "filename": "lock.json", "number": 1, "section": "purpose", "comment": "c" * 26}
    fixed |= {
        "own": "own-1",
        "address": "no-such-page",
        "feed": "n" * 43,
        "measure": "m" * 26,
        "ending": "svg",
        "which": "now",
        "spoken": "nb",
        "item": "notice.txt",
        "file": "policy.pdf",
        "reviewer": "d" * 26,
        "meeting": "0",
        "passkey": "f" * 26,
    }
    fixed |= {"length": "full", "format": "docx", "what": "annexes"}
    given: list[dict[str, Any]] = [{**fixed, "name": name} for name in NAMES]
    if "step" in rule.arguments:
        given = [{**given[0], "step": step, "page": page} for step, page in the_pack().pages]
    elif "name" not in rule.arguments:
        given = given[:1]
    adapter = app.url_map.bind("localhost")
    kept = [{k: v for k, v in one.items() if k in rule.arguments} | (rule.defaults or {}) for one in given]
    return [adapter.build(rule.endpoint, one, method=sorted(rule.methods - {"HEAD", "OPTIONS"})[0]) for one in kept]


NAMES = list(files_from(the_pack(), "draft"))


def test_an_id_is_nothing_else(app) -> None:
    for rule in rules(app):
        assert "id" not in rule.arguments or "<policy:id>" in rule.rule, f"{rule}: an id is <policy:id>, so that nonsense is a 404"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stranger_finds_nothing(app, policy_id, stranger, method) -> None:
    nobody = app.test_client()
    before = rows(app)
    for rule in of_holders(app):
        if method in rule.methods:
            for address in addresses(app, rule, policy_id):
                assert stranger.open(address, method=method, data=token(stranger, method)).status_code == 404, address
                assert nobody.open(address, method=method, data=token(nobody, method)).status_code == 404, address
    assert rows(app) == before


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_finds_what_is_not_there(app, client, method) -> None:
    for rule in of_holders(app):
        if method in rule.methods:
            for address in addresses(app, rule, STRANGER_ID):
                assert client.open(address, method=method, data=token(client, method)).status_code == 404, address


def token(browser, method) -> dict[str, str] | None:
    return {"csrf_token": browser.token()} if method == "POST" else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_get_changes_nothing_and_never_fails(app, client, language) -> None:
    id = start_policy(client, {"workplace_name": "Solbakken & sønner <as>"}, language)
    before = rows(app)
    for rule in rules(app):
        if "GET" in rule.methods:
            for address in addresses(app, rule, id, language):
                assert client.get(address).status_code < 500, address
                assert client.open(address, method="HEAD").status_code < 500, address
    assert rows(app) == before


def rows(app) -> dict[str, list[Any]]:
    """All that is stored, but for counters. In a context of its own: a client would share one that is open, and with it the transaction."""
    with app.app_context(), db.engine.connect().execution_options(reading=True) as connection:
        return {
            table.name: sorted(map(str, connection.execute(select(table)).all())) for table in Base.metadata.sorted_tables if table.name not in COUNTS
        }
