"""Where measures come from: the risk picture, open findings, what readers proposed, what was decided. And how a spreadsheet changes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import shorten
from typing import Literal, NamedTuple

from sqlalchemy import select

from app.documents.draft import Draft
from app.documents.interpolation import Wording, capital, tidy
from app.documents.measures import MeasureLine
from app.models.comments import Comment
from app.models.db import db
from app.models.measures import WHAT_LENGTH, WHO_LENGTH, Measure
from app.models.policy import Policy
from app.models.reviews import Review
from app.models.versions import Decision, Version
from app.pack.engine import RISK, RISK_MEASURE, RISK_TIME, RISK_WHO
from app.values.parsing import read_date
from app.values.vocabulary import MeasureOrigin
from app.web.language import current_language

LONGEST = 300  # of what somebody said, as it stands in the list; whoever takes it in may write more
PROMISED = ("taken_in", "noted")


class Candidate(NamedTuple):
    """Something that may become a measure: where it comes from and which one there, what it says, and who and when, where that is known."""

    origin: MeasureOrigin
    key: str
    what: str
    who: str = ""
    due_on: date | None = None

    @property
    def name(self) -> str:
        """What a form calls it."""
        return f"{self.origin}:{self.key}"


def candidates(policy: Policy) -> list[Candidate]:
    """What is not yet among the measures of a policy, in the language of the screen."""
    there = {(one.origin, one.origin_key) for one in Measure.all_of(policy.id)}
    draft = policy.draft().in_language(current_language())
    found = {one.name: one for one in (*_of_risks(draft), *_of_findings(draft), *_of_proposals(policy.id), *_of_decisions(policy.id))}
    return [one for one in found.values() if (one.origin, one.key) not in there]


def _of_risks(draft: Draft) -> Iterator[Candidate]:
    question = draft.pack.questions[RISK]
    words = Wording(draft.pack, draft.standing, draft.language)
    for row, record in draft.standing.records(question) if RISK in draft.standing.asked else ():
        measure, time = (tidy(str(record.get(id) or "")) for id in (RISK_MEASURE, RISK_TIME))
        if row and measure:
            situation = capital(words.plain(row.label)) if row.label else tidy(row.own_label)
            on = read_date(time)
            when = f" ({time})" if time and not on else ""
            yield Candidate(
                "risk", row.id, f"{situation}: {measure}{when}", tidy(str(record.get(RISK_WHO) or "")), date.fromisoformat(on) if on else None
            )


def _of_findings(draft: Draft) -> Iterator[Candidate]:
    yield from (Candidate("finding", one.id, shorten(one.message, LONGEST, placeholder=" …")) for one in draft.findings)


def _of_proposals(policy_id: str) -> Iterator[Candidate]:
    said = select(Comment).join(Review, Review.id == Comment.review_id).where(Review.policy_id == policy_id, Comment.sent_at.is_not(None))
    for one in db.session.scalars(said.where(Comment.outcome.in_(PROMISED), Comment.kind != "support").order_by(Comment.sent_at, Comment.id)):
        yield Candidate("proposal", one.id, shorten(one.words or one.wording, LONGEST, placeholder=" …"))


def _of_decisions(policy_id: str) -> Iterator[Candidate]:
    decided = select(Decision).join(Version, Version.id == Decision.version_id).where(Version.policy_id == policy_id, Decision.changes != "")
    for one in db.session.scalars(decided.order_by(Version.number)):
        yield Candidate("decision", one.version_id, shorten(one.changes, LONGEST, placeholder=" …"))


def lines_of(measures: Sequence[Measure]) -> list[MeasureLine]:
    """Measures as plain values."""
    return [MeasureLine(one.id, one.what, one.who, one.due_on, one.done_on, one.origin) for one in measures]


class Change(NamedTuple):
    """What a line of a spreadsheet will do: make a new measure, or change one; `fields` names what becomes otherwise, with before and after."""

    kind: Literal["new", "changed"]
    line: MeasureLine
    fields: tuple[tuple[str, object, object], ...]


def fits(line: MeasureLine) -> bool:
    """Whether there is room for what a line says."""
    return len(line.what) <= WHAT_LENGTH and len(line.who) <= WHO_LENGTH


def changes_by(lines: Sequence[MeasureLine], measures: Sequence[Measure]) -> list[Change]:
    """What these lines will change; a measure that they do not name stays as it is."""
    known = {one.id: one for one in lines_of(measures)}
    found = []
    for line in lines:
        if before := known.get(line.id):
            fields = tuple((name, getattr(before, name), getattr(line, name)) for name in ("what", "who", "due_on", "done_on"))
            differing = tuple(one for one in fields if one[1] != one[2])
            found += [Change("changed", line, differing)] if differing else []
        else:
            found.append(Change("new", line._replace(id=""), ()))
    return found


def apply(policy: Policy, changes: Sequence[Change]) -> None:
    """Write the changes, in the session."""
    for change in changes:
        line = change.line
        one = Measure.find(policy.id, line.id) if line.id else None
        one = one or Measure.add(policy.id, line.what)
        one.change(line.what, line.who, line.due_on, line.done_on)
