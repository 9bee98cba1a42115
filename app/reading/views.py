"""The workspace of somebody invited to read: their link, the first screen, and the way between all that they can do. They need no account."""

from __future__ import annotations

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.clock import today
from app.models.db import db, only_read
from app.models.reviews import Reviewer, ReviewerLink, ReviewerSitting
from app.pack.load import the_pack
from app.services.people.reader_data import everything_about
from app.web import limits
from app.web.access import READING
from app.web.files import attached
from app.web.language import t
from app.web.personal_data import page
from app.web.saving import is_autosave, told

from .blueprint import AT, bp
from .context import NotSavedError, ReaderContext, typed
from .view_models import overview_page

READINGS_KEPT = 8  # so many reviews may be open in one browser: they share its cookie


@bp.get("/read/<token>")
def offer(token: str) -> ResponseReturnValue:
    """A personal link was opened. Only the button opens the review: mail scanners open links too."""
    only_read()
    reviewer = ReviewerLink.reviewer_with(token)
    if reviewer is None:
        return _no_longer_good()
    return render_template("reading/open.html", desk=ReaderContext.of_reviewer(reviewer), token=token)


def _no_longer_good() -> ResponseReturnValue:
    """The same page for a link that is unknown, expired or taken back. Every such try counts."""
    db.session.rollback()
    limits.count("reading")
    return render_template("reading/no_longer_good.html"), 404


@bp.post("/read/<token>")
def take(token: str) -> ResponseReturnValue:
    """Let this browser read, as often as they open the link, on as many devices as they have."""
    found = ReviewerLink.reviewer_with(token)
    reviewer = db.session.get(Reviewer, found.id, with_for_update=True, populate_existing=True) if found else None
    if reviewer is None or reviewer.revoked_at:
        return _no_longer_good()
    if not _sits_here(reviewer):
        _let_in(reviewer)
    db.session.commit()
    return redirect(url_for("reading.overview", id=reviewer.id), 303)


def _sits_here(reviewer: Reviewer) -> bool:
    key = session.get(READING, {}).get(reviewer.id)
    return bool(key) and ReviewerSitting.find(reviewer.id, key, lock=True) is not None


def _let_in(reviewer: Reviewer) -> None:
    """Give this browser a key of its own. Where it reads too many reviews already, another one is closed; their link opens it again."""
    readings = dict(session.get(READING, {}))
    for id in list(readings)[READINGS_KEPT - 1 :]:
        ReviewerSitting.end(readings.pop(id))
    readings[reviewer.id] = reviewer.sit_down()
    session[READING] = readings
    session.permanent = True


@bp.post(f"{AT}/leave")
def leave(id: str) -> ResponseReturnValue:
    """The reader is done on this device; the link still opens the review."""
    ReaderContext.of(id)
    readings = dict(session[READING])
    ReviewerSitting.end(readings.pop(id))
    session[READING] = readings
    db.session.commit()
    return redirect(url_for("reading.left"), 303)


@bp.get(f"{AT}/stored.html")
@limits.limited("document")
def stored(id: str) -> Response:
    """Everything that is stored about the reader, as a page to keep."""
    told = page(everything_about(ReaderContext.of(id).reviewer), t("stored_title"))
    return attached(told, "text/html; charset=utf-8", f"{t('stored_file')}.html")


@bp.get("/read")
def left() -> str:
    """What remains to be said when a device was left."""
    return render_template("reading/left.html")


@bp.get(f"{AT}/")
def overview(id: str) -> str:
    """The first screen: what this is, what is expected of the reader, what rights they have, and how far they have come."""
    desk = ReaderContext.of(id)
    left = (desk.review.answer_by - today()).days
    role = the_pack().review.role(desk.reviewer.role)
    return render_template("reading/overview.html", id=id, desk=desk, role=role, **overview_page(desk, left, url_for))


@bp.get(f"{AT}/print")
def on_paper(id: str) -> str:
    """All that the reader was asked to read, or the short way, on one page with lines for notes: to be printed."""
    desk = ReaderContext.of(id)
    shown = [section for section in desk.sections if not desk.way or section.id in desk.short]
    pieces = [(section, desk.drawn(section)) for section in shown]
    return render_template("reading/print.html", id=id, desk=desk, way=desk.way, pieces=pieces, kinds=the_pack().review.kinds)


@bp.errorhandler(NotSavedError)
def not_saved(error: NotSavedError) -> ResponseReturnValue:
    """Say why nothing was saved, on a page where all that was typed still stands, to be copied."""
    db.session.rollback()
    if is_autosave():
        return told(f"reading_kept_{error.why}_short"), error.code
    return render_template("reading/kept.html", why=error.why, typed=typed(), id=error.reviewer_id), error.code
