"""What differs between two texts: both can be read out of it, it is found in bounded time, and a number is no word."""

from __future__ import annotations

import time
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents import assemble, papers
from app.documents.compare import body_of, changes, diff_words, hunks, is_addition, lines_of
from app.documents.draft import Draft
from app.documents.model import Cell, Document, Paragraph, Run, Section, Table
from app.documents.record import Record, Remark, Voice
from app.documents.render import plain
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from tests.deciding import DONE

WORDS = st.lists(st.sampled_from(["Vi", "drikker", "ikke", "på", "jobb.", "Aldri!", "\n", "Spør", "først?", "ti"]), max_size=30).map(" ".join)
BASE = "Vi drikker ikke på jobb. Unntaket er samlinger som er grønne.\nSpør lederen først. Da er du trygg."


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS)
def test_both_texts_can_be_read_out_of_the_pieces(before, after) -> None:
    pieces = diff_words(before, after)
    assert "".join(piece.words for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.words for piece in pieces if piece.kind != "gone") == after
    assert all(piece.words for piece in pieces)
    if before == after:
        assert {piece.kind for piece in pieces} <= {"same"}


def test_a_word_that_was_changed_and_a_sentence_that_was_added_are_marked() -> None:
    after = BASE.replace("lederen", "vaktlederen") + "\nNattevakten ringer vaktlederen."
    marked = [(piece.kind, piece.words.strip()) for piece in diff_words(BASE, after) if piece.kind != "same"]
    assert marked == [("gone", "lederen"), ("new", "vaktlederen"), ("new", "Nattevakten ringer vaktlederen.")]


@pytest.mark.parametrize(
    ("after", "added"),
    [
        ("Nattevakten ringer vaktlederen.", True),
        (BASE, False),
        (BASE + " En til.", False),
        (BASE.replace("Spør lederen først.", ""), False),
        ("", True),
    ],
)
def test_a_sentence_is_an_addition_and_the_text_written_anew_is_not(after, added) -> None:
    assert is_addition(BASE, after) is added
    assert is_addition("", after), "there is nothing that it could be compared with"


RANDOM = Random(7)
HEAVY = {
    "one word over and over": ("og " * 1600, "og men " * 800),
    "two words turned about": ("a b " * 1200, "b a " * 1200),
    "tiny sentences": ("a. " * 1600, "a. b. " * 800),
    "no spaces": ("abc" * 1600, "acb" * 1600),
    "few words in any order": tuple(". ".join(" ".join(RANDOM.choices("abc", k=100)) for _ in range(20)) for _ in range(2)),
}


@pytest.mark.parametrize("name", HEAVY)
def test_no_text_takes_long(name) -> None:
    before, after = HEAVY[name]
    start = time.process_time()
    is_addition(before, after)
    hunks(before.split("\n"), after.split("\n"))
    assert time.process_time() - start < 1.0


def document(*sections: Section) -> Document:
    return Document("policy", "nb", "Policy", "Solbakken", sections)


def section(id: str, title: str, *words: str, part: str = "body") -> Section:
    return Section(id, 1, title, part, tuple(Paragraph((Run(one),)) for one in words))  # type: ignore[arg-type]


def test_a_section_that_moved_has_not_changed_and_others_have() -> None:
    before = document(section("a", "1 Formål", "Ett."), section("b", "4.2 Fest", "To."), section("c", "Vedlegg 1: Plan", "Tre.", part="appendix"))
    after = document(section("b", "1 Fest", "To."), section("c", "Vedlegg 12: Plan", "Fire.", part="appendix"), section("d", "2 Ny", "Fem."))
    found = changes(before, after)
    assert {id: change.state for id, change in found.items()} == {"a": "removed", "c": "changed", "d": "added"}
    assert [(hunk.before, hunk.after) for hunk in found["c"].hunks] == [("Tre.", "Fire.")]


def test_another_title_is_a_change_but_a_number_is_none() -> None:
    one = document(section("a", "3 Formål", "Ett."))
    assert changes(one, document(section("a", "3 Verdier", "Ett.")))
    assert not changes(one, document(section("a", "10.3 Formål", "Ett.")))


def test_the_row_of_a_table_reads_as_a_sentence() -> None:
    row = (Cell((Run("Lunsj"),)), Cell((Run("▲ Gult"),)), Cell((Run("Spør\nførst"),)))
    table = Table("Regler", ("Når", "Lys", "Slik"), (row,), (0.3, 0.3, 0.4))
    assert body_of(replace(section("a", "1 A"), blocks=(table,))) == ["Regler", "Lunsj: ▲ Gult – Spør først"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_of_a_policy_can_be_compared(language) -> None:
    policy = assemble.policy(Draft(the_pack(), DONE, language))
    assert changes(policy, policy) == {}
    assert all(len(lines_of(one)) > 1 or one.level == 1 for one in policy.sections)
    other = assemble.policy(Draft(the_pack(), {**DONE, "workplace_name": "Et helt annet sted"}, language))
    assert "purpose" in changes(policy, other)


def test_the_papers_tell_only_what_a_proposal_changes() -> None:
    wording = BASE.replace("lederen", "vaktlederen")
    said = Remark(1, "x", "X", "a", "proposal", "Fordi", wording, base=BASE)
    record = Record("V", "P", voices=(Voice("a", "Kari", "verneombud"),), remarks=(said, replace(said, number=2, wording="En ny setning.")))
    for drawn in (papers.record(the_pack(), record, "nb"), papers.statement(the_pack(), record, "a", "nb")):
        told = plain.draw(drawn)
        assert "Strøket: «Spør lederen først.»" in told
        assert "Ny tekst: «Spør vaktlederen først.»" in told
        assert "Unntaket er samlinger" not in told
        assert "En ny setning." in told
