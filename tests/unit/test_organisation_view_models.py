"""What the page that looks an organisation up shows for each thing that the register may say."""

from __future__ import annotations

import pytest

from app.registers.enhetsregisteret import Absent, Found
from app.registers.entity import Entity
from app.steps.from_register import options_of
from app.steps.view_models_organisation import Hit, Reply, of_name, of_number, spaced
from app.web.view_models import Message
from tests import register as made_up


def read(told: dict, is_sub_entity: bool = False) -> Entity:
    return Entity.model_validate({**told, "is_sub_entity": is_sub_entity})


FIRM, CAFE, SHELL, GONE = map(read, (made_up.BUILDERS, made_up.CAFE, made_up.SHELL, made_up.GONE))
CHILDREN = read(made_up.CHILDREN, is_sub_entity=True)


def keys(reply: Reply) -> list[str]:
    return [words.key for words in (reply.notice.words if reply.notice else ()) if isinstance(words, Message)]


def about(entity: Entity) -> list[object]:
    hit = of_name(Found((entity,), (), False)).groups[0].hits[0]
    return [words.key if isinstance(words, Message) else words for words in hit.about]


def test_hits_are_known_by_number_municipality_and_employees() -> None:
    reply = of_name(Found((FIRM,), (CHILDREN,), False))
    assert [group.id for group in reply.groups] == ["entities", "sub_entities"]
    assert reply.groups[0].hits[0][:2] == Hit(made_up.FIRM, "Nordvik & Sønner Bygg AS", ())[:2]
    assert about(FIRM) == [spaced(made_up.FIRM), "Sandnes", "organisation_employees"]
    assert (reply.found.count, reply.notice) == (2, None)


def test_a_group_without_hits_has_no_heading() -> None:
    assert [group.id for group in of_name(Found((), (CHILDREN,), False)).groups] == ["sub_entities"]


@pytest.mark.parametrize(("entity", "said"), [(CAFE, "organisation_under_five"), (SHELL, "organisation_uncounted")])
def test_employees_whom_the_register_does_not_count_out(entity, said) -> None:
    assert about(entity)[-1] == said


def test_what_was_never_said_is_not_spoken_of() -> None:
    assert about(read({"organisasjonsnummer": made_up.FIRM, "navn": "FIRMA"})) == [spaced(made_up.FIRM)]


def test_more_hits_none_and_one_by_number() -> None:
    assert keys(of_name(Found((FIRM,), (), True))) == ["organisation_more"]
    assert (keys(of_name(Found((), (), False))), of_name(Found((), (), False)).found) == (["organisation_none"], None)
    assert of_number(made_up.FIRM, FIRM).groups[0].id == "entities"
    assert of_number(made_up.KINDERGARTEN, CHILDREN).groups[0].id == "sub_entities"


@pytest.mark.parametrize(
    ("found", "said"), [(Absent(False), "organisation_unknown"), (Absent(True), "organisation_removed"), (GONE, "organisation_deleted")]
)
def test_what_cannot_be_chosen_is_told(found, said) -> None:
    reply = of_number(made_up.DELETED, found)
    assert (keys(reply), reply.groups, reply.found) == ([said], (), None)
    assert reply.notice.words[0].values["number"] == spaced(made_up.DELETED)


@pytest.mark.parametrize(
    ("entity", "options"),
    [
        (FIRM, {"size": "n10_29", "sector": "construction"}), (CAFE, {"size": "n1_4", "sector": "hospitality"}), (SHELL, {"sector": "office"}),
        (CHILDREN, {"size": "n10_29", "sector": "kindergarten"}), (read(made_up.TOWN), {"size": "n100", "sector": "municipality"}),
        (read({"organisasjonsnummer": made_up.FIRM, "navn": "FIRMA"}), {}),
    ],
)  # fmt: skip
def test_what_is_suggested(entity, options) -> None:
    assert options_of(entity) == options
