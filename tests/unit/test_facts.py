"""What the policy says of law, help and roles holds for the workplace it is made for, and promises nothing that does not come."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.documents.assemble import policy
from app.documents.draft import Draft
from app.documents.render import plain
from app.pack.answers import standing
from app.pack.load import the_pack

PACK = the_pack()
ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content" / "rusoff"
GROUPS = [option.id for option in PACK.questions["abstinence_groups"].options if option.id != "none"]


def answers(example: str = "consultancy", **changed: Any) -> dict[str, Any]:
    return json.loads((ROOT / "examples" / f"{example}.json").read_text("utf-8"))["answers"] | {"length": "full"} | changed


def said(**changed: Any) -> str:
    return plain.draw(policy(Draft(PACK, answers(**changed), "nb")))


def section(id: str, **changed: Any) -> str:
    document = policy(Draft(PACK, answers(**changed), "nb"))
    return " ".join(str(block) for found in document.sections if found.id == id for block in found.blocks)


def all_content() -> str:
    return "\n".join(file.read_text("utf-8") for file in sorted(CONTENT.rglob("*.yaml")))


# ── duty of abstinence ──


@pytest.mark.parametrize("group", GROUPS)
def test_the_eight_hours_are_asked_of_every_group_and_never_ignored(group: str) -> None:
    chosen = {"abstinence_groups": [group]}
    assert "eight_hour" in standing(PACK, answers(**chosen)).asked
    assert "Åtte timer uten rusmidler før arbeid er en fast kjøreregel" in said(**chosen, eight_hour="yes")
    assert "Vi har ingen egen regel om tiden før arbeid" in said(**chosen, eight_hour="no")


@pytest.mark.parametrize("group", GROUPS)
def test_every_occupation_is_told_something(group: str) -> None:
    own = section(f"abstinence-{group.replace('_', '-')}", abstinence_groups=[group])
    assert own, "the chapter says that the main points stand here"
    assert not re.search(r"har egne regler[^.]*\.(?!.*Lederen din)", own), "that there are rules is not what they are"


def test_the_limit_at_sea_is_said() -> None:
    assert "promillegrensen 0,2" in section("abstinence-sea", abstinence_groups=["sea"])


# ── testing ──


@pytest.mark.parametrize("testing", ["none", "agreement_only", None])
def test_health_personnel_may_be_tested_by_order_whatever_the_workplace_chose(testing: str | None) -> None:
    order = "kan arbeidsgiveren eller Statsforvalteren pålegge en prøve. En lege, en sykepleier eller en bioingeniør tar prøven."
    assert order in said(abstinence_groups=["health_personnel"], testing=testing)
    assert order not in said(abstinence_groups=["none"], testing=testing)


def test_no_text_says_that_nobody_may_force_a_sample_or_that_we_never_test() -> None:
    assert not re.search(
        r"[Ii]ngen kan tvinges|[Ii]ngen kan tvingast|[Nn]obody can be (physically )?forced|Vi tar ikke rusmiddeltester", all_content()
    )


# ── help, agreement, what one tells in time ──


def test_gambling_has_its_own_help_line() -> None:
    partners = {"partners": ["helplines"]}
    both, one = said(**partners, substances=["alcohol", "gambling"]), said(**partners, substances=["alcohol"])
    assert "Hjelpelinjen (hjelpelinjen.no) gir råd om pengespill" in both
    assert "Hjelpelinjen (hjelpelinjen.no) gir råd" not in one
    assert "RUSinfo (rusinfo.no) gir råd om rusmidler" in one


def test_no_telephone_number_but_those_that_somebody_saw() -> None:
    numbers = re.findall(r"(?<![\w-])(?:\d{2} \d{2} \d{2} \d{2}|\d{3} \d{3}|\d{3} \d{2} \d{3}|\d{8})(?![\w-])", all_content())
    assert set(numbers) == {"116 117", "55 55 33 36"}


def test_the_agreement_begins_with_its_background_and_has_the_doctor_as_a_party() -> None:
    chosen = {"agreement": "yes", "appendices": ["agreement_template"], "agreement_people": ["employee", "leader", "doctor"]}
    text = said(**chosen)
    template = text[text.index("Mal for individuell Akan-avtale") :]
    assert template.index("1. Bakgrunn.") < template.index("2. Frivillig.")
    assert "den ansatte, nærmeste leder og legen" in template
    assert "\nLege\n" in template
    assert "doctor" in PACK.questions["agreement_people"].default


def test_a_hangover_told_in_time_is_no_breach_though_it_counts_as_influence() -> None:
    text = section("working-hours", hangover="counts", critical_work=["driving"])
    assert "Å si fra i tide er aldri i seg selv et brudd på policyen." in text
    assert "telle mot deg" not in text


def test_sources_do_not_claim_more_than_somebody_saw() -> None:
    assert "sist lest" not in said(appendices=["sources"])
    assert "Det er foreslått endringer" not in all_content()


# ── only what is for this workplace ──


def test_hr_is_named_only_where_somebody_holds_the_role() -> None:
    assert "HR støtter lederne" in said(size="n30_99", roles={"hr": {"name": "Personalsjefen"}})
    assert "HR støtter lederne" not in said(size="n30_99", roles={"leader": {"name": "Styreren"}})
    wheel = PACK.questions["wheel"].default
    assert isinstance(wheel, dict)
    assert "hr" not in {row["who"] for row in wheel.values()}


def test_the_act_for_state_employees_is_named_only_in_the_state() -> None:
    options = PACK.questions["sector"].options
    state = [option.id for option in options if "state" in (option.id, option.counts_as)]
    assert state == ["state", "police", "defence"]
    assert [option.id for option in options if "statsansatteloven" in said(sector=option.id, appendices=[])] == state


def test_advice_to_public_bodies_is_proposed_to_them_alone() -> None:
    proposal = PACK.sources["hdir-public"].propose
    assert proposal
    assert set(proposal.when["sector"]) == {"municipality", "state"}


def test_gifts_alone_stand_under_the_heading_of_gifts() -> None:
    alone = said(representation="not_relevant", work_features=[], gifts="no_alcohol")
    assert "Gaver\n\n- Vi gir ikke alkohol i gave" in alone
    assert "Representasjon og reiser" not in alone


# ── detail of the house's own ──

TIMES = {"sober_times": [{"group": "trenere", "time": "48 timer", "before": "kamp"}]}
DINNER = {
    "label": "Fest for flere enn hundre",
    "pays": "self",
    "approver": "AMU",
    "limit": "to glass vin",
    "hosts": "én vakt for hver femtiende gjest",
}
OCCASIONS = {"own_events": "limited", "event_pays": "by_kind", "event_pays_kinds": {"own_5": DINNER}}


@pytest.mark.parametrize("length", ["full", "policy"])
def test_the_house_says_its_own_number_where_the_rule_stands(length: str) -> None:
    times = section("sober-times", length=length, critical_work=["children"], **TIMES)
    assert all(word in times for word in ("trenere", "48 timer", "kamp", "Krever loven mer, gjelder loven."))
    assert section("sober-times", length=length, critical_work=["none"], **TIMES) == ""
    assert all(str(word) in section("own-events", length=length, **OCCASIONS) for word in ("AMU", "to glass vin", DINNER["hosts"], DINNER["label"]))
    guards = {"work_features": ["own_premises"], "premises_guards": [{"guests": "51–100", "number": "fire", "kind": "licensed"}]}
    lent = section("own-premises", length=length, premises_alcohol="closed", **guards)
    assert all(word in lent for word in ("51–100", "fire", "Godkjente vektere"))
    assert "51–100" not in section("own-premises", length=length, premises_alcohol="none", **guards)
    kept = {"contact": {"name": "Kari", "reach": "12345678", "appointed": "de tillitsvalgte, for to år"}}
    assert "de tillitsvalgte, for to år" in said(length=length, roles=kept)
