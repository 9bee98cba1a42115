"""What the policy check shows: what is in order with its source, how much of the whole that is, and whether the policy is ready."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.documents.findings import Finding
from app.pack.model import Check, Pack
from app.pack.text import Language
from app.web.rich_text import plain
from app.web.view_models import AddressOf, ContentWords, Link, Words, counted, message

from .view_models import Next

OWN = "own"  # the source of what we advise ourselves: there the RusOff point alone is named


class Met(NamedTuple):
    """One thing that is in order: what, by which source, and the RusOff point that it belongs to."""

    words: Words
    source: str
    point: Words


class Score(NamedTuple):
    """How many of the points that concern the workplace are in order; `is_ready` when nothing stops it and nothing is open."""

    met: int
    points: int
    is_ready: bool
    title: Words
    lead: Words
    next: tuple[Next, ...]

    @property
    def ring(self) -> str:
        """The dashes of the ring: what is in order, and the rest."""
        return f"{self.met} {self.points - self.met}"


def met_of(pack: Pack, checks: Sequence[Check], language: Language) -> list[Met]:
    """What is in order, in the language of the screen."""
    return [Met(ContentWords(check.met), _source(pack, check, language), _point(pack, check)) for check in checks if check.met]


def _source(pack: Pack, check: Check, language: Language) -> str:
    """The first source that is not our own advice, as one cites it."""
    first = next((pack.sources[id] for id in check.sources if id != OWN), None)
    return (first.cited(language) or plain(first.title)) if first else ""


def _point(pack: Pack, check: Check) -> Words:
    step = pack.place[check.mend][0]
    return message("control_point", number=step.number, title=ContentWords(step.title))


def score_of(id: str, met: int, findings: Sequence[Finding], open_points: int, address: AddressOf) -> Score:
    """The score, and what is said with it."""
    is_ready = not open_points and not any(finding.severity == "blocks" for finding in findings)
    points = met + len(findings)
    if not is_ready:
        return Score(met, points, False, message("control_score", met=met, points=points), message("control_lead"), ())
    lead = counted("control_ready_advice", len(findings)) if findings else message("control_ready_lead")
    return Score(met, points, True, message("control_ready"), lead, _next(id, address))


def _next(id: str, address: AddressOf) -> tuple[Next, ...]:
    return (
        Next(Link(message("nav_preview"), address("documents.preview", id=id)), message("tasks_preview_text")),
        Next(Link(message("answered_send"), address("review.overview", id=id)), message("answered_send_text")),
        Next(Link(message("tasks_status_go_on"), address("decisions.status", id=id)), message("control_ready_decide")),
    )
