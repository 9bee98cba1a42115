"""Whoever is invited takes along what is stored about them: all of it, from every table, in their language, and no key that lets anybody in."""

from __future__ import annotations

import json
from datetime import datetime
from html import unescape

import html5lib
import pytest
from sqlalchemy import JSON, inspect
from waitress.buffers import ReadOnlyFileBasedBuffer

from app.clock import now
from app.mail.messages import KINDS, write
from app.models.audit_log import record_event
from app.models.comments import Comment
from app.models.db import Base, db
from app.models.people import SignIn
from app.models.reviews import Review, Reviewer, ReviewerLink, ReviewerSitting
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.services.people.reader_data import OF_COMMENT, OWN
from app.ui_texts import say, the_words
from tests import world
from tests.conftest import browser
from tests.reading import Browser
from tests.unit.solve import full

KEYS = {"token_hash", "key_hash", "code_hash", "browser_hash", "sitting_hash", "used_by"}
ABOUT_A_READER = {"reviewer_link", "reviewer_sitting", "comment", "event"}  # the tables that point to a reader, each in the file
CODED = {"role": "bht", "language": "nn", "kind": "disagreement", "outcome": "not_taken_in", "mended": "purpose", "revision": 1}
QUESTION = the_pack().review.process[0]
ANSWER = the_pack().review.process_answers[0]


def filled(one: Base, *but: str) -> dict[str, str]:
    """Fill every column of words in a row with words of its own; those words."""
    told = {}
    for column in inspect(type(one)).columns:
        if column.key in but or column.foreign_keys or column.primary_key or column.key in CODED:
            continue
        if not isinstance(column.type, JSON) and column.type.python_type is str:
            told[column.key] = f"Kanari {type(one).__name__} {column.key} æøå"[: column.type.length]
            setattr(one, column.key, told[column.key])
        elif column.nullable and column.type.python_type is datetime:
            setattr(one, column.key, now())
    return told


@pytest.fixture
def vera(app) -> tuple[Browser, list[str], str]:
    """A reader with something in every column of every table; their browser, those words, and their id."""
    with app.app_context():
        asker = world.person("hr@example.no", "Kanari Spørjar")
        review = world.review(world.kept(world.workplace(asker, "Kanari Sted"), full()))
        review.greeting, review.opened_by = "Kanari helsing", asker.id
        reader = world.reviewer(review, "bht")
        link = reader.link(review.answer_by)
        words = filled(reader, "revoked_at")
        reader.revoked_at = None
        reader.checklist = {QUESTION.id: {"answer": ANSWER.id, "note": "Kanari notat"}}
        reader.seen = [review.sections[0]]
        comment = Comment.write(reader, review.sections[0], "disagreement", "")
        comment.outcome, comment.answered_at, comment.answered_by = "not_taken_in", now(), asker.id
        words |= {f"comment {key}": one for key, one in filled(comment, "section_id").items()}
        record_event("reviewer_finished", world.workplace(asker, "x").id, None, None, reader.id, number=4711)
        write("review_over", "vera@example.no", "nb", about=reader.id, name="V", workplace="W", policy="P", link="https://x.no/hemmeleg-lenkje")
        db.session.commit()
        id = reader.id
    client = world.read_as(browser(app), reader)
    more = ["Kanari notat", "Kanari helsing", "Kanari Spørjar", "Kanari Sted", "4711", link]
    return client, [*words.values(), *more], id


def text_of(page: str) -> str:
    parsed = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return "\n".join(parsed.find("body").itertext())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_takes_along_all_that_is_stored_about_her(vera, language) -> None:
    client, words, id = vera
    response = client.get(f"/{language}/readings/{id}/stored.html")
    assert response.headers["Content-Disposition"].startswith("attachment")
    told = text_of(response.text)
    assert [one for one in words[:-1] if one not in told] == []
    for known in (QUESTION.text.in_(language), ANSWER.label.in_(language), say("role_bht", language), say("event_reviewer_finished", language)):
        assert known in told
    assert say("stored_letter_review_over", language) in told
    assert the_pack().review.kind("disagreement").label.in_(language) in told
    for secret in (words[-1], "hemmeleg-lenkje"):
        assert secret not in response.text
    assert f"/{language}/readings/{id}/stored.html" in client.get(f"/{language}/readings/{id}/").text


def test_every_table_that_points_to_a_reader_is_in_it() -> None:
    pointing = {table.name for table in Base.metadata.sorted_tables if any(column.name == "reviewer_id" for column in table.columns)}
    assert pointing == ABOUT_A_READER, "a new table about readers: put it into app/services/people/reader_data.py"


@pytest.mark.parametrize("model", [Reviewer, Comment, ReviewerLink, ReviewerSitting])
def test_every_column_is_told_of_in_words(model) -> None:
    left_out = {"revision", "reviewer_id"} | KEYS | (OWN if model is Reviewer else OF_COMMENT if model is Comment else set())
    unnamed = [c.key for c in inspect(model).column_attrs if c.key not in left_out and f"stored_{c.key}" not in the_words()]
    assert unnamed == [], "say in translations/stored.yaml what it is called"


def test_every_letter_has_a_name() -> None:
    assert [kind for kind in KINDS if f"stored_letter_{kind}" not in the_words()] == []


def test_what_is_not_hers_is_not_in_it(app, vera) -> None:
    client, _, id = vera
    with app.app_context():
        review = db.session.get_one(Review, db.session.get_one(Reviewer, id).review_id)
        other = world.reviewer(review, name="Kanari To", email="kanari.to@example.no")
        Comment.write(other, review.sections[0], "question", "Kanari sine ord")
        db.session.commit()
    told = client.get(f"/nb/readings/{id}/stored.html").text
    assert "Kanari To" not in told
    assert "Kanari sine ord" not in told
    assert browser(app).get(f"/nb/readings/{id}/stored.html").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_has_an_account_takes_along_the_same_and_her_own(app, vera, language) -> None:
    _, words, id = vera
    with app.app_context():
        kari = world.person("kari@example.no", "Kanari Kari")
        reader = db.session.get_one(Reviewer, id)
        reader.email = "Kari@example.no"
        world.passkey(kari).name = "Kanari nøkkel"
        SignIn.ask(kari.email, "browser", "secret", "/nb/kanari-onward")
        write("sign_in", kari.email, "nb", link="https://x.no/hemmeleg", code="99887766", minutes=15)
        db.session.commit()
        secrets = [kari.fs_uniquifier, kari.fs_webauthn_user_handle, "hemmeleg", "99887766"]
    client = world.sign_in(browser(app), kari)
    page = client.get(f"/{language}/me/export.html")
    told = text_of(page.text)
    wanted = [word for word in words[:-1] if not word.startswith("Kanari Reviewer email")]
    assert [one for one in [*wanted, "Kanari Kari", "Kanari nøkkel", "/nb/kanari-onward", "kari@example.no"] if one not in told] == []
    assert say("stored_letter_sign_in", language) in told
    whole = client.get(f"/{language}/me/export").text
    json.loads(whole)
    assert [one for one in secrets if one in page.text + whole] == []


def test_the_page_is_had_from_a_server_that_hands_files_on_itself(app) -> None:
    with app.app_context():
        kari = world.person("kari@example.no", "Kari")
        db.session.commit()
    client = world.sign_in(browser(app), kari)
    page = client.get("/nb/me/export.html", environ_overrides={"wsgi.file_wrapper": ReadOnlyFileBasedBuffer})
    assert page.status_code == 200
    assert "kari@example.no" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_a_page_and_the_file_for_programs_say_the_same(app) -> None:
    with app.app_context():
        kari = world.person("kari@example.no", "Kari")
        place = world.workplace(kari, "Fjord & <fjell>")
        record_event("policy_kept", place.id, person_id=kari.id)
        db.session.commit()
    client = world.sign_in(browser(app), kari)
    told = json.loads(client.get("/nb/me/export").text)
    page = unescape(client.get("/nb/me/export.html").text)
    assert [name for name in told if name not in ("format", "version") and say(f"stored_{name}", "nb") not in page] == []
    assert "Fjord & <fjell>" in page
