"""What is shown of the policy at a question: one section, the others named, and a word where there is none."""

from app.documents import assemble
from app.documents.draft import Draft
from app.documents.model import Section
from app.documents.shaped import FRONT, shapes_of
from app.steps.view_models_beside import MOST, beside, pieces_of
from tests.unit.solve import PACK, full


def draft(language: str = "nb", **answers: object) -> Draft:
    return Draft(PACK, full() | answers, language)


def test_the_nearest_comes_first_and_what_does_not_stand_is_left_out() -> None:
    found = beside(draft(), PACK, "testing")
    ids = [piece.id for piece in found.pieces]
    assert ids[0] == "control-testing"
    assert ids == [id for id in shapes_of(PACK, "testing").sections if id in ids]
    assert found.notes == found.places == ()
    assert "control-testing" not in [piece.id for piece in beside(draft(testing="no"), PACK, "testing").pieces]


def test_no_more_are_made_than_somebody_can_look_at() -> None:
    assert len(shapes_of(PACK, "abstinence_groups").sections) > MOST
    assert len(pieces_of(draft(), shapes_of(PACK, "abstinence_groups"))) == MOST


def test_where_there_is_none_it_says_why_and_where_instead() -> None:
    none = beside(draft(length="rules"), PACK, "indicators")
    assert (none.pieces, [note.key for note in none.notes], none.places) == ((), ["beside_not_now"], ())
    all_ = beside(draft(), PACK, "length")
    assert ([note.key for note in all_.notes], [place.key for place in all_.places]) == (["beside_all"], ["beside_in_rules"])
    assert [note.key for note in beside(draft(), PACK, "nothing").notes] == ["beside_never"]


def test_a_text_that_was_signed_for_gives_its_own_sections() -> None:
    signed = assemble.policy(draft("nn", workplace_name="Solbakken"))
    found = beside(signed, PACK, "workplace_name")
    front = next(piece for piece in found.pieces if piece.id == FRONT)
    assert found.language == "nn"
    assert (front.title, front.anchor) == ("Framsida", "")
    assert "Solbakken" in front.markup
    assert "<h3>" in front.markup
    assert "doc-seal" not in front.markup
    assert {piece.anchor for piece in found.pieces} == {"", "part-purpose"}


def test_every_section_has_a_heading_of_one_level() -> None:
    found = [piece for id in ("testing", "substances") for piece in pieces_of(draft(), shapes_of(PACK, id))]
    assert {piece.of.level for piece in found if isinstance(piece.of, Section)} == {1, 2}
    assert {piece.markup.strip()[:4] for piece in found} == {"<h3 "}
