"""The content itself: nothing unreachable, nothing idle, no wrong paragraph, no word in the wrong language."""

import re
from typing import Any

import pytest
from solve import PACK, answer_with, answers_for, full, some, texts_in

from app.documents import assemble
from app.documents.findings import applies, findings
from app.documents.model import Document
from app.pack.answers import standing
from app.pack.model import Check, Clause, Question, Statement
from app.pack.text import LANGUAGES, Language

ALL_TEXTS = [text for name in type(PACK).model_fields for text in texts_in(getattr(PACK, name))]
STATEMENTS = [s for theme in PACK.questionnaire.themes for s in theme.statements]


def words(document: Document) -> str:
    return repr((document.title_block, document.intro, [(s.title, s.blocks) for s in document.sections]))


def everything(answers: dict[str, Any], language: Language = "nb") -> str:
    made = [assemble.policy(PACK, answers, language), assemble.questionnaire(PACK, answers, language), assemble.guide(PACK, answers, language)]
    return "\n".join(words(document) for document in made) + repr(findings(PACK, answers, language))


# ── the law: domain.md C10, each once seen in the wild ──

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


@pytest.mark.parametrize("name", WRONG)
def test_no_wrong_citation(name: str) -> None:
    said = [text.in_(language) for text in ALL_TEXTS for language in LANGUAGES]
    said += [str(r.paragraph) for r in PACK.references] + [r.publisher for r in PACK.references]
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
    told = {id: text for id, text in ((c.id, t) for c in PACK.clauses for t in texts_in(c))}
    bad = re.compile(r"\b(misbruk\w*|alkoholiker\w*|narkoman\w*|rusmisbruk\w*|addicts?|alcoholics?|drunks?)\b", re.IGNORECASE)
    assert [id for id, text in told.items() if any(bad.search(text.in_(language)) for language in LANGUAGES)] == []


def test_our_text_is_never_called_helsedirektoratets() -> None:
    bad = re.compile(r"Helsedirektoratet (sier|seier|mener|meiner|krever|krev|anbefaler at vi|says|requires)", re.IGNORECASE)
    said = [(c.id, t.in_(language)) for c in PACK.clauses for t in texts_in(c) for language in LANGUAGES]
    assert [id for id, words in said if bad.search(words)] == []


# ── the languages ──

NOT_NYNORSK = re.compile(
    r"\b(ikke|hvordan|hvorfor|hvilke[nt]?|hvem|noen|noe|bare|jeg|hjelpe?r|virksomhet\w*|ansatt\w*|arbeidstaker\w*|verneombud\w*|"
    r"tillitsvalg\w*|leder|ledere|lederne|fra|både|også hvis|skjer|gjør|være|sier|gir|blir|hjemme|uke|hver|dere|kommer|forskjellig\w*)\b"
)
FINE = {"hjelper", "hjelpr", "fra", "både", "blir", "kommer", "virksomhet"}
NOT_BOKMAL = re.compile(r"\b(ikkje|korleis|kvifor|kven|kva|nokon|noko|berre|eg|verksemd\w*|tilsett\w*|leiar\w*|frå|vere|seier|gjev|heime|veke|kvar|dykk)\b")
NOT_ENGLISH = re.compile(r"\b(og|ikke|ikkje|skal|eller|hvis|dersom|vi er|det er|arbeidsgiver\w*)\b")
NAMES = re.compile(r"«[^»]*»|\([^)]*\)|“[^”]*”")


@pytest.mark.parametrize(("language", "pattern"), [("nn", NOT_NYNORSK), ("nb", NOT_BOKMAL), ("en", NOT_ENGLISH)])
def test_no_word_in_the_wrong_language(language: Language, pattern: re.Pattern[str]) -> None:
    titles = {id(t) for r in PACK.references for t in (r.title,)}
    found: dict[str, str] = {}
    for text in ALL_TEXTS:
        if id(text) in titles:
            continue
        said = NAMES.sub("", text.in_(language))
        found |= {m[0]: said[:90] for m in pattern.finditer(said) if m[0].lower() not in FINE}
    assert found == {}


# ── nothing unreachable, nothing idle ──


@pytest.mark.parametrize("clause", PACK.clauses, ids=lambda c: c.id)
def test_every_clause_can_appear(clause: Clause) -> None:
    answers = answers_for(clause.when, full() if "undecided" not in str(clause.when) else None)
    if any(block.listing in assemble.DRAFT_ONLY for block in clause.blocks):
        answers["workplace_name"] = ""
    assert clause.id in [s.id for s in assemble.policy(PACK, answers, "nn").sections]


@pytest.mark.parametrize("clause", [*PACK.clauses, *PACK.guide.sections], ids=lambda c: c.id)
def test_every_block_can_appear(clause: Clause) -> None:
    for at, block in enumerate(clause.blocks):
        answers = answers_for(block.when, answers_for(clause.when))
        assert standing(PACK, answers).holds(clause.when | block.when), f"{clause.id}: block {at}"
        for line in [*(block.bullets or []), *(block.numbered or []), *(block.fields or []), *(block.signatures or [])]:
            lined = answers_for(line.when, answers)
            assert standing(PACK, lined).holds(line.when), f"{clause.id}: {line.text.nb}"


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: s.id)
def test_every_statement_can_appear(statement: Statement) -> None:
    assert statement.text.nb in words(assemble.questionnaire(PACK, answers_for(statement.when), "nb"))


@pytest.mark.parametrize("check", PACK.checks, ids=lambda c: c.id)
def test_every_check_can_find_something(check: Check) -> None:
    answers = answers_for(check.when)
    if check.words:
        answers["own_values"] = f"Her står {check.words['nb'][0].rstrip('*')}."
    if check.later:
        answers |= {check.later.than: "2026-01-31", check.later.question: "2031-01-01"}
    answers = answers_for(PACK.questions[check.mend].when, answers)
    now = standing(PACK, answers)
    for key, wanted in check.unless.items():
        if now.holds({key: wanted}):
            answers = without(answers, key, wanted)
    assert applies(check, standing(PACK, answers)), check.id
    assert not applies(check, standing(PACK, {})) or not check.when, f"{check.id} finds something in an empty policy"


def without(answers: dict[str, Any], key: str, wanted: list[str]) -> dict[str, Any]:
    """The answers changed so that an `unless` does not hold."""
    question = PACK.questions[key.partition(".")[0]]
    other = [o.id for o in question.options if o.id not in wanted]
    value: Any = other[:1] if question.kind == "choices" else other[0] if other else ""
    if question.columns:
        value = {} if question.kind == "grid" else []
    return answers | {question.id: value}


def choosing() -> list[tuple[Question, str]]:
    asked = [q for q in PACK.questions.values() if q.kind in ("choice", "choices") and not q.info_only]
    return [(question, option.id) for question in asked for option in question.options]


@pytest.mark.parametrize(("question", "option"), choosing(), ids=lambda v: v if isinstance(v, str) else v.id)
def test_every_option_matters(question: Question, option: str) -> None:
    """With the option, some document or finding says something else than with every other option."""
    base = answers_for(question.when, full())
    base |= {"consulted": [], "situations": base["situations"]}
    target = question.option(option)
    assert target
    base = answers_for(target.when, base)
    chosen = answer_with(question, option)
    rest = [o.id for o in question.options if o.id != option]
    other: Any = rest[:1] if question.kind == "choices" else rest[0]
    assert everything(base | {question.id: chosen}) != everything(base | {question.id: other})


@pytest.mark.parametrize("question", PACK.questions.values(), ids=lambda q: q.id)
def test_every_question_can_be_left_undecided(question: Question) -> None:
    """"Not decided yet" shows as an open point, and a policy can still be made in every language."""
    answers = answers_for(question.when, full()) | {question.id: None}
    for language in LANGUAGES:
        document = assemble.policy(PACK, answers, language)
        assert question.id in document.open_points
        assert question.label.in_(language) in repr(document.sections)


def test_a_number_of_must_answers_gives_a_sound_policy() -> None:
    required = {q.id: some(q, standing(PACK, {})) for q in PACK.questions.values() if q.required and q.default is None}
    assert 10 <= len(required) <= 17, sorted(required)
    answers = answers_for({"bodies": ["safety_rep"]}, required) | {"size": "n10_29", "decides": "management"}
    answers |= {"abstinence_groups": ["none"], "contact_role": "hr", "ohs": "yes", "decision_date": "2026-12-01", "review_date": "2028-01-01"}
    blocking = [f.id for f in findings(PACK, answers, "nb") if f.severity == "blocks"]
    assert blocking == []
    assert len(assemble.policy(PACK, answers, "nb").sections) > 25
