"""Own words: how they are typed, how they are kept, and how they are laid over the standard text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import assemble, frozen, savefile
from app.documents.draft import Draft
from app.documents.model import Bullets, Document, Paragraph, Run, Table
from app.documents.own_blocks import blocks_of, moved_on, standard_of, typed
from app.documents.own_words import MOST_OWN, TEXT_MAX, OwnSection, OwnText, OwnWords, SectionWords, reworded, set_aside
from app.documents.render import html, plain
from app.documents.render.docx.body import Body
from app.documents.render.pdf.data import data_of
from app.pack.load import the_pack
from app.pack.model import Pack
from app.pack.text import LANGUAGES
from tests.unit.solve import full

PACK = the_pack()
ANSWERS = {**full(), "workplace_name": "Fjordheimen"}
CLAUSES = {clause.id: clause for clause in PACK.clauses}


def policy(own: OwnWords, language: Any = "nb", answers: Any = ANSWERS, pack: Pack = PACK) -> Document:
    return assemble.policy(Draft(pack, answers, language, own))


def said(id: str, language: Any = "nb", **words: str) -> OwnWords:
    return OwnWords().with_words(id, language, SectionWords(**words))


def words_of(document: Document) -> str:
    return " ".join(plain.draw(document).split())


# ── typing ──


def test_what_is_typed_becomes_paragraphs_bullets_numbers_and_strong_words() -> None:
    assert blocks_of("Ett **to**\n\n- tre\n• fire\n1. fem\n2) seks\nsju") == (
        Paragraph((Run("Ett "), Run("to", "strong"))),
        Bullets(((Run("tre"),), (Run("fire"),))),
        Bullets(((Run("fem"),), (Run("seks"),)), numbered=True),
        Paragraph((Run("sju"),)),
    )


@pytest.mark.parametrize("words", ["{workplace_name}", "<b>x</b>", "-x", "1.x", "**", "a ** b", "[x](y)"])
def test_no_other_mark_is_read(words) -> None:
    assert blocks_of(words) == (Paragraph((Run(words),)),)


@given(st.lists(st.sampled_from(["Vi **skal** det", "- punkt", "1. først", "Slutt"]), min_size=1))
def test_blocks_are_typed_as_they_were_read(lines) -> None:
    blocks = blocks_of("\n".join(lines))
    assert blocks_of(typed(blocks)) == blocks


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_standard_text_can_be_begun_from(language) -> None:
    draft = Draft(PACK, ANSWERS, language)
    standard = {clause.id: standard_of(draft, clause).text for clause in PACK.clauses}
    assert max(map(len, standard.values())) <= TEXT_MAX
    own = OwnWords({id: {language: SectionWords(rewording=text, standard=text)} for id, text in standard.items()})
    begun, standing = (set(words_of(policy(one, language)).split()) for one in (own, OwnWords()))
    assert begun ^ standing <= {"####"}, "words were lost, and not only the mark of a subheading"


def test_a_boxed_remark_that_is_reworded_keeps_its_box() -> None:
    text = "Først dette.\n> Fyll ut **malen** på papir."
    assert blocks_of(text) == (
        Paragraph((Run("Først dette."),)),
        Paragraph((Run("Fyll ut "), Run("malen", "strong"), Run(" på papir.")), "note"),
    )
    assert typed(blocks_of(text)) == text


@pytest.mark.parametrize("bodies", [["amu", "safety_rep"], ["safety_rep"]])
def test_a_section_is_called_what_it_is_called_in_the_policy(bodies) -> None:
    draft = Draft(PACK, ANSWERS | {"bodies": bodies, "length": "full"}, "nb")
    titles = {section.id: section.title for section in assemble.policy(draft).sections}
    assert "plan" in titles
    assert [id for id, title in titles.items() if not title.endswith(standard_of(draft, CLAUSES[id]).section.title)] == []


# ── laid over ──


def test_a_rewording_takes_the_place_of_the_words_and_leaves_tables() -> None:
    id = next(s.id for s in policy(OwnWords()).sections if any(isinstance(b, Table) for b in s.blocks) and not CLAUSES[s.id].fixed)
    section = next(s for s in policy(said(id, rewording="Vårt eget.")).sections if s.id == id)
    assert section.blocks[0] == Paragraph((Run("Vårt eget."),))
    assert any(isinstance(block, Table) for block in section.blocks)
    assert section.own == "reworded"


@pytest.mark.parametrize("clause", [clause for clause in PACK.clauses if clause.fixed], ids=lambda clause: clause.id)
def test_a_fixed_clause_is_added_to_and_never_reworded(clause) -> None:
    before = {section.id: section for section in policy(OwnWords()).sections}
    after = {s.id: s for s in policy(said(clause.id, addition="Hos oss.", rewording="Nei.")).sections}
    if clause.id in before:
        assert after[clause.id].blocks == (*before[clause.id].blocks, Paragraph((Run("Hos oss."),)))
        assert after[clause.id].own == "added"


def test_a_fixed_block_stays_when_the_rest_is_reworded() -> None:
    answers = {**ANSWERS, "abstinence_groups": ["sea"], "eight_hour": "yes"}
    standard = standard_of(Draft(PACK, answers, "nb"), CLAUSES["abstinence"])
    section = next(s for s in policy(said("abstinence", rewording="Vårt."), answers=answers).sections if s.id == "abstinence")
    assert len(section.blocks) == 2
    assert section.blocks[0] == standard.section.blocks[0]
    assert section.blocks[1] == Paragraph((Run("Vårt."),))


@pytest.mark.parametrize(("shown", "mark"), [("nb", ""), ("nn", "På bokmål:"), ("en", "In Norwegian Bokmål:")])
def test_words_in_another_language_say_which(shown, mark) -> None:
    text = words_of(policy(said("purpose", addition="Hos oss."), shown))
    assert text.count("Hos oss.") == 1
    assert (mark in text) is True


def test_words_in_another_language_are_marked_as_such_in_every_file() -> None:
    section = OwnSection("own-1", "purpose", {"nb": OwnText("Hyttetur", "Vi går.")})
    own = said("purpose", addition="Hos oss.\n- Se https://example.org").with_section(section)
    document = policy(own, "en")
    drawn = html.draw(document)
    for words in ("Hos oss.", "Vi går."):
        assert f'<span lang="nb-NO">{words}</span>' in drawn
    assert re.search(r"<h3[^>]*><span lang=\"nb-NO\">[\d. ]*Hyttetur</span></h3>", drawn)
    body = Body(document).draw()
    assert '<w:rPr><w:lang w:val="nb-NO"/></w:rPr><w:t xml:space="preserve">Hos oss.' in body
    assert '<w:rPr><w:rStyle w:val="Hyperlink"/><w:lang w:val="nb-NO"/></w:rPr>' in body
    pdf_data = [block for section in data_of(document)["sections"] for block in section["blocks"] if block["type"] == "Paragraph"]
    assert [run for block in pdf_data for run in block["runs"] if run.get("lang") == "nb" and run["region"] == "NO"]
    assert "lang=" not in html.section(next(s for s in policy(own, "nb").sections if s.id == "purpose"))


def test_words_in_the_language_shown_come_first() -> None:
    own = said("purpose", "nn", addition="Hjå oss.").with_words("purpose", "en", SectionWords(addition="With us."))
    assert "With us." in words_of(policy(own, "en"))
    assert "Hjå oss." not in words_of(policy(own, "en"))
    assert "Hjå oss." in words_of(policy(own, "nb"))


def test_the_fingerprint_of_a_text_without_own_words_is_as_before() -> None:
    assert "own" not in frozen.freeze(policy(OwnWords()))["sections"][0]
    document = policy(said("purpose", addition="Hos oss."))
    assert frozen.thaw(frozen.freeze(document)) == document


# ── changed beneath ──


def test_a_standard_text_that_reads_otherwise_is_noticed() -> None:
    clause = CLAUSES["purpose"]
    standard = standard_of(Draft(PACK, ANSWERS, "nb"), clause).text
    own = said("purpose", rewording="Vårt.", standard=standard)
    assert list(moved_on(Draft(PACK, ANSWERS, "nb", own))) == []
    assert list(moved_on(Draft(PACK, ANSWERS, "en", own))) == []
    assert list(moved_on(Draft(PACK, ANSWERS, "nb", said("purpose", rewording="Vårt.", standard="Et annet.")))) == [("purpose", "nb")]


def test_a_rewording_that_gives_way_is_kept_aside() -> None:
    words = reworded(SectionWords(), "Vårt.", "Standard.")
    assert set_aside(words) == SectionWords(aside="Vårt.")
    assert set_aside(set_aside(words)) == SectionWords(aside="Vårt.")
    assert reworded(set_aside(words), "Vårt.", "Ny.") == SectionWords(rewording="Vårt.", standard="Ny.")
    assert reworded(words, "", "Standard.") == SectionWords(aside="Vårt.")


# ── kept ──

OWN = OwnWords(
    {"purpose": {"nb": SectionWords("Mer.", "Nytt.", "Standard.", "Før."), "en": SectionWords("More.")}, "gone": {"nn": SectionWords("Vårt.")}},
    (OwnSection("own-1", "ground-rules", {"nb": OwnText("Vakter", "Vakter drikker ikke.")}), OwnSection("own-2", "help", {}, is_out=True)),
)


def test_own_words_come_back_from_what_is_stored() -> None:
    assert OwnWords.of(OWN.stored) == OWN
    assert OwnWords().stored == {}
    assert OwnWords.of(None) == OwnWords()


def test_a_file_holds_the_own_words() -> None:
    text = savefile.write(PACK, ANSWERS, "nb", own_words=OWN.stored)
    loaded = savefile.read(PACK, text)
    assert (loaded.own_words, loaded.changes) == (OWN, ())
    assert savefile.write(PACK, ANSWERS, "nb", own_words=loaded.own_words.stored) == text
    assert '"version": 2' in text
    assert '"version": 1' in savefile.write(PACK, ANSWERS, "nb")


def changes(own: object) -> list[tuple[str, str, str, int]]:
    text = savefile.written(PACK.manifest.id, "x", "nb", {})
    loaded = savefile.read(PACK, text.replace('"answers"', f'"own_words": {__import__("json").dumps(own)}, "answers"'))
    return [(change.key, change.kind, change.words, change.more) for change in loaded.changes if change.kind != "new"]


@pytest.mark.parametrize(
    ("own", "key", "kind"),
    [
        ([], "own_words", "value"),
        ("x", "own_words", "value"),
        ({"sections": ["x"]}, "own_words.sections", "value"),
        ({"sections": {"Ø": {}}}, "own_words.Ø", "value"),
        ({"sections": {"purpose": "x"}}, "own_words.purpose", "value"),
        ({"sections": {"purpose": {"se": {"addition": "x"}}}}, "own_words.purpose.se", "value"),
        ({"sections": {"purpose": {"nb": "x"}}}, "own_words.purpose.nb", "value"),
        ({"sections": {"purpose": {"nb": {"extra": "x"}}}}, "own_words.purpose.nb.extra", "value"),
        ({"sections": {"purpose": {"nb": {"addition": 3}}}}, "own_words.purpose.nb.addition", "value"),
        ({"sections": {"purpose": {"nb": {"addition": "x" * 5003}}}}, "own_words.purpose.nb.addition", "long"),
        ({"own": "x"}, "own_words.own", "value"),
        ({"own": [{"id": "purpose", "chapter": "help"}]}, "own_words.own", "value"),
        ({"own": [{"id": "own-1", "chapter": 3}]}, "own_words.own", "value"),
        ({"own": [{"id": "own-1", "chapter": "help"}, {"id": "own-1", "chapter": "help", "words": {"nb": {"text": "x"}}}]}, "own_words.own", "value"),
        ({"own": [{"id": "own-1", "chapter": "help", "words": {"nb": {"heading": "x" * 121}}}]}, "own_words.own-1.nb.heading", "long"),
    ],
)
def test_what_does_not_fit_in_a_file_is_told(own, key, kind) -> None:
    assert [change[:2] for change in changes(own)] == [(key, kind)]


def test_a_text_that_is_too_long_is_told_whole() -> None:
    found = changes({"sections": {"purpose": {"nb": {"addition": "x" * 5003}}}})
    assert found == [("own_words.purpose.nb.addition", "long", "x" * 5003, 3)]


def test_a_file_holds_no_more_sections_than_there_may_be() -> None:
    many = [{"id": f"own-{n}", "chapter": "help", "words": {"nb": {"heading": f"{n}"}}} for n in range(MOST_OWN + 2)]
    assert [words for _, _, words, _ in changes({"own": many})] == ["own-40; help; 40", "own-41; help; 41"]


# ── sections of one's own ──


def test_an_own_section_is_the_last_of_its_chapter_and_has_a_number() -> None:
    sections = policy(OWN).sections
    at = next(n for n, section in enumerate(sections) if section.id == "own-1")
    assert sections[at].title.endswith(" Vakter")
    assert sections[at].title.startswith("4.")
    assert sections[at + 1].level == 1
    assert sections[at].own == "whole"


def test_own_sections_are_moved_within_their_chapter() -> None:
    own = OwnWords(own=tuple(OwnSection(f"own-{n}", chapter, {}) for n, chapter in enumerate(["help", "privacy", "help"])))
    assert [one.id for one in own.moved("own-2", -1).own] == ["own-2", "own-1", "own-0"]
    assert own.moved("own-2", 1) == own
    assert own.moved("own-1", -1) == own
    assert own.moved("own-9", 1) == own


def test_what_is_out_is_kept_and_not_in_the_policy() -> None:
    own = OwnWords(own=(OwnSection("own-1", "help", {"nb": OwnText("Vakter", "x")}),))
    out = own.with_section(replace(own.own[0], is_out=True))
    assert "Vakter" not in words_of(policy(out))
    assert OwnWords.of(out.stored) == out
    assert out.without("own-1") == OwnWords()


# ── findings ──


def found(own: OwnWords, answers: Any = ANSWERS) -> list[tuple[str, str]]:
    return [(finding.id, finding.section) for finding in Draft(PACK, answers, "nb", own).findings if finding.section]


@pytest.mark.parametrize("place", ["addition", "rewording"])
def test_the_checks_of_words_look_at_own_words(place) -> None:
    assert found(said("purpose", **{place: "Den som er alkoholiker, skal gå."})) == [("word_alcoholic-purpose", "purpose")]
    assert found(said("purpose", "en", **{place: "Zero tolerance."})) == [("word_zero_tolerance-purpose", "purpose")]


def test_a_check_finds_a_section_once() -> None:
    own = said("purpose", addition="Alkoholiker", rewording="Narkoman").with_words("purpose", "en", SectionWords("Addict"))
    assert found(own) == [("word_alcoholic-purpose", "purpose")]


def test_what_is_left_of_the_standard_text_is_not_looked_at() -> None:
    standard = "Lederen stiller ingen diagnose.\n- Vi [ikke bestemt ennå]."
    own = said("purpose", rewording=f"{standard.splitlines()[0]} Vi spør.", standard=standard)
    assert found(own) == []
    assert found(said("purpose", rewording="Lederen stiller diagnose.", standard=standard)) == [("word_diagnosis-purpose", "purpose")]
    assert found(said("purpose", rewording=standard, standard=standard)) == [("mark_in_text-purpose", "purpose")]


def test_own_sections_are_looked_at_where_they_stand() -> None:
    section = OwnSection("own-1", "help", {"nb": OwnText("Alkoholikeren", "x")})
    assert found(OwnWords(own=(section,))) == [("word_alcoholic-own-1", "own-1")]
    assert found(OwnWords(own=(replace(section, words={"nb": OwnText("x", "En fyllik")}),))) == [("word_alcoholic-own-1", "own-1")]
    assert found(OwnWords(own=(replace(section, is_out=True, words={"nb": OwnText("x", "En fyllik")}),))) == []


def test_what_does_not_stand_in_the_policy_is_not_looked_at() -> None:
    fixed = next(clause.id for clause in PACK.clauses if clause.fixed and clause.id == "privacy")
    assert found(said(fixed, rewording="Fyllik")) == []
    assert found(said(fixed, addition="Fyllik")) == [(f"word_alcoholic-{fixed}", fixed)]
    assert found(said("medicines", addition="Fyllik"), {**ANSWERS, "substances": ["alcohol"]}) == []


def test_the_conditions_of_a_check_hold_for_own_words_too() -> None:
    own = said("purpose", addition="Vi tar rusmiddeltester.")
    assert ("word_testing-purpose", "purpose") in found(own, {**ANSWERS, "testing": "none"})
    assert ("word_testing-purpose", "purpose") not in found(own, {**ANSWERS, "testing": "positions"})


def test_the_mark_of_an_open_point_in_own_words_blocks() -> None:
    draft = Draft(PACK, ANSWERS, "nb", said("purpose", rewording="Vi [ikke bestemt ennå]."))
    assert [finding.section for finding in draft.blocking if finding.section] == ["purpose"]
    assert assemble.policy(draft).draft == PACK.word("draft", "nb")
