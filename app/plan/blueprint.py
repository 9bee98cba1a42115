"""The blueprint of the plan, and what its views share."""

from __future__ import annotations

from flask import Blueprint

from app.models.audit_log import record_event
from app.models.policy import Policy
from app.web.access import person_here

bp = Blueprint("plan", __name__, url_prefix="/<language:language>/policies/<policy:id>/plan")


def record(what: str, policy: Policy, **about: int | str) -> None:
    """Put what was done into the log of the workplace."""
    person = person_here()
    record_event(what, policy.workplace_id, policy.id, person.id if person else None, None, **about)
