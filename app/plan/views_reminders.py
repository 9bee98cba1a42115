"""What an owner wants to be reminded of. The address comes in their letters: whoever has it may turn letters off and on, and nothing else."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.models.db import db, only_read
from app.models.people import Person
from app.models.reminding import Reminding
from app.services.plan.reminders import kinds_on, person_at
from app.values.vocabulary import REMINDER_KINDS
from app.web.forms import is_sent, said_by
from app.web.security import one_click

bp = Blueprint("reminders", __name__, url_prefix="/<language:language>/reminders")
ONE_CLICK = "List-Unsubscribe"  # RFC 8058: what a mail program sends when somebody presses its button


@bp.get("/<token>")
def choose(token: str) -> str:
    """What they hear of, each with its switch."""
    only_read()
    person = _person(token)
    off = Reminding.off_of([person.id]).get(person.id, [])
    on = kinds_on(off)
    return render_template("plan/reminders.html", kinds=[(kind, kind in on) for kind in REMINDER_KINDS])


@bp.post("/<token>")
@one_click
def save(token: str) -> ResponseReturnValue:
    """Turn one kind off or on, or all of them off: by the page, or by the button of a mail program, which sends no cookie and follows no link."""
    mine = Reminding.of(_person(token).id)
    if is_sent(ONE_CLICK):
        mine.turn(REMINDER_KINDS, off=True)
        db.session.commit()
        return "", 200
    mine.turn([said_by("off")], off=True)
    mine.turn([said_by("on")], off=False)
    db.session.commit()
    return redirect(url_for("reminders.choose", token=token), 303)


def _person(token: str) -> Person:
    return person_at(token) or abort(404)
