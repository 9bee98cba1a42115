"""What the register says becomes the answer that fits, or none; and names are written as people write them."""

from __future__ import annotations

import pytest

from app.pack.industry import sector_of
from app.pack.load import the_pack
from app.pack.model import Pack
from app.pack.validate_register import register_faults
from app.registers.names import as_written

RULES = the_pack().register_rules


@pytest.mark.parametrize(
    ("employees", "option"),
    [
        (0, ""), (1, "n1_4"), (4, "n1_4"), (5, "n5_9"), (9, "n5_9"), (10, "n10_29"),
        (29, "n10_29"), (30, "n30_99"), (99, "n30_99"), (100, "n100"), (9999, "n100"),
    ],
)  # fmt: skip
def test_the_size_that_is_suggested(employees, option) -> None:
    assert RULES.size.option(employees) == option


@pytest.mark.parametrize(
    ("form", "institution", "industry", "option"),
    [
        ("AS", "2100", "41.200", "construction"), ("AS", "2100", "56.101", "hospitality"), ("AS", "2100", "09.109", "offshore"),
        ("AS", "2100", "09.900", "industry"), ("AS", "2100", "88.911", "kindergarten"), ("AS", "2100", "88.101", "home_care"),
        ("AS", "2100", "86.211", "health_care"), ("AS", "2100", "85.510", "education"), ("AS", "2100", "70.220", "office"),
        ("KOMM", "6500", "84.110", "municipality"), ("FYLK", "6500", "84.110", "municipality"), ("STAT", "6100", "84.110", "state"),
        ("ORGL", "6100", "84.120", "state"), ("ORGL", "6500", "84.120", "municipality"), ("ORGL", "6100", "84.240", "police"),
        ("ORGL", "6100", "72.190", "state"), ("ORGL", "6500", "88.911", "kindergarten"), ("SÆR", "6100", "86.101", "hospital"),
        ("ORGL", "6100", "85.421", "university"), ("IKS", "6500", "84.250", "fire"), ("ORGL", "6500", "37.000", "municipality"),
        ("BEDR", "", "85.201", "school"), ("BEDR", "", "84.110", ""), ("FLI", "7000", "93.110", "voluntary"),
        ("FLI", "7000", "88.911", "kindergarten"), ("FORE", "7000", "94.200", "voluntary"), ("AS", "2100", "39.000", ""), ("AS", "2100", "", ""),
        ("", "", "", ""),
    ],
)  # fmt: skip
def test_the_kind_of_workplace_that_is_suggested(form, institution, industry, option) -> None:
    assert sector_of(the_pack(), form, institution, industry) == option


def changed(**rules: object) -> Pack:
    return the_pack().model_copy(update={"register_rules": RULES.model_copy(update=rules)})


def test_rules_that_name_what_is_not_there_are_refused() -> None:
    size = RULES.size.model_copy(update={"least": {"n1_4": 1, "huge": 1000}})
    sector = RULES.sector.model_copy(update={"industry_codes": {"farming": ["02.1"], "retail": ["02.1", "47"]}})
    assert list(register_faults(changed(name="nickname", number="sector", size=size, sector=sector))) == [
        "register.yaml: nickname is no question answered in one line",
        "register.yaml: sector is no question answered in one line",
        "register.yaml: size has no option huge",
        "register.yaml: sector has no option farming",
        "register.yaml: the industry code 02.1 stands 2 times, here or in sectors/",
        "register.yaml: the industry code 47 stands 2 times, here or in sectors/",
    ]
    assert list(register_faults(changed(size=RULES.size.model_copy(update={"question": "covers"})))) == [
        "register.yaml: covers is no question with one answer of several"
    ]


@pytest.mark.parametrize(
    ("registered", "written"),
    [
        ("NORDVIK & SØNNER BYGG AS", "Nordvik & Sønner Bygg AS"), ("NORDVIK KOMMUNE", "Nordvik kommune"),
        ("SØR-NORDVIK KOMMUNE", "Sør-Nordvik kommune"),
        ("DNB", "DNB"), ("KLP OG VENNER SA", "KLP og Venner SA"), ("I NORD AS", "I Nord AS"), ("O. H. DAHL AS", "O. H. Dahl AS"),
        ("FJORD/FJELL 24 DA", "Fjord/Fjell 24 DA"), ("ÅSENE BARNEHAGE AVD ELVEGATA", "Åsene Barnehage avd Elvegata"), ("Bø AS", "Bø AS"),
        ("123", "123"),
    ],
)  # fmt: skip
def test_a_name_in_capitals_becomes_one_as_people_write_it(registered, written) -> None:
    assert as_written(registered) == written
