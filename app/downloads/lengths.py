"""The lengths to choose between, with their words and pages, kept until somebody saves."""

from __future__ import annotations

from typing import NamedTuple

from app.documents.measure import Measured, measured
from app.models.policy import Policy
from app.pack.engine import LENGTH
from app.pack.load import the_pack
from app.pack.question import Option
from app.pack.text import Text
from app.services.revision_cache import RevisionCache


class Told(NamedTuple):
    """One length as it is for these answers: how long it is, and whether it is a draft still."""

    measured: Measured
    is_draft: bool


def _told(policy: Policy) -> tuple[Told, ...]:
    draft = policy.draft()
    return tuple(Told(one, draft.at_length(one.length).is_unfinished) for one in measured(draft))


_measures: RevisionCache[tuple[Told, ...]] = RevisionCache(_told)


class Length(NamedTuple):
    """One length: its id, what it is called and what is in it in every language, how long it is, whether it is the one chosen, and a draft still."""

    id: str
    name: Text
    holds: Text | None
    words: int
    pages: int
    is_chosen: bool
    is_draft: bool


def lengths_of(policy: Policy) -> list[Length]:
    """Every length of a draft, the shortest first."""
    question, chosen = the_pack().questions[LENGTH], policy.draft().length
    found = ((question.option(told.measured.length), told) for told in _measures.of(policy))
    return [_length(option, *told, option.id == chosen) for option, told in found if option]


def _length(option: Option, one: Measured, is_draft: bool, is_chosen: bool) -> Length:
    return Length(option.id, option.label, option.help, one.words, one.pages, is_chosen, is_draft)


def label_of(length: str) -> Text:
    """What a length is called."""
    option = the_pack().questions[LENGTH].option(length)
    assert option is not None
    return option.label
