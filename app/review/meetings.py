"""The meetings where the policy was talked over, for the record."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import NamedTuple

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.access import signed_in
from app.clock import today
from app.db import db
from app.models import Policy
from app.pack.load import the_pack
from app.pack.typed import show_date

from . import sending
from .forms import Filled
from .meeting import Meeting
from .models import LONG
from .office import bp, changeable, kept, shown
from .record import meetings_of

PRESENT = 1000
DONE = ("added", "changed", "deleted")


class Held(NamedTuple):
    """What is told of a meeting."""

    held_on: date
    kind: str
    present: str
    said: str

    @classmethod
    def of(cls, meeting: Meeting) -> Held:
        """As it is stored."""
        return cls(meeting.held_on, meeting.kind, meeting.present, meeting.said)

    @property
    def fingerprint(self) -> str:
        """What a form carries, so that a save on top of a colleague's is noticed."""
        return hashlib.sha256(repr(tuple(self)).encode("utf-8", "replace")).hexdigest()[:16]

    def form(self) -> Filled:
        """A form with this in it."""
        words = {"held_on": show_date(self.held_on.isoformat()), "kind": self.kind, "present": self.present, "said": self.said}
        return Filled({**{name: [said] for name, said in words.items()}, "fingerprint": [self.fingerprint]})


@bp.get("/meetings")
def meetings(id: str) -> ResponseReturnValue:
    """The meetings of this round, and the form for one more."""
    return _list(kept(id), Filled())


def _list(policy: Policy, form: Filled) -> ResponseReturnValue:
    done = request.args.get("done") if request.args.get("done") in DONE else ""
    return shown("review/meetings.html", policy, form, meetings=meetings_of(policy), done=done)


@bp.post("/meetings")
def add_meeting(id: str) -> ResponseReturnValue:
    """One more meeting. The same form sent twice is one meeting."""
    policy = changeable(id)
    form = Filled.posted()
    held = _read(form)
    if held is None:
        return _list(policy, form)
    if held not in [Held.of(meeting) for meeting in meetings_of(policy)]:
        meeting = Meeting.hold(policy, *held)
        sending.log(policy, "meeting_recorded", signed_in(), meeting=meeting.id, kind=held.kind)
        db.session.commit()
    return redirect(url_for("review.meetings", id=id, done="added"), 303)


def _read(form: Filled) -> Held | None:
    held_on = form.day("held_on", "review_error_held_on")
    if held_on and held_on > today():
        form.wrong("held_on", "review_error_held_on_future")
    kind = form.choice("kind", [one.id for one in the_pack().review.meetings], "review_error_meeting_kind")
    present, said = form.text("present", PRESENT), form.text("said", LONG)
    return None if form.faults or held_on is None else Held(held_on, kind, present, said)


@bp.route("/meetings/<policy:meeting>", methods=["GET", "POST"])
def change_meeting(id: str, meeting: str) -> ResponseReturnValue:
    """Tell a meeting another way. A save on top of a colleague's shows both first."""
    policy = changeable(id)
    found = _found(policy, meeting)
    if request.method != "POST":
        return shown("review/meeting.html", policy, Held.of(found).form(), meeting=found, stored=None)
    form = Filled.posted()
    held, stored = _read(form), Held.of(found)
    if form.first("fingerprint") != stored.fingerprint and held != stored:
        form.put("fingerprint", stored.fingerprint)
        form.faults.clear()
        return shown("review/meeting.html", policy, form, 409, meeting=found, stored=stored)
    if held is None:
        return shown("review/meeting.html", policy, form, meeting=found, stored=None)
    found.correct(*held)
    sending.log(policy, "meeting_changed", signed_in(), meeting=found.id)
    db.session.commit()
    return redirect(url_for("review.meetings", id=id, done="changed"), 303)


@bp.route("/meetings/<policy:meeting>/delete", methods=["GET", "POST"])
def delete_meeting(id: str, meeting: str) -> ResponseReturnValue:
    """Ask, then take a meeting out of the record."""
    policy = changeable(id)
    found = _found(policy, meeting)
    if request.method != "POST":
        return shown("review/meeting_delete.html", policy, meeting=found)
    db.session.delete(found)
    sending.log(policy, "meeting_deleted", signed_in(), meeting=found.id)
    db.session.commit()
    return redirect(url_for("review.meetings", id=id, done="deleted"), 303)


def _found(policy: Policy, id: str) -> Meeting:
    wanted = (Meeting.id == id, Meeting.policy_id == policy.id, Meeting.round == policy.round)
    meeting = db.session.scalar(select(Meeting).where(*wanted))
    if meeting is None:
        abort(404)
    return meeting
