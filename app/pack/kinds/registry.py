"""Every kind of question by its id: the one table in which a new kind is entered (app/pack/kinds/__init__.py does so)."""

from __future__ import annotations

from .base import Asked, Kind

KINDS: dict[str, Kind] = {}


def kind_of(asked: Asked) -> Kind:
    """The kind of a question or a column."""
    return KINDS[asked.kind]
