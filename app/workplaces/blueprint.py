"""What the views of workplaces share: where they stand, and how they write in the log."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState

from app.models.audit_log import record_event
from app.models.people import Person
from app.models.policy import Policy
from app.models.workplaces import Workplace
from app.values.vocabulary import MEMBER_ROLES, MemberRole
from app.web.access import may_change, person_here
from app.web.forms import said_by
from app.web.language import t
from app.web.view_models import state_color

bp = Blueprint("workplaces", __name__, url_prefix="/<language:language>")
WORKPLACE = "/workplaces/<policy:id>"
POLICY = "/policies/<policy:id>"


@bp.record_once
def _init(state: BlueprintSetupState) -> None:
    cast("Flask", state.app).jinja_env.globals.update(may_change=may_change, called=called, person_here=person_here, state_color=state_color)


def role_asked_for() -> MemberRole | None:
    """The role that was chosen in a form."""
    return next((role for role in MEMBER_ROLES if role == said_by("role")), None)


def called(policy: Policy) -> str:
    """What a policy is called among those of its workplace: the unit, or the whole of it."""
    return policy.unit or t("workplaces_whole")


def note(what: str, place: Workplace | str, who: Person, policy: Policy | None = None, **about: int | str) -> None:
    """Write in the log of a workplace what somebody did there."""
    record_event(what, place if isinstance(place, str) else place.id, policy.id if policy else None, who.id, None, **about)
