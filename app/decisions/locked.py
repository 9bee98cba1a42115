"""The refusal to change what somebody signed for. It says what a change would undo, keeps what was typed, and offers to open the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from flask import g, render_template
from flask.typing import ResponseReturnValue

from app.db import db
from app.models import Policy, only_read

from .base import mark_of
from .models import Decision, Version
from .situation import signed
from .states import back, can_begin, may


class SignedFiles(TypedDict):
    """The version that a locked policy rests on, and what was decided about it."""

    signed: Version | None
    decision: Decision | None


def signed_files(policy: Policy) -> SignedFiles:
    """What the download page leads with."""
    if not policy.is_locked:
        return {"signed": None, "decision": None}
    only_read()
    version = signed(policy)
    return {"signed": version, "decision": db.session.get(Decision, version.id) if version else None}


Lines = Sequence[tuple[str, list[str]]]


def refusal(policy: Policy, then: str, kept: Mapping[str, list[str]] | None = None, shown: Lines = ()) -> ResponseReturnValue:
    """The page, with 409. `then` is where the change goes once the text is open, `kept` the fields that go there, `shown` what they say in words."""
    version, step = signed(policy), back(policy.state)
    can = step is not None and can_begin(step, policy.state) and may(step, g.role, policy.state)
    values = {"version": version, "about": mark_of(version, policy), "can": can, "then": then, "kept": kept or {}, "shown": shown}
    return render_template("decisions/locked.html", id=policy.id, here="", policy=policy, **values), 409
