"""The content itself: nothing unreachable, nothing idle, no wrong paragraph, no word in the wrong language."""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
from solve import PACK, answer_with, answers_for, full, some, texts_in

from app.documents import assemble
from app.documents.draft import Draft
from app.documents.findings import applies, findings
from app.documents.model import Document
from app.documents.outputs import outputs_from
from app.pack.answers import Standing, standing
from app.pack.model import Check, Clause, Question, Reference, Statement
from app.pack.text import LANGUAGES, Language

ALL_TEXTS = [text for name in type(PACK).model_fields for text in texts_in(getattr(PACK, name))]
OF_REFERENCES = {id(text) for reference in PACK.references for text in texts_in(reference)}
OWN_TEXTS = [text for text in ALL_TEXTS if id(text) not in OF_REFERENCES]
STATEMENTS = [s for theme in PACK.questionnaire.themes for s in theme.statements]


@lru_cache(maxsize=64)
def _said(key: str, language: Language) -> tuple[Callable[[], str], ...]:
    answers = json.loads(key)
    draft = Draft(PACK, answers, language)
    made = [output.assemble for output in outputs_from(PACK, "draft") if output.assemble]
    documents = [lru_cache(lambda make=make: words(make(draft))) for make in made]
    return (*documents, lru_cache(lambda: repr(findings(PACK, answers, language))))


def words(document: Document) -> str:
    return repr((document.title_block, document.intro, [(s.title, s.blocks) for s in document.sections]))


def says_the_same(answers: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether all documents and findings are the same; each is made at most once, and only when those before it do not tell."""
    pair = zip(_said(json.dumps(answers), "nb"), _said(json.dumps(other), "nb"), strict=True)
    return all(one() == two() for one, two in pair)


# ── the law: mistakes that were each once seen in the wild ──

WRONG = {
    "abstinence is § 22 b": r"22\s?a\b(?![^.]*(test|prøve|prøva|politi|police))",
    "incapacity is § 8-4": r"§\s?8-3\b",
    "there is no § 8 a": r"(helsepersonelloven|hpl)[^.]{0,12}§\s?8\s?a\b",
    "the annual report is § 7-2": r"§\s?7-4\b",
    "AMU is from 30": r"(AMU|arbeidsmiljøutval\w*|working environment committee)[^.]{0,60}\b50\b",
    "verneombud is 5": r"(verneombod?|verneombud|safety representative)[^.]{0,60}(færre enn|under|fewer than|mindre enn)\s(10|ti|ten)\b",
    "violence is chapter 3A": r"\b23\s?A\b",
    "Statsforvalteren": r"[Ff]ylkesmann",
    "Havtil": r"\bPtil\b|[Pp]etroleumstilsyn",
    "deviation routine is not nr. 1a": r"§\s?5[^.]{0,12}1\s?a\b",
}


def whole(reference: Reference, language: Language) -> str:
    """All words of a source together: a paragraph alone does not say what it is cited for."""
    return f"{reference.publisher} {reference.title.in_(language)} {reference.cited(language)} {reference.about.in_(language)}"


@pytest.mark.parametrize("name", WRONG)
def test_no_wrong_citation(name: str) -> None:
    said = [text.in_(language) for text in OWN_TEXTS for language in LANGUAGES]
    said += [whole(reference, language) for reference in PACK.references for language in LANGUAGES]
    assert [words for words in said if re.search(WRONG[name], words)] == []


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("abstinence is § 22 b", "Sjåfører skal avholde seg (vegtrafikkloven § 22 a)."),
        ("incapacity is § 8-4", "folketrygdloven § 8-3"),
        ("there is no § 8 a", "helsepersonelloven § 8 a"),
        ("the annual report is § 7-2", "årsrapport (§ 7-4)"),
        ("AMU is from 30", "AMU er påbudt fra 50 ansatte"),
        ("verneombud is 5", "verneombud kan avtales bort med færre enn 10 ansatte"),
    ],
)
def test_the_citation_tests_can_fail(name: str, wrong: str) -> None:
    assert re.search(WRONG[name], wrong)


def test_consent_is_never_given_as_a_ground_for_testing() -> None:
    option = next(o for o in PACK.questions["testing_positions"].columns[1].options if o.id == "consent")
    assert option.refused is not None
    for language in LANGUAGES:
        assert re.search("samtyk|consent|ja|yes", option.refused.in_(language))


def test_no_word_that_blames() -> None:
    bad = re.compile(r"\b(misbruk\w*|alkoholiker\w*|narkoman\w*|rusmisbruk\w*|addicts?|alcoholics?|drunks?)\b", re.IGNORECASE)
    warned = {id(text) for check in PACK.checks for text in texts_in(check)}
    said = [text.in_(language) for text in OWN_TEXTS if id(text) not in warned for language in LANGUAGES]
    assert [words for words in said if bad.search(words)] == []


def test_our_text_is_never_called_helsedirektoratets() -> None:
    bad = re.compile(r"Helsedirektoratet (sier|seier|mener|meiner|krever|krev|anbefaler at vi|says|requires)", re.IGNORECASE)
    said = [(c.id, t.in_(language)) for c in PACK.clauses for t in texts_in(c) for language in LANGUAGES]
    assert [id for id, words in said if bad.search(words)] == []


# ── the languages ──

NOT_NYNORSK = re.compile(
    r"\b(ikke|hvordan|hvorfor|hvilke[nt]?|hvem|noen|noe|bare|jeg|virksomhet\w*|ansatt\w*|arbeidstaker\w*|verneombud\w*|"
    r"tillitsvalg\w*|leder|ledere|lederne|fra|gjør|være|sier|hjemme|uke|hver|dere|kommer|forskjellig\w*|mulig\w*|uten|trenger|spill\w*|rusmidler|"
    r"medisiner|sikkerhet\w*|samtaler|kjører?|kolleger|kollegene|nærmaste|einskild\w*|syter|fråhald\w*|føremål\w*)\b"
)
NOT_BOKMAL = re.compile(
    r"\b(ikkje|korleis|kvifor|kven|kva|nokon|noko|berre|eg|verksemd\w*|tilsett\w*|leiar\w*|frå|vere|seier|gjev|heime|veke|kvar|dykk)\b"
)
NOT_ENGLISH = re.compile(
    r"\b(og|ikke|ikkje|skal|eller|hvis|dersom|vi er|det er|arbeidsgiver\w*|"
    r"leaders?|(line|top|immediate) managers?|organiz\w+|behavior\w*|labor|program|center|vacation|recogniz\w+)\b",
    re.IGNORECASE,
)
NAMES = re.compile(r"«[^»]*»|\([^)]*\)|“[^”]*”")


@pytest.mark.parametrize(("language", "pattern"), [("nn", NOT_NYNORSK), ("nb", NOT_BOKMAL), ("en", NOT_ENGLISH)])
def test_no_word_in_the_wrong_language(language: Language, pattern: re.Pattern[str]) -> None:
    names = {id(name) for r in PACK.references for name in (r.title, r.act, r.paragraph)}
    found: dict[str, str] = {}
    for text in ALL_TEXTS:
        if id(text) in names:
            continue
        said = NAMES.sub("", text.in_(language))
        found |= {m[0]: said[:90] for m in pattern.finditer(said)}
    assert found == {}


# ── nothing unreachable, nothing idle ──


@pytest.mark.parametrize("clause", PACK.clauses, ids=lambda c: c.id)
def test_every_clause_can_appear(clause: Clause) -> None:
    answers = answers_for(clause.when, full() if "undecided" not in str(clause.when) else None)
    if clause.id in assemble.draft_only(PACK):
        answers["workplace_name"] = ""
    assert clause.id in [s.id for s in assemble.policy(Draft(PACK, answers, "nn")).sections]


@pytest.mark.parametrize("clause", [*PACK.clauses, *(clause for guide in PACK.guides.values() for clause in guide.sections)], ids=lambda c: c.id)
def test_every_block_can_appear(clause: Clause) -> None:
    for at, block in enumerate(clause.blocks):
        answers = answers_for(block.when, answers_for(clause.when))
        assert standing(PACK, answers).holds(clause.when | block.when), f"{clause.id}: block {at}"
        for line in [*(block.bullets or []), *(block.numbered or []), *(block.fields or []), *(block.signatures or [])]:
            lined = answers_for(line.when, answers)
            assert standing(PACK, lined).holds(line.when), f"{clause.id}: {line.text.nb}"


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: s.id)
def test_every_statement_can_appear(statement: Statement) -> None:
    assert statement.text.nb in words(assemble.questionnaire(Draft(PACK, answers_for(statement.when), "nb")))


@pytest.mark.parametrize("check", PACK.checks, ids=lambda c: c.id)
def test_every_check_can_find_something(check: Check) -> None:
    answers = answers_for(check.when)
    if check.words:
        answers["own_values"] = f"Her står {check.words['nb'][0].rstrip('*')}."
    if check.later:
        answers |= {check.later.than: "2026-01-31", check.later.question: "2031-01-01"}
    if check.high_without:
        answers |= {"situations": ["workday"], check.high_without.question: {"workday": {"likelihood": "l5", "consequence": "c5"}}}
    answers = answers_for(PACK.questions[check.mend].when, answers)
    now = standing(PACK, answers)
    for key, wanted in check.unless.items():
        if now.holds({key: wanted}):
            answers = without(now, answers, key, wanted)
    assert applies(check, standing(PACK, answers)), check.id


def without(now: Standing, answers: dict[str, Any], key: str, wanted: list[str]) -> dict[str, Any]:
    """The answers changed so that an `unless` does not hold, and as little else as can be."""
    question = PACK.questions[key.partition(".")[0]]
    value: Any = now.values.get(question.id)
    if question.kind == "choices":
        kept = [] if "given" in wanted else [id for id in value if id not in wanted]
        value = kept or [o.id for o in question.options if o.id not in wanted and "given" not in wanted][:1]
    elif question.kind == "choice":
        value = next(o.id for o in question.options if o.id not in wanted)
    elif question.kind == "grid":
        value = {row: record for row, record in value.items() if set(record.values()).isdisjoint(wanted)}
    else:
        value = [record for record in value or [] if set(record.values()).isdisjoint(wanted)]
    return answers | {question.id: value}


# a workplace that has done all that the wizard asks for, and variants of it that are just as good
CAREFUL: dict[str, Any] = {
    "workplace_name": "Eksempel",
    "sector": "office",
    "size": "n30_99",
    "bodies": ["safety_rep", "amu", "union_reps"],
    "ohs": "yes",
    "critical_work": ["none"],
    "abstinence_groups": ["none"],
    "work_features": ["none"],
    "needs": ["known_policy"],
    "mapping_sources": ["safety_rounds"],
    "risk": {"christmas_party": {"likelihood": "l2", "consequence": "c2"}},
    "decides": "amu",
    "decision_planned": "2026-12-01",
    "owner_function": "HR-sjefen",
    "took_part": ["leaders", "safety_rep", "union_reps", "employees"],
    "contact_role": "akan_contact",
    "roles": {"contact": {"name": "Akan-kontakten"}},
    "incident_system": "avvikssystemet",
    "review_date": "2028-11-30",
    "ohs_contract": "yes",
    "ohs_plan": "yes",
    "acute_contact": "vakta",
}
TESTED = {"position": "Kranfører", "ground": "particular_risk", "reason": "Et feilgrep kan ta liv.", "discussed": "2026-10-14"}
JUST_AS_GOOD: dict[str, dict[str, Any]] = {
    "as it is": {},
    "four people with another arrangement": {
        "size": "n1_4",
        "bodies": ["other_arrangement"],
        "decides": "general_manager",
        "took_part": ["employees"],
    },
    "twenty people of whom nobody asks for an AMU": {
        "size": "n10_29",
        "bodies": ["safety_rep", "amu_not_asked"],
        "decides": "management",
        "took_part": ["safety_rep", "employees"],
    },
    "the board adopts what the AMU has dealt with": {"decides": "board", "took_part": ["safety_rep", "union_reps", "employees", "amu"]},
    "no occupational health service and no duty": {"ohs": "no", "ohs_duty": "no"},
    "shipping": {"sector": "maritime", "abstinence_groups": ["sea"], "critical_work": ["machines"]},
    "drivers": {
        "critical_work": ["driving"],
        "abstinence_groups": ["professional_drivers"],
        "situations": ["workday", "driving_work", "christmas_party"],
    },
    "police": {"sector": "state", "abstinence_groups": ["police"], "critical_work": ["weapons"]},
    "alcohol-free": {
        "own_events": "alcohol_free",
        "situations": ["workday", "morning_after"],
        "risk": {"workday": {"likelihood": "l1", "consequence": "c5"}},
    },
    "lawful testing": {
        "testing": "positions",
        "testing_positions": [TESTED],
        "testing_taker": "En sykepleier",
        "consulted": [{"who": "Tillitsvalgte", "how": "discussion"}],
    },
}


@pytest.mark.parametrize("name", JUST_AS_GOOD)
def test_whoever_has_done_all_right_gets_no_findings(name: str) -> None:
    assert [f.id for f in findings(PACK, CAREFUL | JUST_AS_GOOD[name], "nb")] == []


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ([TESTED | {"reason": ""}], "testing_incomplete"),
        ([TESTED, TESTED | {"discussed": ""}], "testing_incomplete"),
        ([], "testing_incomplete"),
        ([TESTED, TESTED | {"ground": "consent"}], "testing_consent"),
    ],
)
def test_no_test_of_employees_passes_half_explained(changed: list[dict[str, str]], found: str) -> None:
    answers = CAREFUL | JUST_AS_GOOD["lawful testing"] | {"testing_positions": changed}
    assert [f.id for f in findings(PACK, answers, "nb") if f.severity == "blocks"] == [found]


# what makes a full policy long, cut down: the same conditions hold, and the tests below make hundreds of policies
BRIEF: dict[str, Any] = {"situations": ["workday", "christmas_party"], "consulted": [], "reading": ["hdir-rusoff"], "partners": ["akan", "nav"]}


def choosing() -> list[tuple[Question, str]]:
    asked = [q for q in PACK.questions.values() if q.kind in ("choice", "choices") and not q.info_only]
    return [(question, option.id) for question in asked for option in question.options]


@pytest.mark.parametrize(("question", "option"), choosing(), ids=lambda v: v if isinstance(v, str) else v.id)
def test_every_option_matters(question: Question, option: str) -> None:
    """With the option, some document or finding says something else than with every other option."""
    base = answers_for(question.when, full() | BRIEF)
    target = question.option(option)
    assert target
    base = answers_for(target.when, base)
    chosen = answer_with(question, option)
    if target.counts_as:  # to the documents it is the general one; what it suggests is its own
        assert PACK.sectors[option].suggest
        return
    rest = [o.id for o in question.options if o.id != option]
    other: Any = rest[:1] if question.kind == "choices" else rest[0]
    assert not says_the_same(base | {question.id: chosen}, base | {question.id: other})


@pytest.mark.parametrize("question", PACK.questions.values(), ids=lambda q: q.id)
def test_every_question_can_be_left_undecided(question: Question) -> None:
    """What is "not decided yet" shows as an open point, and a policy can still be made in every language."""
    answers = answers_for(question.when, full() | BRIEF) | {question.id: None}
    for language in LANGUAGES:
        document = assemble.policy(Draft(PACK, answers, language))
        assert question.id in document.open_points
        assert question.label.in_(language) in repr(document.sections)


def test_a_number_of_must_answers_gives_a_sound_policy() -> None:
    required = {q.id: some(q, standing(PACK, {})) for q in PACK.questions.values() if q.required and q.default is None}
    assert 10 <= len(required) <= 17, sorted(required)
    answers = answers_for({"bodies": ["safety_rep"]}, required) | {"size": "n10_29", "decides": "management"}
    answers |= {"abstinence_groups": ["none"], "contact_role": "hr", "ohs": "yes", "decision_planned": "2026-12-01", "review_date": "2028-01-01"}
    blocking = [f.id for f in findings(PACK, answers, "nb") if f.severity == "blocks"]
    assert blocking == []
    assert len(assemble.policy(Draft(PACK, answers, "nb").at_length("full")).sections) > 25
