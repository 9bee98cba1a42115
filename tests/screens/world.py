"""The example data that the screens show: one policy in each state of its life, and who may see it. Made by the models' own verbs."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask

from app.clock import now
from app.documents.own_words import OwnSection, OwnText, OwnWords
from app.models.calendar_feeds import CalendarFeed
from app.models.comments import Comment
from app.models.db import db
from app.models.delegations import Delegation
from app.models.measures import Measure
from app.models.people import Person
from app.models.publications import Publication
from app.models.reviews import Reviewer
from app.models.workplaces import Expected
from app.pack.text import Language
from app.values.vocabulary import PolicyState, VersionState
from tests import world
from tests.e2e.wizard import example
from tests.reading import Browser

Ids = dict[str, str]
STATES: dict[PolicyState, VersionState] = {"ready": "ready", "decided": "decided", "in_force": "in_force"}
SAID = ((0, "support", "Bra at dette kommer først."), (2, "question", "Gjelder dette innleide også?"), (5, "disagreement", "For strengt."))
ADDRESS = "nordtun-bygg"
VISITORS = ("nobody", "owner", "link")


def build(language: Language = "nb") -> tuple[Ids, Person, str]:
    """All of it: the ids that addresses are made of, the owner, and the id of the reader whose link is open."""
    owner = world.person("kari@example.no", "Kari Nordmann", language)
    place = world.workplace(owner, "Nordtun Bygg AS")
    world.member(place, "editor", "ola@example.no")
    Expected.at(place, "ny@example.no", "reader")
    answers = example("building_firm")["answers"]
    policy = world.kept(place, answers, language)
    review = world.review(policy)
    review.opened_by = owner.id
    reader = world.reviewer(review, language=language)
    done = world.reviewer(review, "union_rep", "Tor Tillitsvalgt", "tor@example.no", language)
    done.statement, done.finished_at = "Dette står vi inne for.", now()
    policy.say(OwnWords(own=(OwnSection("own-1", "help", {language: OwnText("Vakter", "Den som har vakt, er upåvirket.")}),)))
    comment = _said(reader, review.sections)
    asked, question = Delegation.ask(policy, ["bodies"], "Siri", owner.name)
    passkey = world.passkey(owner)
    ids = {
        "policy": policy.id, "workplace": place.id, "section": review.sections[2], "number": "1", "person": owner.id, "comment": comment.id,
        "reviewer": done.id, "reviewer link": reader.id, "token link": reader.link(review.answer_by), "asked link": asked.id,
        "question link": question,
        "meeting": "0", "passkey": passkey.id, "own": "own-1", "address": ADDRESS, "draft": world.kept(place, answers, language).id,
        "empty": world.kept(place, {}, language).id, "lonely": world.workplace(owner, "Uten policy AS").id,
    }  # fmt: skip
    for state, its in STATES.items():
        ids[state] = _further(world.kept(place, answers, language, state), its, owner)
    Publication.open(ids["in_force"], ADDRESS, [])
    ids["measure"] = _measures(ids["policy"])
    _measures(ids["in_force"])
    ids["feed"] = CalendarFeed.open(ids["in_force"])
    db.session.commit()
    return ids, owner, reader.id


def _measures(policy_id: str) -> str:
    late = Measure.add(policy_id, "Øve på samtalen med alle lederne", "HR", date(2026, 3, 1))
    Measure.add(policy_id, "Avtale en fast tid med bedriftshelsetjenesten", "Daglig leder", date(2030, 1, 1), "risk", "events")
    Measure.add(policy_id, "Henge opp plakaten på hvilerommet").done_on = date(2026, 10, 1)
    db.session.flush()
    return late.id


def _said(reader: Any, sections: list[str]) -> Comment:
    for at, kind, words in (
        (0, "support", "Bra at dette kommer først."),
        (2, "question", "Gjelder dette innleide også?"),
        (5, "disagreement", "For strengt."),
    ):
        made = Comment.write(reader, sections[at], kind, words)
        made.sent_at = now()
    db.session.flush()
    return made


def _further(policy: Any, state: VersionState, owner: Person) -> str:
    """A policy whose version has come so far."""
    made = world.version(policy, state)
    if state != "ready":
        world.adopted(made, owner)
    if state == "in_force":
        made.in_force_on = date(2026, 1, 1)
    return str(policy.id)


def visitors(app: Flask, owner: Person, reader_id: str) -> dict[str, str]:
    """The session cookie of each visitor, as a signed-in browser has it."""
    app.test_client_class = Browser
    found = {}
    for name in VISITORS:
        client = app.test_client()
        if name == "owner":
            world.sign_in(client, owner)
        elif name == "link":
            with app.app_context():
                reader = db.session.get_one(Reviewer, reader_id)
            world.read_as(client, reader)
        cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
        found[name] = cookie.value if cookie else ""
    return found
