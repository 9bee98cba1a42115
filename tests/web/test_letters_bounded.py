"""Nobody can use the workplace's sender to fill a stranger's letter box, or to lead readers elsewhere; nor fill the disk with copies."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from app.clock import now
from app.mail.link_defusing import address_in, harmless, harmless_name
from app.models import workplaces
from app.models.comments import Comment
from app.models.db import db
from app.models.outbox import Letter
from app.models.people import NEW_FOR, Person
from app.models.policy import Policy
from app.workplaces import forms
from tests import world
from tests.conftest import browser
from tests.places import Place
from tests.web.hr import desk, invited, letters, opened, said, sending, within

VERA = ("Vera Lund", "vera@example.no", "verneombud")


def grown(app: Any) -> None:
    """From now on all accounts are old."""
    with within(app) as session:
        for person in session.scalars(select(Person)):
            person.created_at = now() - NEW_FOR


def count(app: Any, model: type) -> int:
    with app.app_context():
        return len(db.session.scalars(select(model)).all())


def invite(place: Place, email: str, who: Any = None) -> Any:
    return (who or place.owner).post(place.address("/people"), data={"email": email, "role": "editor"})


def test_one_account_may_write_so_many_letters_whatever_browser_it_sits_in(make_app) -> None:
    place = Place(make_app(letters_per_hour=3))
    with time_machine.travel(now().replace(minute=1)):
        assert [invite(place, f"n{n}@example.no").status_code for n in range(4)] == [303, 303, 303, 429]
        assert count(place.app, Letter) == 3
        again = world.sign_in(browser(place.app), place.people["owner"])
        refused = invite(place, "ny@example.no", again)
        assert refused.status_code == 429
        assert "inviter" in refused.text.lower()
        assert 'name="email"' in refused.text, "what was typed can be sent again"
    with time_machine.travel(now() + timedelta(hours=1)):
        assert invite(place, "ny@example.no").status_code == 303


def test_what_is_refused_for_a_slip_of_the_pen_is_not_counted(make_app) -> None:
    place = desk(make_app(letters_per_hour=1))
    for _ in range(5):
        assert place.editor.post(place.at(), data=sending(VERA, answer_by="")).status_code == 422
    assert place.editor.post(place.at(), data=sending(VERA)).status_code == 303


def test_too_many_readers_at_once_are_refused_whole_and_nothing_typed_is_lost(make_app) -> None:
    place = desk(make_app(letters_per_hour=2))
    others = [("Per", "per@example.no", "bht"), ("Siv", "siv@example.no", "bht")]
    answer = place.editor.post(place.at(), data=sending(VERA, *others, greeting="Hei alle"))
    assert answer.status_code == 429
    assert "Hei alle" in answer.text
    assert "siv@example.no" in answer.text
    assert letters(place.app) == []


def test_a_new_account_writes_little_in_its_first_week(make_app) -> None:
    place = Place(make_app(letters_of_a_new_account=2))
    with time_machine.travel(now().replace(hour=22)):
        assert [invite(place, f"n{n}@example.no").status_code for n in range(3)] == [303, 303, 429]
    with time_machine.travel(now().replace(hour=23)):
        assert "Kontoen din er ny" in invite(place, "n3@example.no").text
        grown(place.app)
        assert invite(place, "n3@example.no").status_code == 303


def test_nobody_gets_letter_upon_letter_from_one_workplace(make_app) -> None:
    app = make_app(letters_per_recipient=3)
    place = Place(app)
    with time_machine.travel(now().replace(minute=1)):
        told = [invite(place, "Offer@example.no") for _ in range(4)]
        assert [answer.status_code for answer in told] == [303, 303, 303, 429]
        assert "offer@example.no" in told[-1].text
        assert invite(place, "en.annen@example.no").status_code == 303
        others = [Place(app, f"Sted {n}", str(n)) for n in range(5)]
        told = [invite(other, "offer@example.no").status_code for other in others for _ in range(3)]
        assert told == [303] * 6 + [429] * 9, "three times as many from all workplaces together"


def test_telling_readers_again_and_again_is_bounded(make_app) -> None:
    place = desk(make_app(letters_per_recipient=3))
    opened(place)
    vera = invited(place)
    comment = said(place, vera)
    found = []
    for n in range(6):
        with within(place.app) as session:
            revision = session.get(Comment, comment).revision
        place.editor.post(place.at(f"comments/{comment}"), data={"outcome": "not_taken_in", "answer": f"Nei {n}", "revision": str(revision)})
        found.append(place.editor.post(place.at("comments/tell")).status_code)
    assert found == [303] * 3 + [429] * 3
    assert len(letters(place.app)) == 3


LEADING = [
    "Se https://evil.example/x", "http://1.2.3.4", "se WWW.evil.no", "logg inn på evil.no", "evil.no/innlogging", "bankid-evil.com", "EVIL.NO",
    "sjekk evil。no nå", "a.b.evil.co.uk", "hxxps://evil", "åpne blåbær.no", "Evil.No/x", "les dette:evil.info",
]  # fmt: skip
FINE = [
    "Hei! Si fra, f.eks. om kap. 3, bl.a. punkt 2.1, innen 12.11.2026 kl. 10.30.", "Spør meg på kari.nordmann@firma.no.", "Dag.Vi trenger svar.",
    "m.m. osv. d.v.s. t.o.m. 1.2.3 og/eller", "Hva mener du ... egentlig?", "",
]  # fmt: skip


@pytest.mark.parametrize("words", LEADING)
def test_a_greeting_leads_nowhere(words) -> None:
    assert address_in(words)
    assert not re.search(r"(://|www[.]|[.。])\w", harmless(words), re.IGNORECASE)


@pytest.mark.parametrize("words", FINE)
def test_a_greeting_without_addresses_is_left_alone(words) -> None:
    assert address_in(words) == ""


def test_names_are_harmless_and_a_workplace_may_be_called_finn_no() -> None:
    assert harmless_name("Finn.no AS") == "Finn.no AS"
    assert "https://evil" not in harmless_name("Logg inn: https://evil.no/x")
    assert "www.evil" not in harmless_name("www.evil.no")


@pytest.mark.parametrize("words", LEADING[:6])
def test_the_form_says_so_and_keeps_the_words(app, words) -> None:
    at = desk(app)
    answer = at.editor.post(at.at(), data=sending(VERA, greeting=words))
    assert answer.status_code == 422
    assert 'id="error-greeting"' in answer.text
    assert words in answer.text
    assert letters(app) == []


def test_workplaces_and_policies_are_so_many(place, monkeypatch) -> None:
    monkeypatch.setattr(forms, "MOST_OWNED", 2)
    monkeypatch.setattr(workplaces, "MOST_POLICIES", 3)
    made = [place.owner.post("/nb/workplaces", data={"name": f"Sted {n}"}) for n in range(2)]
    assert [answer.status_code for answer in made] == [303, 422]
    assert "Sted 1" in made[1].text
    new = [place.owner.post(place.address("/new"), data={"unit": f"Avdeling {n}", "example": ""}) for n in range(3)]
    assert [answer.status_code for answer in new] == [303, 303, 422]
    copied = place.owner.post(place.of_policy("/manage"), data={"do": "copy", "copy": "Kopi"})
    assert copied.status_code == 422
    assert count(place.app, Policy) == 3


def test_copies_of_a_logo_do_not_fill_the_disk(place, monkeypatch) -> None:
    monkeypatch.setattr(workplaces, "MOST_LOGOS", 3000)
    with within(place.app) as session:
        session.get(Policy, place.policy).show_logo(b"x" * 1000, "image/png")
    told = [place.owner.post(place.of_policy("/manage"), data={"do": "copy", "copy": f"Kopi {n}"}).status_code for n in range(4)]
    assert told == [303, 303, 422, 422]


def test_whoever_makes_very_much_in_an_hour_waits(place) -> None:
    with time_machine.travel(now().replace(minute=1), tick=False):
        told = [place.owner.post(place.address("/new"), data={"unit": f"Avdeling {n}", "example": ""}).status_code for n in range(61)]
        assert told == [303] * 60 + [429]
        assert place.editor.post(place.address("/new"), data={"unit": "En annen", "example": ""}).status_code == 303
