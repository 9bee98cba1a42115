"""The year of a policy: the versions whose year wheel counts, and its calendar."""

from __future__ import annotations

from app.documents.calendar import Edition, calendar
from app.models.policy import Policy
from app.models.versions import Version
from app.pack.engine import WORKPLACE_NAME
from app.web.urls import external


def editions_of(policy_id: str) -> list[Edition]:
    """The version in force today and those that it replaced, the newest first; none when nothing is in force."""
    found = [one for one in Version.all_of(policy_id) if one.state in ("in_force", "replaced") and one.in_force_on]
    if not found or found[0].state != "in_force":
        return []
    return [Edition(one.number, one.language, one.in_force_on, one.changed_at, one.draft()) for one in found if one.in_force_on]


def calendar_of(policy: Policy, editions: list[Edition]) -> bytes:
    """The calendar in the language in which the version in force was decided."""
    newest = editions[0]
    name = str(newest.draft.standing.values.get(WORKPLACE_NAME) or "")
    address = external("plan.overview", id=policy.id, language=newest.language)
    return calendar(policy.id, policy.named_at(name), editions, address)
