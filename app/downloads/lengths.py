"""The lengths to choose between, with their words and pages, kept until somebody saves."""

from __future__ import annotations

from typing import NamedTuple

from app.documents.measure import Measured, measured
from app.models.policy import Policy
from app.pack.engine import LENGTH
from app.pack.load import the_pack
from app.services.revision_cache import RevisionCache
from app.web.language import current_language, t

_measures: RevisionCache[tuple[Measured, ...]] = RevisionCache(lambda policy: measured(policy.draft()))


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
    found = ((question.option(one.length), one) for one in _measures.of(policy))
    return [
        Length(_named(option.label.in_(language), one.length == chosen), option.help.in_(language) if option.help else "", one.words, one.pages)
        for option, one in found
        if option
    ]


def _named(label: str, is_chosen: bool) -> str:
    return t("download_length_chosen", name=label) if is_chosen else label
