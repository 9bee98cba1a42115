"""The lengths to choose between, with their words and pages, kept until somebody saves."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from app.documents.measure import Measured, measured
from app.models.policy import Policy
from app.pack.engine import LENGTH
from app.pack.load import the_pack
from app.web.language import current_language, t

KEPT = 128
_kept: OrderedDict[tuple[str, int, str], tuple[Measured, ...]] = OrderedDict()
_lock = Lock()


class Length(NamedTuple):
    """One length as the page shows it: its name, which says when it is the one chosen, what is in it, and how long it is."""

    name: str
    holds: str
    words: int
    pages: int


def lengths_of(policy: Policy) -> list[Length]:
    """Every length of a draft, the shortest first, in the language of the screen."""
    language, question = current_language(), the_pack().questions[LENGTH]
    chosen = policy.draft().length
    found = ((question.option(one.length), one) for one in _measured(policy))
    return [
        Length(_named(option.label.in_(language), one.length == chosen), option.help.in_(language) if option.help else "", one.words, one.pages)
        for option, one in found
        if option
    ]


def _named(label: str, is_chosen: bool) -> str:
    return t("download_length_chosen", name=label) if is_chosen else label


def _measured(policy: Policy) -> tuple[Measured, ...]:
    key = (policy.id, policy.revision, policy.language)
    with _lock:
        found = _kept.get(key)
    if found is None:
        found = measured(policy.draft())
        with _lock:
            _kept[key] = found
            if len(_kept) > KEPT:
                _kept.popitem(last=False)
    return found
