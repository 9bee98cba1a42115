"""How far a draft has come: ticks, open points, minutes that are left, and what is said after the last page."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, g

from app.pack.answers import standing
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language
from app.steps.stepper import Stepper, shown_on
from app.steps.time_needed import minutes, minutes_for
from app.steps.view_models import moment_of, task_list
from app.web.view_models import Link, counted, message
from tests.unit.test_sectors import BEGUN, confirmed

PACK = the_pack()
MAP, SHORT = PACK.steps[0], PACK.short


def stepper(**answers: Any) -> Stepper:
    return Stepper.of(standing(PACK, answers))


def address(endpoint: str, **values: Any) -> str:
    return f"{endpoint} {values.get('step', '')} {values.get('page', '')}".strip()


def said(words: object, language: Language) -> str:
    with Flask(__name__).app_context():
        g.language = language
        return str(words)


EVERYTHING: dict[str, Any] = dict.fromkeys(PACK.questions)


# ── what is done ──


def test_a_page_is_done_when_nothing_on_it_is_left() -> None:
    pages = {page.page.id: page for page in stepper(**BEGUN, sector="kindergarten", org_number="").steps[0].pages}
    assert pages["workplace"].is_done
    assert not pages["work"].is_seen


def test_what_is_only_suggested_is_left_and_keeps_the_step_from_being_done() -> None:
    scope = stepper(**confirmed("kindergarten"), purpose_focus=None).steps[1]
    purpose = scope.pages[0]
    assert (purpose.is_seen, purpose.waits, purpose.is_done) == (True, False, False)
    assert {"covers", "substances"} <= {question.id for question in purpose.left}
    assert scope.state == "in_progress"


def test_what_is_said_to_be_undecided_is_done_and_open() -> None:
    step = stepper(**EVERYTHING).steps[0]
    assert step.state == "done"
    assert step.open_points == sum(len(page.page.questions) for page in step.pages)


# ── what is told ──


def test_a_line_tells_pages_open_points_and_minutes() -> None:
    begun = stepper(**{**BEGUN, "size": None, "sector": "kindergarten"})
    line = begun.line(begun.steps[:1], "nb")
    left = line.parts[-1]
    assert line.parts[0] == message("stepper_pages", done=1, pages=4)
    assert line.parts[1].key == "tasks_open_points"
    assert left == counted("stepper_minutes", left.count)
    assert 1 < left.count <= 20


def test_what_is_done_takes_no_minutes_and_has_no_open_points() -> None:
    found = stepper(**EVERYTHING)
    assert found.minutes(found.steps, "nb") == 0
    assert not any(words.key == "stepper_minutes" for words in found.line(found.steps, "nb").parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_each_language(language: Language) -> None:
    found = stepper()
    words = said(found.line(found.steps, language), language)
    assert words.count(" · ") == 1
    assert str(sum(len(state.pages) for state in found.steps)) in words


def test_minutes_fall_as_one_answers() -> None:
    before, after = stepper(sector="kindergarten"), stepper(sector="kindergarten", **BEGUN)
    assert after.minutes(after.steps, "nb") < before.minutes(before.steps, "nb")
    assert 30 < before.minutes(before.steps, "nb") < 90


def test_the_two_ways_of_counting_the_short_path_agree() -> None:
    now = standing(PACK, {"sector": "kindergarten"})
    counted_here = minutes_for((q for page in SHORT.pages for q in page.questions), now, "nb")
    assert counted_here < minutes("kindergarten", "nb")  # which has the looking over as well


@pytest.mark.parametrize("step", [MAP, SHORT], ids=["whole", "short"])
def test_what_a_page_shows(step) -> None:
    with Flask(__name__).app_context():
        g.language = "nb"
        shown = shown_on(stepper(**EVERYTHING), step, "nb")
    assert f"{step.id}/{step.pages[0].id}" in shown.done
    assert shown.pages_done == shown.pages
    assert shown.lines[step.id].startswith(f"{len(step.pages)} av {len(step.pages)} sider")


def test_the_task_list() -> None:
    found = task_list("p", stepper(**EVERYTHING), "nb", address)
    assert [task.number for task in found.tasks] == [1, 2, 3, 4, 5, 6]
    assert all(task.tag == (message("tasks_state_done"), "success") for task in found.tasks)
    assert found.tasks[0].link.address == "steps.page map workplace"
    assert found.pages_done == found.pages


# ── after the last page ──


def test_after_the_last_answer_it_says_so_and_names_three_things() -> None:
    moment = moment_of("p", stepper(**EVERYTHING), False, address)
    assert (moment.title, moment.waits) == (message("answered_title"), None)
    assert [way.link.address for way in moment.ways] == ["steps.check", "review.overview", "documents.download"]


def test_after_the_short_path_the_suggestions_come_first() -> None:
    moment = moment_of("p", stepper(**confirmed("kindergarten")), True, address)
    assert (moment.title, moment.waits) == (message("answered_short_title"), None)
    assert [way.link.address for way in moment.ways] == ["looks.first", "review.overview", "documents.download"]


def test_whoever_skipped_something_is_led_there_without_blame() -> None:
    moment = moment_of("p", stepper(**BEGUN, sector="kindergarten"), True, address)
    assert moment.title == message("answered_left_title")
    assert isinstance(moment.waits, Link)
    assert moment.waits.address == "steps.page short work"
    assert moment.lead.count == 2  # the work, and the needs
