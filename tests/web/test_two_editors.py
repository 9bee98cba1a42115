"""Two who answer, and a reader who writes meanwhile, in every order: no answer is written over unseen, and no comment slips through unanswered.

A schedule is a row of deeds chosen by chance, always the same ones. With TEST_THOROUGHLY, as in `make check`, 1,000 are played.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.clock import now
from app.models.comments import Comment
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.models.versions import Version
from app.services.reviews.record import Round
from tests import world
from tests.conftest import browser, empty
from tests.web.hr import Desk, desk, invited, opened, within

THOROUGHLY = "TEST_THOROUGHLY" in os.environ
SCHEDULES = 1000 if THOROUGHLY else 40
AT_ONCE = 60 if THOROUGHLY else 6
HIDDEN = re.compile(r'<input type="hidden" name="(fingerprint|form|comment)" value="([^"]*)"')
FIRM = json.loads((Path(__file__).parents[2] / "examples" / "building_firm.json").read_text("utf-8"))["answers"]


@dataclass
class Known:
    """What a comment must be now: how often it changed, and the answer that stands."""

    words: str
    changes: int = 1
    answer: tuple[str, str] = ("", "")


@dataclass
class Play:
    """One schedule, and what must have come of it so far. `held` is what each editor's open form knows: of a comment, after how many changes."""

    place: Desk
    reader: str
    chance: Random
    comments: dict[str, Known] = field(default_factory=dict)
    held: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    unsent: int = 0
    told: bool = False
    closed: bool = False
    ready: bool = False
    step: int = 0

    def waiting(self) -> int:
        """How many comments have no answer."""
        return sum(not known.answer[0] for known in self.comments.values())

    def any(self) -> str | None:
        """One of the comments."""
        return self.chance.choice(sorted(self.comments)) if self.comments else None

    # ── the reader; the reader's pages refuse what is refused here ──

    def write(self) -> None:
        with within(self.place.app) as session:
            if not session.get(Review, session.get(Reviewer, self.reader).review_id).is_open:
                return
            comment = Comment.write(session.get(Reviewer, self.reader), "purpose", self.chance.choice(["proposal", "disagreement"]), f"w{self.step}")
            if self.chance.random() < 0.7:
                comment.sent_at = now()
                self.comments[comment.id] = Known(comment.words)
            else:
                self.unsent += 1

    def rewrite(self) -> None:
        id = self.any()
        if id is None or self.closed or self.comments[id].answer[0]:
            return
        known = self.comments[id]
        known.words, known.changes = f"w{self.step}", known.changes + 1
        with within(self.place.app) as session:
            session.get(Comment, id).rewrite("proposal", known.words, "")

    # ── the editors ──

    def open(self) -> None:
        id, who = self.any(), self.chance.choice(["owner", "editor"])
        if id:
            with within(self.place.app) as session:
                self.held[who, id] = (session.get(Comment, id).revision, self.comments[id].changes)

    def answer(self) -> None:
        open_forms = sorted(key for key in self.held if key[1] in self.comments)
        if not open_forms:
            return
        who, id = self.chance.choice(open_forms)
        revision, changes = self.held[who, id]
        given = (self.chance.choice(["taken_in", "noted", "not_taken_in"]), f"{who} {self.step}")
        form = {"revision": str(revision), "outcome": given[0], "answer": given[1]}
        status = getattr(self.place, who).post(self.place.at(f"comments/{id}"), data=form).status_code
        known = self.comments[id]
        is_taken = changes == known.changes and not self.ready
        assert status == (303 if is_taken else 409), (who, status, changes, known)
        if is_taken:
            known.answer, known.changes = given, known.changes + 1
            del self.held[who, id]

    def close(self) -> None:
        """The first time the reader gets a day for what is not sent; after it, what was not sent is still the reader's."""
        status = self.place.owner.post(self.place.at("close")).status_code
        assert status == (409 if self.closed else 303)
        if self.closed:
            return
        with within(self.place.app) as session:
            review = session.scalars(select(Review)).one()
            assert review.is_open is bool(self.unsent and not self.told)
            self.told, self.closed = True, not review.is_open
            review.closes_at = now() if review.is_open else None

    def make_ready(self) -> None:
        status = self.place.editor.post(f"/nb/policies/{self.place.id}/ready", data={"reason": "x"}).status_code
        may = self.closed and not self.waiting() and not any(known.answer[0] == "taken_in" for known in self.comments.values())  # nothing was changed
        assert status == (303 if may else 422), (status, self.closed, self.waiting())
        self.ready = self.ready or may

    def check(self) -> None:
        """What is stored is what must have come of it."""
        with within(self.place.app) as session:
            found = {c.id: (c.words, (c.outcome, c.answer)) for c in session.scalars(select(Comment).where(Comment.sent_at.is_not(None)))}
            assert found == {id: (known.words, known.answer) for id, known in self.comments.items()}
            assert Round.of(session.get(Policy, self.place.id)).unanswered == self.waiting()
            assert (session.get(Policy, self.place.id).state == "ready") is self.ready


DEEDS: list[tuple[Callable[[Play], None], int]] = [
    (Play.write, 3), (Play.rewrite, 2), (Play.open, 5), (Play.answer, 5), (Play.close, 1), (Play.make_ready, 1),
]  # fmt: skip


@pytest.fixture(scope="module")
def table(the_app: Flask) -> Any:
    """A draft that can be made ready, in review with one reader."""
    empty(the_app)
    place = desk(the_app, FIRM)
    opened(place)
    yield place, invited(place, email="")
    empty(the_app)


def anew(place: Desk) -> None:
    """Everything as before the first deed."""
    with within(place.app) as session:
        session.execute(delete(Comment))
        session.execute(delete(Version).where(Version.state == "ready"))
        session.execute(update(Version).values(state="in_review"))
        session.execute(update(Review).values(closed_at=None, closes_at=None))
        session.execute(update(Policy).values(state="in_review"))


@pytest.mark.parametrize("part", range(8))
def test_whoever_comes_first_nothing_is_lost(table, part) -> None:
    place, reader = table
    for number in range(part, SCHEDULES, 8):
        anew(place)
        play = Play(place, reader, Random(number))
        deeds, weights = zip(*DEEDS, strict=True)
        play.write()
        for step in range(1, 14):
            play.step = step
            play.chance.choices(deeds, weights)[0](play)
        play.check()


def test_of_two_who_answer_in_the_same_moment_one_is_told(table) -> None:
    place, reader = table
    for _ in range(AT_ONCE):
        anew(place)
        play = Play(place, reader, Random(1))
        while not play.comments:
            play.write()
        [id] = play.comments
        assert sorted(at_once(place, id)) == [303, 409]
        with within(place.app) as session:
            assert session.get(Comment, id).revision == 2


def test_what_a_reader_saves_in_the_moment_of_closing_is_hers_or_refused(table) -> None:
    place, reader = table
    with within(place.app) as session:
        invited = session.get(Reviewer, reader)
    vera = world.read_as(browser(place.app), invited)
    address = f"/nb/readings/{reader}/sections/purpose"
    for number in range(AT_ONCE):
        anew(place)
        hidden = dict(HIDDEN.findall(vera.get(address).text))
        typed = {**hidden, "kind": "question", "words": f"w{number}", "to": "save"}
        heard = together([(vera, address, typed), (place.owner, place.at("close"), {})])
        assert heard[1] == 303
        assert heard[0] in (303, 409)
        with within(place.app) as session:
            found = session.scalars(select(Comment)).all()
            assert [comment.words for comment in found] == ([f"w{number}"] if heard[0] == 303 else [])
            assert [comment.sent_at for comment in found] == [None] * len(found), "closing sends nothing"
            assert Round.of(session.get(Policy, place.id)).unanswered == 0


def at_once(place: Desk, id: str) -> list[int]:
    """What two editors hear who answer with the same form at the same time."""
    form = {"revision": "1", "outcome": "taken_in"}
    asked = [(who, place.at(f"comments/{id}"), {**form, "answer": words}) for who, words in ((place.owner, "Hun"), (place.editor, "Han"))]
    return together(asked)


def together(asked: list[tuple[Any, str, dict[str, str]]]) -> list[int]:
    """What each hears when all send their forms in the same moment."""
    heard = [0] * len(asked)
    ready = Barrier(len(asked))

    def send(at: int) -> None:
        who, address, form = asked[at]
        form = {"csrf_token": who.token(), **form}
        ready.wait()
        heard[at] = who.post(address, data=form).status_code

    threads = [Thread(target=send, args=(at,)) for at in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard
