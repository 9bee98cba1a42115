"""A reader's proposal becomes the workplace's own words."""

from __future__ import annotations

from typing import Any

import pytest

from app.clock import now
from app.documents.compare import body_of
from app.documents.own_words import OwnSection, OwnText, OwnWords
from app.models.comments import Comment
from app.models.db import db
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.models.versions import Version
from app.services.reviews.record import record_of
from app.ui_texts import say
from tests.every_field import hidden, shown
from tests.web.hr import Desk, desk, invited, opened, within
from tests.web.test_own_words_pages import at, own_words, section_of

SENTENCE = "Nattevakten ringer vaktleder."


@pytest.fixture
def room(app) -> Desk:
    return desk(app)


def proposed(room: Desk, wording: str, section: str = "early-talk") -> str:
    """The id of a proposal that was sent."""
    if not read(room, None):
        opened(room)
        invited(room)
    with within(room.app) as session:
        reviewer = session.query(Reviewer).first()
        comment = Comment.write(reviewer, section, "proposal", "Slik", wording)
        comment.sent_at = now()
        return comment.id


def read(room: Desk, section: str | None) -> list[str]:
    """The lines of a section as they were read."""
    with room.app.app_context():
        version = db.session.query(Version).first()
        if version is None or section is None:
            return [] if version is None else ["read"]
        return body_of(next(one for one in version.thawed.sections if one.id == section))


def take_in(room: Desk, comment: str, revision: str = "") -> Any:
    return room.editor.post(room.at(f"comments/{comment}/take-in"), data={"revision": revision or str(stored(room, comment).revision)})


def stored(room: Desk, comment: str) -> Comment:
    with room.app.app_context():
        return db.session.get_one(Comment, comment)


def text(room: Desk, section: str = "early-talk") -> str:
    return section_of(room.editor.get(f"/nb/policies/{room.id}/preview").text, section)


def test_a_sentence_is_added_with_one_click(room) -> None:
    comment = proposed(room, SENTENCE)
    page = room.editor.get(room.at("comments")).text
    assert say("review_take_in", "nb") in page
    answer = take_in(room, comment)
    assert answer.status_code == 303
    assert own_words(room.app, room.id) == {"sections": {"early-talk": {"nb": {"addition": SENTENCE}}}}
    assert text(room).count(SENTENCE) == 1
    assert stored(room, comment).outcome == "taken_in"
    assert say("review_take_in", "nb") not in room.editor.get(room.at("comments")).text


def test_the_record_says_what_the_text_was_and_is(room) -> None:
    comment = proposed(room, SENTENCE)
    take_in(room, comment)
    with room.app.app_context():
        record = record_of(db.session.get_one(Policy, room.id))
    (change,) = [change for change in record.changes if change.section_id == "early-talk"]
    assert [hunk.after for hunk in change.hunks] == [SENTENCE]
    assert record.remarks[0].changed


def test_a_second_sentence_comes_after_the_first(room) -> None:
    for sentence in (SENTENCE, "Verneombudet får vite det."):
        take_in(room, proposed(room, sentence))
    assert own_words(room.app, room.id)["sections"]["early-talk"]["nb"]["addition"] == f"{SENTENCE}\nVerneombudet får vite det."


def test_a_section_written_anew_is_a_rewording_with_its_bullets(room) -> None:
    opened(room)
    invited(room)
    lines = read(room, "early-talk")
    changed = lines[2] + " Alltid."
    comment = proposed(room, "\n".join([*lines[:2], changed, *lines[3:]]))
    take_in(room, comment)
    words = own_words(room.app, room.id)["sections"]["early-talk"]["nb"]
    assert words["rewording"] != words["standard"]
    assert words["rewording"].replace(" Alltid.", "") == words["standard"]
    assert text(room).count("Alltid.") == 1


def test_what_the_law_says_takes_a_proposal_as_an_addition(room) -> None:
    opened(room)
    invited(room)
    comment = proposed(room, "\n".join(read(room, "privacy")) + f"\n{SENTENCE}", "privacy")
    take_in(room, comment)
    assert set(own_words(room.app, room.id)["sections"]["privacy"]["nb"]) == {"addition"}


def test_a_proposal_for_an_own_section_goes_into_it(room) -> None:
    with within(room.app) as session:
        own = OwnSection("own-1", "help", {"nb": OwnText("Vakter", "Vakter drikker ikke.")})
        session.get_one(Policy, room.id).say(OwnWords(own=(own,)))
    comment = proposed(room, SENTENCE, "own-1")
    take_in(room, comment)
    assert own_words(room.app, room.id)["own"][0]["words"]["nb"]["text"] == f"Vakter drikker ikke.\n{SENTENCE}"


def test_it_can_be_edited_first(room) -> None:
    comment = proposed(room, SENTENCE)
    address = at(room.id, "early-talk") + f"?proposal={comment}"
    assert address in room.editor.get(room.at("comments")).text
    page = room.editor.get(address).text
    assert SENTENCE in shown(page)["addition"]
    answer = room.editor.post(at(room.id, "early-talk"), data=hidden(page) | {"addition": "Nattevakten ringer."})
    assert answer.location.endswith(f"#comment-{comment}")
    assert own_words(room.app, room.id)["sections"]["early-talk"]["nb"] == {"addition": "Nattevakten ringer."}
    assert stored(room, comment).outcome == "taken_in"


def test_a_proposal_for_an_own_section_can_be_edited_first(room) -> None:
    with within(room.app) as session:
        own = OwnSection("own-1", "help", {"nb": OwnText("Vakter", "Vakter drikker ikke.")})
        session.get_one(Policy, room.id).say(OwnWords(own=(own,)))
    comment = proposed(room, SENTENCE, "own-1")
    page = room.editor.get(at(room.id, "sections/own-1") + f"?proposal={comment}").text
    assert SENTENCE in shown(page)["text"]
    form = hidden(page) | {"chapter": "help", "heading": "Vakter", "text": SENTENCE}
    assert room.editor.post(at(room.id, "sections/own-1"), data=form).location.endswith(f"#comment-{comment}")
    assert stored(room, comment).outcome == "taken_in"


def test_a_text_that_would_be_too_long_is_edited_first(room) -> None:
    for sentence in ("x" * 4000, "y" * 4000):
        comment = proposed(room, sentence)
        answer = take_in(room, comment)
    assert f"{at(room.id, 'early-talk')}?proposal={comment}" in answer.location
    assert "y" * 4000 in room.editor.get(answer.location).text
    assert stored(room, comment).outcome == ""


def test_a_proposal_that_its_writer_changed_meanwhile_is_not_taken_in(room) -> None:
    comment = proposed(room, SENTENCE)
    assert take_in(room, comment, "99").status_code == 303
    assert own_words(room.app, room.id) is None
    assert stored(room, comment).outcome == ""


def test_no_said_before_gives_way_to_yes(room) -> None:
    comment = proposed(room, SENTENCE)
    with within(room.app) as session:
        session.get_one(Comment, comment).answer_with("not_taken_in", "Nei, fordi", "", None)
    take_in(room, comment)
    assert (stored(room, comment).outcome, stored(room, comment).answer) == ("taken_in", "")


@pytest.mark.parametrize(("wording", "section"), [("", "early-talk"), (SENTENCE, ""), (SENTENCE, "open-points"), (SENTENCE, "gone")])
def test_what_cannot_be_taken_in_is_not_offered(room, wording, section) -> None:
    comment = proposed(room, wording, section)
    assert say("review_take_in", "nb") not in room.editor.get(room.at("comments")).text
    assert take_in(room, comment).status_code == 404


def test_a_reader_of_the_workplace_takes_nothing_in(room) -> None:
    comment = proposed(room, SENTENCE)
    assert say("review_take_in", "nb") not in room.reader.get(room.at("comments")).text
    assert room.reader.post(room.at(f"comments/{comment}/take-in"), data={"revision": "1"}).status_code == 403
    with room.app.app_context():
        assert Review.open_of(room.id)
