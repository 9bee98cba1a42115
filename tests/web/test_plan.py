"""The plan of a policy: its page, its calendar as a file, and the secret address at which calendar programs fetch it."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from html import unescape

import icalendar
import openpyxl
import pytest
from sqlalchemy import select

from app.documents.measure_sheet import write_sheet
from app.documents.measures import MeasureLine
from app.models.audit_log import Event
from app.models.calendar_feeds import CalendarFeed
from app.models.comments import Comment
from app.models.db import db
from app.models.measures import MOST, Measure
from app.models.policy import Policy
from app.models.workplaces import Workplace
from tests import world
from tests.deciding import Scene, scene


@pytest.fixture
def play(app) -> Scene:
    return scene(app)


@pytest.fixture
def program(app):
    """A calendar program: it takes no cookies."""
    return app.test_client(use_cookies=False)


def make(play: Scene, **typed: str) -> str:
    """The path of a new address."""
    page = play.owner.post(play.address("plan/feed"), data={"make": "yes", **typed}).text
    return re.search(r'value="http://localhost(/calendar/[\w-]{43}\.ics)"', page)[1]


def test_the_plan_is_there_from_the_start_and_its_calendar_from_the_day_in_force(play, program) -> None:
    page = play.reader.get(play.address("plan/")).text
    assert "Slik er planen i utkastet" in page
    assert "calendar.ics" not in page
    assert play.reader.get(play.address("plan/calendar.ics")).status_code == 302
    assert play.owner.post(play.address("plan/feed"), data={"make": "yes"}).status_code == 303, "nothing is in force"
    play.until("in_force")
    page = play.reader.get(play.address("plan/")).text
    assert "Policyen er i kraft" in page
    assert "Det er eierne som lager adressen" in page
    assert play.address("plan/") in play.reader.get(play.address("status")).text
    file = play.reader.get(play.address("plan/calendar.ics"))
    assert "rshjul - Solbakken" in file.headers["Content-Disposition"]
    assert file.mimetype == "text/calendar"
    assert program.get(make(play)).data == file.data


def test_the_address_is_shown_once_and_its_hash_alone_is_kept(app, play, program) -> None:
    play.until("in_force")
    address = make(play)
    answer = program.get(address)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = program.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    key = address.removeprefix("/calendar/").removesuffix(".ics")
    assert key not in play.owner.get(play.address("plan/")).text
    with app.app_context():
        assert key not in repr(db.session.execute(select(CalendarFeed.__table__)).all())
    newer = make(play)
    assert program.get(address).status_code == 404, "the one before is good for nothing"
    assert program.get(newer).status_code == 200
    with app.app_context():
        db.session.get_one(Policy, play.id).archived_at = db.session.get_one(Policy, play.id).created_at
        db.session.commit()
    assert program.get(newer).status_code == 404, "what is put away is not shown"
    with app.app_context():
        db.session.get_one(Policy, play.id).archived_at = None
        db.session.commit()
    assert play.owner.post(play.address("plan/feed"), data={"close": "yes"}).status_code == 303
    assert program.get(newer).status_code == 404
    with app.app_context():
        told = [event.what for event in db.session.scalars(select(Event).order_by(Event.id)) if event.what.startswith("feed_")]
    assert told == ["feed_made", "feed_renewed", "feed_closed"]


def test_whoever_may_not_make_the_address_cannot(play) -> None:
    play.until("in_force")
    for who in (play.editor, play.reader):
        assert who.post(play.address("plan/feed"), data={"make": "yes"}).status_code == 403


def test_it_follows_from_version_to_version_and_shows_no_draft(app, play, program) -> None:
    play.until("in_force")
    address = make(play)

    def found() -> dict[str, tuple[str, int]]:
        events = icalendar.Calendar.from_ical(program.get(address).data).walk("VEVENT")
        return {str(one["UID"]).partition("-")[0]: (str(one["STATUS"]), int(one["SEQUENCE"])) for one in events}

    before = found()
    assert before["safety_round"] == ("CONFIRMED", 1)
    play.reopen()
    with app.app_context():
        db.session.get_one(Policy, play.id).answer({"wheel": {"own_1": {"label": "Kanari", "time": "jun", "who": "hr"}}})
        db.session.commit()
    assert found() == before, "a draft is nobody's plan"
    play.until("in_force")
    after = found()
    assert after["safety_round"] == ("CANCELLED", 2)
    assert after["own_1"] == ("CONFIRMED", 2)
    assert before.keys() < after.keys()


# ── measures ──


def listed(play: Scene, show: str = "all") -> str:
    return play.owner.get(play.address(f"plan/measures?show={show}")).text


def measures(app) -> list[Measure]:
    with app.app_context():
        found = list(db.session.scalars(select(Measure).order_by(Measure.made_at, Measure.id)))
        db.session.expunge_all()
        return found


def test_a_measure_from_the_first_to_the_last(app, play) -> None:
    answer = play.editor.post(play.address("plan/measures"), data={"what": " ", "who": "Kari Navnesen", "due_on": "32.1.2027"})
    assert answer.status_code == 422
    assert "Kari Navnesen" in answer.text
    typed = {"what": "Øve på samtalen", "who": "HR", "due_on": "1.3.2020"}
    assert play.editor.post(play.address("plan/measures"), data=typed).status_code == 303
    (made,) = measures(app)
    assert "Øve på samtalen" in listed(play, "overdue")
    assert play.reader.post(play.address(f"plan/measures/{made.id}/done")).status_code == 403
    play.editor.post(play.address(f"plan/measures/{made.id}/done"), data={"done": "yes"})
    assert "Øve på samtalen" not in listed(play, "open")
    assert "Øve på samtalen" in listed(play, "done")
    play.editor.post(play.address(f"plan/measures/{made.id}/done"), data={"undo": "yes"})
    page = play.owner.get(play.address(f"plan/measures/{made.id}")).text
    mark = re.search(r'name="mark" value="([^"]*)"', page)[1]
    both = [play.owner.post(play.address(f"plan/measures/{made.id}"), data=typed | {"what": words, "mark": mark}) for words in ("En", "To")]
    assert [one.status_code for one in both] == [303, 409], "a colleague's words are not lost"
    assert "En" in both[1].text
    assert "To" in both[1].text
    mark = re.search(r'name="mark" value="([^"]*)"', both[1].text)[1]
    assert play.owner.post(play.address(f"plan/measures/{made.id}"), data=typed | {"what": "To", "mark": mark}).status_code == 303
    assert play.owner.post(play.address(f"plan/measures/{made.id}"), data={"delete": "yes"}).status_code == 303
    assert measures(app) == []


def test_what_is_written_elsewhere_is_taken_in_with_one_click_and_once(app, play) -> None:
    with app.app_context():
        policy = db.session.get_one(Policy, play.id)
        situation = policy.draft().standing.values["situations"][0]
        policy.answer({"risk": {situation: {"measure": "Ikke øl på byggeplassen", "who": "Driftsleder", "time": "1.3.2027"}}, "review_date": ""})
        review = world.review(policy)
        reader = world.reviewer(review, name="Kanari Fugl")
        for outcome in ("noted", "not_taken_in"):
            comment = Comment.write(reader, "purpose", "proposal", f"Forslag {outcome}")
            comment.sent_at = comment.created_at
            comment.answer_with(outcome, "Ja", "", None)
        db.session.commit()
    page = listed(play)
    assert "Ikke øl på byggeplassen" in page
    assert "Forslag noted" in page
    assert "Forslag not_taken_in" not in page
    assert "Kanari Fugl" not in page
    names = re.findall(r'name="taken" value="([^"]+)"', page)
    assert {name.partition(":")[0] for name in names} == {"risk", "finding", "proposal"}
    for _ in range(2):
        assert play.owner.post(play.address("plan/measures/take"), data={"taken": [*names, "risk:forged"]}).status_code == 303
    found = measures(app)
    assert len(found) == len(names)
    risk = next(one for one in found if one.origin == "risk")
    assert (risk.who, risk.due_on) == ("Driftsleder", date(2027, 3, 1))
    assert 'name="taken"' not in listed(play)


def test_a_spreadsheet_shows_what_it_changes_before_it_does(app, play) -> None:
    play.owner.post(play.address("plan/measures"), data={"what": "=1+1", "who": "HR"})
    data = play.owner.get(play.address("plan/measures.xlsx")).data
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.active["B2"] = "Verneombudet"
    book.active.append(["Nytt <b>", None, "1.1.2030"])
    book.active.append([None, "Ingen"])
    changed = io.BytesIO()
    book.save(changed)
    sent = {"file": (io.BytesIO(changed.getvalue()), "t.xlsx")}
    page = play.owner.post(play.address("plan/measures/sheet"), data=sent, content_type="multipart/form-data").text
    for words in ("<del>HR</del> <ins>Verneombudet</ins>", "Nytt &lt;b&gt;", "Linje 4 blir ikke med"):
        assert words in page, words
    assert [one.who for one in measures(app)] == ["HR"], "nothing is stored before"
    rows = unescape(re.search(r'name="rows" value="([^"]*)"', page)[1])
    assert play.owner.post(play.address("plan/measures/sheet"), data={"rows": rows}).status_code == 303
    assert {(one.what, one.who) for one in measures(app)} == {("=1+1", "Verneombudet"), ("Nytt <b>", "")}
    for nonsense in ("[[1]]", "{}", "[", '[["x", "", "", "", ""]]'):
        assert play.owner.post(play.address("plan/measures/sheet"), data={"rows": nonsense}).status_code == 303
    assert len(measures(app)) == 2
    for sent in ({}, {"file": (io.BytesIO(b"no"), "t.xlsx")}):
        assert play.owner.post(play.address("plan/measures/sheet"), data=sent, content_type="multipart/form-data").status_code == 422
    assert play.reader.get(play.address("plan/measures.docx")).data[:2] == b"PK"


def test_a_spreadsheet_is_never_cut(app, play) -> None:
    def send(*lines: MeasureLine):
        given = {"file": (io.BytesIO(write_sheet(lines, "nb")), "t.xlsx")}
        return play.owner.post(play.address("plan/measures/sheet"), data=given, content_type="multipart/form-data")

    page = send(
        MeasureLine("", "a" * 501, "", None, None), MeasureLine("", "Kort", "b" * 121, None, None), MeasureLine("", "c" * 500, "d" * 120, None, None)
    )
    assert page.text.count("Linjen er for lang") == 2
    rows = unescape(re.search(r'name="rows" value="([^"]*)"', page.text)[1])
    assert [row[1] for row in json.loads(rows)] == ["c" * 500]
    play.owner.post(play.address("plan/measures/sheet"), data={"rows": json.dumps([["", "e" * 501, "", "", ""]])})
    assert measures(app) == []
    many = [MeasureLine("", f"Tiltak {n}", "", None, None) for n in range(MOST + 1)]
    refused = send(*many)
    assert refused.status_code == 422
    assert f"flere enn {MOST} tiltak" in refused.text
    assert send(*many[1:]).status_code == 200


def test_a_measure_belongs_to_its_policy(app, play) -> None:
    play.owner.post(play.address("plan/measures"), data={"what": "Vårt"})
    (made,) = measures(app)
    with app.app_context():
        other = world.kept(db.session.get_one(Workplace, play.workplace_id), {}).id
        db.session.commit()
    for rest in ("", "/done"):
        assert play.owner.post(f"/nb/policies/{other}/plan/measures/{made.id}{rest}", data={"delete": "yes"}).status_code == 404
    rows = json.dumps([[made.id, "Deres", "", "", ""]])
    play.owner.post(f"/nb/policies/{other}/plan/measures/sheet", data={"rows": rows})
    assert sorted(one.what for one in measures(app)) == ["Deres", "Vårt"], "another one, for the other policy"
