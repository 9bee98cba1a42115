"""From invitation to a policy in force, with a word of everybody's own in every field: which of them end up in logs, events, exports, and nowhere."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, text

from app.models.audit_log import Event
from app.models.comments import Comment
from app.models.db import Base, db
from app.models.people import Person
from app.models.policy import Policy
from app.models.reviews import Reviewer
from app.pack.load import the_pack
from app.reading import views_comments
from app.review import views_comments as answering
from tests import world
from tests.conftest import browser
from tests.deciding import ANSWERS, Scene, decision, scene, today
from tests.every_field import hidden
from tests.web.hr import in_days, letters, sections

OF_HR, OF_READER = "Hrfugl4711", "Leserfugl4711"
LINK = re.compile(r"/nb/read/(\S+)")


class Walk:
    """The whole way, by two browsers. `secrets` are the tokens that were in letters or on pages."""

    def __init__(self, app: Any) -> None:
        self.app, self.secrets = app, list[str]()
        self.play: Scene = scene(app, {**ANSWERS, "workplace_name": OF_HR}, met=False)
        self.hr, self.reader = self.play.owner, browser(app)
        self.id = ""

    def go(self) -> None:
        """Every step, with words in every field."""
        self.invite()
        self.read()
        self.answer()
        self.settle()

    def at(self, rest: str = "") -> str:
        """A page of the review, on HR's side."""
        return self.play.address(f"review{rest}")

    def post(self, who: Any, address: str, status: int = 303, **typed: Any) -> Any:
        """Send a form, which goes well unless another `status` is said."""
        answer = who.post(address, data=typed)
        assert answer.status_code == status, (address, answer.status_code)
        return answer

    def invite(self) -> None:
        """HR gives a name, invites a colleague, and sends the draft to two readers."""
        self.post(self.hr, "/nb/me", name=f"{OF_HR} Eier", mail_language="nb")
        self.post(self.hr, f"/nb/workplaces/{self.play.workplace_id}/name", name=f"{OF_HR} AS")
        self.post(self.hr, f"/nb/workplaces/{self.play.workplace_id}/people", email=f"{OF_HR}@example.no".lower(), role="editor")
        self.post(self.hr, self.play.address("manage"), do="unit", unit=OF_HR)
        readers = {"reader-0-name": OF_READER, "reader-0-email": "leserfugl4711@example.no", "reader-0-role": "verneombud", "reader-0-language": "nb"}
        chosen = {"section": sections({**ANSWERS, "workplace_name": OF_HR}), "answer_by": in_days(21), "sees_others": "yes"}
        self.post(self.hr, self.at(), 422, **readers, **chosen, greeting="x" * 2001 + OF_HR)
        self.post(self.hr, self.at(), **readers, **chosen, greeting=OF_HR)
        with self.app.app_context():
            self.id = db.session.scalars(select(Reviewer.id)).one()
        self.secrets += [found[1] for _, letter in letters(self.app) if (found := LINK.search(letter.text))]

    def read(self) -> None:
        """The reader opens the link, remarks on a section in every way, answers about the process, states, and is done."""
        self.reader.get(f"/nb/read/{self.secrets[0]}")
        self.post(self.reader, f"/nb/read/{self.secrets[0]}")
        desk = f"/nb/readings/{self.id}"
        address = f"{desk}/sections/{sections(ANSWERS)[0]}"
        fields = {name: words[0] for name, words in hidden(self.reader.get(address).text).items()}
        said = {**fields, "kind": "disagreement", "words": OF_READER, "wording": f"Heller {OF_READER}"}
        assert self.reader.post(address, data=said, headers={"X-Autosave": "1"}).status_code == 200
        self.post(self.reader, address, 422, **{**said, "words": OF_READER * 500})
        self.post(self.reader, address, 409, **{**said, "words": f"{OF_READER} 2", "fingerprint": "old", "form": "other"})
        self.post(self.reader, f"{desk}/sections/{OF_READER}", 404, **said)
        notes = {f"note-{question.id}": OF_READER for question in the_pack().review.process}
        for place, more in (("process", notes), ("statement", {"statement": OF_READER})):
            fields = {name: words[0] for name, words in hidden(self.reader.get(f"{desk}/{place}").text).items()}
            self.post(self.reader, f"{desk}/{place}", **{**fields, **more})
        assert self.reader.get(f"{desk}/statement.docx").status_code == 200
        self.post(self.reader, f"{desk}/summary", do="finish")

    def answer(self) -> None:
        """HR answers, is answered, holds a meeting, and closes the review."""
        with self.app.app_context():
            comment, revision = db.session.execute(select(Comment.id, Comment.revision)).one()
        address = self.at(f"/comments/{comment}")
        given = {"revision": str(revision), "outcome": "not_taken_in", "answer": OF_HR}
        self.post(self.hr, address, 422, **{**given, "answer": OF_HR * 600})
        self.post(self.hr, address, **given)
        self.post(self.hr, address, 409, **{**given, "answer": f"{OF_HR} 2"})
        self.post(self.hr, self.at("/comments/tell"))
        self.post(self.hr, self.at("/close"))
        self.post(self.hr, self.at("/meetings"), held_on=today(), kind="discussion", present=OF_READER, said=OF_HR)
        self.post(self.reader, f"/nb/readings/{self.id}/answers/{comment}", do="reply", reply=OF_READER)
        self.post(self.reader, f"/nb/readings/{self.id}/answers/{comment}", do="stand")

    def settle(self) -> None:
        """The text is made ready, decided with a dissent, and put in force."""
        assert self.play.make_ready().status_code == 303
        words = {"body_name": OF_HR, "case_number": OF_HR, "present": OF_READER, "dissent": OF_READER}
        assert self.play.decide(**{**decision(), **words, "decided_on": "31.12.2099"}).status_code == 422
        assert self.play.decide(**words).status_code == 303
        assert self.play.put_in_force().status_code == 303
        for name in ("policy.docx", "record.docx", "case-paper.docx", "decision.docx", "answers.json", OF_HR):
            self.hr.get(self.play.address(f"versions/2/{name}"))


@pytest.fixture
def walk(app) -> Walk:
    return Walk(app)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that anything says to any log."""
    ours = logging.getLogger("rusoff")
    before, ours.propagate = ours.propagate, True
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "rusoff"):
        yield caplog
    ours.propagate = before


def quiet_about(told: str, *words: str) -> None:
    for word in ("fugl4711", *words):
        assert word.lower() not in told.lower(), word


def rows(app: Any, *but: str) -> str:
    """Every row of every table, and what the letters say."""
    with app.app_context():
        tables = [table for table in Base.metadata.sorted_tables if table.name not in but]
        stored = "\n".join(f"{table.name} {tuple(row)}" for table in tables for row in db.session.execute(select(table)))
    return f"{stored}\n{letters(app)}"


def test_what_is_said_on_the_way_to_a_policy_is_in_no_log_and_no_event(walk, logged) -> None:
    walk.go()
    assert walk.play.policy().state == "in_force"
    cookie = walk.reader.get_cookie(walk.app.config["SESSION_COOKIE_NAME"]).value
    quiet_about(logged.text, *walk.secrets, cookie, walk.id, walk.play.id)
    with walk.app.app_context():
        events = list(db.session.execute(select(Event.__table__)))
    assert len(events) > 12
    quiet_about(str(events), *walk.secrets)
    for secret in walk.secrets:
        assert secret not in rows(walk.app).replace(str(letters(walk.app)), ""), "tokens are stored as hashes"
        for page in ("", "/comments", "/record"):
            assert secret not in walk.hr.get(walk.at(page)).text
        assert secret not in walk.hr.get(f"/nb/workplaces/{walk.play.workplace_id}/log.csv").text


def test_nor_when_it_fails_half_way(walk, logged, monkeypatch) -> None:
    def fail(*given: Any, **_named: Any) -> None:
        raise ValueError(f"cannot take {given} {OF_READER}", OF_HR) from KeyError(OF_READER)

    walk.go()
    monkeypatch.setattr(walk.app, "testing", False)
    monkeypatch.setattr(views_comments, "_page", fail)
    monkeypatch.setattr(answering, "_groups", fail)
    assert walk.reader.get(f"/nb/readings/{walk.id}/whole").status_code == 500
    assert walk.hr.get(walk.at("/comments")).status_code == 500
    assert walk.hr.get(walk.at("/comments"), query_string={"reader": OF_READER}).status_code == 500
    assert "ValueError" in logged.text
    quiet_about(logged.text, *walk.secrets, walk.id)


def test_what_one_takes_along_tells_of_nobody_else(walk) -> None:
    walk.go()
    told = walk.hr.get("/nb/me/export").text
    assert OF_HR in told
    assert OF_READER.lower() not in told.lower()
    with walk.app.app_context():
        vera = world.person("leserfugl4711@example.no")
        db.session.commit()
    export = world.sign_in(browser(walk.app), vera).get("/nb/me/export").text
    assert OF_READER in export
    assert "eier@example.no" not in export
    told_to_reader = {
        "workplace",
        "policy",
        "invited_by",
        "greeting",
        "section",
        "sections_read",
        "answer",
        "reviews_invited_to",
        "review",
        "comments",
    }
    assert places_of(OF_HR, json.loads(export)) <= told_to_reader, "what HR said to the reader is about the reader too; the rest is not"


def places_of(word: str, told: Any, at: str = "") -> set[str]:
    """The names of the values in which a word stands."""
    if isinstance(told, dict):
        return {name for key, value in told.items() for name in places_of(word, value, key)}
    if isinstance(told, list):
        return {name for value in told for name in places_of(word, value, at)}
    return {at} if word in str(told) else set()


def test_of_a_workplace_and_an_account_that_are_deleted_nothing_is_left(walk) -> None:
    walk.go()
    before = rows(walk.app)
    assert all(word in before for word in (OF_HR, OF_READER))
    walk.post(walk.hr, f"/nb/workplaces/{walk.play.workplace_id}/delete", confirm=f"{OF_HR} AS", meant="yes")
    left = rows(walk.app, "person")
    quiet_about(left, walk.play.id, walk.play.workplace_id, walk.id)
    with walk.app.app_context():
        owner = db.session.scalar(select(Person.id).where(Person.name == f"{OF_HR} Eier"))
    walk.post(walk.hr, "/nb/me/delete")
    quiet_about(rows(walk.app), owner, "eier@example.no")
    with walk.app.app_context():
        assert db.session.scalar(select(Policy.id)) is None
        if db.engine.dialect.name == "sqlite":
            assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
