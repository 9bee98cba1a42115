"""Enhetsregisteret in Brønnøysund, asked for organisations by name and by number. It knows neither the web nor the database."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from time import monotonic
from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode

from pydantic import ValidationError

from .bounded_get import CONNECT, Answer, RegisterError, SilentError, get
from .entity import Entity
from .lately import Lately

SHOWN = 10  # hits of each kind
AT_ONCE = 3  # a slow register must not hold every thread of the server
PAUSE = 20.0  # seconds in which nobody waits for a register that has just failed
KEPT, KEPT_SECONDS = 200, 600.0
Kind = Literal["enheter", "underenheter"]
ENTITIES: Kind = "enheter"
SUB_ENTITIES: Kind = "underenheter"
log = logging.getLogger("rusoff")


class Found(NamedTuple):
    """Hits for a name: the first of each kind, best first, and whether the register has more."""

    entities: tuple[Entity, ...]
    sub_entities: tuple[Entity, ...]
    is_more: bool


class Absent(NamedTuple):
    """No such number; or one that was taken out of the open data (410)."""

    is_removed: bool


class Enhetsregisteret:
    """The register at the address `base`. Answers are kept for some minutes, by what was asked."""

    def __init__(self, base: str, clock: Callable[[], float] = monotonic) -> None:
        self.base, self.clock = base, clock
        self._found: Lately[Found] = Lately(KEPT, KEPT_SECONDS, clock)
        self._entities: Lately[Entity | Absent] = Lately(KEPT, KEPT_SECONDS, clock)
        self._lanes = BoundedSemaphore(AT_ONCE)
        self._quiet_until = 0.0

    def named(self, name: str) -> Found:
        """Those whose name is like this. Raises RegisterError when the register cannot be asked."""
        return self._found.get(name, self._search)

    def numbered(self, number: str) -> Entity | Absent:
        """The entity or sub-entity with this number. Raises RegisterError when the register cannot be asked."""
        return self._entities.get(number, self._look_up)

    def _search(self, name: str) -> Found:
        query = urlencode({"navn": name, "size": SHOWN})
        with self._lane():
            entities, more = _hits(ENTITIES, get(f"{self.base}/{ENTITIES}?{query}"))
            sub_entities, more_below = _hits(SUB_ENTITIES, get(f"{self.base}/{SUB_ENTITIES}?{query}"))
        above = {entity.number: entity.name for entity in entities}
        other = tuple(one for one in sub_entities if above.get(one.parent or "") != one.name)  # a place of work of its own name is no other hit
        return Found(entities, other, more or more_below)

    def _look_up(self, number: str) -> Entity | Absent:
        with self._lane():
            found = _one(ENTITIES, get(f"{self.base}/{ENTITIES}/{number}"))
            return found if found != Absent(is_removed=False) else _one(SUB_ENTITIES, get(f"{self.base}/{SUB_ENTITIES}/{number}"))

    @contextmanager
    def _lane(self) -> Iterator[None]:
        """One of few turns to ask. When nobody has answered, nobody gets one for a while. Raises RegisterError when there is none."""
        if self.clock() < self._quiet_until or not self._lanes.acquire(timeout=CONNECT):
            raise RegisterError("no turn")
        try:
            yield
        except RegisterError as problem:
            self._quiet_until = self.clock() + PAUSE if isinstance(problem, SilentError) else 0.0
            log.warning("Enhetsregisteret: %s", problem)
            raise
        finally:
            self._lanes.release()


def _hits(kind: Kind, answer: Answer) -> tuple[tuple[Entity, ...], bool]:
    """The hits that can be read, and whether the register has more."""
    told = _json(answer) if answer.status == 200 else {}
    if answer.status not in (200, 400):  # 400: a name that it cannot search for finds nothing
        raise RegisterError(f"status {answer.status}")
    entities = [entity for one in _list(_dict(told.get("_embedded")).get(kind)) if (entity := _entity(kind, one))]
    total = _dict(told.get("page")).get("totalElements")
    return tuple(entities[:SHOWN]), isinstance(total, int) and total > SHOWN


def _one(kind: Kind, answer: Answer) -> Entity | Absent:
    if answer.status in (404, 410):
        return Absent(is_removed=answer.status == 410)
    if answer.status != 200:
        raise RegisterError(f"status {answer.status}")
    entity = _entity(kind, _json(answer))
    if entity is None:
        raise RegisterError("an answer of another shape")
    return entity


def _entity(kind: Kind, told: Any) -> Entity | None:
    try:
        return Entity.model_validate({**_dict(told), "is_sub_entity": kind == SUB_ENTITIES})
    except ValidationError:
        return None


def _json(answer: Answer) -> dict[str, Any]:
    try:
        return _dict(json.loads(answer.body))
    except (ValueError, RecursionError):
        raise RegisterError("not JSON") from None


def _dict(told: Any) -> dict[str, Any]:
    return told if isinstance(told, dict) else {}


def _list(told: Any) -> list[Any]:
    return told if isinstance(told, list) else []
