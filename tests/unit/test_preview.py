"""`rusoff show`: what each answer of a question brings about, for whoever writes content."""

import subprocess
import sys

import pytest
from solve import PACK

from app.documents import preview
from app.pack.model import Question
from app.pack.text import LANGUAGES

ALL = list(LANGUAGES)


def group(shown: str, heading: str) -> str:
    """What stands under one heading."""
    return shown.partition(f"── {heading} ──\n")[2].partition("\n\n")[0]


@pytest.mark.parametrize("question", PACK.questions.values(), ids=lambda q: q.id)
def test_every_question_can_be_shown_with_every_answer(question: Question) -> None:
    shown = preview.show(PACK, question.id, ["en"])
    head, _, brought = shown.partition("\n\n")
    assert question.label.en.split()[0] in head
    assert brought or question.info_only
    for option in question.options:
        assert f"  option {option.id}" in head
        assert option.id in brought
    for column in question.columns:
        assert f") {column.id}\n" in head
        assert all(f"{column.id}: {option.id}" in brought for option in column.options)
    for name in ("undecided", "blank"):
        assert name in brought


def test_a_sentence_stands_once_in_each_language_under_the_answers_that_bring_it() -> None:
    shown = preview.show(PACK, "event_pays", ALL)
    said = group(shown, "self").splitlines()
    assert [line[:4] for line in said if line[2:4].strip()] == ["poli", "  nb", "  nn", "  en"]
    assert "Alle betaler alkoholen selv." in group(shown, "self")
    assert "[not decided yet]" in group(shown, "undecided, blank")
    assert shown.count("Alle betaler alkoholen selv.") == 1
    assert "Vi serverer ikke alkohol til noen under aldersgrensen" not in shown, "it stands with every answer"


def test_a_sentence_that_two_languages_share_stands_in_both() -> None:
    assert group(preview.show(PACK, "own_events", ALL), "alcohol_free, limited").count("Vi tilbyr god alkoholfri drikke først.") == 2


def test_what_needs_another_answer_is_found_and_says_which() -> None:
    shown = preview.show(PACK, "own_events", ["nb"])
    assert "Øverste leder godkjenner serveringen" in group(shown, "limited, when length is policy; event_approver is top_leader")
    assert "event_limits: " in group(shown, "limited")
    assert "check all_red, when lights is red; own_events is limited" in shown.partition("Not shown here")[2]


def test_the_answers_of_a_file_take_the_place_of_blank_ones() -> None:
    alone = preview.show(PACK, "event_approver", ["en"])
    beside = preview.show(PACK, "event_approver", ["en"], {"workplace_name": "Fjordbygg", "own_events": "alcohol_free"})
    assert "asked when own_events is limited" in beside
    assert group(alone, "hr") == group(beside, "hr") != ""


def test_dates_and_words_are_tried_that_a_check_looks_for() -> None:
    dates, words = preview.show(PACK, "review_date", ["en"]), preview.show(PACK, "own_values", ["en"])
    assert "review_too_late" in dates
    assert "review_before_decision" in dates
    assert "word_zero_tolerance" in words


def test_numbers_refusals_and_half_filled_records_are_tried() -> None:
    units = group(preview.show(PACK, "event_units", ["nb"]), "6")
    assert "Antall enheter per person er høyst 6." in units
    assert units.endswith("Høyst 6 enheter alkohol per person."), "the ground rules say so as well"
    testing = preview.show(PACK, "testing_positions", ["en"])
    assert "testing_consent" in group(testing, "ground: consent")
    assert "testing_incomplete" in group(testing, "incomplete, blank")


@pytest.mark.parametrize("id", ["own-events", "all_red"])
def test_clauses_and_checks_name_their_questions(id: str) -> None:
    assert "  see: rusoff show own_events" in preview.show(PACK, id, ALL).splitlines()


def test_every_clause_and_check_can_be_shown() -> None:
    for item in [*PACK.all_clauses, *PACK.checks]:
        assert preview.show(PACK, item.id, ALL)


def test_an_unknown_id_gets_those_that_are_nearly_the_same() -> None:
    with pytest.raises(preview.UnknownIdError, match="Did you mean own_events, own-events"):
        preview.show(PACK, "own_event", ALL)


def test_the_same_text_whatever_the_order_of_sets() -> None:
    told = "from app.documents.preview import show; from app.pack.load import the_pack; print(show(the_pack(), 'event_limits', ['nb']))"
    runs = [subprocess.run([sys.executable, "-c", told], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True) for seed in ("1", "2")]
    assert runs[0].stdout == runs[1].stdout != b""
