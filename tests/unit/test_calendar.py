"""The calendar of the plan: what each calendar program would read of it, and the traps that libraries have for whoever writes one."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from dateutil.rrule import rrulestr

from app.documents.calendar import Edition, calendar
from app.documents.draft import Draft
from app.documents.yearly import YearlyTask, first_monday, next_day, wheel_of, yearly_tasks
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.plan.view_models import year_of

PACK = the_pack()
ANSWERS = json.loads((Path(__file__).parents[2] / "examples" / "building_firm.json").read_text("utf-8"))["answers"]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ID = "a" * 26
SINCE, AT = date(2024, 2, 29), datetime(2026, 11, 30, 12, tzinfo=UTC)
EARLIER = date(2022, 6, 1)


def edition(wheel: dict[str, Any] | None = None, number: int = 1, since: date = SINCE, review: str = "2026-02-28", language: str = "nb") -> Edition:
    answers = {**ANSWERS, "review_date": review, "wheel": wheel if wheel is not None else {"safety_round": {"time": "feb", "who": "hr"}}}
    return Edition(number, language, since, AT, Draft(PACK, answers, language))


def events(*editions: Edition) -> dict[str, Any]:
    """What icalendar reads, by the id of the event within the policy."""
    read = icalendar.Calendar.from_ical(calendar(ID, "Bedre & Drift; AS", editions, "https://rusoff.example.no/nb/plan"))
    return {str(one["UID"]).removesuffix(f"-{ID}@rusoff"): one for one in read.walk("VEVENT")}


def days_by_icalendar(raw: bytes) -> set[tuple[str, date]]:
    found = set()
    for one in icalendar.Calendar.from_ical(raw).walk("VEVENT"):
        start, rule = one["DTSTART"].dt, one.get("RRULE")
        times = rrulestr(rule.to_ical().decode(), dtstart=datetime.combine(start, time())).between(*THREE_YEARS, inc=True) if rule else ()
        found |= {(str(one["UID"]), at.date()) for at in times} if rule else {(str(one["UID"]), start)}
    return found


def days_by_vobject(raw: bytes) -> set[tuple[str, date]]:
    found = set()
    for one in vobject.readOne(raw.decode()).vevent_list:
        start = one.dtstart.value
        times = one.getrruleset(addRDate=True)
        found |= {(one.uid.value, at.date()) for at in times.between(*THREE_YEARS, inc=True)} if times else {(one.uid.value, start)}
    return found


THREE_YEARS = (datetime(2024, 3, 1), datetime(2027, 2, 28))  # noqa: DTZ001 (days, not moments)


def test_two_readers_find_the_same_days_and_they_are_ours() -> None:
    one = edition({f"own_{at}": {"label": f"Nr. {at}", "time": month, "who": "hr"} for at, month in enumerate(("jan", "feb", "dec"), start=1)})
    raw = calendar(ID, "Bedre Drift", [one])
    found = days_by_icalendar(raw)
    assert found == days_by_vobject(raw)
    ours = {(f"own_{at}-{ID}@rusoff", first_monday(year, month)) for at, month in ((1, 1), (2, 2), (3, 12)) for year in range(2024, 2028)}
    assert {(id, day) for id, day in found if "review" not in id} == {one for one in ours if date(2024, 3, 1) <= one[1] <= date(2027, 2, 28)}


@pytest.mark.parametrize("month", MONTHS)
def test_a_yearly_event_is_there_every_year_whatever_the_month_and_the_leap_day(month: str) -> None:
    event = events(edition({"safety_round": {"time": month, "who": "hr"}}))["safety_round"]
    start = event["DTSTART"].dt
    assert type(start) is date
    assert start >= SINCE
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=datetime.combine(start, time()))
    years = [at.year for at in rule.between(datetime(2024, 1, 1), datetime(2040, 1, 1))]  # noqa: DTZ001
    assert years == list(range(start.year, 2040))
    assert next(iter(rule)).date() == start, "a first day that the rule does not have is twice in some readers"


def test_the_lines_as_they_must_be_written() -> None:
    raw = calendar(ID, "Bedre & Drift; AS", [edition()], "https://rusoff.example.no/nb/plan")
    lines = raw.replace(b"\r\n ", b"").split(b"\r\n")
    for line in (
        b"REFRESH-INTERVAL;VALUE=DURATION:P1D",
        b"X-PUBLISHED-TTL:P1D",
        b"METHOD:PUBLISH",
        b"DTSTART;VALUE=DATE:20250203",
        b"DTEND;VALUE=DATE:20250204",
        b"RRULE:FREQ=YEARLY;BYDAY=1MO;BYMONTH=2",
        b"DTSTART;VALUE=DATE:20260228",
        b"DTEND;VALUE=DATE:20260301",
        b"TRIGGER:-P6DT15H",
        b"TRIGGER:-P29DT15H",
        b"TRANSP:TRANSPARENT",
        b"NAME:Rusmiddelpolicy \xe2\x80\x93 Bedre & Drift\\; AS",
        b"X-WR-CALNAME:Rusmiddelpolicy \xe2\x80\x93 Bedre & Drift\\; AS",
    ):
        assert line in lines, line
    assert b"VTIMEZONE" not in raw
    assert not [line for line in lines if line.startswith(b"DT") and b"VALUE=DATE" not in line and not line.startswith(b"DTSTAMP")], "an hour"
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw == calendar(ID, "Bedre & Drift; AS", [edition()], "https://rusoff.example.no/nb/plan"), "the same answers, the same bytes"


def test_an_event_keeps_its_identity_and_a_row_that_came_away_is_cancelled() -> None:
    first = edition({"own_1": {"label": "Gammel", "time": "mar", "who": "hr"}, "safety_round": {"time": "apr", "who": "hr"}}, since=EARLIER)
    before = events(first)
    second = edition({"safety_round": {"time": "apr", "who": "amu"}, "onboarding": {"time": "ongoing"}}, number=2)
    after = events(second, first)
    assert before.keys() == after.keys() == {"own_1", "safety_round", "review_date"}
    assert {id: str(one["STATUS"]) for id, one in after.items()} == {
        "own_1": "CANCELLED",
        "safety_round": "CONFIRMED",
        "review_date": "CONFIRMED",
    }
    assert [int(one["SEQUENCE"]) for one in before.values()] == [1] * 3
    assert [int(one["SEQUENCE"]) for one in after.values()] == [2] * 3
    assert all(one["LAST-MODIFIED"].dt == AT for one in after.values())
    assert after["safety_round"]["DTSTART"].dt == before["safety_round"]["DTSTART"].dt == first_monday(2023, 4), "what was done stays"
    assert not after["own_1"].walk("VALARM")
    moved = events(edition({"safety_round": {"time": "may", "who": "hr"}}, number=2), first)
    assert moved["safety_round"]["DTSTART"].dt == first_monday(2024, 5), "in another month it begins anew"


def test_what_goes_on_all_year_has_no_day_and_parties_are_reminded_of_in_november() -> None:
    found = events(edition({"onboarding": {"time": "ongoing", "who": "leader"}, "pre_event": {"time": "before_event", "who": "leader"}}))
    assert found.keys() == {"pre_event", "review_date"}
    assert found["pre_event"]["DTSTART"].dt == first_monday(2024, 11)
    assert "julebordet" in found["pre_event"]["DESCRIPTION"]
    assert events(edition({}, review="")).keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_the_policy(language: str) -> None:
    event = events(edition(language=language))["safety_round"]
    who = {"nb": "HR eller personalansvarlig", "nn": "HR eller personalansvarleg", "en": "HR or personnel manager"}[language]
    assert who in event["DESCRIPTION"]


def test_hostile_words_stay_words() -> None:
    name = "Fest\r\nATTENDEE:mailto:x@example.no\\n;,"
    event = events(edition({"own_1": {"label": name, "time": "jun", "who": "hr"}}))["own_1"]
    assert "ATTENDEE" not in event
    assert "mailto:x@example.no" in event["SUMMARY"]


def test_first_mondays() -> None:
    for year in range(2020, 2040):
        for month in range(1, 13):
            day = first_monday(year, month)
            assert (day.month, day.weekday(), day.day <= 7) == (month, 0, True)
    assert next_day(1, date(2026, 1, 5)) == date(2026, 1, 5), "the day itself"
    assert next_day(1, date(2026, 1, 6)) == date(2027, 1, 4)


def test_the_page_has_the_next_twelve_months_first_and_the_picture_the_same_numbers() -> None:
    tasks = [
        YearlyTask("a", "Løpende", "Løpende", "", 0, False),
        YearlyTask("b", "Mars", "Det vi gjør", "HR", 3, False),
        YearlyTask("c", "Desember", "Desember", "", 12, False),
    ]
    year = year_of(tasks, date(2026, 12, 24), date(2026, 11, 30))
    assert [(line.number, str(line.name), line.month) for line in year if line.name in ("Løpende", "Mars", "Desember")] == [
        (1, "Desember", 12),
        (3, "Mars", 3),
        (4, "Løpende", 0),
    ]
    assert (year[0].text, year[2].text) == ("", "Det vi gjør"), "what says the same is not said twice"
    assert [(mark.number, mark.month) for mark in wheel_of(edition().draft, [line.month for line in year]).marks] == [
        (1, 12),
        (2, 12),
        (3, 3),
        (4, 0),
    ]
    assert yearly_tasks(edition().draft)[0].who == "HR eller personalansvarlig"
    assert timedelta(0) <= next_day(12, date(2026, 11, 30)) - date(2026, 11, 30) < timedelta(366)
