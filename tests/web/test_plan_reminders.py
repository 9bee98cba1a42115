"""Reminders of the plan: what is told to whom, once; at most one letter a week; and turned off by one press."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from app.clock import OSLO
from app.mail.encryption import Contents
from app.mail.transports import SmtpTransport, message
from app.models.db import db
from app.models.measures import Measure
from app.models.people import Person
from app.models.policy import Policy
from app.models.reminding import APART, Reminding
from app.models.versions import Version
from app.services.plan import reminders
from tests import world
from tests.conftest import browser
from tests.deciding import ANSWERS
from tests.mailing import Mailbox, post_to, serving
from tests.web.hr import letters
from tests.web.test_start_up import free_port

ORIGIN = "https://rusoff.example.no"
REVIEW = date(2027, 6, 30)  # a Wednesday
OWNER = "eier@example.no"


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)


@pytest.fixture
def place(app) -> dict[str, str]:
    """A policy in force with two owners, one of whom has nothing on; its ids."""
    app.config["PUBLIC_URL"] = ORIGIN
    with app.app_context():
        owner = world.person(OWNER, "Kari")
        workplace = world.workplace(owner, "Solbakken\r\nBcc: x@example.no")
        world.member(workplace, "editor", "red@example.no")
        policy = world.kept(workplace, {**ANSWERS, "review_date": REVIEW.isoformat(), "wheel": {}}, state="in_force")
        version = world.version(policy, "in_force")
        version.in_force_on = date(2026, 1, 1)
        ids = {"owner": owner.id, "policy": policy.id, "workplace": workplace.id, "version": version.id}
        db.session.commit()
    yield ids
    app.config["PUBLIC_URL"] = ""


def told(app, day: date, hour: int = 9) -> str:
    """The letter that goes out at this time; empty when none does."""
    before = len(letters(app))
    with time_machine.travel(at(day, hour), tick=False), app.app_context():
        many = reminders.remind(at(day, hour))
    found = letters(app)[before:]
    assert many == len(found)
    return found[0][1].text if found else ""


def add(app, ids: dict[str, str], what: str, due: date | None) -> str:
    with app.app_context():
        made = Measure.add(ids["policy"], what, "HR", due)
        db.session.commit()
        return made.id


def test_the_revision_is_told_of_at_60_30_and_7_days_and_when_it_is_past(app, place) -> None:
    days = [REVIEW - timedelta(days=n) for n in range(75, -20, -1)]
    heard = {(REVIEW - day).days: text for day in days if (text := told(app, day))}
    assert list(heard) == [58, 30, 7, -1], "once each, on the first weekday: 60 days before is a Saturday"
    assert "skal revideres 30. juni 2027" in heard[58]
    assert "skulle vært revidert 30. juni 2027" in heard[-1]
    assert f"{ORIGIN}/nb/policies/{place['policy']}/plan/" in heard[58]


def test_a_letter_says_all_that_is_new_and_a_week_passes_before_the_next(app, place) -> None:
    start = date(2026, 3, 2)  # a Monday
    first, last = add(app, place, "Øve\r\npå samtalen", start + timedelta(days=7)), add(app, place, "Gammelt", start - timedelta(days=1))
    add(app, place, "Langt fram", start + timedelta(days=8))
    text = told(app, start)
    assert "- Skal være gjort innen 9. mars 2026: Øve på samtalen (HR)" in text
    assert "- Skulle vært gjort 1. mars 2026: Gammelt (HR)" in text
    assert "Langt fram" not in text
    assert re.search(r"^Solbakken Bcc", text, re.MULTILINE), "what somebody typed is one line"
    assert [told(app, start + timedelta(days=n)) for n in range(1, 7)] == [""] * 6, "at most one a week"
    with app.app_context():
        db.session.get_one(Measure, last).done_on = start
        db.session.commit()
    text = told(app, start + timedelta(days=7))
    assert "Langt fram" in text
    assert "Øve" not in text, "told already"
    assert "Gammelt" not in text, "done"
    with app.app_context():
        keys = Reminding.of(place["owner"]).told
        assert any(first in key for key in keys)
        assert not any(last in key for key in keys), "what does not hold any more is forgotten"


def test_the_party_season_is_told_of_a_month_before_where_the_wheel_says_so(app, place) -> None:
    assert told(app, date(2026, 10, 5)) == ""
    with app.app_context():
        policy = db.session.get_one(Policy, place["policy"])
        policy.answer({"wheel": {"pre_event": {"time": "before_event", "who": "leader"}}})
        db.session.get_one(Version, place["version"]).state = "replaced"
        db.session.flush()
        version = world.version(policy, "in_force")
        version.in_force_on = date(2026, 2, 1)
        db.session.commit()
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(90)]
    heard = [day for day in days if "Julebordet" in told(app, day)]
    assert heard == [date(2026, 10, 5)], "the first weekday within 30 days of 2 November"


@pytest.mark.parametrize(
    ("day", "hour", "change"),
    [
        (date(2026, 3, 7), 9, "nothing"),  # a Saturday
        (date(2026, 3, 2), 6, "nothing"),  # at night
        (date(2026, 3, 2), 9, "no address"),
        (date(2026, 3, 2), 9, "archived"),
        (date(2026, 3, 2), 9, "off"),
    ],
)
def test_when_nobody_is_written_to(app, place, day, hour, change) -> None:
    add(app, place, "Øve", date(2026, 3, 1))
    with app.app_context():
        if change == "archived":
            db.session.get_one(Policy, place["policy"]).archived_at = at(date(2026, 1, 1))
        if change == "off":
            Reminding.of(place["owner"]).turn(["measures", "nonsense"], off=True)
        db.session.commit()
    if change == "no address":
        app.config["PUBLIC_URL"] = ""
    assert told(app, day, hour) == ""


def test_two_processes_write_one_letter(app, place) -> None:
    with app.app_context():
        Reminding.of(place["owner"])
        db.session.commit()
        when = at(date(2026, 3, 2))
        assert [Reminding.claim(place["owner"], when) for _ in range(2)] == [True, False]
        assert Reminding.claim(place["owner"], when + APART)
        db.session.rollback()


# ── turning them off ──


def address(app, ids: dict[str, str]) -> str:
    with app.app_context():
        return reminders.choose_address("", "nb", ids["owner"])


def test_the_button_of_a_mail_program_needs_no_cookie_and_turns_all_off(app, place) -> None:
    program = FlaskClient(app, use_cookies=False)
    sent = program.post(address(app, place), data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example.com"})
    assert sent.status_code == 200
    assert "Set-Cookie" not in sent.headers
    with app.app_context():
        assert Reminding.of(place["owner"]).off == ["measures", "review", "season"]
    assert program.get(address(app, place)).status_code == 200, "to look turns nothing off or on"
    for wrong in (address(app, place) + "x", address(app, place)[:-3], "/nb/reminders/x.y"):
        assert program.post(wrong, data={"List-Unsubscribe": "One-Click"}).status_code == 404


def test_each_kind_is_turned_off_and_on_by_itself(app, place) -> None:
    visitor = browser(app)
    page = visitor.get(address(app, place)).text
    assert page.count("Slå av") == 3
    assert OWNER not in page
    visitor.post(address(app, place), data={"off": "season"})
    assert visitor.get(address(app, place)).text.count("Slå på") == 1
    visitor.post(address(app, place), data={"on": "season", "off": "nonsense"})
    with app.app_context():
        assert Reminding.of(place["owner"]).off == []


def test_the_page_of_the_plan_shows_who_is_reminded_of_what(app, place) -> None:
    with app.app_context():
        Reminding.of(place["owner"]).turn(["season"], off=True)
        db.session.commit()
        people = [Person.with_email(email) for email in (OWNER, "red@example.no")]
        db.session.expunge_all()
        db.session.rollback()
    visitors = [world.sign_in(browser(app), who) for who in people]
    app.config["PUBLIC_URL"] = ORIGIN
    pages = [visitor.get(f"/nb/policies/{place['policy']}/plan/").text for visitor in visitors]
    for page in pages:
        assert re.search(r"<dt>Kari</dt><dd>Revisjonen, *Tiltakene</dd>", page)
        assert OWNER not in page
    assert [address(app, place) in page for page in pages] == [True, False], "each has the way to their own choice alone"


# ── the letter as it leaves ──


def test_a_long_address_stays_one_line_as_bytes(app, place) -> None:
    link = f"{ORIGIN}/{'x' * 200}"
    contents = Contents(OWNER, "Det neste i planen for rusmiddelpolicyen på Ås", "Æ\n", link)
    raw = message("a" * 26, contents, "nb", "RusOff <rusoff@example.no>", at(date(2026, 3, 2))).as_bytes()
    assert f"List-Unsubscribe: <{link}>\r\n".encode() in raw
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert message_from_bytes(raw, policy=SMTP)["Subject"] == contents.subject
    plain = message("a" * 26, contents._replace(unsubscribe=""), "nb", "RusOff <rusoff@example.no>", at(date(2026, 3, 2))).as_bytes()
    assert b"List-Unsubscribe" not in plain


def test_a_real_mail_server_gets_a_letter_whose_link_turns_it_off(app, place) -> None:
    add(app, place, "Øve", date(2026, 3, 1))
    with time_machine.travel(at(date(2026, 3, 2)), tick=False), app.app_context():
        assert reminders.remind(at(date(2026, 3, 2))) == 1
    mailbox, port = Mailbox(), free_port()
    with serving(mailbox, port):
        assert post_to(app, SmtpTransport.at(f"smtp://127.0.0.1:{port}")).work_off() == 1
    (got,) = mailbox.got
    raw: Any = got.envelope.original_content
    link = re.search(rb"\r\nList-Unsubscribe: <https://rusoff\.example\.no(/nb/reminders/[\w.-]+)>\r\n", raw)[1].decode()
    assert len(link) > 50
    assert FlaskClient(app, use_cookies=False).post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert link in got.get_content(), "the same way for whoever's mail program has no button"
