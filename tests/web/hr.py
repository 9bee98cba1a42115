"""What tests of HR's pages share: a workplace whose editor is signed in, a draft to send, and the form that sends it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from flask import Flask

from app.clock import now, today
from app.documents import assemble
from app.documents.draft import Draft
from app.mail.encryption import Contents, decrypt
from app.models.comments import Comment
from app.models.db import db
from app.models.outbox import Letter
from app.models.reviews import Review, Reviewer
from app.pack.load import the_pack
from tests import world
from tests.conftest import browser
from tests.reading import Browser
from tests.unit.solve import full


class Desk(NamedTuple):
    """A policy of a workplace, and its people's browsers. All are closed over one app."""

    app: Flask
    id: str
    owner: Browser
    editor: Browser
    reader: Browser

    def at(self, view: str = "", language: str = "nb") -> str:
        """The address of a page of the review."""
        return f"/{language}/policies/{self.id}/review{'/' + view if view else ''}"


def desk(app: Flask, answers: dict[str, Any] | None = None) -> Desk:
    """A workplace with an owner, an editor and a reader, and a draft with every question answered."""
    with app.app_context():
        owner = world.person()
        place = world.workplace(owner)
        others = [world.member(place, role, f"{role}@example.no") for role in ("editor", "reader")]
        policy = world.kept(place, {**full(), "workplace_name": "Fjordheimen"} if answers is None else answers)
        db.session.commit()
        who = [owner, *others]
        id = policy.id
    return Desk(app, id, *(world.sign_in(browser(app), person) for person in who))


def sections(answers: dict[str, Any]) -> list[str]:
    """The sections of the draft."""
    return [section.id for section in assemble.policy(Draft(the_pack(), answers, "nb")).sections]


def sending(*readers: tuple[str, str, str], **other: Any) -> dict[str, Any]:
    """The form that sends the draft to readers of these names, addresses and roles. `other` replaces fields; None takes one away."""
    form: dict[str, Any] = {
        "section": sections({**full(), "workplace_name": "Fjordheimen"}), "answer_by": "24.12.2099", "greeting": "", "sees_others": "no",
    }  # fmt: skip
    form["answer_by"] = in_days(21)
    for line, (name, email, role) in enumerate(readers):
        parts = {"name": name, "email": email, "role": role, "language": "nb"}
        form |= {f"reader-{line}-{part}": words for part, words in parts.items()}
    return {name: words for name, words in {**form, **other}.items() if words is not None}


def in_days(days: int) -> str:
    """A date so many days from now, as one types it."""
    from datetime import timedelta

    return (today() + timedelta(days=days)).strftime("%d.%m.%Y")


@contextmanager
def within(app: Flask) -> Iterator[Any]:
    """The database, in a context of its own; what was done is committed."""
    with app.app_context():
        yield db.session
        db.session.commit()
        db.session.remove()


def letters(app: Flask) -> list[tuple[str, Contents]]:
    """The letters that wait, in the order of writing: kind and contents."""
    with app.app_context():
        found = db.session.query(Letter).order_by(Letter.created_at, Letter.id).all()
        return [(letter.kind, decrypt(letter.sealed or b"", str(app.secret_key))) for letter in found if letter.sealed]


def opened(place: Desk, **how: Any) -> str:
    """An open review of the draft; its id."""
    with within(place.app) as session:
        from app.models.policy import Policy

        review = world.review(session.get(Policy, place.id), **how)
        return review.id


def invited(place: Desk, name: str = "Vera", email: str = "vera@example.no", role: Any = "verneombud") -> str:
    """One more reader of the review that is open; their id."""
    with within(place.app):
        review = Review.open_of(place.id)
        assert review
        return world.reviewer(review, role, name, email).id


def said(place: Desk, reviewer: str, kind: Any = "proposal", words: str = "Slik", section: str = "purpose", sent: bool = True) -> str:
    """A comment; its id."""
    with within(place.app) as session:
        comment = Comment.write(session.get(Reviewer, reviewer), section, kind, words)
        comment.sent_at = now() if sent else None
        return comment.id
