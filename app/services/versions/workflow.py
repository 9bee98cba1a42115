"""The states of a policy, and the transitions between them: what each needs, who may take it, and what stops it. Knows neither web nor database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from app.values.vocabulary import EDITORS, OWNERS, PolicyState

TransitionId = Literal["send", "ready", "decide", "put_in_force", "reopen", "revise"]
Need = Literal["kept", "answers", "findings", "review_over", "comments", "unchanged", "participation", "decision"]
NextId = Literal["answer", "keep", "send", "follow", "ready", "decide", "put_in_force", "wait", "revise"]


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from a state to another: from which states, to which, for which roles, and what must be in order."""

    sources: tuple[PolicyState, ...]
    to: PolicyState
    roles: frozenset[str]
    needs: tuple[Need, ...] = ()


READY: tuple[Need, ...] = ("kept", "answers", "findings", "review_over", "comments", "unchanged", "participation")

# An editor works out the text and says that it is ready. What binds the workplace is the owner's to record, and to undo.
TRANSITIONS: dict[TransitionId, Transition] = {
    "send": Transition(("draft", "in_review"), "in_review", EDITORS, ("kept",)),
    "ready": Transition(("draft", "in_review"), "ready", EDITORS, READY),
    "decide": Transition(("ready",), "decided", OWNERS),
    "put_in_force": Transition(("decided",), "in_force", OWNERS, ("decision",)),
    "reopen": Transition(("ready", "decided"), "draft", OWNERS),
    "revise": Transition(("in_force",), "draft", OWNERS),
}


@dataclass(frozen=True, slots=True)
class Blocking:
    """A finding that blocks: what it says, and the question that mends it; or the section, when it stands in own words."""

    mend: str
    words: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a policy when somebody wants to go on. `open_questions` are ids; `took_part` says that others had their say this round.

    `unchanged` counts the comments that were taken in, as HR says, while their section reads as before. `carries_out`: the text was adopted with
    changes, which are now being made. `scheduled`: the day in force is set, and lies ahead.
    """

    state: PolicyState
    kept: bool = True
    open_questions: tuple[str, ...] = ()
    blocking: tuple[Blocking, ...] = ()
    review_open: bool = False
    unanswered: int = 0
    unchanged: int = 0
    took_part: bool = True
    decided: bool = False
    carries_out: bool = False
    scheduled: bool = False


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing that stops a transition. `about` is the question that mends it, if one does; or `section` the one that is mended in own words.

    What may be `overcome` is confirmed with a reason instead.
    """

    need: Need
    about: str = ""
    words: str = ""
    count: int = 0
    overcome: bool = False
    section: str = ""


def _kept(facts: Facts) -> Iterator[Hindrance]:
    if not facts.kept:
        yield Hindrance("kept")


def _answers(facts: Facts) -> Iterator[Hindrance]:
    yield from (Hindrance("answers", about=id) for id in facts.open_questions)


def _findings(facts: Facts) -> Iterator[Hindrance]:
    yield from (Hindrance("findings", about=found.mend, words=found.words, section=found.section) for found in facts.blocking)


def _review_over(facts: Facts) -> Iterator[Hindrance]:
    if facts.review_open:
        yield Hindrance("review_over")


def _comments(facts: Facts) -> Iterator[Hindrance]:
    if facts.unanswered:
        yield Hindrance("comments", count=facts.unanswered)


def _unchanged(facts: Facts) -> Iterator[Hindrance]:
    if facts.unchanged:
        yield Hindrance("unchanged", count=facts.unchanged)


def _participation(facts: Facts) -> Iterator[Hindrance]:
    if not facts.took_part:
        yield Hindrance("participation", overcome=True)


def _decision(facts: Facts) -> Iterator[Hindrance]:
    if not facts.decided:
        yield Hindrance("decision")


NEEDS: dict[Need, Callable[[Facts], Iterator[Hindrance]]] = {
    "kept": _kept,
    "answers": _answers,
    "findings": _findings,
    "review_over": _review_over,
    "comments": _comments,
    "unchanged": _unchanged,
    "participation": _participation,
    "decision": _decision,
}


def can_begin(transition: TransitionId, state: PolicyState) -> bool:
    """Whether the transition leads on from this state at all."""
    return state in TRANSITIONS[transition].sources


def may(transition: TransitionId, role: str, state: PolicyState) -> bool:
    """Whether somebody in this role may make the transition. An editor may undo what an editor may do: a text that is ready, but not a decision."""
    return role in TRANSITIONS[transition].roles or (transition == "reopen" and state == "ready" and role in EDITORS)


def hindrances(transition: TransitionId, facts: Facts) -> list[Hindrance]:
    """Everything that stops the transition, in the order in which it is best mended; what must be mended comes before what may be overcome."""
    return [found for need in TRANSITIONS[transition].needs for found in NEEDS[need](facts)]


def stops(found: list[Hindrance], reason: str = "") -> bool:
    """Whether any of it stops the transition, for somebody who gives this reason for what may be overcome."""
    return any(not one.overcome or not reason.strip() for one in found)


def back(state: PolicyState) -> TransitionId | None:
    """The transition by which the answers of a locked policy are opened for changes."""
    return next((way for way in ("reopen", "revise") if can_begin(way, state)), None)


def next_step(facts: Facts) -> NextId:
    """The one thing to do next."""
    later: dict[PolicyState, NextId] = {"ready": "decide", "decided": "wait" if facts.scheduled else "put_in_force", "in_force": "revise"}
    return later.get(facts.state) or _before_ready(facts)


def _before_ready(facts: Facts) -> NextId:
    if facts.review_open or facts.unanswered or facts.unchanged:
        return "follow"
    if facts.open_questions or facts.blocking:
        return "answer"
    if not facts.kept:
        return "keep"
    return "ready" if facts.took_part or facts.carries_out else "send"
