"""What HR says was taken in is a fact: the section reads otherwise now. Whatever the order of answering, changing, changing back and making ready."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import now
from app.documents import assemble, frozen, papers
from app.documents.compare import lines_of
from app.documents.render import plain
from app.models.comments import Comment
from app.models.db import db
from app.models.policy import Policy
from app.models.reviews import Review
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.services.reviews.record import Round, record_of
from app.services.versions.freeze import text_of
from app.services.versions.situation import Situation, facts_of
from app.services.versions.transitions import make_ready
from app.services.versions.workflow import hindrances
from app.ui_texts import say
from app.values.vocabulary import CHANGING_OUTCOMES
from tests import world
from tests.deciding import ANSWERS
from tests.web.hr import Desk, desk, invited, opened, said, within
from tests.web.test_answering import answer

HERE, ELSEWHERE, WHOLE = "purpose", "early-talk", ""


def policy_of_a_workplace() -> Policy:
    policy = world.kept(world.workplace(world.person(world.new_id() + "@example.no")), {**ANSWERS, "workplace_name": "Solbakken"})
    begin(policy)
    return policy


def begin(policy: Policy) -> None:
    """One more review, with a remark on a section that the name stands in, on one that it does not, and on the whole."""
    reader = world.reviewer(world.review(policy), name="Vera")
    for section in (HERE, ELSEWHERE, WHOLE):
        Comment.write(reader, section, "proposal", "Skriv det slik", "Slik bør det stå.").sent_at = now()
    db.session.flush()


def close(policy: Policy) -> None:
    if review := Review.open_of(policy.id):
        review.closed_at = now()
        db.session.flush()


def settle(policy: Policy, outcome: Any) -> None:
    for comment in Round.of(policy).comments:
        comment.answer_with(outcome, "Ja, fordi", "", None)
    db.session.flush()


def sections_now(policy: Policy, language: Any) -> dict[str, list[str]]:
    document = assemble.policy(policy.draft(language))
    return {section.id: lines_of(section) for section in document.sections}


def differs(policy: Policy, comment: Comment) -> bool:
    """Read anew and by hand: whether what the remark is about reads otherwise."""
    review = db.session.get_one(Review, comment.review_id)
    version = db.session.get_one(world.Version, review.version_id)
    read = {s.id: lines_of(s) for s in frozen.thaw(version.document).sections}
    there = sections_now(policy, version.language)
    return read.get(comment.section_id) != there.get(comment.section_id) if comment.section_id else read != there


STEPS = {
    "taken_in": lambda policy: settle(policy, "taken_in"),
    "changed_otherwise": lambda policy: settle(policy, "changed_otherwise"),
    "noted": lambda policy: settle(policy, "noted"),
    "not_taken_in": lambda policy: settle(policy, "not_taken_in"),
    "change": lambda policy: policy.answer({"workplace_name": "Fjordheimen"}),
    "change_on": lambda policy: policy.answer({"workplace_name": "Nordtun"}),
    "change_back": lambda policy: policy.answer({"workplace_name": "Solbakken"}),
    "again": lambda policy: (close(policy), begin(policy)),
    "speak": lambda policy: setattr(policy, "language", "nn" if policy.language == "nb" else "nb"),
}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=7))
def test_nothing_says_that_the_text_has_changed_when_it_has_not(database, steps) -> None:
    policy = policy_of_a_workplace()
    for step in steps:
        STEPS[step](policy)
    db.session.flush()
    holds(policy)
    close(policy)
    if not facts_of(Situation.load(policy), "nb").unanswered and not facts_of(Situation.load(policy), "nb").unchanged:
        version = make_ready(policy, text_of(Situation.load(policy)), None)
        assert the_pack().review.outcome("taken_in").planned.in_("nb") not in plain.draw(frozen.thaw(version.document))
        holds(policy)
        policy.answer({"workplace_name": "Noe helt annet"})  # behind a signed text nothing counts but that text
        assert {r.changed for r in record_of(policy).remarks if r.outcome in CHANGING_OUTCOMES} <= {True}
    db.session.rollback()


def holds(policy: Policy) -> None:
    record, comments = record_of(policy), Round.of(policy).comments
    truth = [differs(policy, comment) for comment in comments]
    assert [remark.changed for remark in record.remarks] == truth
    broken = sum(comment.outcome in CHANGING_OUTCOMES and not is_so for comment, is_so in zip(comments, truth, strict=True))
    if not policy.is_locked:
        assert facts_of(Situation.load(policy), "nb").unchanged == broken
        assert [h.count for h in hindrances("ready", facts_of(Situation.load(policy), "nb")) if h.need == "unchanged"] == ([broken] if broken else [])
    told = plain.draw(papers.record(the_pack(), record, "nb"))
    assert (the_pack().review.outcome("taken_in").planned.in_("nb") in told) == any(
        c.outcome == "taken_in" and not is_so for c, is_so in zip(comments, truth, strict=True)
    )


@pytest.fixture
def place(app: Any) -> Desk:
    found = desk(app)
    opened(found)
    return found


def reader_with(place: Desk, id: str) -> Any:
    with within(place.app) as session:
        found = session.get(world.Reviewer, id)
        session.expunge(found)
        return found


def change(place: Desk, name: str) -> None:
    with within(place.app) as session:
        session.get(Policy, place.id).answer({"workplace_name": name})


@pytest.mark.parametrize("language", LANGUAGES)
def test_hr_is_told_beside_the_answer_and_on_the_way_to_ready(place, language) -> None:
    vera = invited(place)
    comment = said(place, vera, section=HERE)
    answer(place, comment, outcome="taken_in", answer="Ja")
    outcome = the_pack().review.outcome("taken_in")
    page = place.editor.get(place.at("comments", language)).text
    assert outcome.planned.in_(language) in page
    assert say("review_broken_here", language) in page
    status = f"/{language}/policies/{place.id}/status"
    assert say("status_stop_unchanged_one", language) in place.editor.get(status).text
    assert comment in place.editor.get(place.at("comments", language) + "?show=unchanged").text
    change(place, "Et helt annet navn")
    page = place.editor.get(place.at("comments", language)).text
    assert outcome.planned.in_(language) not in page
    assert say("status_stop_unchanged_one", language) not in place.editor.get(status).text


def test_the_reader_is_not_told_that_the_draft_has_changed(app, place) -> None:
    vera = invited(place)
    comment = said(place, vera, section=HERE)
    answer(place, comment, outcome="taken_in", answer="Ja")
    reading = world.read_as(app.test_client(), reader_with(place, vera))
    outcome = the_pack().review.outcome("taken_in")
    page = reading.get(f"/nb/readings/{vera}/answers").text
    assert outcome.planned_meaning.in_("nb") in page
    assert outcome.meaning.in_("nb") not in page
    change(place, "Et helt annet navn")
    page = reading.get(f"/nb/readings/{vera}/answers").text
    assert outcome.meaning.in_("nb") in page
    assert outcome.planned.in_("nb") not in page


def test_what_cannot_be_written_in_is_said_with_how_it_is_taken_along(place) -> None:
    comment = said(place, invited(place), section=HERE)
    assert answer(place, comment, outcome="noted", answer=" ").status_code == 422, "HR says how"
    assert answer(place, comment, outcome="noted", answer="I vaktinstruksen").status_code == 303
    page = place.reader.get(place.at("record")).text
    assert the_pack().review.outcome("noted").label.in_("nb") in page
    assert "I vaktinstruksen" in page


def test_the_record_shows_the_words_before_and_now(place) -> None:
    comment = said(place, invited(place), section=HERE)
    answer(place, comment, outcome="taken_in", answer="Ja")
    change(place, "Nytt Navn AS")
    page = place.reader.get(place.at("record")).text
    start = page.index(the_pack().papers.words["before"].in_("nb"))
    assert "Fjordheimen" in page[start:]
    assert "Nytt Navn AS" in page[start:]


# ── a proposal beside the text ──


def test_hr_and_the_reader_see_what_a_proposal_changes(app, place) -> None:
    vera = invited(place)
    comment = said(place, vera, section=HERE)
    reading = world.read_as(app.test_client(), reader_with(place, vera))
    typed = {"comment": world.new_id(), "form": "x", "fingerprint": "", "kind": "proposal", "to": "text"}
    fetched = reading.post(f"/nb/readings/{vera}/sections/{ELSEWHERE}", data=typed).text
    assert " | " not in fetched.partition("<textarea")[2].partition("</textarea>")[0]
    with within(app) as session:
        found = session.get(Comment, comment)
        version = session.query(world.Version).one()
        section = next(s for s in frozen.thaw(version.document).sections if s.id == HERE)
        found.wording = "\n".join(lines_of(section)[1:]).replace("Fjordheimen", "Alle på Fjordheimen") + "\nEn ny setning."
    for page in (
        place.editor.get(place.at("comments")).text,
        reading.get(f"/nb/readings/{vera}/answers").text,
        reading.get(f"/nb/readings/{vera}/summary").text,
    ):
        assert f'<ins><span class="ds-sr-only">{say("proposal_new", "nb")} </span>' in page
        assert "En ny setning." in page.partition("<ins>")[2]
