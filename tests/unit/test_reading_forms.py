"""What a reader writes, read without a page: sound, as it was typed, and on both sides of every limit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, g
from werkzeug.datastructures import MultiDict

from app.pack.load import the_pack
from app.reading.forms import LONGEST, LONGEST_NOTE, LONGEST_STATEMENT, MOST, ChecklistForm, Remark, RemarkForm, ReplyForm, StatementForm

FIRST, SECOND = [question.id for question in the_pack().review.process[:2]]
STORED = Remark("question", "Hvorfor?")


@pytest.fixture
def app() -> Flask:
    return Flask(__name__)


@pytest.fixture(autouse=True)
def looking(app) -> Iterator[None]:
    with app.test_request_context():
        g.language = "nb"
        yield


def remark(app: Flask, stored: Remark = Remark(), **typed: str) -> RemarkForm:  # noqa: B008 - frozen
    with app.test_request_context(method="POST", data=typed):
        g.language = "nb"
        return RemarkForm.about("id", stored)


def checklist(app: Flask, typed: dict[str, str]) -> ChecklistForm:
    with app.test_request_context(method="POST", data=typed):
        g.language = "nb"
        return ChecklistForm.now({})


def test_what_readers_write_is_cleaned_alike(app) -> None:
    found = remark(app, kind="question", words="Hva\u202e\u2066 nå\u000bda", wording="\u2028Ny\u0085linje\u2069").given
    assert (found.words, found.wording) == ("Hva nå\nda", "Ny\nlinje")
    assert checklist(app, {f"note-{FIRST}": "b\u202ac\u000bd"}).given[FIRST]["note"] == "bc\nd"


# ── a remark ──


def test_a_remark_that_is_looked_at_is_the_one_that_is_stored() -> None:
    found = RemarkForm.about("id", STORED)
    assert (found.comment, found.given, found.stored) == ("id", STORED, STORED)
    assert [row.value for row in found.kind.rows] == [kind.id for kind in the_pack().review.kinds]


def test_a_kind_that_is_not_known_is_none(app) -> None:
    assert remark(app, kind="shout", words="Nei").given == Remark("", "Nei")


@pytest.mark.parametrize(
    ("stored", "typed", "is_asked_for", "has_room", "fault"),
    [
        (Remark(), {"words": "Nei"}, True, True, None),
        (Remark(), {"wording": "Slik"}, True, True, None),
        (Remark(), {"kind": "support"}, False, True, None),
        (Remark(), {"kind": "support"}, True, True, "reading_fault_empty"),
        (STORED, {"words": " "}, False, True, "reading_fault_emptied"),
        (Remark(), {"words": "Nei"}, False, False, "reading_fault_many"),
        (Remark(), {"words": "x" * LONGEST}, True, True, None),
        (Remark(), {"words": "x" * (LONGEST + 1)}, True, True, "error_too_long"),
    ],
)
def test_what_is_wrong_with_a_remark(app, stored, typed, is_asked_for, has_room, fault) -> None:
    found = remark(app, stored, **typed)
    assert found.read(is_asked_for=is_asked_for, has_room=has_room) is (fault is None)
    assert [one.key for one in found.faults.values()] == ([fault] if fault else [])
    if fault == "reading_fault_many":
        assert found.faults["words"].values == {"most": MOST}


def test_it_is_one_more_only_where_none_was_stored(app) -> None:
    assert remark(app, words="Nei").is_one_more
    assert not remark(app, kind="support").is_one_more
    assert not remark(app, STORED, words="Nei").is_one_more


def test_another_remark_is_shown_and_what_was_wrong_stays_said(app) -> None:
    found = remark(app, kind="question", words="x" * (LONGEST + 1))
    found.show(Remark("proposal", found.given.words, "Slik"))
    assert (found.given.kind, len(found.given.words), found.given.wording) == ("proposal", LONGEST + 1, "Slik")
    assert not found.validate()


# ── the checklist ──


def test_answers_and_notes_are_read_and_what_says_nothing_is_left_out(app) -> None:
    found = checklist(app, {f"answer-{FIRST}": "no", f"note-{FIRST}": " Bare\r\ndag ", f"answer-{SECOND}": "perhaps", "note-gone": "x"})
    assert found.given == {FIRST: {"answer": "no", "note": "Bare\ndag"}}
    assert found.beside({"gone": {"answer": "yes", "note": ""}, SECOND: {"answer": "no", "note": ""}}) == {
        "gone": {"answer": "yes", "note": ""},
        FIRST: {"answer": "no", "note": "Bare\ndag"},
    }


@pytest.mark.parametrize(("length", "is_fine"), [(LONGEST_NOTE, True), (LONGEST_NOTE + 1, False)])
def test_a_note_that_is_too_long_is_told_by_its_question(app, length, is_fine) -> None:
    found = checklist(app, {f"note-{SECOND}": "x" * length})
    assert found.validate() is is_fine
    question = the_pack().review.question(SECOND).text.nb
    assert [(line.id, line.title.startswith(question)) for line in found.summary] == ([] if is_fine else [(f"f-note-{SECOND}", True)])
    assert found.given[SECOND]["note"] == "x" * length, "nothing typed is lost"


def test_other_answers_are_shown_but_those_that_are_no_longer_asked() -> None:
    found = ChecklistForm.now({FIRST: {"answer": "yes", "note": ""}})
    found.show({FIRST: {"answer": "no", "note": "Nei"}, "gone": {"answer": "yes", "note": ""}})
    assert found.given == {FIRST: {"answer": "no", "note": "Nei"}}


# ── a statement, a reply ──


@pytest.mark.parametrize(("length", "is_fine"), [(LONGEST_STATEMENT, True), (LONGEST_STATEMENT + 1, False)])
def test_a_statement_has_room_for_so_much(length, is_fine) -> None:
    found = StatementForm(MultiDict({"statement": "x" * length}))
    assert found.validate() is is_fine
    assert found.statement.typed == "x" * length


@pytest.mark.parametrize(("words", "fault"), [(" ", "reading_fault_empty"), ("x" * LONGEST, ""), ("x" * (LONGEST + 1), "error_too_long")])
def test_a_reply_has_words_and_not_too_many(words, fault) -> None:
    found = ReplyForm.to("a", MultiDict({"reply": words}))
    assert found.validate() is not bool(fault)
    assert [one.key for one in found.faults.values()] == ([fault] if fault else [])
    assert [line.id for line in found.summary] == (["f-a-reply"] if fault else [])
