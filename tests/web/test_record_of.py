"""What was said in a round, read from the tables: everything, in order, and nothing that its writer has not let go of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.clock import now
from app.documents import papers
from app.documents.render import html
from app.models.comments import Comment
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.pack.answers import standing
from app.pack.load import the_pack
from app.services.reviews.meetings import Held, begin_round, listed, write
from app.services.reviews.record import Round, is_without_amu, record_of
from tests import world


@pytest.fixture
def policy(database: Any) -> Policy:
    return world.kept(world.workplace(world.person()), {"workplace_name": "Fjordheimen AS"})


def say(reviewer: Reviewer, section: str, kind: Any, words: str = "Ord", sent: bool = True) -> Comment:
    comment = Comment.write(reviewer, section, kind, words)
    comment.sent_at = now() if sent else None
    return comment


def test_a_policy_that_nobody_was_asked_about_has_an_empty_record(policy) -> None:
    record = record_of(policy)
    assert (record.workplace, record.voices, record.remarks, record.sent_on) == ("Fjordheimen AS", (), (), None)
    assert Round.of(policy).unanswered == 0


def test_what_was_sent_stands_in_the_order_of_the_text_and_is_numbered(policy, database) -> None:
    opened = world.review(policy)
    vera, ola = world.reviewer(opened), world.reviewer(opened, "union_rep", "Ola", "")
    first, second, *_, last = opened.sections
    said = [say(vera, last, "proposal"), say(ola, first, "question"), say(vera, "", "disagreement"), say(vera, second, "support")]
    say(ola, first, "question", "Ikke ferdig", sent=False)
    said[1].answer_with("answered", "Fordi.", "", None)
    database.flush()
    record = record_of(policy)
    assert [(r.number, r.section_id, r.voice_id) for r in record.remarks] == [
        (1, "", vera.id),
        (2, first, ola.id),
        (3, second, vera.id),
        (4, last, vera.id),
    ]
    assert [bool(r.section_title) for r in record.remarks] == [False, True, True, True]
    assert (record.remarks[1].outcome, record.remarks[1].answer) == ("answered", "Fordi.")
    assert Round.of(policy).unanswered == 2, "support and what was answered wait for nothing, what was not sent is not seen"
    assert [voice.by_link for voice in record.voices] == [False, True]


def test_a_statement_is_hers_until_she_is_done(policy, database) -> None:
    vera = world.reviewer(world.review(policy))
    vera.statement, vera.checklist = "Bra", {"night": {"answer": "no", "note": "Skift"}}
    assert (record_of(policy).voices[0].statement, record_of(policy).voices[0].checklist) == ("", ())
    vera.finish()
    database.flush()
    assert record_of(policy).voices[0].statement == "Bra"
    assert record_of(policy).voices[0].checklist == (("night", "no", "Skift"),)


def test_an_invitation_that_was_a_slip_leaves_no_trace_but_what_was_said_stays(policy, database) -> None:
    opened = world.review(policy)
    slip, spoke = world.reviewer(opened, name="Feil"), world.reviewer(opened, name="Talte")
    say(spoke, "", "disagreement")
    database.flush()
    slip.revoke(), spoke.revoke()
    database.flush()
    assert [voice.name for voice in record_of(policy).voices] == ["Talte"]


def test_reviews_of_one_round_stand_together_and_those_of_another_do_not(policy, database) -> None:
    first = world.review(policy)
    say(world.reviewer(first), "", "question", "Først")
    first.closed_at = now()
    database.flush()
    say(world.reviewer(world.review(policy)), "", "question", "Så")
    write(policy, [Held(date(2026, 11, day), "amu", "Alle", "Greit") for day in (5, 3)])
    database.flush()
    assert [r.text for r in record_of(policy).remarks] == ["Først", "Så"]
    assert [m.on.day for m in record_of(policy).meetings if m.on] == [3, 5]
    policy.round = 2
    begin_round(policy)
    write(policy, [*listed(policy), Held(date(2026, 11, 9), "amu", "Alle", "")])
    assert record_of(policy).remarks == ()
    assert [m.on.day for m in record_of(policy).meetings if m.on] == [9]
    assert Round.of(policy).unanswered == 0


@pytest.mark.parametrize(
    ("answers", "without"), [({}, False), ({"bodies": ["amu"]}, False), ({"bodies": ["safety_rep"]}, True), ({"bodies": None}, False)]
)
def test_whether_there_is_an_amu_is_what_the_answers_say(answers, without) -> None:
    assert is_without_amu(standing(the_pack(), {"employees": 60, **answers})) is without


def test_the_papers_take_it(policy, database) -> None:
    opened: Review = world.review(policy)
    vera = world.reviewer(opened)
    say(vera, opened.sections[0], "proposal", "<b>Skriv</b> det slik").wording = "Slik"
    vera.finish()
    database.flush()
    for language in ("nb", "nn", "en"):
        drawn = html.draw(papers.record(the_pack(), record_of(policy), language))
        assert "&lt;b&gt;Skriv&lt;/b&gt; det slik" in drawn
        assert "Vera" in html.draw(papers.statement(the_pack(), record_of(policy), vera.id, language))
