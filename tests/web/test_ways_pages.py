"""The ways through a draft: the short one and all, the skip to what one should read, what has changed since last time, and the draft on paper."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from itertools import pairwise

import pytest

from app.models.db import db
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.reading.ways import short_way
from tests import world
from tests.conftest import browser
from tests.reading import Browser
from tests.web.test_reading import Read, make, remark
from tests.web.test_reading_saves import AUTOSAVE, form


@pytest.fixture
def read(app) -> Read:
    return make(app)


@pytest.fixture
def vera(app, read) -> Browser:
    reader = browser(app)
    reader.post(read.link())
    return reader


@pytest.fixture
def short(read) -> list[str]:
    return short_way("verneombud", read.sections)


def way(read: Read, section: str) -> str:
    return read.at(f"sections/{section}?way=short")


def test_the_first_screen_offers_the_short_way_first_and_says_how_long_each_takes(read, vera, short) -> None:
    page = vera.get(read.at()).text.partition("go-on")[2].partition("</div>")[0]
    assert [where in page for where in (way(read, short[0]), read.at(f"sections/{read.sections[0]}"))] == [True, True]
    assert f"{len(short)} avsnitt, omtrent" in page
    assert f"{len(read.sections)} avsnitt, omtrent" in page
    assert page.index("way=short") < page.index("Les alt")


def test_the_short_way_leads_from_one_to_the_next_and_on_to_the_process(read, vera, short) -> None:
    places = [*(way(read, section) for section in short), read.at("whole?way=short"), read.at("process")]
    for place, after in pairwise(places):
        answer = vera.post(place, data={"comment": world.new_id(), "to": "next"})
        assert answer.headers["Location"] == after
    back = vera.post(places[1], data={"comment": world.new_id(), "to": "before"})
    assert back.headers["Location"] == places[0]
    page = vera.get(places[1]).text
    assert f"Avsnitt 2 av {len(short)}" in page
    assert page.count("?way=short") >= 4  # the form, and each language
    noted = vera.post(places[0], data=form(vera, places[0], kind="support", words="Bra", to="next"))
    assert noted.headers["Location"] == f"{places[1]}&saved=hers"


def test_another_section_is_read_on_the_way_of_all(read, vera, short) -> None:
    other = next(section for section in read.sections if section not in short)
    assert f"av {len(read.sections)}" in vera.get(way(read, other)).text
    assert vera.get(read.at("sections/no-such?way=short")).status_code == 404


def test_the_skip_saves_what_is_written_and_leads_to_the_next_that_matters(read, vera, short) -> None:
    here = read.sections[read.sections.index(short[3]) - 1]
    for section in short[:3]:
        vera.post(read.at(f"sections/{section}"), data={"comment": world.new_id(), "to": "next"})
    first = read.sections[0] if read.sections[0] != here else here
    page = vera.get(read.at(f"sections/{short[2]}")).text
    target = next(section for section in short if section not in short[:3])
    there = read.at(f"sections/{first}")
    answer = vera.post(there, data=form(vera, there, kind="question", words="Hvorfor?", to="jump"))
    assert answer.headers["Location"] == read.at(f"sections/{target}?saved=hers")
    assert ('value="jump"' in page) == (read.sections.index(target) != read.sections.index(short[2]) + 1)


def test_what_is_not_sent_is_counted_at_the_thumb(read, vera) -> None:
    place = read.at("sections/purpose")
    assert "merknader er ikke sendt" not in vera.get(place).text
    remark(read, "purpose", sent=False)
    told = vera.post(place, data=form(vera, place, kind="question", words="Når?"), headers=AUTOSAVE)
    assert told.json["unsent"] == "2 merknader er ikke sendt"
    for page in ("sections/purpose", "whole", "process", "statement"):
        assert "2 merknader er ikke sendt" in vera.get(read.at(page)).text
    vera.post(read.at("summary"), data={"do": "finish"})
    assert "ikke sendt" not in vera.get(place).text


def test_the_form_is_folded_until_it_is_wanted(read, vera) -> None:
    place = read.at("sections/purpose")
    assert '<details class="respond fold">' in vera.get(place).text
    assert '<details class="respond fold" open>' in vera.get(read.at("whole")).text
    for more in ({"to": "save"}, {"to": "text"}):
        assert '<details class="respond fold" open>' in vera.post(place, data={"comment": world.new_id(), **more}).text


def test_the_draft_on_paper_has_every_section_or_the_short_way_with_room_for_notes(read, vera, short) -> None:
    for path, shown in (("print", read.sections), ("print?way=short", short)):
        page = vera.get(read.at(path)).text
        assert [section for section in read.sections if f'id="section-{section}"' in page] == [one for one in read.sections if one in shown]
        assert page.count('class="notes"') == len(shown)


# ── what has changed since last time ──


def again(read: Read, email: str = "vera@example.no", role: str = "verneombud", **other: object) -> Reviewer:
    """A second review of the policy, with other answers, and somebody who is invited to it."""
    with read.app.app_context():
        first = db.session.get_one(Review, read.review)
        first.opened_at -= timedelta(days=30)
        first.closed_at = first.opened_at
        policy = db.session.get_one(Policy, read.policy)
        policy.answers = policy.answers | other
        made = world.reviewer(world.review(policy), role, email=email)  # type: ignore[arg-type]
        db.session.commit()
        db.session.refresh(made)
        db.session.expunge(made)
        return made


def test_what_has_changed_since_the_reader_last_read_is_marked_and_shown(app, read, vera) -> None:
    her = again(read, "VERA@example.no", own_values="Alle skal hjem like hele som de kom.")
    reader = world.read_as(browser(app), her)
    at = f"/nb/readings/{her.id}/"
    page = unescape(reader.get(at).text)
    assert "Ett avsnitt er endret siden du leste sist." in page
    assert page.count(">Endret<") == 1
    changed = unescape(reader.get(f"{at}sections/purpose").text)
    assert "Dette avsnittet er endret siden du leste sist." in changed
    assert "<ins>" in changed
    assert "like hele som de kom." in changed.partition("<article")[0]
    assert "siden du leste sist" not in reader.get(f"{at}sections/medicines").text


@pytest.mark.parametrize("who", [{"email": "ola@example.no"}, {"role": "union_rep"}])
def test_somebody_else_is_told_of_no_changes(app, read, vera, who) -> None:
    her = again(read, **who, own_values="Alle skal hjem like hele som de kom.")
    reader = world.read_as(browser(app), her)
    assert "siden du leste sist" not in reader.get(f"/nb/readings/{her.id}/").text


def test_whoever_never_opened_the_earlier_review_has_read_nothing(app, read) -> None:
    her = again(read, own_values="Alle skal hjem like hele som de kom.")
    reader = world.read_as(browser(app), her)
    assert "siden du leste sist" not in reader.get(f"/nb/readings/{her.id}/").text
