"""What the words around a review must hold true beyond their grammar: ids, sources, and every clause looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import get_args

from app.values.vocabulary import CommentKind, Outcome, ReviewerRole

from .model import Pack
from .question_rules import texts_in
from .review import AdviceId, ReviewWords


def review_faults(pack: Pack) -> Iterator[str]:
    """Every fault of `pack.review`, each naming its file and key."""
    review, known = pack.review, {"own", *(reference.id for reference in pack.references)}
    yield from _ids(review)
    yield from _complete(review)
    yield from _planned(review)
    yield from _clauses(review, [clause.id for clause in pack.clauses])
    yield from _ways(review, {clause.id for clause in pack.clauses})
    yield from _sources(review, known)
    yield from (f"review/: {key}: {{{hole}}} cannot be filled here" for key, text in texts_in(review) for hole in sorted(text.holes()))


def _ids(review: ReviewWords) -> Iterator[str]:
    groups: dict[str, Iterable[str]] = {
        "readers.yaml: roles": (item.id for item in review.roles),
        "look-for.yaml: look_for": (item.clause for item in review.look_for),
        "process.yaml: process": (item.id for item in review.process),
        "process.yaml: process_answers": (item.id for item in review.process_answers),
        "words.yaml: kinds": (item.id for item in review.kinds),
        "words.yaml: outcomes": (item.id for item in review.outcomes),
        "words.yaml: bodies": (item.id for item in review.bodies),
        "hr.yaml: hr_advice": (item.id for item in review.hr_advice),
        "ways.yaml: short_way": (item.role for item in review.short_way),
        **{f"ways.yaml: {item.role}": item.clauses for item in review.short_way},
    }
    for name, ids in groups.items():
        yield from (f"review/{name}: {id}: this id is there {n} times" for id, n in Counter(ids).items() if n > 1)


def _complete(review: ReviewWords) -> Iterator[str]:
    """The ids that the app knows by name must all be there."""
    for name, wanted, there in (
        ("readers.yaml: roles", get_args(ReviewerRole), {item.id for item in review.roles}),
        ("words.yaml: kinds", get_args(CommentKind), {item.id for item in review.kinds}),
        ("words.yaml: outcomes", get_args(Outcome), {item.id for item in review.outcomes}),
        ("hr.yaml: hr_advice", get_args(AdviceId), {item.id for item in review.hr_advice}),
        ("ways.yaml: short_way", get_args(ReviewerRole), {item.role for item in review.short_way}),
    ):
        yield from (f"review/{name}: {id} is missing" for id in wanted if id not in there)


def _planned(review: ReviewWords) -> Iterator[str]:
    """An answer that says that the text has changed must have words for as long as it has not."""
    for outcome in review.outcomes:
        if outcome.id in ("taken_in", "changed_otherwise") and not (outcome.planned and outcome.planned_meaning):
            yield f"review/words.yaml: outcomes: {outcome.id}: planned and planned_meaning are missing"


def _clauses(review: ReviewWords, clauses: list[str]) -> Iterator[str]:
    looked, passed = [item.clause for item in review.look_for], review.nothing_to_look_for
    for id in clauses:
        if (id in looked) == (id in passed):
            said = "stands in both lists" if id in looked else "has no entry, and is not in nothing_to_look_for"
            yield f"review/look-for.yaml: look_for: the clause {id} {said}"
    yield from (f"review/look-for.yaml: look_for: there is no clause {id}" for id in (*looked, *passed) if id not in clauses)
    for item in review.look_for:
        if not 2 <= len(item.points) <= 4:
            yield f"review/look-for.yaml: {item.clause}: 2 to 4 things to look for, not {len(item.points)}"


def _ways(review: ReviewWords, clauses: Container[str]) -> Iterator[str]:
    """A short way leads to clauses that there are, and to none that nobody is asked to judge."""
    for role, ids in (("not_to_judge", review.not_to_judge), *((item.role, item.clauses) for item in review.short_way)):
        yield from (f"review/ways.yaml: {role}: there is no clause {id}" for id in ids if id not in clauses)
    for item in review.short_way:
        yield from (f"review/ways.yaml: {item.role}: {id} is not to be judged" for id in item.clauses if id in review.not_to_judge)


def _sources(review: ReviewWords, known: Container[str]) -> Iterator[str]:
    for key, sources in _sourced(review):
        if not sources:
            yield f"review/{key}: no source; own advice says `own`"
        yield from (f"review/{key}: there is no source {id}" for id in sources if id not in known)


def _sourced(review: ReviewWords) -> Iterator[tuple[str, list[str]]]:
    """Everything with sources, by file and key."""
    for role in review.roles:
        yield from ((f"readers.yaml: {role.id}", point.sources) for point in (*role.rights, *role.expected, *role.not_expected))
    for look in review.look_for:
        yield from ((f"look-for.yaml: {look.clause}", point.sources) for point in look.points)
    yield from ((f"process.yaml: {question.id}", question.sources) for question in review.process)
    for advice in review.hr_advice:
        yield from ((f"hr.yaml: {advice.id}", point.sources) for point in advice.points)
