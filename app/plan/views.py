"""The page of the plan, its calendar as a file, and the secret address at which calendar programs fetch it."""

from __future__ import annotations

from flask import current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.clock import today
from app.documents import year_wheel
from app.documents.yearly import review_day, wheel_of, yearly_tasks
from app.models.calendar_feeds import CalendarFeed
from app.models.db import db, only_read
from app.models.measures import Measure
from app.models.policy import Policy
from app.services.plan.reminders import choose_address, owners_of
from app.services.plan.year import calendar_of, editions_of
from app.ui_texts import say
from app.web.access import person_here, policy_for
from app.web.files import attached, file_name
from app.web.forms import is_sent
from app.web.language import current_language, t
from app.web.limits import limited
from app.web.urls import external

from .blueprint import bp, record
from .view_models import lead_of, ways_in, year_of

ICS = "text/calendar; charset=utf-8"


@bp.get("/")
def overview(id: str) -> str:
    """What is to be done, when, and by whom."""
    policy = policy_for(id)
    only_read()
    return _page(policy)


def _page(policy: Policy, address: str = "") -> str:
    editions = editions_of(policy.id)
    draft = (editions[0].draft if editions else policy.draft()).in_language(current_language())
    year = year_of(yearly_tasks(draft), review_day(draft), today())
    page = {
        "lead": lead_of(bool(editions), policy.state != "in_force"),
        "year": year,
        "picture": Markup(year_wheel.svg(wheel_of(draft, [line.month for line in year]))),  # noqa: S704 (the picture has escaped every word)
        "is_in_force": bool(editions),
        "feed": CalendarFeed.of(policy.id),
        "owns": g.role in ("owner", "holder"),
        "address": address,
        "open_measures": sum(one.done_on is None for one in Measure.all_of(policy.id)),
        "told": [(one.name or t("role_owner"), kinds) for one, kinds in owners_of(policy)],
        "my_choice": _my_choice(),
        "sends": bool(current_app.config["PUBLIC_URL"]),
        "ways": ways_in(address) if address else (),
    }
    return render_template("plan/overview.html", id=policy.id, here="decisions.status", policy=policy, **page)


def _my_choice() -> str:
    """Where an owner who looks at the page chooses what to be reminded of."""
    person = person_here() if g.role == "owner" else None
    return choose_address("", current_language(), person.id) if person else ""


@bp.get("/calendar.ics")
@limited("document")
def calendar(id: str) -> Response:
    """The calendar as a file, to be taken into any calendar once; before anything is in force, back to the page that says so."""
    policy = policy_for(id)
    only_read()
    editions = editions_of(policy.id)
    if not editions:
        return redirect(url_for("plan.overview", id=id))
    newest = editions[0]
    name = file_name(newest.draft.answers, newest.language, say("plan_file", newest.language), "ics", newest.number)
    return attached(calendar_of(policy, editions), ICS, name)


@bp.post("/feed")
def feed(id: str) -> ResponseReturnValue:
    """Make the secret address, make it anew, or close it. It is shown on the page that answers, and never again."""
    policy = policy_for(id, "own")
    if is_sent("close"):
        if there := CalendarFeed.of(policy.id):
            there.close()
            record("feed_closed", policy)
            db.session.commit()
        return redirect(url_for("plan.overview", id=id) + "#calendar", 303)
    if not editions_of(policy.id):
        return redirect(url_for("plan.overview", id=id), 303)
    record("feed_renewed" if CalendarFeed.of(policy.id) else "feed_made", policy)
    key = CalendarFeed.open(policy.id)
    db.session.commit()
    return _page(policy, external("calendar.feed", feed=key))
