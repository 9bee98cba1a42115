"""The short way of every role, and the minutes that are told: both hold for every example."""

from __future__ import annotations

import json
from math import ceil
from pathlib import Path

import pytest

from app.documents import assemble
from app.documents.draft import Draft
from app.documents.model import Paragraph, Run, Section
from app.pack.load import the_pack
from app.reading.reading_time import SECONDS_A_SECTION, WORDS_A_MINUTE, minutes, words_in
from app.reading.ways import MOST, next_of, short_way
from app.review.forms import to_judge
from app.values.vocabulary import REVIEWER_ROLES

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
TWENTY = 20


def sections_of(path: Path, length: str) -> dict[str, Section]:
    answers = json.loads(path.read_text("utf-8"))["answers"] | {"length": length}
    return {section.id: section for section in assemble.policy(Draft(the_pack(), answers, "nb")).sections}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_short_way_is_eight_to_ten_sections_and_takes_no_more_than_twenty_minutes(path: Path) -> None:
    """The lists and the questionnaire are not on it, for they are not sent to be judged."""
    sections = sections_of(path, "full")
    asked = to_judge(list(sections))
    assert not set(asked) & {"sources-used", "further-reading", "appendix-questionnaire"}
    for role in REVIEWER_ROLES:
        way = short_way(role, asked)
        assert 8 <= len(way) <= MOST, (role, way)
        assert way == [id for id in asked if id in way]
        assert minutes([sections[id] for id in way]) <= TWENTY, role


@pytest.mark.parametrize("length", ["rules", "policy"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_where_all_is_short_there_is_no_short_way(path: Path, length: str) -> None:
    sections = sections_of(path, length)
    asked = to_judge(list(sections))
    assert all(short_way(role, asked) == [] for role in REVIEWER_ROLES)
    assert minutes([sections[id] for id in asked]) <= TWENTY


def test_minutes_are_reckoned_from_words_and_rounded_up() -> None:
    one = Section("a", 1, "4.2 Tittel her", "body", (Paragraph((Run("ord " * 998),)),))
    assert words_in(one) == 1000
    assert minutes([one]) == 5 * ceil((1000 / WORDS_A_MINUTE + SECONDS_A_SECTION / 60) / 5) == 10
    assert minutes([]) == 5


def test_the_next_that_is_wanted_comes_after_here_or_else_from_the_beginning() -> None:
    assert next_of({"a", "d"}, "abcd", "b") == "d"
    assert next_of({"a"}, "abcd", "b") == "a"
    assert next_of({"b"}, "abcd", "b") is None
    assert next_of({"c"}, "abcd", "") == "c"
