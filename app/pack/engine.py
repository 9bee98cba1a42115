"""The questions that the program itself reads, by id: what it needs of a pack beyond what the pack's own content asks for.

A pack without one of them is refused when it is loaded, with the id and what it is needed for. Nowhere else does Python name a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .question import Question

WORKPLACE_NAME = "workplace_name"
SECTOR = "sector"
BODIES = "bodies"
DECIDES = "decides"
AMU = "amu"  # the working environment committee, as an option of both
OWNER = "owner_function"
REVIEW_DATE = "review_date"
MADE_KNOWN = "made_known"
TESTING = "testing"
TESTS_POSITIONS = "positions"
MEETINGS = "consulted"
WHEEL = "wheel"
WHEEL_TIME, WHEEL_WHO = "time", "who"  # its columns
RISK = "risk"
RISK_MEASURE, RISK_WHO, RISK_TIME = "measure", "who", "time"
APPENDICES = "appendices"
LENGTH = "length"
LENGTHS = ("rules", "policy", "full")  # its options: one page, what everybody needs, or everything; full unless one of the others is chosen


class Needed(NamedTuple):
    """A question that the program reads: of which kind, with which options or columns at least, and for what."""

    id: str
    kind: str
    parts: frozenset[str]
    purpose: str


NEEDED = (
    Needed(WORKPLACE_NAME, "text", frozenset(), "the name of the workplace on documents, files and pages"),
    Needed(SECTOR, "choice", frozenset(), "what kind of workplace it is, and so what is suggested"),
    Needed(BODIES, "choices", frozenset({AMU}), "whether there is a working environment committee"),
    Needed(DECIDES, "choice", frozenset({AMU}), "which body is to decide"),
    Needed(OWNER, "text", frozenset(), "who owns the policy, in the case paper"),
    Needed(REVIEW_DATE, "date", frozenset(), "when the policy is looked at again"),
    Needed(MADE_KNOWN, "choices", frozenset(), "how the policy is made known, in the case paper"),
    Needed(TESTING, "choice", frozenset({TESTS_POSITIONS}), "whether the case paper speaks of control measures"),
    Needed(LENGTH, "choice", frozenset(LENGTHS), "how long the policy is"),
    Needed(APPENDICES, "choices", frozenset(), "which appendices there are, for the files that each annex is also to be had as"),
    Needed(WHEEL, "grid", frozenset({WHEEL_TIME, WHEEL_WHO}), "what is done when in the year, for the plan and its calendar"),
    Needed(RISK, "grid", frozenset({RISK_MEASURE, RISK_WHO, RISK_TIME}), "the measures of the risk picture, for the plan"),
    Needed(MEETINGS, "rows", frozenset({"who", "how", "date", "said"}), "the meetings where the policy was talked over"),
)


def engine_faults(questions: Mapping[str, Question]) -> Iterator[str]:
    """What is missing for the program to work with these questions, one line each."""
    for needed in NEEDED:
        found = questions.get(needed.id)
        if found is None:
            yield f"steps: {needed.id}: there is no such question, which the program needs: {needed.purpose}"
        elif found.kind != needed.kind:
            yield f"steps: {needed.id}: the program needs a question of kind {needed.kind}, not {found.kind}: {needed.purpose}"
        else:
            there = {option.id for option in found.options} | {column.id for column in found.columns}
            missing = sorted(needed.parts - there)
            yield from (f"steps: {needed.id}.{part}: is not there, and the program needs it: {needed.purpose}" for part in missing)
