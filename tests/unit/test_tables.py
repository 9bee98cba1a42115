"""Tables of answers show what somebody answered, and nothing that nobody did."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.documents.assemble import policy
from app.documents.draft import Draft
from app.documents.model import Bullets, Table
from app.pack.load import the_pack

PACK = the_pack()
EXAMPLE = Path(__file__).parents[2] / "examples" / "consultancy.json"


def tables(answers: dict[str, Any], section: str) -> list[Table]:
    document = policy(Draft(PACK, answers, "nb"))
    return [block for found in document.sections if found.id == section for block in found.blocks if isinstance(block, Table)]


def answers(**changed: Any) -> dict[str, Any]:
    return json.loads(EXAMPLE.read_text("utf-8"))["answers"] | {"length": "full"} | changed


def test_a_column_that_nobody_filled_is_not_printed() -> None:
    partners = {"partners": ["akan", "gp"]}
    bare = tables(answers(**partners, partner_details={}), "cooperation")[-1]
    assert bare.header == ("Hvem", "Hva vi ber om")
    assert sum(bare.widths) == 1
    one = tables(answers(**partners, partner_details={"gp": {"contact": "Legevakten"}}), "cooperation")[-1]
    assert one.header == ("Hvem", "Hva vi ber om", "Kontakt")
    assert [row[-1].runs[0].words for row in one.rows] == ["–", "Legevakten"]


def test_the_numbers_of_the_risk_picture_stay_when_no_measure_is_written() -> None:
    risk = tables(answers(situations=["workday"], risk={"workday": {"likelihood": "l2", "consequence": "c3"}}), "appendix-risk")[0]
    assert risk.header == ("Situasjon", "Sannsynlighet", "Konsekvens", "Risiko")


def test_an_open_point_is_never_dropped_as_an_empty_column() -> None:
    lights = tables(answers(situations=["workday"], lights={}), "green-yellow-red")
    assert not lights or "[ikke bestemt ennå]" in str(lights[0])


def test_a_source_says_who_and_where_and_links_to_the_whole_address() -> None:
    section = policy(Draft(PACK, answers(), "nb")).section("sources-used")
    assert section
    [listed] = [block for block in section.blocks if isinstance(block, Bullets)]
    items = {item[0].words: item for item in listed.items}
    advice = items["Etablere, utforme og implementere rusmiddelpolicy tilpasset arbeidsplassen"]
    assert "".join(run.words for run in advice[1:]) == ", Helsedirektoratet, helsedirektoratet.no"
    assert [link.target for run in advice for link in run.links] == [PACK.sources["hdir-rusoff"].address]
    assert "".join(run.words for run in items["Arbeidsmiljøloven"]).count("§ 9-3") == 1
    assert {r.confidence for r in PACK.references if not r.checked} == {"M", "L"}
