"""A letter that is refused is told to whoever sent it, where they see those they wrote to; and the record does not say that they were reached."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine

from app.clock import now
from app.documents import papers
from app.documents.render import plain
from app.models.db import db
from app.models.people import Person
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.models.workplaces import EXPECTED_FOR
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.server.serve import tidy
from app.services.reviews.actions import letter
from app.services.reviews.record import record_of
from app.services.reviews.reminders import remind
from app.ui_texts import say
from tests import world
from tests.conftest import browser
from tests.mailing import Recorder, post_to
from tests.web.hr import Desk, desk, letters, sending, within

VERA = ("Vera Lund", "vera@example.no", "verneombud")
REFUSED = SMTPRecipientsRefused({"vera@example.no": (550, b"no such user")})
NOT_THERE = {"nb": "E-posten kom ikke fram", "nn": "E-posten kom ikkje fram", "en": "The e-mail did not arrive"}


@pytest.fixture
def sent(app) -> Desk:
    """A draft that was sent to one reader, whose mail server refused the letter."""
    place = desk(app)
    assert place.editor.post(place.at(), data=sending(VERA)).status_code == 303
    post_to(app, Recorder(REFUSED)).work_off()
    return place


def reader(place: Desk) -> Reviewer:
    with place.app.app_context():
        return db.session.query(Reviewer).one()


def record(place: Desk, language: Any = "nb") -> str:
    with place.app.app_context():
        return plain.draw(papers.record(the_pack(), record_of(db.session.get(Policy, place.id)), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_sent_it_sees_it_where_she_sees_her_readers(sent, language) -> None:
    page = sent.editor.get(sent.at(language=language)).text
    assert NOT_THERE[language] in page
    assert say("review_undelivered_text", language) in page
    assert say("review_state_not_opened", language) not in page
    status = sent.editor.get(f"/{language}/policies/{sent.id}/status").text
    assert say("review_undelivered_alert", language, names="Vera Lund") in status
    assert {"nb": "Invitasjonen kom ikke fram", "nn": "Invitasjonen kom ikkje fram", "en": "The invitation did not arrive"}[language] in record(
        sent, language
    )


def test_nobody_is_reminded_into_nothing(sent) -> None:
    assert "/remind" not in sent.editor.get(sent.at()).text
    refused = sent.editor.post(sent.at(f"readers/{reader(sent).id}/remind"))
    assert refused.status_code == 409
    assert say("review_stop_undelivered_title", "nb") in refused.text
    with time_machine.travel((now() + timedelta(days=20)).replace(hour=12)), sent.app.app_context():
        assert remind(now()) == 0
    assert letters(sent.app) == []


def test_whoever_comes_by_another_way_was_reached(sent) -> None:
    vera = reader(sent)
    world.read_as(browser(sent.app), vera)
    assert NOT_THERE["nb"] not in record(sent)
    assert "Invitasjonen kom ikke fram" not in record(sent)
    page = sent.editor.get(sent.at()).text
    assert say("review_undelivered_text", "nb") in page, "the next letter will not arrive either"
    assert say("review_undelivered_see", "nb") not in sent.editor.get(f"/nb/policies/{sent.id}/status").text


def test_a_letter_that_arrives_later_makes_it_good(sent) -> None:
    with within(sent.app):
        vera = db.session.query(Reviewer).one()
        letter(vera, db.session.get(Review, vera.review_id), "review_answered")
    post_to(sent.app, Recorder()).work_off()
    assert reader(sent).undelivered_at is None
    assert NOT_THERE["nb"] not in sent.editor.get(sent.at()).text


def test_the_letter_about_her_to_hr_says_nothing_of_her(app) -> None:
    place = desk(app)
    place.editor.post(place.at(), data=sending(VERA))
    post_to(app, Recorder()).work_off()
    vera = world.read_as(browser(app), reader(place))
    vera.post(f"/nb/readings/{reader(place).id}/summary", data={"do": "finish"})
    post_to(app, Recorder(REFUSED)).work_off()
    assert reader(place).undelivered_at is None


def test_what_is_tried_again_is_not_refused_yet(app) -> None:
    place = desk(app)
    place.editor.post(place.at(), data=sending(VERA))
    post_to(app, Recorder(ConnectionRefusedError())).work_off()
    assert reader(place).undelivered_at is None


def test_owners_see_it_of_those_they_invited_and_invite_anew(place) -> None:
    for _ in range(2):
        place.owner.post(place.address("/people"), data={"email": "ny@example.no", "role": "editor"})
        assert NOT_THERE["nb"] not in place.owner.get(place.address("/people")).text
        post_to(place.app, Recorder(REFUSED)).work_off()
        assert NOT_THERE["nb"] in place.owner.get(place.address("/people")).text
    assert NOT_THERE["nb"] not in place.editor.get(place.address("/people")).text


def test_an_invitation_to_become_a_member_ends_after_thirty_days(place) -> None:
    place.owner.post(place.address("/people"), data={"email": "ny@example.no", "role": "editor"})
    assert "Lenken virker i 30 dager" in letters(place.app)[-1][1].text
    with place.app.app_context():
        nina = world.person("ny@example.no", "Nina")
        db.session.commit()
    client = world.sign_in(browser(place.app), nina)
    assert "Invitasjonen går ut" in place.owner.get(place.address("/people")).text
    with time_machine.travel(now() + EXPECTED_FOR - timedelta(hours=1)):
        world.sign_in(client, nina)
        assert "Fjordheimen" in client.get("/nb/workplaces").text
    with time_machine.travel(now() + EXPECTED_FOR + timedelta(hours=1)):
        for who in (client, place.owner):
            with place.app.app_context():
                person = db.session.get(Person, nina.id if who is client else place.people["owner"].id)
            world.sign_in(who, person)
        assert "Fjordheimen" not in client.get("/nb/workplaces").text
        assert client.post(place.address("/accept")).status_code == 404
        assert "ny@example.no" not in place.owner.get(place.address("/people")).text
        tidy(place.app)
    with place.app.app_context():
        assert db.session.execute(db.text("SELECT count(*) FROM expected")).scalar() == 0
