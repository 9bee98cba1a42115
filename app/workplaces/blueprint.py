"""What the views of workplaces share: where they stand, and how a form is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from flask import Blueprint, Flask, request
from flask.blueprints import BlueprintSetupState

from app.models.audit_log import record
from app.models.people import Person
from app.models.policy import Policy
from app.models.workplaces import MOST_OWNED, NAME_LENGTH, Workplace
from app.pack.text import clean_text
from app.services.versions.retention import Lasting
from app.values.vocabulary import MEMBER_ROLES, MemberRole
from app.web.access import may_change, person_here
from app.web.language import t
from app.web.view_models import state_color

bp = Blueprint("workplaces", __name__, url_prefix="/<language:language>")
WORKPLACE = "/workplaces/<policy:id>"
POLICY = "/policies/<policy:id>"
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # would turn the words around a name about


@bp.record_once
def _init(state: BlueprintSetupState) -> None:
    cast("Flask", state.app).jinja_env.globals.update(may_change=may_change, called=called, person_here=person_here, state_color=state_color)


def typed(name: str) -> str:
    """What was written in a field of one line."""
    return " ".join(_BIDI.sub("", clean_text(request.form.get(name, ""))).split())


def fault_of(words: str, most: int, needed: str = "") -> str:
    """What is wrong with a name, in words; empty when it is fine. `needed` is what to say when it must not be empty."""
    if not words:
        return needed
    return t("error_too_long", more=len(words) - most, most=most) if len(words) > most else ""


def name_fault(person: Person) -> str:
    """What keeps a person from giving a new workplace the name that was typed; empty when nothing does."""
    if fault := fault_of(typed("name"), NAME_LENGTH, t("workplaces_error_name")):
        return fault
    return t("workplaces_error_owned", most=MOST_OWNED) if Workplace.owned_by(person.id) >= MOST_OWNED else ""


def role_asked_for() -> MemberRole | None:
    """The role that was chosen in a form."""
    return next((role for role in MEMBER_ROLES if role == request.form.get("role")), None)


def is_confirmed(name: str) -> bool:
    """Whether the name was written out as it stands, to say that one means it."""
    return typed("confirm").casefold() == " ".join(name.split()).casefold()


def parting_faults(name: str, lasting: Sequence[Lasting]) -> dict[str, str]:
    """What keeps something from being deleted now: its name is not written out, or decided versions go with it and nobody has said to mean that."""
    faults = {} if is_confirmed(name) else {"confirm": t("workplaces_error_confirm")}
    return faults if not lasting or "meant" in request.form else faults | {"meant": t("workplaces_error_meant")}


def called(policy: Policy) -> str:
    """What a policy is called among those of its workplace: the unit, or the whole of it."""
    return policy.unit or t("workplaces_whole")


def note(what: str, place: Workplace | str, who: Person, policy: Policy | None = None, **about: int | str) -> None:
    """Write in the log of a workplace what somebody did there."""
    record(what, place if isinstance(place, str) else place.id, policy.id if policy else None, who.id, None, **about)
