"""What a reader may do with what she says, as verbs: write, send, be done, reply, let the disagreement stand."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from app.clock import now
from app.models.comments import UNCHOSEN, AnsweredError, Comment
from app.models.db import db
from app.models.reviews import Reviewer, ReviewerSitting, link_expires
from tests import world


@pytest.fixture
def vera(database) -> Reviewer:
    place = world.workplace(world.person())
    return world.reviewer(world.review(world.kept(place)))


def test_sending_sends_what_was_not_sent_and_once(vera) -> None:
    first = Comment.write(vera, "purpose", "support", "Bra")
    assert vera.send_all() == 1
    at = first.sent_at
    Comment.write(vera, "", UNCHOSEN, "Uten slag")
    assert vera.finish() == 1
    db.session.flush()
    assert [comment.kind for comment in vera.comments()] == ["support", "question"]
    assert first.sent_at == at
    assert vera.finished_at
    vera.reopen()
    assert vera.finished_at is None


def test_a_browser_reads_no_longer_than_the_links_are_good(vera, database) -> None:
    answer_by = now().date()
    vera.link(answer_by)
    with time_machine.travel(link_expires(answer_by) - timedelta(hours=1)):
        assert ReviewerSitting.find(vera.id, key := vera.sit_down())
    with time_machine.travel(link_expires(answer_by)):
        assert ReviewerSitting.find(vera.id, key) is None


def test_what_is_sent_is_of_a_kind(vera) -> None:
    Comment.write(vera, "", UNCHOSEN, "Uten slag")
    db.session.flush()
    vera.comments()[0].sent_at = vera.invited_at
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_an_answer_is_replied_to_once_and_stands_as_it_is(vera) -> None:
    comment = Comment.write(vera, "purpose", "disagreement", "Nei")
    for deed in (lambda: comment.reply_with("Men"), lambda: comment.let_stand(True)):
        with pytest.raises(AnsweredError):
            deed()
    vera.send_all()
    comment.outcome, comment.answer, comment.answered_at = "not_taken_in", "Fordi", now()
    comment.reply_with("Men")
    comment.let_stand(True)
    assert (comment.reply, comment.stands) == ("Men", True)
    for deed in (lambda: comment.reply_with("Og"), lambda: comment.rewrite("question", "Hva?", "")):
        with pytest.raises(AnsweredError):
            deed()


def test_replies_are_taken_until_a_version_is_ready(vera, database) -> None:
    review = database.get(world.Review, vera.review_id)
    policy = database.get(world.Policy, review.policy_id)
    assert review.takes_replies()
    policy.state = "ready"
    assert not review.takes_replies()
    policy.state, policy.round = "draft", 2
    assert not review.takes_replies()
    policy.round = 1
    policy.archive()
    assert not review.takes_replies(), "nobody would answer"


def test_a_section_is_read_once(vera) -> None:
    vera.read("purpose")
    vera.read("purpose")
    assert vera.seen == ["purpose"]
