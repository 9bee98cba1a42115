"""Three lengths of one policy: each within its bounds, and nothing that one says contradicts another."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from app.documents import assemble, papers, savefile
from app.documents.draft import Draft
from app.documents.frozen import freeze, thaw
from app.documents.look import OURS
from app.documents.measure import measured
from app.documents.model import Bullets, Document, Table
from app.documents.render import pdf, plain
from app.pack.answers import brought_up, is_older, standing
from app.pack.engine import LENGTHS
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language
from tests.unit.drawn import pdf_pages
from tests.unit.sample_record import SAMPLES

PACK = the_pack()
EXAMPLES = {path.stem: path for path in sorted((Path(__file__).parents[2] / "examples").glob("*.json"))}
WORDS: dict[Language, float] = {"nb": 1.0, "nn": 1.0, "en": 1.15}  # English needs more words for the same
DECIDED: dict[str, Any] = {"retention": "year1"}  # the one question that the consultancy left open


def draft_of(example: str, language: Language = "nb", **changed: Any) -> Draft:
    loaded = savefile.read(PACK, EXAMPLES[example].read_text("utf-8"))
    return Draft(PACK, loaded.answers | changed, language, loaded.own_words)


def words(document: Document) -> int:
    """The words of the text; the list of sources at its back is looked up in, not read."""
    read = replace(document, sections=tuple(section for section in document.sections if section.part != "back"))
    return sum(bool(re.search(r"[^\W\d]", word)) for word in plain.draw(read).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("example", "most", "pages"), [*((name, 1500, 5) for name in EXAMPLES), ("consultancy", 1000, 3)])
def test_the_policy_is_short(example: str, most: int, pages: int, language: Language) -> None:
    document = assemble.policy(draft_of(example, language, **DECIDED).at_length("policy"))
    assert words(document) <= most * WORDS[language]
    assert len(pdf_pages(pdf.draw(document, OURS))) <= pages + (language == "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_the_ground_rules_are_one_page(example: str, language: Language) -> None:
    assert len(pdf_pages(pdf.draw(assemble.rules(draft_of(example, language)), OURS))) == 1


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_the_sources_come_last_numbered_and_short(example: str, length: str) -> None:
    sections = assemble.policy(draft_of(example).at_length(length)).sections
    back = [section.id for section in sections if section.part == "back"]
    assert back == {"rules": [], "policy": ["sources-used"], "full": ["sources-used", "further-reading"]}[length]
    assert [section.id for section in sections][len(sections) - len(back) :] == back
    if back:
        [*_, listed] = sections[len(sections) - len(back)].blocks
        assert isinstance(listed, Bullets)
        assert listed.numbered
        assert listed.fine
        assert len(listed.items) <= 30
        assert max(len("".join(run.words for run in item)) for item in listed.items) <= 200


def test_what_holds_the_appendices_has_the_sources_only_when_they_are_chosen() -> None:
    draft = draft_of("building_firm", length="full", appendices=["signs"])
    assert [section.title for section in assemble.policy(draft).sections][-2:] == ["Kilder", "Les mer"]
    assert assemble.policy(draft).sections[-2].blocks == ()


@pytest.mark.parametrize("example", EXAMPLES)
def test_it_begins_with_half_a_page_of_summary(example: str) -> None:
    document = assemble.policy(draft_of(example).at_length("policy"))
    assert document.sections[0].title == "Kort fortalt"
    assert len(plain.words_of(document.sections[0]).split()) <= 150
    assert document.sections[1].title.startswith("1 ")
    assert not document.contents


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_longer_holds_every_section_of_the_shorter(example: str) -> None:
    short, full = ({s.id for s in assemble.policy(draft_of(example).at_length(length)).sections} for length in ("policy", "full"))
    assert short < full
    assert {s.id for s in assemble.policy(draft_of(example).at_length("rules")).sections} >= {"rules-here", "rules-lights", "participation"}


@pytest.mark.parametrize("length", LENGTHS)
def test_bullets_that_follow_each_other_are_one_list(length: str) -> None:
    pairs = [pair for section in assemble.policy(draft_of("building_firm").at_length(length)).sections for pair in pairwise(section.blocks)]
    assert [pair for pair in pairs if all(isinstance(block, Bullets) and not block.numbered for block in pair)] == []


# ── nothing contradicts ──

BINDING = {
    "policy": (
        "hangover", "medicines_rule", "drugs_private", "gambling_rule", "own_events", "event_approver", "event_pays", "representation", "gifts",
        "colleague_duty", "exceptions", "breach_ladder", "contact_role", "concern_who", "concern_when", "support_person", "agreement", "testing",
        "retention", "eight_hour", "akan_committee",
    ),
    "rules": ("hangover", "medicines_rule", "drugs_private", "gambling_rule", "colleague_duty", "breach_ladder", "eight_hour"),
}  # fmt: skip
BOUND = [(length, id) for length, ids in BINDING.items() for id in ids]


@pytest.mark.parametrize(("length", "id"), BOUND)
def test_what_an_answer_decides_it_decides_in_every_length(length: str, id: str) -> None:
    """Each option, and "not decided yet", reads otherwise than each other one, as it does in the whole policy."""
    options: list[str | None] = [*(option.id for option in PACK.questions[id].options), None]
    texts = {option: plain.draw(assemble.policy(_without_open(id, option).at_length(length))) for option in options}
    whole = {option: plain.draw(assemble.policy(_without_open(id, option).at_length("full"))) for option in options}
    assert [pair for pair in combinations(options, 2) if texts[pair[0]] == texts[pair[1]] and whole[pair[0]] != whole[pair[1]]] == []


def _without_open(id: str, option: str | None) -> Draft:
    chosen = {"substances": ["alcohol", "narcotics", "medicines", "gambling"], "abstinence_groups": ["sea"], "ohs": "yes"}
    return draft_of("nursing_home", **chosen, **{id: option})


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_situation_has_one_light(example: str) -> None:
    draft = draft_of(example)
    by_situation = [_lights(assemble.policy(draft.at_length(length))) for length in LENGTHS]
    assert by_situation[0] == by_situation[1] == by_situation[2]
    assert by_situation[0]


def _lights(document: Document) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for table in (block for section in document.sections for block in section.blocks if isinstance(block, Table)):
        for row in table.rows:
            if table.tone:
                found |= dict.fromkeys(row[0].runs[0].words.split(" · "), table.tone)
    return found


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_same_people_can_be_reached_in_the_same_way(example: str) -> None:
    contacts = [set(_roles(assemble.policy(draft_of(example).at_length(length)))) for length in LENGTHS]
    assert contacts[1] == contacts[2]
    assert contacts[0] <= contacts[1]


def _roles(document: Document) -> list[str]:
    tables = (block for section in document.sections for block in section.blocks if isinstance(block, Table) and block.header[0] == "Rolle")
    return [repr(row) for table in tables for row in table.rows]


def test_limits_are_the_same_in_every_length() -> None:
    for units in (1, 4):
        said = [plain.draw(assemble.policy(draft_of("building_firm", event_units=units).at_length(length))) for length in LENGTHS]
        assert [len(re.findall(rf"[Hh]øyst {units}\b", text)) for text in said] == [1, 1, 1]


@pytest.mark.parametrize("length", LENGTHS[1:])
def test_each_line_of_others_whom_it_covers_is_a_bullet(length: str) -> None:
    said = plain.draw(assemble.policy(draft_of("sports_club", covers_other="Dommere\n\n kioskvakter ").at_length(length)))
    assert "- Dommere\n- Kioskvakter\n" in said


# ── what is made of it ──


@pytest.mark.parametrize("length", LENGTHS)
def test_every_length_can_be_frozen_reviewed_and_decided(length: str) -> None:
    draft = draft_of("building_firm").at_length(length)
    policy = assemble.policy(draft)
    assert thaw(freeze(policy)) == policy
    make, decide = SAMPLES["building_firm"]
    said = make(assemble.policy(draft_of("building_firm")))
    record = papers.record(PACK, said, "nb", decide())
    whole = papers.with_record(policy, record, PACK)
    assert len(whole.sections) > len(policy.sections)
    assert papers.case_paper(PACK, said, whole, "nb", draft=draft).sections
    assert papers.decision(PACK, said, decide(), "nb", policy_document=whole).sections


# ── which length it is ──


@pytest.mark.parametrize(
    ("size", "sector", "length"),
    [("n1_4", "construction", "policy"), ("n30_99", "office", "policy"), ("n30_99", "health_care", "full"), ("n100", "office", "full")],
)
def test_the_length_is_suggested_by_size_and_sector(size: str, sector: str, length: str) -> None:
    assert Draft(PACK, {"size": size, "sector": sector}, "nb").length == length
    assert Draft(PACK, {"size": size, "sector": sector, "length": "rules"}, "nb").length == "rules"


@pytest.mark.parametrize("length", [None, "", "gone"])
def test_what_is_no_length_leaves_nothing_out(length: object) -> None:
    whole, other = (assemble.policy(draft_of("building_firm", length=said)) for said in ("full", length))
    assert {s.id for s in whole.sections} <= {s.id for s in other.sections}
    assert other.contents


def test_appendices_are_asked_only_where_there_are_any() -> None:
    assert "appendices" not in standing(PACK, {"length": "policy"}).asked
    assert "appendices" in standing(PACK, {"length": "full"}).asked


def test_answers_of_an_older_edition_keep_the_whole_policy() -> None:
    old = {"workplace_name": "Solbakken", "size": "n1_4"}
    assert brought_up(PACK, old, "2026.2") == old | {"length": "full"}
    assert brought_up(PACK, old, "") == old | {"length": "full"}
    assert brought_up(PACK, old, "2026.3") == old
    assert brought_up(PACK, old | {"length": "rules"}, "2026.2")["length"] == "rules"
    assert is_older("2026.9", "2026.10")


def test_a_text_is_at_the_length_asked_for_and_says_nothing_of_it() -> None:
    draft = draft_of("building_firm")
    assert draft.at_length("full") is draft
    assert all("length" not in section.answers for section in assemble.policy(draft.at_length("policy")).sections)


def test_the_figures_to_choose_by_leave_out_what_stands_in_a_draft_alone() -> None:
    open_, done = (measured(draft_of("consultancy", **changed)) for changed in ({}, DECIDED))
    assert [one.length for one in open_] == list(LENGTHS)
    assert [(one.pages, abs(one.words - other.words) < 12) for one, other in zip(open_, done, strict=True)] == [(one.pages, True) for one in done]


def test_the_plan_is_for_the_committee_only_where_there_is_one() -> None:
    titles = [_plan(bodies) for bodies in (["safety_rep", "amu"], ["safety_rep"])]
    assert titles == ["Vedlegg 1: Plan for ledelsen og AMU", "Vedlegg 1: Plan for ledelsen og de ansatte"]


def _plan(bodies: list[str]) -> str:
    sections = assemble.policy(draft_of("building_firm", bodies=bodies)).sections
    at = next(at for at, section in enumerate(sections) if section.id == "plan")
    assert [section.id for section in sections[at + 1 : at + 4]] == ["appendix-risk", "year", "cooperation"]
    return sections[at].title
