"""How long and how many answers may be: the figures that the words on the screen tell, and the last one on each side of them."""

import pytest

from app.pack.answer_parsing import read_label
from app.pack.kinds import longest, most_rows, reader_of
from app.pack.load import the_pack
from app.pack.question import Column, Question

QUESTIONS = the_pack().questions


def question(kind: str, **changes: object) -> Question:
    """A question of this kind, with other limits."""
    one = next(q for q in QUESTIONS.values() if q.kind == kind and not q.format)
    return one.model_copy(update={"min": None, "max": None} | changes)


def fault(asked: Question | Column, words: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(ValueError) as refused:
        reader_of(asked)(words)
    return refused.value.args[0]


@pytest.mark.parametrize(("kind", "most"), [("text", 200), ("long_text", 5000)])
def test_own_words_have_a_length_that_the_content_may_change(kind, most) -> None:
    assert longest(question(kind)) == most
    assert longest(question(kind, max=60)) == 60
    assert reader_of(question(kind))("å" * most) == "å" * most
    assert fault(question(kind), "å" * (most + 2)) == ("error_too_long", {"most": most, "more": 2})


def test_a_cell_is_as_long_as_a_line_unless_the_content_says_otherwise() -> None:
    cell = next(c for q in QUESTIONS.values() for c in q.columns if c.kind == "text" and not c.format)
    assert longest(cell.model_copy(update={"max": None})) == 200
    assert longest(cell.model_copy(update={"max": 1000})) == 1000
    assert read_label("r" * 200) == "r" * 200
    with pytest.raises(ValueError):
        read_label("r" * 201)


@pytest.mark.parametrize(("most", "taken"), [(None, 40), (10, 10), (40, 40), (90, 40)])
def test_forty_records_are_the_most(most, taken) -> None:
    assert most_rows(question("rows", max=most)) == taken


def test_a_line_has_no_breaks_and_a_text_keeps_them() -> None:
    assert reader_of(question("text"))(" Ås \n og\t Vik ") == "Ås og Vik"
    assert reader_of(question("long_text"))(" Ås\n\nVik  og ") == "Ås\n\nVik  og"


@pytest.mark.parametrize(
    ("limits", "words", "told"),
    [
        ({}, "to", ("error_number", {})),
        ({"min": 2}, "1", ("error_least", {"least": 2})),
        ({"max": 6}, "7", ("error_range", {"least": 0, "most": 6})),
        ({"min": 2, "max": 6}, "7", ("error_range", {"least": 2, "most": 6})),
        ({"min": 2, "max": 6}, "1", ("error_range", {"least": 2, "most": 6})),
    ],
)
def test_a_number_outside_is_told_between_what_it_must_be(limits, words, told) -> None:
    assert fault(question("number", **limits), words) == told


@pytest.mark.parametrize("words", ["2", "6"])
def test_the_limits_themselves_are_inside(words) -> None:
    assert reader_of(question("number", min=2, max=6))(words) == int(words)
    assert reader_of(question("number"))("1000000") == 1000000
