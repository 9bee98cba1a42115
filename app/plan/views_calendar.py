"""What calendar programs fetch, without an account: they know the address. Nothing here reads or sets a cookie, or remembers who comes."""

from __future__ import annotations

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from app.models.calendar_feeds import CalendarFeed
from app.services.plan.year import calendar_of, editions_of
from app.web.limits import limited

from .views import ICS

bp = Blueprint("calendar", __name__, url_prefix="/calendar")


@bp.get("/<feed>.ics")
@limited("document")
def feed(feed: str) -> Response:
    """The calendar of the version in force. Whoever has it already gets no second copy."""
    policy = CalendarFeed.policy_at(feed)
    editions = editions_of(policy.id) if policy else []
    if policy is None or not editions:
        abort(404)
    response = Response(calendar_of(policy, editions), content_type=ICS)
    response.headers["Cache-Control"] = "private, no-cache"  # by whoever fetches it, and asked for each time: closing it works at once
    response.add_etag()
    return response.make_conditional(request)
