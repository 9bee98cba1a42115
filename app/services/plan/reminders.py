"""Reminders of the plan: to owners, on weekdays, at most one letter a week with all that is new in it. What somebody has turned off is left out.

Any number of processes may remind at the same time: one statement marks a person as written to, and whoever got to do so writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select

from app.clock import OSLO, day_of
from app.documents.yearly import next_day, review_day, yearly_tasks
from app.mail.messages import News, write
from app.models.db import READING, db
from app.models.measures import Measure
from app.models.people import Person
from app.models.policy import Policy
from app.models.reminding import APART, Reminding
from app.models.versions import Version
from app.models.workplaces import Member, Workplace
from app.pack.text import Language
from app.services.hourly_batch import one_by_one
from app.values.vocabulary import REMINDER_KINDS, ReminderKind

FIRST_HOUR = 7  # nobody is written to at night
SATURDAY = 5
BEFORE_REVIEW = (7, 30, 60)  # days
BEFORE_MEASURE = timedelta(days=7)
BEFORE_SEASON = timedelta(days=30)
MOST_LINES = 10  # of one policy in a letter
SALT = "reminders of the plan"


class Occasion(NamedTuple):
    """Something to tell of: what tells it from everything else, its kind, and the line of the letter (a key of the app's words with its values)."""

    key: str
    kind: ReminderKind
    line: News


def remind(at: datetime) -> int:
    """Write to every owner for whom there is something new, and commit; to how many. Not without a public address: no link would lead anywhere."""
    local = at.astimezone(OSLO)
    if local.hour < FIRST_HOUR or local.weekday() >= SATURDAY or not current_app.config["PUBLIC_URL"]:
        return 0
    return one_by_one(_owners(at), lambda owner: _remind_one(owner, at), "a reminder of a plan")


def _owners(at: datetime) -> list[str]:
    """The owners of what has a plan, but for those who were written to within a week."""
    lately = select(Reminding.person_id).where(Reminding.sent_at > at - APART)
    found = select(Member.person_id).join(Policy, Policy.workplace_id == Member.workplace_id)
    found = found.where(Member.role == "owner", Policy.archived_at.is_(None), Member.person_id.not_in(lately)).distinct()
    with db.engine.connect().execution_options(**READING) as connection:
        return list(connection.scalars(found.order_by(Member.person_id)))


def _remind_one(id: str, at: datetime) -> bool:
    person = db.session.get(Person, id)
    mine = Reminding.of(id) if person else None
    if person is None or mine is None:
        return False
    by_policy = [(policy, place, list(occasions(policy, day_of(at)))) for policy, place in _owned(id)]
    new = [(policy, place, [one for one in found if one.key not in mine.told and one.kind not in mine.off]) for policy, place, found in by_policy]
    if not any(found for *_, found in new) or not Reminding.claim(id, at):
        return False
    there = {one.key for *_, found in by_policy for one in found}
    told = {one.key for *_, found in new for one in found}
    mine.told = sorted((set(mine.told) & there) | told)
    _write(person, [(policy, place, found) for policy, place, found in new if found])
    return True


def _owned(person_id: str) -> Sequence[tuple[Policy, Workplace]]:
    found = select(Policy, Workplace).join(Workplace, Workplace.id == Policy.workplace_id).join(Member, Member.workplace_id == Workplace.id)
    rows = db.session.execute(found.where(Member.person_id == person_id, Member.role == "owner", Policy.archived_at.is_(None)).order_by(Policy.id))
    return [(policy, place) for policy, place in rows]


def _write(person: Person, found: Sequence[tuple[Policy, Workplace, list[Occasion]]]) -> None:
    origin, language = str(current_app.config["PUBLIC_URL"]), person.language
    link = choose_address(origin, language, person.id)
    news: list[News] = []
    for policy, place, occasions_ in found:
        news.append(News("of", {"workplace": policy.named_at(place.name)}))
        news += [one.line for one in occasions_[:MOST_LINES]]
        news += [News("more", {"count": more})] if (more := len(occasions_) - MOST_LINES) > 0 else []
        news.append(News("plan", {"link": f"{origin}/{language}/policies/{policy.id}/plan/"}))
    write("plan_digest", person.email, language, unsubscribe=link, name=person.name, news=news, link=link)


# ── what there is to tell ──


def occasions(policy: Policy, day: date) -> Iterator[Occasion]:
    """All that holds on this day: it is told once, and again only when it becomes something else."""
    yield from _of_version(policy, day)
    for one in Measure.all_of(policy.id):
        if one.done_on is None and one.due_on and one.due_on <= day + BEFORE_MEASURE:
            stage = "late" if one.due_on < day else "soon"
            values = {"day": one.due_on, "what": one.what, "who": f" ({one.who})" if one.who else ""}
            yield Occasion(f"measure {one.id} {one.due_on} {stage}", "measures", News(f"measure_{stage}", values))


def _of_version(policy: Policy, day: date) -> Iterator[Occasion]:
    version = Version.one_in(policy.id, "in_force") if policy.state == "in_force" else None  # else the revision has begun
    if version:
        draft = version.draft()
        yield from _of_review(policy.id, review_day(draft), day)
        yield from _of_season(policy.id, {task.month for task in yearly_tasks(draft) if task.is_season}, day)


def _of_review(policy_id: str, on: date | None, day: date) -> Iterator[Occasion]:
    left = (on - day).days if on else BEFORE_REVIEW[-1] + 1
    stage = next((days for days in BEFORE_REVIEW if left <= days), None)
    if stage is not None:
        key, line = (str(stage), "review") if left >= 0 else ("past", "past")
        yield Occasion(f"review {policy_id} {on} {key}", "review", News(line, {"day": on}))


def _of_season(policy_id: str, months: set[int], day: date) -> Iterator[Occasion]:
    for on in (next_day(month, day) for month in sorted(months)):
        if on - day <= BEFORE_SEASON:
            yield Occasion(f"season {policy_id} {on.year}", "season", News("season", {"day": on}))


# ── turning them off ──


def choose_address(origin: str, language: Language, person_id: str) -> str:
    """Where a person chooses what to be reminded of, without signing in: the key in it can do nothing else."""
    return f"{origin}/{language}/reminders/{_keys().dumps(person_id)}"


def person_at(token: str) -> Person | None:
    """Whose choice stands at such an address."""
    try:
        id = _keys().loads(token)
    except BadSignature:
        return None
    return db.session.get(Person, id) if isinstance(id, str) else None


def _keys() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=SALT)


def kinds_on(off: Sequence[str]) -> list[ReminderKind]:
    """The kinds that somebody hears of."""
    return [kind for kind in REMINDER_KINDS if kind not in off]


def owners_of(policy: Policy) -> list[tuple[Person, list[ReminderKind]]]:
    """Who is reminded of the plan of a policy, and of what."""
    place = db.session.get(Workplace, policy.workplace_id) if policy.workplace_id else None
    owners = [person for member, person in place.members() if member.role == "owner"] if place else []
    off = Reminding.off_of([one.id for one in owners])
    return [(one, kinds_on(off.get(one.id, []))) for one in owners]
