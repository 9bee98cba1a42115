"""The event log as its owners read and export it: who did what, and when, in words. What somebody wrote is not in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.clock import OSLO
from app.models.audit_log import Event
from app.models.db import db
from app.models.people import Person
from app.models.reviews import Reviewer
from app.models.workplaces import Workplace
from app.ui_texts import the_words
from app.web.access import workplace_for
from app.web.files import attached
from app.web.language import current_language, t
from app.web.limits import limited

from .blueprint import WORKPLACE, bp, called
from .view_models import log_ways

A_PAGE = 50
SHOWN = ("role", "number", "count", "sections", "readers", "comments")  # of what a line is about: those that a reader is told
NEXT_CELL = frozenset(",;\t\r\n")  # also what another country's spreadsheet takes for one
FORMULA = frozenset("=+-@|%＝＋－＠\t\r\n")
MANY = 100_000


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event in words."""

    event: Event
    who: str
    what: str
    about: str
    policy: str

    @property
    def at(self) -> datetime:
        """When it was, by Norwegian clocks."""
        return self.event.at.astimezone(OSLO)


@dataclass(frozen=True, slots=True)
class Names:
    """What those are called who stand in the log by their ids."""

    people: dict[str, str]
    reviewers: dict[str, str]
    policies: dict[str, str]

    @classmethod
    def of(cls, place: Workplace, events: Sequence[Event]) -> Names:
        """The names for these lines. Of somebody who has left, a name, but not the address."""
        ids = {event.person_id for event in events} | {str(event.about.get("person", "")) for event in events}
        members = {person.id: person.called() for _, person in place.members()}
        others = db.session.scalars(select(Person).where(Person.id.in_({id for id in ids if id} - members.keys())))
        read = {event.reviewer_id for event in events} | {str(event.about.get("reviewer", "")) for event in events}
        reviewers = db.session.scalars(select(Reviewer).where(Reviewer.id.in_(read)))
        return cls(
            people={**{person.id: person.name or t("event_who_former") for person in others}, **members},
            reviewers={reviewer.id: f"{reviewer.name or t('event_who_reader')} ({t('role_' + reviewer.role)})" for reviewer in reviewers},
            policies={policy.id: called(policy) for policy in place.policies()},
        )

    def who(self, event: Event) -> str:
        """Whoever did it."""
        if event.reviewer_id:
            return self.reviewers.get(event.reviewer_id, t("event_who_reader"))
        if event.person_id:
            return self.people.get(event.person_id, t("event_who_deleted"))
        if event.what == "invitation_declined":
            return t("event_who_invited")
        return t("event_who_itself" if event.about.get("automatic") else "event_who_deleted")

    def line(self, event: Event) -> LogLine:
        """The event in words; one that has none yet by its code."""
        key = f"event_{event.what}"
        policy = self.policies.get(event.policy_id, t("event_gone_policy")) if event.policy_id else ""
        return LogLine(event, self.who(event), t(key) if key in the_words() else event.what, "; ".join(self._about(event)), policy)

    def _about(self, event: Event) -> list[str]:
        whom = [self._whom(name, str(event.about[name])) for name in ("person", "reviewer") if event.about.get(name)]
        hidden = {"role"} if event.reviewer_id or "reviewer" in event.about else set()  # it stands beside the name
        told = [name for name in SHOWN if name in event.about and name not in hidden]
        return whom + [t(f"event_about_{name}", value=_value(name, event.about[name])) for name in told]

    def _whom(self, kind: str, id: str) -> str:
        """Whomever something was done to."""
        if kind == "person":
            return self.people.get(id, t("event_who_deleted"))
        return self.reviewers.get(id, t("event_who_reader"))


def _value(name: str, value: object) -> str:
    key = f"role_{value}"
    return t(key) if name == "role" and key in the_words() else str(value)


def _lines(place: Workplace, policy_id: str | None, first: int, most: int) -> list[LogLine]:
    events = Event.of(place.id, policy_id, first, most)
    names = Names.of(place, events)
    return [names.line(event) for event in events]


def _asked_for(place: Workplace) -> tuple[dict[str, str], str | None]:
    """The policies that one can choose between, by id, and the one that was chosen."""
    names = {policy.id: called(policy) for policy in place.policies()}
    told = {id: names.get(id) or t("event_gone_policy") for id in Event.policies(place.id)}
    return told, next((id for id in told if id == request.args.get("policy")), None)


@bp.get(f"{WORKPLACE}/log")
def log(id: str) -> str:
    """The log, a page at a time."""
    place, _ = workplace_for(id, "owner")
    policies, chosen = _asked_for(place)
    pages = max(1, ceil(Event.count(place.id, chosen) / A_PAGE))
    page = min(_number(request.args.get("page", "")), pages)
    lines = _lines(place, chosen, (page - 1) * A_PAGE, A_PAGE)
    ways = log_ways(page, pages, place.id, chosen, url_for)
    return render_template("workplaces/log.html", place=place, lines=lines, page=page, pages=pages, policies=policies, chosen=chosen, **ways)


def _number(asked: str) -> int:
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1


@bp.get(f"{WORKPLACE}/log.csv")
@limited("document")
def log_csv(id: str) -> Response:
    """The log for a spreadsheet: as Excel opens it in Norway, with semicolons, and marked as UTF-8."""
    place, _ = workplace_for(id, "owner")
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(t(f"event_column_{name}") for name in ("at", "who", "what", "about", "policy"))
    for line in _lines(place, _asked_for(place)[1], 0, MANY):
        writer.writerow(map(harmless, (f"{line.at:%Y-%m-%d %H:%M:%S}", line.who, line.what, line.about, line.policy)))
    return _log_file(table.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "csv")


def harmless(words: str) -> str:
    """The words so that no spreadsheet takes them for a formula: names in the log were written by anybody."""
    safe, is_formula = list(words), False
    for at in range(len(words) - 1, -1, -1):  # from the end, so that white space knows what it leads to
        is_formula = words[at] in FORMULA or (words[at].isspace() and is_formula)
        if is_formula and (at == 0 or words[at - 1] in NEXT_CELL):
            safe[at] = f"'{words[at]}"
    return "".join(safe)


@bp.get(f"{WORKPLACE}/log.json")
@limited("document")
def log_json(id: str) -> Response:
    """The log for another program: codes, ids and words."""
    place, _ = workplace_for(id, "owner")
    lines = [_plain(line) for line in _lines(place, _asked_for(place)[1], 0, MANY)]
    whole = {"format": "rusoff-log", "version": 1, "workplace": place.name, "language": current_language(), "events": lines}
    return _log_file(json.dumps(whole, ensure_ascii=False, indent=1), "application/json", "json")


def _plain(line: LogLine) -> dict[str, Any]:
    event = line.event
    coded = {"at": event.at.isoformat(), "code": event.what, "about": event.about, "policy_id": event.policy_id}
    return {**coded, "who": line.who, "what": line.what, "policy": line.policy}


def _log_file(content: bytes | str, type: str, ending: str) -> Response:
    return attached(content, type, f"{t('event_file_name')}.{ending}")
