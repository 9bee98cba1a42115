"""A policy that somebody has signed for, within a browser's reach. The pages that lead there have tests of their own."""

from __future__ import annotations

from typing import cast

from flask import Flask, session, url_for
from flask_wtf.csrf import generate_csrf

from app.clock import now
from app.models.db import db
from app.pack.text import Language
from app.services.versions.freeze import text_of
from app.services.versions.situation import Situation
from app.services.versions.transitions import make_ready
from app.web.access import PERSON
from app.web.language import current_language
from tests import world
from tests.e2e.wizard import example


def on_demand(app: Flask) -> None:
    """Add the address /signed to a served app: the browser is signed in as the owner of a workplace whose policy is ready. Gives its status page."""

    @app.get("/<language:language>/signed", endpoint="signed")
    def signed() -> str:
        language = cast("Language", current_language())
        owner = world.person(f"{world.new_id()}@example.no", "Eva Eier", language)
        policy = world.kept(world.workplace(owner, "Solbakken"), example("building_firm")["answers"], language)
        make_ready(policy, text_of(Situation.load(policy), "Arbeidsgruppen skrev det sammen."), owner.id, "Arbeidsgruppen skrev det sammen.")
        session[PERSON], session["_fresh"], session["fs_paa"] = owner.sit_down(), True, now().timestamp()
        generate_csrf()  # as begin_session does: the browser asks for its icon beside the next page
        session.permanent = True
        db.session.commit()
        return url_for("decisions.status", id=policy.id)
