"""What is photographed: every page of the access table (tests/web/access.py), so that a page is here on the day it is added; and states of some.

A place is a name, an address, and the visitor whose browser goes there. What leads on, or is a file, is left out by whoever looks.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import Flask
from werkzeug.routing import Rule

from app.pack.load import the_pack
from tests.screens.world import Ids
from tests.web.access import EVERYBODY, LINKS, NOBODY, PUBLIC, READERS, TABLE

FAILURES = (404, 409, 429, 500, 503)
NO_PAGES = {"static", "health.healthz", "health.readyz", "front_door"}
# A policy in another state than in review, for pages that look otherwise there; and the states in which all the pages for that are seen.
OTHERWISE = {"draft": "", "empty": "", "ready": "decide", "decided": "in-force", "in_force": ""}
IN_EVERY_STATE = ("", "status", "preview", "documents", "plan/", "plan/measures")
EMPTY = ("check", "control", "review", "review/meetings")


class Place(NamedTuple):
    """One page in one state."""

    name: str
    address: str
    visitor: str


def places(app: Flask, ids: Ids, language: str = "nb") -> list[Place]:
    """Every place, in the order of the table."""
    return [*_of_table(app, ids, language), *_questions(ids, language), *_states(ids, language), *_failures(language)]


def visitor_of(row: tuple[str, str, str]) -> str:
    """Who gets to see a page: nobody in particular, the owner, or a reader with a link."""
    if row in (EVERYBODY, PUBLIC):
        return "nobody"
    return "link" if row in (READERS, LINKS) else "owner"


def _of_table(app: Flask, ids: Ids, language: str) -> list[Place]:
    found = []
    for name, row in TABLE.items():
        method, _, endpoint = name.partition(" ")
        if method == "GET" and endpoint not in NO_PAGES and row != NOBODY:
            rule = next(rule for rule in app.url_map.iter_rules(endpoint) if "GET" in (rule.methods or ()))
            found.append(Place(endpoint, address(app, rule, ids, language), visitor_of(row)))
    return found


def address(app: Flask, rule: Rule, ids: Ids, language: str) -> str:
    """The address of a rule for the policy that is in review, its workplace, or its reader."""
    step, page = next(iter(the_pack().pages))
    id = ids["workplace"] if "/workplaces/" in rule.rule else ids["reviewer link"] if "/readings/" in rule.rule else ids["policy"]
    token = ids["question link"] if rule.endpoint.startswith("colleague.") else ids["token link"]
    fixed = {"id": id, "token": token, "language": language, "step": step, "page": page, "name": "policy.docx"}
    fixed |= {"ending": "svg", "file": "policy.json", "length": "full", "format": "docx", "what": "annexes"}
    fixed |= {"which": "now", "spoken": "nb", "item": "notice.txt"}
    given = {**ids, **fixed}
    kept = {argument: given[argument] for argument in rule.arguments - (rule.defaults or {}).keys()}
    return app.url_map.bind("localhost").build(rule.endpoint, kept | dict(rule.defaults or {}), method="GET")


def _questions(ids: Ids, language: str) -> list[Place]:
    """Each page of questions, and each step's suggestions, in a draft that is answered."""
    below = f"/{language}/policies/{ids['draft']}"
    pages = [Place(f"page.{step}.{page}", f"{below}/{step}/{page}", "owner") for step, page in the_pack().places]
    return pages + [Place(f"look.{step.id}", f"{below}/look/{step.id}", "owner") for step in the_pack().steps]


def _states(ids: Ids, language: str) -> list[Place]:
    found = []
    for state, further in OTHERWISE.items():
        ends = [*IN_EVERY_STATE, *([further] if further else []), *(EMPTY if state == "empty" else ())]
        found += [Place(f"{state}.{end or 'tasks'}", f"/{language}/policies/{ids[state]}/{end}", "owner") for end in ends]
    return [*found, Place("empty.workplace", f"/{language}/workplaces/{ids['lonely']}", "owner")]


def _failures(language: str) -> list[Place]:
    return [Place(f"failure.{code}", f"/{language}/fail/{code}", "nobody") for code in FAILURES]
