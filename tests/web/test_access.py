"""The access matrix: every route × nine visitors × (own, foreign, deleted). Each cell is stated in access.py; a route without a row fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Engine
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.clock import day_of, now
from app.documents.own_words import OwnSection, OwnText, OwnWords
from app.models.calendar_feeds import CalendarFeed
from app.models.comments import Comment
from app.models.db import Base, db
from app.models.delegations import Delegation
from app.models.keys import new_id, new_key
from app.models.measures import Measure
from app.models.people import Passkey
from app.models.publications import Publication
from app.models.reviews import Reviewer, ReviewerLink, ReviewerSitting
from app.models.workplaces import Expected, Workplace
from app.pack.load import the_pack
from tests import world
from tests.conftest import browser, empty
from tests.reading import Browser
from tests.web.access import HIDDEN, SIDES, TABLE, VISITORS

METHODS = ("GET", "POST")
LINKS = ("link", "expired", "revoked")
TOKENS = {"reading": "token", "colleague": "question"}  # what the links lead to
EXPECTED = "new@example.no"
OWN = re.compile(r'[a-z2-7]{26}|(?<=name="csrf_token" value=")[^"]*|[\w-]{43}')
Ids = dict[str, str]
ONE_CLICKS = {"reminders.save"}  # the address is the key, and this one is nobody's: a mail program sends no token of ours
SECOND_CLICKS = {"accounts.enter", "accounts.use", "accounts.enter_by_passkey"}  # who is signed in already is sent on, and nothing is done


def rows_of(app: Flask) -> list[tuple[Rule, str]]:
    """Every route with each method that it answers to."""
    wanted = [rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("probe")]
    return [(rule, method) for rule in wanted for method in METHODS if method in rule.methods]


def test_every_route_has_a_row_and_every_row_a_route(app) -> None:
    routes = {f"{method} {rule.endpoint}" for rule, method in rows_of(app)}
    assert not routes - TABLE.keys(), "say in tests/web/access.py who may come here"
    assert not TABLE.keys() - routes, "a route that is gone is still stated"


def test_every_cell_is_stated() -> None:
    for name, sides in TABLE.items():
        assert len(sides) == len(SIDES), name
        for side in sides:
            assert len(side) == len(VISITORS), f"{name}: {side!r}"
            assert set(side) <= set("+.-l"), f"{name}: {side!r}"


@pytest.fixture(scope="module")
def inhabited(make_app) -> Iterator[tuple[Flask, dict[str, Ids], dict[str, Browser], Any]]:
    """An app with two workplaces that have all there is, one that had it and was deleted, and the nine visitors."""
    app = make_app()
    visitors = {name: browser(app) for name in VISITORS}
    with app.app_context():
        people = {name: world.person(f"{name}@example.no", name) for name in ("owner", "editor", "reader", "ex_member", "other")}
        sides = {side: build(people, side) for side in SIDES}
        db.session.commit()
    for name, who in people.items():
        world.sign_in(visitors[name], who)
    for side in ("own", "deleted"):
        for name in LINKS:
            open_link(app, visitors[name], sides[side][f"reviewer {name}"])
    spoil(app, sides)
    yield app, sides, visitors, dump(app)
    empty(app)


def build(people: dict[str, Any], side: str) -> Ids:
    """A workplace with a policy, its versions, a review with three readers, a comment and a meeting."""
    owner = people["other" if side == "foreign" else "owner"]
    place = world.workplace(owner, f"Place {side}")
    if side != "foreign":
        for name in ("editor", "reader", "ex_member"):
            place.take_in(people[name], name if name != "ex_member" else "editor")
    policy = world.kept(place, {"workplace_name": "Place"})
    review = world.review(policy)
    ids = {"policy": policy.id, "workplace": place.id, "section": review.sections[0], "number": "1", "person": owner.id}
    for name in LINKS:
        reviewer = world.reviewer(review, name=name, email="")
        asked, token = Delegation.ask(policy, ["bodies"], name, "owner")
        ids |= {
            f"reviewer {name}": reviewer.id,
            f"token {name}": reviewer.link(review.answer_by),
            f"asked {name}": asked.id,
            f"question {name}": token,
        }
    comment = Comment.write(db.session.get_one(Reviewer, ids["reviewer link"]), ids["section"], "question", "Why?", "A wording")
    comment.sent_at = now()
    done = db.session.get_one(Reviewer, ids["reviewer link"])
    done.statement, done.finished_at = "We agree.", now()
    applies = world.version(policy, "in_force")
    applies.in_force_on = day_of(now())
    world.adopted(applies, owner)
    Publication.open(policy.id, f"place-{side}", [])
    feed = CalendarFeed.open(policy.id)
    measure = Measure.add(policy.id, "Practise the conversation", "HR")
    passkey = world.passkey(owner)
    policy.say(OwnWords(own=(OwnSection("own-1", "help", {"nb": OwnText("Guards", "Guards do not drink.")}),)))
    policy.answer({"consulted": [{"who": "Alle", "how": "amu", "date": "2026-11-01"}]})
    Expected.at(place, EXPECTED, "editor")
    if side != "foreign":
        Expected.at(place, "ex_member@example.no", "editor")
    db.session.flush()
    return ids | {
        "own": "own-1",
        "comment": comment.id,
        "meeting": "0",
        "passkey": passkey.id,
        "address": f"place-{side}",
        "feed": feed,
        "measure": measure.id,
    }


def open_link(app: Flask, visitor: Browser, reviewer_id: str) -> None:
    with app.app_context():
        reviewer = db.session.get_one(Reviewer, reviewer_id)
    world.read_as(visitor, reviewer)


def spoil(app: Flask, sides: dict[str, Ids]) -> None:
    """Let time pass for one reader, take the link of another back, put the former member out, and delete what is to be deleted."""
    with app.app_context():
        past = now() - timedelta(days=1)
        for ids in sides.values():
            for table in (ReviewerLink, ReviewerSitting):
                db.session.execute(update(table).where(table.reviewer_id == ids["reviewer expired"]).values(expires_at=past))
            db.session.get_one(Reviewer, ids["reviewer revoked"]).revoke()
            db.session.get_one(Delegation, ids["asked expired"]).expires_at = past
            db.session.delete(db.session.get_one(Delegation, ids["asked revoked"]))
        own = db.session.get_one(Workplace, sides["own"]["workplace"])
        gone = next(member for member, person in own.members() if person.email.startswith("ex_member"))
        gone.leave()
        db.session.delete(db.session.get_one(Workplace, sides["deleted"]["workplace"]))
        db.session.delete(db.session.get_one(Passkey, sides["deleted"]["passkey"]))
        db.session.commit()


def dump(app: Flask) -> dict[str, list[dict[str, Any]]]:
    with app.app_context(), db.engine.connect() as connection:
        tables = [table for table in Base.metadata.sorted_tables if table.name != "hit"]  # a download counts towards a limit
        return {table.name: [dict(row._mapping) for row in connection.execute(select(table).order_by(*table.primary_key))] for table in tables}


def restore(app: Flask, rows: dict[str, list[dict[str, Any]]]) -> None:
    empty(app)
    with app.app_context(), db.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            if rows.get(table.name):
                connection.execute(insert(table), rows[table.name])


def address(app: Flask, rule: Rule, method: str, ids: Ids, visitor: str) -> str:
    """The address of `rule` for what stands on this side; of a route with many addresses, one."""
    link = visitor if visitor in LINKS else "link"
    step, page = next(iter(the_pack().pages))
    id = ids["workplace"] if "/workplaces/" in rule.rule else ids[f"reviewer {link}"] if "/readings/" in rule.rule else ids["policy"]
    blueprint = rule.endpoint.partition(".")[0]
    token = ids[f"{TOKENS[blueprint]} {link}"] if visitor == link and blueprint in TOKENS else new_key()
    fixed = {
        "language": "nb",
        "step": step,
        "page": page,
        "name": "policy.docx",
        "ending": "svg",
        "which": "now",
        "spoken": "nb",
        "item": "notice.txt",
        "file": "policy.json",
        "filename": "lock.json",
        "reviewer": ids["reviewer link"],
    }
    fixed |= {"length": "full", "format": "docx", "what": "annexes"}
    given = {**ids, **fixed, "id": id, "token": token}
    kept = {argument: given[argument] for argument in rule.arguments - (rule.defaults or {}).keys()}
    return app.url_map.bind("localhost").build(rule.endpoint, kept | (rule.defaults or {}), method=method)


def cell(response: TestResponse) -> str:
    """What a visitor met: . nothing here, - not in this role, l sign in first, + got on."""
    assert response.status_code < 500, response.request.path
    if response.status_code == 401 or "/sign-in?next=" in response.headers.get("Location", ""):
        return "l"
    return {404: ".", 403: "-"}.get(response.status_code, "+")


@pytest.mark.parametrize("name", sorted(TABLE))
def test_every_cell_is_as_stated(inhabited, name) -> None:
    app, sides, visitors, rows = inhabited
    method, _, endpoint = name.partition(" ")
    rule = next(rule for rule, its in rows_of(app) if rule.endpoint == endpoint and its == method)
    found = []
    for side in SIDES:
        met = ""
        for visitor in VISITORS:
            response = visit(app, visitors[visitor], rule, method, sides[side], visitor)
            met += cell(response)
            if method == "POST" and met[-1] == "+":
                restore(app, rows)
        found.append(met)
    assert tuple(found) == TABLE[name], f"{name} for {', '.join(VISITORS)}"
    assert method == "POST" or dump(app) == rows, f"{name} changes something"


def visit(app: Flask, visitor: Browser, rule: Rule, method: str, ids: Ids, name: str) -> TestResponse:
    """One visit, after which the visitor's browser is as before."""
    cookies = list(visitor._cookies.values())
    comment = ids["comment"] if "section" in rule.rule else new_id()
    form = {"csrf_token": visitor.token(), "person": ids["person"], "email": EXPECTED, "role": "editor", "comment": comment, "do": "up"}
    response = visitor.open(address(app, rule, method, ids, name), method=method, data=form if method == "POST" else None)
    for cookie in cookies:
        visitor.set_cookie(cookie.key, cookie.value, domain=cookie.domain, path=cookie.path)
    return response


def test_no_form_is_taken_without_the_token_of_its_own_browser(inhabited) -> None:
    app, sides, visitors, rows = inhabited
    forms = [{}, {"csrf_token": "x"}, {"csrf_token": visitors["other"].token()}]
    for rule, method in rows_of(app):
        if method != "POST":
            continue
        visitor = "link" if rule.endpoint.startswith(("reading.", "colleague.")) else "owner"
        place = address(app, rule, method, sides["own"], visitor)
        met = [visitors[visitor].open(place, method="POST", data=form) for form in forms]
        wanted = 303 if rule.endpoint in SECOND_CLICKS else 404 if rule.endpoint in ONE_CLICKS else 400
        assert {response.status_code for response in met} == {wanted}, rule.endpoint
        for kind in ("application/json", "text/plain"):
            assert visitors[visitor].open(place, method="POST", data=b"{}", content_type=kind).status_code == 415, rule.endpoint
    assert dump(app) == rows


HELD = sorted(name for name in HIDDEN if not name.startswith(("GET", "POST accounts.", "POST beside.")))  # the last stores nothing
COMES_BACK = {"POST workplaces.accept", "POST workplaces.decline"}  # what the former member alone may do


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked, as PostgreSQL would be: SQLite locks as a whole, and leaves out which row."""
    asked: list[str] = []

    def note(_connection: Any, statement: Any, *_: Any) -> None:
        asked.append(" ".join(str(statement.compile(dialect=postgresql.dialect())).split()))

    event.listen(Engine, "before_execute", note)
    yield asked
    event.remove(Engine, "before_execute", note)


@pytest.mark.parametrize("name", HELD)
def test_whatever_is_changed_is_held_from_the_first_look_at_it(inhabited, name) -> None:
    """So that what a visitor may do, and what is done, are one: nobody takes the role away in between."""
    app, sides, visitors, rows = inhabited
    method, _, endpoint = name.partition(" ")
    visitor = "link" if endpoint.startswith("reading.") else "ex_member" if name in COMES_BACK else "owner"
    rule = next(rule for rule, its in rows_of(app) if rule.endpoint == endpoint and its == method)
    with statements() as asked:
        visit(app, visitors[visitor], rule, method, sides["own"], visitor)
    restore(app, rows)
    first = next(one for one in asked if re.search(r"^SELECT .* FROM (policy|workplace|reviewer)\b(?! JOIN reviewer_link)", one))
    assert re.search(r" FOR (NO KEY )?UPDATE", first), first


COUNTED = {
    "GET decisions.version_file", "GET documents.file", "GET documents.at_length", "GET documents.together", "GET reading.paper",
    "GET launch.everything", "GET launch.file", "GET plan.annex", "GET plan.calendar", "GET plan.sheet",
    "GET reading.stored", "GET review.record_docx", "GET review.record_pdf", "GET review.statement",
    "GET workplaces.log_csv", "GET workplaces.log_json",
}  # fmt: skip  # every file is counted, for nobody may have them drawn without end
LOOKED_AT = sorted(name for name in HIDDEN if name.startswith("GET") and name not in COUNTED)


@pytest.mark.parametrize("name", LOOKED_AT)
def test_whoever_only_looks_waits_for_nobody_who_saves(inhabited, name) -> None:
    app, sides, visitors, _ = inhabited
    method, _, endpoint = name.partition(" ")
    visitor = visitors["link" if endpoint.startswith("reading.") else "owner"]
    rule = next(rule for rule, its in rows_of(app) if rule.endpoint == endpoint and its == method)
    place = address(app, rule, method, sides["own"], "link" if endpoint.startswith("reading.") else "owner")
    before = visitor.get(place).status_code
    with app.app_context():
        engine = db.engine
    with engine.begin() as saving:
        saving.execute(select(Workplace.id).limit(1).with_for_update())
        assert visitor.get(place).status_code == before, "the page waited, and gave up"


@pytest.mark.parametrize("name", HIDDEN)
def test_foreign_and_deleted_look_the_same(inhabited, name) -> None:
    app, sides, visitors, _ = inhabited
    method, _, endpoint = name.partition(" ")
    rule = next(rule for rule, its in rows_of(app) if rule.endpoint == endpoint and its == method)
    for visitor in ("nobody", "owner", "link"):
        met = [visit(app, visitors[visitor], rule, method, sides[side], visitor) for side in ("foreign", "deleted")]
        assert met[0].status_code == met[1].status_code
        assert len({blank(response) for response in met}) == 1, f"{name} for {visitor}"


def blank(response: TestResponse) -> str:
    """The page without the ids that the visitor put into the address, and without their tokens."""
    headers = sorted((name, value) for name, value in response.headers.items() if name not in ("Set-Cookie", "Date", "Content-Length", "Location"))
    return f"{headers} {OWN.sub('', response.text)}"
