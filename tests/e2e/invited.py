"""What HR does, within a browser's reach: invite somebody to read, and answer what they have sent. The pages for it have tests of their own."""

from __future__ import annotations

from typing import cast

from flask import Flask, session, url_for
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from app.clock import now
from app.models.comments import Comment
from app.models.db import db
from app.models.reviews import Review, Reviewer
from app.pack.text import Language
from app.web.access import PERSON
from app.web.language import current_language
from tests import world
from tests.e2e.wizard import example

GREETING = "Fint om du ser særlig på det som gjelder vakt og reise.\nHilsen Kari"


def on_demand(app: Flask) -> None:
    """Add the addresses /invited, /seeing-others, /answered and /desk to a served app."""

    @app.get("/<language:language>/desk", endpoint="desk")
    def desk() -> str:
        """The browser is signed in as HR; two readers have sent comments. Gives the address where they are answered."""
        owner = world.person(f"{world.new_id()}@example.no", "Kari Nordmann", "nb")
        policy = world.kept(world.workplace(owner, "Fjordheimen sykehjem"), example("nursing_home")["answers"], "nb")
        review = world.review(policy)
        reader = world.reviewer(review)
        reader.opened_at = now()
        reader.read("purpose")
        Comment.write(reader, "purpose", "proposal", "Skriv at den gjelder på reise.")
        other = world.reviewer(review, "union_rep", "Truls Tillit", "")
        Comment.write(other, "purpose", "disagreement", "Vi vil være med på samtalene.")
        Comment.write(other, "purpose", "support", "Bra at hjelp kommer først.")
        reader.send_all()
        other.send_all()
        session[PERSON], session["_fresh"], session["fs_paa"] = owner.sit_down(), True, now().timestamp()
        generate_csrf()
        session.permanent = True
        db.session.commit()
        return url_for("review.comments", id=policy.id)

    @app.get("/<language:language>/invited", endpoint="invited")
    @app.get("/<language:language>/seeing-others", endpoint="seeing_others", defaults={"sees_others": True})
    def invited(sees_others: bool = False) -> str:
        """A verneombud is invited to read a nursing home's draft. Gives the address of their link."""
        language = cast("Language", current_language())
        owner = world.person(f"{world.new_id()}@example.no", "Kari Nordmann", language)
        policy = world.kept(world.workplace(owner, "Fjordheimen sykehjem"), example("nursing_home")["answers"], language)
        review = world.review(policy, sees_others)
        review.opened_by, review.greeting = owner.id, GREETING
        _colleague(review)
        link = world.reviewer(review, language=language).link(review.answer_by)
        db.session.commit()
        return url_for("reading.offer", token=link)

    @app.get("/<language:language>/answered/<policy:id>", endpoint="answered")
    def answered(id: str) -> str:
        """HR answers all that the reader has sent, in every way there is, and closes the review."""
        reviewer = db.session.get_one(Reviewer, id)
        reviewer.send_all()
        outcomes = ["not_taken_in", "changed_otherwise", "taken_in", "answered"]
        for at, comment in enumerate(reviewer.comments()):
            if comment.kind != "support":
                comment.answer_with("answered" if comment.kind == "question" else outcomes[at % 3], "Vi har snakket om det i ledergruppen.", "", None)
        review = db.session.scalars(select(Review).where(Review.id == reviewer.review_id)).one()
        review.closed_at = now()
        db.session.commit()
        return "answered"


def _colleague(review: Review) -> None:
    """Somebody else has said something already."""
    other = world.reviewer(review, "union_rep", "Truls Tillit", "")
    for section, kind, words in (("purpose", "support", "Bra at hjelp kommer først."), ("purpose", "question", "Gjelder dette også vikarer?")):
        Comment.write(other, section, kind, words)
    other.send_all()
