"""The meetings where the policy was talked over, for the record."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.clock import today
from app.models.db import db
from app.models.policy import Policy
from app.pack.engine import MEETINGS
from app.pack.kinds import most_rows
from app.pack.load import the_pack
from app.services.reviews import actions
from app.services.reviews.meetings import Held, kinds, listed, meetings_of, write
from app.web.access import signed_in
from app.web.saving import is_stale
from app.web.view_models import message

from .context import bp, changeable, kept, may_work, shown
from .forms import MeetingForm
from .view_models_meetings import done_words, meeting_cards

DONE = ("added", "changed", "deleted")


def _form(held: Held) -> dict[str, Any]:
    """What stands in the form of this meeting."""
    return {**held._asdict(), "fingerprint": held.fingerprint}


@bp.get("/meetings")
def meetings(id: str) -> ResponseReturnValue:
    """The meetings of this round, and the form for one more."""
    return _list(kept(id), MeetingForm())


def _list(policy: Policy, form: MeetingForm, status: int = 200) -> ResponseReturnValue:
    done = request.args.get("done") if request.args.get("done") in DONE else ""
    cards = meeting_cards(listed(policy), meetings_of(policy), today(), policy.id, may_work(policy), url_for)
    gone = message("review_meeting_gone") if form.fingerprint.data else None
    page: dict[str, Any] = {"meetings": cards, "kinds": kinds(), "gone": gone, "done": done_words(done or "", bool(form.faults))}
    return shown("review/meetings.html", policy, form, status, **page)


@bp.post("/meetings")
def add_meeting(id: str) -> ResponseReturnValue:
    """One more meeting. The same form sent twice is one meeting."""
    policy = changeable(id)
    form, there = MeetingForm.here(), listed(policy)
    held = form.read(today())
    if held and held not in there and len(there) >= most_rows(the_pack().questions[MEETINGS]):
        form.held_on.wrong("review_error_meetings_full", most=len(there))
    if held is None or form.faults:
        return _list(policy, form)
    if held not in there:
        _store(policy, [*there, held], "meeting_recorded", held)
    return redirect(url_for("review.meetings", id=id, done="added"), 303)


def _store(policy: Policy, meetings: list[Held], what: str, held: Held) -> None:
    write(policy, meetings)
    actions.log(policy, what, signed_in(), kind=held.kind)
    db.session.commit()


def _place(there: list[Held], at: int, form: MeetingForm) -> int | None:
    """Where the meeting of the form stands now: where it stood, or elsewhere when others came or went. None when it is gone."""
    moved = next((n for n, held in enumerate(there) if held.fingerprint == form.fingerprint.data), None)
    return moved if moved is not None else at if at < len(there) else None


@bp.route("/meetings/<int:meeting>", methods=["GET", "POST"])
def change_meeting(id: str, meeting: int) -> ResponseReturnValue:
    """Tell a meeting another way. A save on top of a colleague's shows both first."""
    policy = changeable(id)
    there = listed(policy)
    if request.method != "POST":
        found = _at(there, meeting)
        return shown("review/meeting.html", policy, MeetingForm(data=_form(found)), meeting=found, at=meeting, kinds=kinds(), stored=None)
    form = MeetingForm.here()
    place, held = _place(there, meeting, form), form.read(today())
    if place is None:
        return _list(policy, form, 409)
    return _changed(policy, there, place, form, held)


def _changed(policy: Policy, there: list[Held], place: int, form: MeetingForm, held: Held | None) -> ResponseReturnValue:
    stored = there[place]
    page: dict[str, Any] = {"meeting": stored, "at": place, "kinds": kinds()}
    if is_stale(stored.fingerprint) and held != stored:
        form.fingerprint.typed = stored.fingerprint
        form.forgive()
        return shown("review/meeting.html", policy, form, 409, stored=stored, **page)
    if held is None:
        return shown("review/meeting.html", policy, form, stored=None, **page)
    _store(policy, [*there[:place], held, *there[place + 1 :]], "meeting_changed", held)
    return redirect(url_for("review.meetings", id=policy.id, done="changed"), 303)


@bp.route("/meetings/<int:meeting>/delete", methods=["GET", "POST"])
def delete_meeting(id: str, meeting: int) -> ResponseReturnValue:
    """Ask, then take a meeting out of the list. What a colleague changed meanwhile is shown before it goes."""
    policy = changeable(id)
    there = listed(policy)
    form = MeetingForm.here()
    place = _place(there, meeting, form) if request.method == "POST" else meeting
    if request.method == "POST" and place is None:
        return redirect(url_for("review.meetings", id=id), 303)
    found = _at(there, place or 0)
    if is_stale(found.fingerprint):
        return shown("review/meeting_delete.html", policy, None, 409 if request.method == "POST" else 200, meeting=found, at=place, kinds=kinds())
    _store(policy, [held for at, held in enumerate(there) if at != place], "meeting_deleted", found)
    return redirect(url_for("review.meetings", id=id, done="deleted"), 303)


def _at(there: list[Held], place: int) -> Held:
    return there[place] if place < len(there) else abort(404)
