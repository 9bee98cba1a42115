"""The words around a review: every clause looked at, every refusal by file and key, nothing said that the law does not say."""

# ruff: noqa: E501 - a table is read by its rows

import re
from pathlib import Path

import pytest
from solve import PACK, texts_in
from test_pack_refuses import TEXT, put

from app.commands.build import check_content
from app.pack.load import PackError, load
from app.pack.review import Point, Role
from app.pack.text import LANGUAGES, Language
from tests.unit.edited import Edit, copied, faults_with

REVIEW = PACK.review
ALL = texts_in(REVIEW)
CLAUSES = {clause.id for clause in PACK.clauses}


# ── complete ──


def test_every_clause_is_looked_at_or_passed_by_on_purpose() -> None:
    looked = {look.clause for look in REVIEW.look_for}
    assert looked | set(REVIEW.nothing_to_look_for) == CLAUSES
    assert all(REVIEW.look(id) for id in looked)
    assert [REVIEW.look(id) for id in (*REVIEW.nothing_to_look_for, "no-clause")] == [[]] * (len(REVIEW.nothing_to_look_for) + 1)


def test_what_the_app_asks_for_by_name_is_there() -> None:
    assert [REVIEW.role(id).id for id in ("verneombud", "hovedverneombud", "union_rep", "amu_member", "bht", "manager", "other")]
    assert [REVIEW.kind(id).id for id in ("question", "proposal", "disagreement", "support")]
    assert [REVIEW.outcome(id).id for id in ("answered", "taken_in", "changed_otherwise", "not_taken_in")]
    assert [REVIEW.advice(id).id for id in ("inviting", "answering", "dissent", "ready")]
    assert [answer.id for answer in REVIEW.process_answers] == ["yes", "no", "not_sure"]
    with pytest.raises(KeyError):
        REVIEW.body("nobody")


def test_a_body_is_said_as_the_policy_says_it() -> None:
    """Whoever decides has the same id and the same words in the decision as in the question `decides`."""
    for option in PACK.questions["decides"].options:
        body = REVIEW.body(option.id)
        assert (body.label, body.words) == (option.label, option.words)


def test_ids_that_answers_are_stored_by_stay() -> None:
    assert [question.id for question in REVIEW.process] == [
        "reached_shifts", "reached_hired", "reached_offline", "reached_languages", "reached_absent",
        "enough_time", "picture_shared", "took_part_early", "clear_decision", "clear_known",
    ]  # fmt: skip
    assert REVIEW.question("enough_time").id == "enough_time"


@pytest.mark.parametrize("role", REVIEW.roles, ids=lambda role: role.id)
def test_a_role_is_told_its_rights_and_what_is_not_asked(role: Role) -> None:
    assert 2 <= len(role.rights) <= 5
    assert 2 <= len(role.expected) <= 4
    assert 2 <= len(role.not_expected) <= 4


# ── fit for a phone ──


def questions() -> list[Point]:
    return [point for look in REVIEW.look_for for point in look.points]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_look_for_is_a_short_question(language: Language) -> None:
    said = [point.text.in_(language) for point in questions()] + [question.text.in_(language) for question in REVIEW.process]
    assert [words for words in said if not words.endswith("?") or words.count("?") > 1 or len(words) > 110] == []
    assert [words for words in said if re.match(r"(Hv|Korleis|Kv|Wh|How)\w* ", words)] == []


def test_no_text_is_long() -> None:
    assert [words for text in ALL for language in LANGUAGES if len(words := text.in_(language)) > 240] == []


# ── the law ──


def cited(point: Point) -> set[str]:
    return {m for language in LANGUAGES for m in re.findall(r"(?:§|section) (\d+-\d+)", point.text.in_(language))}


def points() -> list[Point]:
    roles = [point for role in REVIEW.roles for point in (*role.rights, *role.expected, *role.not_expected)]
    return [*roles, *questions(), *(point for advice in REVIEW.hr_advice for point in advice.points)]


def test_a_paragraph_is_cited_only_from_a_source_that_was_seen() -> None:
    for point in points():
        seen = {s.paragraph for id in point.sources if id != "own" and (s := PACK.sources[id]).confidence == "H"}
        assert {f"§ {number}" for number in cited(point)} <= seen, point.text.nb


def test_all_languages_cite_the_same() -> None:
    for text in ALL:
        found = {tuple(re.findall(r"(?:§|section|kapittel|chapter) (\d+(?:-\d+)?)", text.in_(language))) for language in LANGUAGES}
        assert len(found) == 1, text.nb


def test_a_rule_about_tests_never_leans_on_consent() -> None:
    for point in (*REVIEW.look("control-testing"), *REVIEW.look("appendix-agreement")):
        for language in LANGUAGES:
            assert not re.search("samtyk|consent", point.text.in_(language))


# ── refusals ──

READERS, LOOK, PROCESS, WORDS, HR = (f"review/{name}.yaml" for name in ("readers", "look-for", "process", "words", "hr"))
REFUSALS: dict[str, tuple[str, Edit, str]] = {
    "clause without an entry": (LOOK, lambda d: d["look_for"].pop(0), "review/look-for.yaml: look_for: the clause purpose has no entry"),
    "clause in both lists": (LOOK, lambda d: d["nothing_to_look_for"].append("purpose"), "the clause purpose stands in both lists"),
    "clause that is not there": (LOOK, lambda d: d["nothing_to_look_for"].append("nowhere"), "there is no clause nowhere"),
    "clause twice": (LOOK, lambda d: d["look_for"].append(d["look_for"][0]), "review/look-for.yaml: look_for: purpose: this id is there 2 times"),
    "one thing to look for": (LOOK, lambda d: put(d["look_for"][0], points=d["look_for"][0]["points"][:1]), "review/look-for.yaml: purpose: 2 to 4 things"),
    "dangling source": (LOOK, lambda d: put(d["look_for"][0]["points"][0], sources=["nowhere"]), "review/look-for.yaml: purpose: there is no source nowhere"),
    "no source": (PROCESS, lambda d: put(d["process"][0], sources=[]), "review/process.yaml: reached_shifts: no source"),
    "right without source": (READERS, lambda d: put(d["roles"][1]["rights"][0], sources=[]), "review/readers.yaml: hovedverneombud: no source"),
    "advice without source": (HR, lambda d: put(d["hr_advice"][0]["points"][0], sources=[]), "review/hr.yaml: inviting: no source"),
    "missing language": (READERS, lambda d: d["roles"][0]["meaning"].pop("nn"), "review/readers.yaml: roles.verneombud.meaning.nn"),
    "unknown key": (WORDS, lambda d: put(d["kinds"][0], colour="red"), "review/words.yaml: kinds.question.colour"),
    "unknown role": (READERS, lambda d: put(d["roles"][0], id="king"), "review/readers.yaml: roles.king.id"),
    "role missing": (READERS, lambda d: d["roles"].pop(), "review/readers.yaml: roles: other is missing"),
    "outcome missing": (WORDS, lambda d: d["outcomes"].pop(), "review/words.yaml: outcomes: not_taken_in is missing"),
    "kind twice": (WORDS, lambda d: d["kinds"].append(d["kinds"][0]), "review/words.yaml: kinds: question: this id is there 2 times"),
    "hole": (WORDS, lambda d: put(d["stands"], said=TEXT | {"en": "{workplace_name}"}), "review/: stands.said: {workplace_name} cannot be filled here"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSALS)
def test_refuses(name: str, tmp_path: Path) -> None:
    file, edit, expected = REFUSALS[name]
    faults = faults_with(copied(tmp_path), file, edit)
    assert any(expected in fault for fault in faults), faults


def test_names_the_missing_files(tmp_path: Path) -> None:
    with pytest.raises(PackError) as refused:
        load(tmp_path)
    assert {f"{file}: the file is missing" for file in (READERS, LOOK, PROCESS, WORDS, HR)} <= set(refused.value.faults)


def test_the_command_counts_them() -> None:
    points = sum(len(look.points) for look in REVIEW.look_for)
    assert f"{len(REVIEW.roles)} roles, {points} things to look for" in check_content()
