"""What the page that looks an organisation up shows: hits to choose from, or a sentence that says what to do instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.registers.enhetsregisteret import Absent, Found
from app.registers.entity import Entity
from app.registers.names import as_written
from app.web.view_models import AddressOf, Link, Message, Notice, Words, counted, message


class Hit(NamedTuple):
    """One organisation, by what one recognises one's own: name, number, municipality, and how many work there."""

    number: str
    name: str
    about: tuple[Words, ...]


class Group(NamedTuple):
    """Hits of one kind under their heading."""

    id: str
    title: Message
    hits: tuple[Hit, ...]


class Reply(NamedTuple):
    """What came of a search. `found` says how many hits there are, when there are any."""

    groups: tuple[Group, ...] = ()
    notice: Notice | None = None
    found: Message | None = None


class Way(NamedTuple):
    """Where the forms of the page lead; `past` is the way on without a register, a form where it begins a draft."""

    search: str
    choose: str
    begin: str
    past: Link | None


def way_of(id: str, address: AddressOf) -> Way:
    """For the draft `id`, or for a new one."""
    if not id:
        return Way(address("organisation.search"), address("organisation.choose"), address("start.begin"), None)
    past = Link(message("organisation_skip"), address("steps.tasks", id=id))
    return Way(address("organisation.search_for", id=id), address("organisation.choose_for", id=id), "", past)


OUTAGE = Reply(notice=Notice("warning", (message("organisation_outage"),)))


def of_name(found: Found) -> Reply:
    """What a search by name found."""
    groups = tuple(_groups(found.entities, found.sub_entities))
    if not groups:
        return Reply(notice=Notice("info", (message("organisation_none"),)))
    more = Notice("info", (message("organisation_more"),)) if found.is_more else None
    return Reply(groups, more, counted("organisation_hits", len(found.entities) + len(found.sub_entities)))


def of_number(number: str, found: Entity | Absent) -> Reply:
    """What a search by number found. One that is deleted is told, and cannot be chosen."""
    if isinstance(found, Absent):
        key = "organisation_removed" if found.is_removed else "organisation_unknown"
        return Reply(notice=Notice("info", (message(key, number=spaced(number)),)))
    if found.deleted:
        told = message("organisation_deleted", name=as_written(found.name), number=spaced(number), day=found.deleted)
        return Reply(notice=Notice("info", (told,)))
    return of_name(Found((), (found,), False) if found.is_sub_entity else Found((found,), (), False))


def spaced(number: str) -> str:
    """An organisation number as it is written: 974 760 673."""
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def _groups(entities: Iterable[Entity], sub_entities: Iterable[Entity]) -> Iterator[Group]:
    for id, some in (("entities", entities), ("sub_entities", sub_entities)):
        if hits := tuple(_hit(entity) for entity in some):
            yield Group(id, message(f"organisation_{id}"), hits)


def _hit(entity: Entity) -> Hit:
    place = (as_written(entity.municipality),) if entity.municipality else ()
    return Hit(entity.number, as_written(entity.name), (spaced(entity.number), *place, *_employees(entity)))


def _employees(entity: Entity) -> tuple[Words, ...]:
    """How many work there. What was never said is not spoken of."""
    if entity.counted:
        return (counted("organisation_employees", entity.counted),)
    if entity.has_counted is None:
        return ()
    return (message("organisation_under_five" if entity.is_under_five else "organisation_uncounted"),)
