"""A policy that somebody has signed for, and one that everybody can read, within a browser's reach. Other tests walk the way."""

from __future__ import annotations

from typing import cast

from flask import Flask, session, url_for
from flask_wtf.csrf import generate_csrf

from app.clock import now, today
from app.models.db import db
from app.models.people import Person
from app.models.policy import Policy
from app.models.publications import Publication
from app.models.versions import Version
from app.pack.text import Language
from app.services.versions.freeze import text_of
from app.services.versions.situation import Situation
from app.services.versions.transitions import Given, decide, make_ready, put_in_force
from app.web.access import PERSON
from app.web.language import current_language
from tests import world
from tests.e2e.wizard import example


def on_demand(app: Flask) -> None:
    """Add two addresses to a served app.

    /signed: the browser is signed in as the owner of a workplace whose policy is ready; gives its status page. /published: such a policy is in force
    and can be read by everybody; gives the address.
    """

    @app.get("/<language:language>/signed", endpoint="signed")
    def signed() -> str:
        owner, policy, _ = _ready()
        session[PERSON], session["_fresh"], session["fs_paa"] = owner.sit_down(), True, now().timestamp()
        generate_csrf()  # as begin_session does: the browser asks for its icon beside the next page
        session.permanent = True
        db.session.commit()
        return url_for("decisions.status", id=policy.id)

    @app.get("/<language:language>/published", endpoint="published")
    def published() -> str:
        owner, policy, version = _ready()
        db.session.flush()
        decide(policy, version, Given(today(), "amu", "AMU", "1/26", "", "adopted", "", "", None), owner.id)
        put_in_force(policy, version, today(), owner.id)
        Publication.open(policy.id, f"solbakken-{policy.id}", [])
        db.session.commit()
        return url_for("public.page", address=f"solbakken-{policy.id}")


def _ready() -> tuple[Person, Policy, Version]:
    language = cast("Language", current_language())
    owner = world.person(f"{world.new_id()}@example.no", "Eva Eier", language)
    policy = world.kept(world.workplace(owner, "Solbakken"), example("building_firm")["answers"], language)
    words = "Arbeidsgruppen skrev det sammen."
    return owner, policy, make_ready(policy, text_of(Situation.load(policy), words), owner.id, words)
