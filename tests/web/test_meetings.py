"""The meetings about a policy are one list: entered in the wizard or beside the review, read by policy, record, case paper and status alike."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

import flask_migrate
import pytest
import time_machine
from sqlalchemy import text

from app.clock import OSLO
from app.documents import assemble
from app.documents.render import plain
from app.models.db import db
from app.models.policy import Policy
from app.pack.text import LANGUAGES
from app.services.reviews.meetings import Held, kinds, listed, meetings_of, write
from app.services.reviews.record import record_of
from app.ui_texts import say
from tests.deciding import ANSWERS, scene
from tests.web.hr import Desk, desk, within

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=OSLO)
MEETING = {"held_on": "1.11.2026", "kind": "amu", "present": "AMU, HMS-leder", "said": "Enige om <alt>"}
PAGE = "anchor/decision"


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def place(app: Any, clock: Any) -> Desk:
    return desk(app, {**ANSWERS, "consulted": []})


def rows(place: Any) -> list[Held]:
    with within(place.app) as session:
        return listed(session.get(Policy, place.id))


def wizard(place: Any) -> str:
    return f"/nb/policies/{place.id}/{PAGE}"


def wizard_form(page: str) -> dict[str, Any]:
    """What a browser would send of the page as it stands."""
    fields = dict(re.findall(r'<input class="ds-input[^"]*" type="text" id="[^"]*" name="([^"]+)" value="([^"]*)"', page))
    fields |= dict(re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n([^<]*)</textarea>', page))
    chosen = re.findall(r'<select [^>]*name="([^"]+)".*?<option value="([^"]*)" selected', page, re.DOTALL)
    hidden = dict(re.findall(r'<input type="hidden" name="(fingerprint|form)" value="([^"]*)"', page))
    return {**fields, **dict(chosen), **hidden, "asked": ["consulted"]}


def test_a_meeting_entered_beside_the_review_stands_in_the_wizard_the_policy_and_the_record(place) -> None:
    assert [place.editor.post(place.at("meetings"), data=MEETING).status_code for _ in range(2)] == [303, 303], "the same form twice is one"
    assert rows(place) == [Held(date(2026, 11, 1), "amu", "AMU, HMS-leder", "Enige om <alt>")]
    page = place.editor.get(wizard(place)).text
    assert ">\nAMU, HMS-leder</textarea>" in page
    assert "Enige om &lt;alt&gt;" in page
    with within(place.app) as session:
        policy = session.get(Policy, place.id)
        told = plain.draw(assemble.policy(policy.draft("nb")))
        assert [(m.on, m.kind) for m in record_of(policy).meetings] == [(date(2026, 11, 1), "amu")]
    assert "AMU, HMS-leder | " in told
    assert "Enige om" not in told, "what was said stands in the record alone"
    assert "Enige om &lt;alt&gt;" in place.reader.get(place.at("record")).text


def test_a_meeting_entered_in_the_wizard_stands_beside_the_review(place) -> None:
    form = wizard_form(place.editor.get(wizard(place)).text)
    typed = {
        "consulted-0-who": "Verneombudet",
        "consulted-0-how": "all_staff",
        "consulted-0-date": "20.11.2026",
        "consulted-0-said": "Linje 1\nLinje 2",
    }
    assert place.editor.post(wizard(place), data={**form, **typed}).status_code == 303
    assert rows(place) == [Held(date(2026, 11, 20), "all_staff", "Verneombudet", "Linje 1\nLinje 2")]
    for language in LANGUAGES:
        page = place.reader.get(place.at("meetings", language)).text
        assert next(one for one in kinds() if one.id == "all_staff").label.in_(language) in page
    status = place.reader.get(f"/nb/policies/{place.id}/status").text
    assert say("status_stop_participation", "nb") not in status


def test_what_one_page_saves_the_other_is_told_of(place) -> None:
    old = wizard_form(place.editor.get(wizard(place)).text)
    place.owner.post(place.at("meetings"), data=MEETING)
    mine = {**old, "consulted-0-who": "Verneombudet", "consulted-0-how": "hearing"}
    found = place.editor.post(wizard(place), data=mine)
    assert found.status_code == 409
    assert "AMU, HMS-leder" in found.text
    assert "Verneombudet" in found.text
    assert [held.kind for held in rows(place)] == ["amu"]


def change_form(place: Desk, at: int = 0, **other: str) -> dict[str, str]:
    page = place.editor.get(place.at(f"meetings/{at}")).text
    return {**MEETING, "fingerprint": re.search(r'name="fingerprint" value="(\w+)"', page)[1], **other}


def test_a_meeting_is_changed_and_two_who_change_it_see_both(place) -> None:
    place.editor.post(place.at("meetings"), data=MEETING)
    form = change_form(place)
    assert place.editor.post(place.at("meetings/0"), data={**form, "said": "Hun"}).status_code == 303
    both = place.owner.post(place.at("meetings/0"), data={**form, "said": "Han"})
    assert both.status_code == 409
    assert "Hun" in both.text
    assert "Han" in both.text
    newer = re.search(r'name="fingerprint" value="(\w+)"', both.text)[1]
    assert place.owner.post(place.at("meetings/0"), data={**form, "said": "Begge", "fingerprint": newer}).status_code == 303
    assert "Begge" in place.reader.get(place.at("record")).text


def test_a_meeting_is_known_wherever_it_stands(place) -> None:
    for said in ("Først", "Så"):
        place.editor.post(place.at("meetings"), data={**MEETING, "said": said})
    form = change_form(place, 1, said="Rettet")
    gone = re.search(r'name="fingerprint" value="(\w+)"', place.editor.get(place.at("meetings/0/delete")).text)[1]
    assert place.owner.post(place.at("meetings/0/delete"), data={"fingerprint": gone}).status_code == 303
    assert place.editor.post(place.at("meetings/1"), data=form).status_code == 303
    assert [held.said for held in rows(place)] == ["Rettet"]
    late = place.editor.post(place.at("meetings/5"), data={**form, "said": "For sent"})
    assert late.status_code == 409
    assert "For sent" in late.text
    assert say("review_meeting_gone", "nb") in late.text


def test_a_meeting_that_a_colleague_changed_is_shown_before_it_goes(place) -> None:
    place.editor.post(place.at("meetings"), data=MEETING)
    old = re.search(r'name="fingerprint" value="(\w+)"', place.editor.get(place.at("meetings/0/delete")).text)[1]
    place.owner.post(place.at("meetings/0"), data=change_form(place, said="Endret"))
    found = place.editor.post(place.at("meetings/0/delete"), data={"fingerprint": old})
    assert found.status_code == 409
    assert "Endret" in found.text
    assert len(rows(place)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "wrong", [("held_on", ""), ("held_on", "i går"), ("held_on", "1.1.2199"), ("kind", "party"), ("said", "x" * 5001), ("present", "")]
)
def test_a_meeting_that_cannot_be_read_is_said_and_kept(place, language, wrong) -> None:
    field, words = wrong
    found = place.editor.post(place.at("meetings", language), data={**MEETING, field: words})
    assert found.status_code == 422
    assert f'href="#f-{field}"' in found.text
    assert "Enige om" in found.text or field == "said"


def test_the_list_has_an_end_and_says_so(place) -> None:
    with within(place.app) as session:
        write(session.get(Policy, place.id), [Held(date(2026, 1, 1), "amu", f"Nr. {n}", "") for n in range(40)])
    found = place.editor.post(place.at("meetings"), data=MEETING)
    assert found.status_code == 422
    assert say("review_error_meetings_full", "nb", most=40) in found.text
    assert len(rows(place)) == 40


def test_a_longer_list_than_there_is_room_for_is_not_cut_by_the_wizard(place) -> None:
    with within(place.app) as session:
        write(session.get(Policy, place.id), [Held(date(2026, 1, 1), "amu", f"Nr. {n}", "") for n in range(45)])
    page = place.editor.get(wizard(place)).text
    assert place.editor.post(wizard(place), data=wizard_form(page)).status_code == 303
    assert len(rows(place)) == 45


def test_behind_a_signed_text_the_list_stands(app, clock) -> None:
    place = scene(app).until("ready")
    assert place.owner.post(place.address("review/meetings"), data=MEETING).status_code == 409
    assert len(rows(place)) == 1


def test_a_planned_meeting_is_not_held_yet_and_an_old_round_is_over(app, clock) -> None:
    place = scene(app)
    with within(app) as session:
        policy = session.get(Policy, place.id)
        write(policy, [*listed(policy), Held(date(2026, 12, 20), "discussion", "Klubben", "")])
        assert [held.kind for held in meetings_of(policy)] == ["amu"]
    assert say("review_meeting_planned", "nb") in place.reader.get(place.address("review/meetings")).text
    clock.shift(timedelta(days=25))
    with within(app) as session:
        assert [held.kind for held in meetings_of(session.get(Policy, place.id))] == ["amu", "discussion"]
    place.until("in_force")
    place.reopen()
    with within(app) as session:
        policy = session.get(Policy, place.id)
        assert meetings_of(policy) == []
        assert len(listed(policy)) == 2, "the policy still tells of them"
    assert say("review_meeting_earlier", "nb") in place.reader.get(place.address("review/meetings")).text
    assert say("status_stop_participation", "nb") in place.reader.get(place.address("status")).text
    place.owner.post(place.address("review/meetings"), data={**MEETING, "held_on": "26.12.2026"})
    with within(app) as session:
        assert [held.held_on for held in meetings_of(session.get(Policy, place.id))] == [date(2026, 12, 26)]


# ── what was in two lists before ──


@pytest.fixture
def before(make_app: Any) -> Any:
    """The database as it was, with meetings in both lists."""
    app = make_app(migrated=False)
    with app.app_context():
        flask_migrate.upgrade(revision="0009")
        yield app
        db.session.remove()


def insert(table: str, **values: Any) -> None:
    names = ", ".join(values)
    db.session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + name for name in values)})"), values)


def test_both_lists_become_one(before) -> None:
    typed = [{"who": "AMU", "how": "amu", "date": "2026-11-01"}, {"who": "Alle", "how": "hearing"}]
    insert(
        "policy", id="p", language="nb", answers=json.dumps({"consulted": typed}), edition="1", created_at=NOW, used_at=NOW, minute=NOW,
        saves_in_minute=0, revision=1, unit="", state="draft", round=1,
    )  # fmt: skip
    for id, day, kind, present, said in (
        ("a", 1, "amu", "Leder", "Enige"),
        ("b", 3, "other", "Linje 1\nLinje 2", ""),
        ("c", 2, "all_staff", "", "Mye"),
    ):
        insert("meeting", id=id, policy_id="p", round=1, held_on=date(2026, 11, day), kind=kind, present=present, said=said, created_at=NOW)
    db.session.commit()
    db.session.remove()
    flask_migrate.upgrade()
    policy = db.session.get_one(Policy, "p")
    assert policy.answers["consulted"] == [
        {"who": "AMU; Leder", "how": "amu", "date": "2026-11-01", "said": "Enige"},
        {"who": "Alle", "how": "hearing"},
        {"how": "all_staff", "date": "2026-11-02", "said": "Mye"},
        {"who": "Linje 1 Linje 2", "how": "meeting", "date": "2026-11-03"},
    ]
    assert [held.kind for held in meetings_of(policy)] == ["hearing", "amu", "all_staff", "meeting"]
