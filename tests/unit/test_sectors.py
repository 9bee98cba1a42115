"""Each kind of workplace: what it suggests is lawful and gives a sound policy, and what it folds away is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.documents import assemble
from app.documents.draft import Draft
from app.documents.findings import findings_of, open_questions
from app.pack.answers import standing
from app.pack.industry import sector_for
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.steps.visible_questions import asked_on
from tests.unit.edited import Edit, copied, faults_with

PACK = the_pack()
BEGUN: dict[str, Any] = {
    "workplace_name": "Eksempel",
    "size": "n10_29",
    "bodies": ["safety_rep", "amu_not_asked"],
    "ohs": "yes",
    "decides": "management",
    "owner_function": "HR",
    "took_part": ["leaders", "safety_rep", "employees"],
    "contact_role": "hr",
    "review_date": "2028-01-01",
}
# who must be wholly sober by law at each kind of workplace: domain notes, C4; the rest has none of its own
SOBER: dict[str, set[str]] = {
    "municipality": {"health_personnel"}, "home_care": {"health_personnel"}, "hospital": {"health_personnel"},
    "road_transport": {"professional_drivers"}, "rail": {"rail"},
    "aviation": {"aviation"}, "shipping": {"sea"}, "offshore": {"offshore"}, "police": {"police"}, "defence": {"defence"},
}  # fmt: skip
UNSURE = {"fishing"}  # where the law depends on more than the kind, nothing is suggested
KINDS = sorted(PACK.sectors)


def confirmed(sector: str) -> dict[str, Any]:
    """The must-answers of a workplace of this kind, with what is suggested taken as it is."""
    now = standing(PACK, BEGUN | {"sector": sector})
    rest = [id for id, question in PACK.questions.items() if question.required and id not in BEGUN]
    return BEGUN | {id: now.values.get(id, ["none"]) for id in rest}


@pytest.mark.parametrize("sector", KINDS)
def test_a_sound_policy_comes_of_the_must_answers(sector: str) -> None:
    now = standing(PACK, confirmed(sector))
    assert [q.id for q in open_questions(now)] == []
    assert [f.message for f in findings_of(now, "nb") if f.severity == "blocks"] == []
    for language in LANGUAGES:
        draft = Draft(PACK, confirmed(sector), language)
        assert len(assemble.policy(draft.at_length("full")).sections) > 25
        assert not draft.is_unfinished


# what every workplace is reminded of after the must-answers alone
WEIGHED = {"no_risk", "no_mapping_sources", "contact_hr_nameless", "no_incident_system", "acute_no_contact", "language_only_norwegian"}


@pytest.mark.parametrize("sector", KINDS)
def test_what_is_suggested_does_not_contradict_itself(sector: str) -> None:
    assert {f.id for f in findings_of(standing(PACK, confirmed(sector)), "nb")} <= WEIGHED


@pytest.mark.parametrize("sector", KINDS)
def test_no_kind_suggests_testing_or_a_duty_that_is_not_there(sector: str) -> None:
    suggested = PACK.sectors[sector].suggest
    assert not suggested.keys() & {"testing", "testing_positions", "bodies", "ohs", "took_part", "decides"}
    assert set(suggested.get("abstinence_groups", ())) == (set() if sector in UNSURE else SOBER.get(sector, {"none"}))


@pytest.mark.parametrize("sector", KINDS)
def test_each_says_enough_to_be_of_use(sector: str) -> None:
    found = PACK.sectors[sector]
    assert {"critical_work", "work_features", "situations", "needs"} <= found.suggest.keys()
    assert 3 <= len(found.risks) <= 5
    assert 2 <= len(found.safety_rep_asks) <= 4
    assert {"owner_function", "own_values", "mapping_notes"} <= found.examples.keys()
    assert found.fold


def test_what_is_suggested_is_open_until_somebody_says_so() -> None:
    begun = standing(PACK, BEGUN | {"sector": "kindergarten"})
    assert begun.values["critical_work"] == ["children"]
    assert {"critical_work", "abstinence_groups", "work_features", "needs"} == {q.id for q in open_questions(begun)}
    told = {f.message for f in findings_of(begun, "nb") if f.mend == "critical_work"}
    assert told == {"«Hvilke oppgaver hos dere kan bli farlige hvis noen er ruspåvirket?» har et forslag som dere ikke har bekreftet ennå."}


def test_a_suggestion_stands_over_the_default_and_an_answer_over_both() -> None:
    answers = BEGUN | {"sector": "kindergarten"}
    lights = standing(PACK, answers).values["lights"]
    assert (lights["summer_party"], lights["christmas_party"]) == ({"light": "red"}, {"light": "yellow"}), "row by row"
    assert standing(PACK, answers | {"representation": "moderate"}).values["representation"] == "moderate"
    assert standing(PACK, BEGUN | {"sector": "other"}).values["representation"] == "moderate"


def test_newer_questions_have_suggestions_and_folds_as_well() -> None:
    said = standing(PACK, confirmed("shipping")).values
    assert (said["crew_travel"], said["medicines_more"]) == (["journey", "shore_leave"], ["not_risk", "captain"])
    page = PACK.pages["scope", "consequences"][1]
    folded = {a.id: {o.id for o in a.folded} for a in asked_on(page, standing(PACK, confirmed("kindergarten")))}
    assert folded["responses"] == {"site", "drugs_reported"}


def test_there_are_enough_kinds_and_a_general_one_for_the_rest() -> None:
    options = {option.id for option in PACK.questions["sector"].options}
    assert len(PACK.sectors) >= 18
    assert {"health_care", "education", "transport", "maritime", "petroleum", "other"} <= options - PACK.sectors.keys()


def test_a_finer_kind_counts_as_the_general_one() -> None:
    now = standing(PACK, {"sector": "kindergarten"})
    assert now.tokens("sector") == {"given", "kindergarten", "education"}
    said = repr(assemble.policy(Draft(PACK, {"sector": "kindergarten"}, "nb")).sections)
    assert "De som lærer og vokser hos oss" in said


def test_an_option_is_called_what_they_call_it_there() -> None:
    """On the screen and in the names of rows; with the same id, and in no other kind of workplace."""
    page = PACK.pages["map", "work"][1]
    for sector, name in (("kindergarten", "Turer med barna"), ("other", "Leirskole og turer med barn eller brukere")):
        answers = {"sector": sector, "situations": ["school_trip"]}
        (asked,) = (one for one in asked_on(page, standing(PACK, answers)) if one.id == "situations")
        assert next(option.label.nb for option in asked.options if option.id == "school_trip") == name
        assert name in repr(assemble.policy(Draft(PACK, answers, "nb").at_length("policy")).section("green-yellow-red"))


def test_nobody_alone_with_hr_is_suggested_where_few_have_it() -> None:
    readers = {size: standing(PACK, {"size": size}).values["records_access"] for size in ("n5_9", "n30_99")}
    assert readers == {"n5_9": ["employee", "leader"], "n30_99": ["employee", "leader", "hr"]}


def test_an_option_is_folded_away_for_its_kind_alone() -> None:
    page = PACK.pages["map", "work"][1]
    folded = {a.id: {o.id for o in a.folded} for a in asked_on(page, standing(PACK, {"sector": "kindergarten"}))}
    assert {"weapons", "machines"} <= folded["critical_work"]
    assert not any(a.folded for a in asked_on(page, standing(PACK, {"sector": "other"})))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("88.911", "kindergarten"),
        ("86.901", "home_care"),
        ("86.220", None),
        ("41.200", "construction"),
        ("49.410", "road_transport"),
        ("49.312", "rail"),
        ("03.211", "fishing"),
        ("96.020", None),
        ("", None),
    ],
)
def test_an_industry_code_tells_the_kind(code: str, kind: str | None) -> None:
    assert sector_for(PACK, code) == kind


FILE = "sectors/kindergarten.yaml"
REFUSED: dict[str, tuple[Edit, str]] = {
    "name": (lambda d: d.update(id="school"), "id: school is not the name of the file"),
    "unknown question": (lambda d: d["suggest"].update(colour="red"), "suggest.colour: there is no such question on a later page"),
    "same page": (lambda d: d["suggest"].update(ohs="yes"), "suggest.ohs: there is no such question on a later page"),
    "own words": (lambda d: d["suggest"].update(own_need="Alt"), "suggest.own_need: what one writes in own words gets an example"),
    "no option": (lambda d: d["suggest"].update(needs=["rest"]), "suggest.needs: rest is not an option"),
    "too many": (lambda d: d["suggest"]["needs"].extend(["early_help", "medicines"]), "suggest.needs: 6 options"),
    "no row": (lambda d: d["suggest"]["lights"].update(moon={"light": "red"}), "suggest.lights: moon is not a row"),
    "folded what is suggested": (lambda d: d["fold"]["critical_work"].append("children"), "fold.critical_work: children is suggested, and"),
    "called nothing": (lambda d: d["names"]["situations"].update(rest=d["risks"][0]), "names.situations: rest is not an option"),
    "folded nothing": (lambda d: d["fold"].update(needs=["rest"]), "fold.needs: rest is not an option"),
    "folded a must": (lambda d: d["fold_questions"].append("needs"), "fold_questions: there is no question needs that may be left"),
    "example of a choice": (lambda d: d["examples"].update(needs={"nb": "a", "nn": "b", "en": "c"}), "examples.needs: there is no such question"),
    "no source": (lambda d: d.update(sources=[]), "sources: no source"),
    "hole": (lambda d: d["risks"].append({"nb": "{size}", "nn": "{size}", "en": "{size}"}), "{size} cannot be filled here"),
    "code twice": (lambda d: d["industry_codes"].append("41"), "industry_codes: 41 is there 2 times"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_with_a_fault_is_refused_by_name_and_key(name: str, tmp_path: Path) -> None:
    edit, expected = REFUSED[name]
    faults = faults_with(copied(tmp_path), FILE, edit)
    assert any(expected in fault for fault in faults), faults


def test_a_finer_kind_without_a_file_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / FILE).unlink()
    faults = faults_with(folder, "checks.yaml", lambda d: None)
    assert f"{FILE}: the file is missing" in faults
