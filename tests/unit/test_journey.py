"""The way through the wizard."""

from __future__ import annotations

from app.pack.answers import standing
from app.pack.load import the_pack
from app.steps import progress


def now(**answers):
    return standing(the_pack(), answers)


def ids(place):
    return (place[0].id, place[1].id) if place else None


def test_one_goes_through_every_asked_page_and_back() -> None:
    standing_now = now()
    there = [ids(p) for p in progress.places(standing_now)]
    place, seen = progress.places(standing_now)[0], []
    while place:
        seen.append(ids(place))
        place = progress.after(standing_now, *place)
    assert seen == there
    place, back = progress.places(standing_now)[-1], []
    while place:
        back.append(ids(place))
        place = progress.before(standing_now, *place)
    assert back == there[::-1]


def test_progress_counts_steps_and_asked_pages() -> None:
    standing_now = now()
    step, page = the_pack().pages["map", "work"]
    assert progress.progress(standing_now, step, page) == progress.Progress(1, 6, 2, len(progress.pages_of(standing_now, step)))


def test_nothing_is_begun_at_first() -> None:
    assert {s.state for s in progress.states(now())} == {"not_started"}
    assert {s.open_points for s in progress.states(now())} == {0}
    assert ids(progress.where_to_go_on(now())) == ("map", "workplace")


def test_a_step_is_in_progress_until_all_its_pages_are_seen_and_nothing_required_is_missing() -> None:
    begun = {s.step.id: s for s in progress.states(now(workplace_name="Vi"))}
    assert begun["map"].state == "in_progress"
    assert begun["map"].open_points > 0
    step = the_pack().steps[0]
    all_blank = {q.id: "" if q.kind not in ("choices",) else [] for page in step.pages for q in page.questions}
    assert progress.states(now(**all_blank))[0].state == "in_progress"
    undecided = dict.fromkeys(all_blank)
    done = progress.states(now(**undecided))[0]
    assert done.state == "done"
    assert done.open_points == sum(q.id in now(**undecided).asked for page in step.pages for q in page.questions)


def test_suggestions_are_defaults_that_nobody_has_confirmed() -> None:
    before = {q.id for q in progress.suggestions(now())}
    assert "situations" in before
    assert "situations" not in {q.id for q in progress.suggestions(now(situations=["workday"]))}
