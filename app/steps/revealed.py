"""Questions that are asked by an answer on the same page: they stand under it, and a script hides them while that answer is not chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from app.pack.base import When
from app.pack.question import Option
from app.web.choices import UNDECIDED
from app.web.language import t
from app.web.rich_text import plain

from .visible_questions import Asked


class Part(NamedTuple):
    """Questions that are shown together. Those that another answer on the page asks say `when`, for the script, and `only_if`, for the reader."""

    asked: list[Asked]
    when: str
    only_if: str


def parts_of(shown: Iterable[Asked], page: Sequence[Asked]) -> list[Part]:
    """The questions `shown` of a `page`, those under one condition together."""
    by_id = {asked.id: asked for asked in page}
    return [Part(list(asked), script_of(under, by_id), _sentence(under, by_id)) for under, asked in groupby(shown, key=lambda one: one.under)]


def script_of(under: When, page: dict[str, Asked]) -> str:
    """A condition as the script reads it: `field=value,value`, more of them with a space between; all must hold."""
    return " ".join(f"{id}={','.join(_values(page[id], wanted))}" for id, wanted in under.items())


def _values(asked: Asked, wanted: Sequence[str]) -> list[str]:
    """The values of the fields with which the condition holds."""
    return [option.id for option in _meant(asked, wanted)] + [UNDECIDED] * (UNDECIDED in wanted)


def _meant(asked: Asked, wanted: Sequence[str]) -> list[Option]:
    return [option for option in asked.options if not {option.id, option.counts_as}.isdisjoint(wanted)]


def _sentence(under: When, page: dict[str, Asked]) -> str:
    return " ".join(t("field_only_if", label=plain(page[id].question.label), choices=_choices(page[id], wanted)) for id, wanted in under.items())


def _choices(asked: Asked, wanted: Sequence[str]) -> str:
    labels = [plain(option.label) for option in _meant(asked, wanted)] + [t("field_undecided")] * (UNDECIDED in wanted)
    return t("field_or").join(t("field_quoted", words=label) for label in labels)
