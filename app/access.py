"""Who gets what. Views reach drafts, workplaces and reviews through these functions alone; a stranger gets a 404, as if there were nothing."""

from __future__ import annotations

from typing import Literal

from flask import abort, g, request, session
from flask_login import current_user
from sqlalchemy import update

from app import limits
from app.accounts.models import Person
from app.db import db, now
from app.models import Policy
from app.review.models import Reviewer, ReviewerSitting
from app.security import KEY, SAFE
from app.workplaces.models import Member, Role, Workplace, policy_of_member

May = Literal["read", "edit", "own"]
PERSON = "_user_id"  # where Flask-Login keeps the key of the sitting
READING = "readings"
MAY: dict[May, frozenset[str]] = {
    "read": frozenset({"holder", "owner", "editor", "reader"}),
    "edit": frozenset({"holder", "owner", "editor"}),
    "own": frozenset({"holder", "owner"}),
}


def person_here() -> Person | None:
    """Whoever is signed in in this browser."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def signed_in() -> Person:
    """Whoever is signed in; everybody else gets a 401, whose page leads to the sign-in and back."""
    person = person_here()
    if person is None:
        abort(401)
    return person


def is_saving() -> bool:
    """Whether this request may change something."""
    return request.method not in SAFE


def held_policies() -> list[Policy]:
    """The drafts of this browser, the last used first. Asks the database only when the browser has a key."""
    return Policy.all_held(session[KEY]) if KEY in session else []


def policy_for(id: str, may: May = "read") -> Policy:
    """The policy with `id`, for the browser that holds it or a member of the workplace that keeps it. Everybody else gets a 404.

    A POST asks for "edit" at least, and locks the row until the view commits, so that reading, checking and writing are one; and the save is counted.
    A member whose role does not reach that far gets a 403. `g.role` says in which role the reader is here.
    """
    saving = is_saving()
    needed: May = "edit" if saving and may == "read" else may
    policy, g.role = _found(id, saving)
    if policy is None:
        abort(404)
    if g.role not in MAY[needed]:
        abort(403)
    if saving:
        limits.check_saves(policy)
    elif policy.is_due():
        _touch(policy)
    return policy


def _found(id: str, saving: bool) -> tuple[Policy | None, str]:
    """The policy and the reader's role: by her sitting first, for who is signed in mostly opens what her workplace keeps."""
    if PERSON in session and (found := policy_of_member(id, session[PERSON], lock=saving)):
        return found
    if KEY in session and (policy := Policy.find(id, session[KEY], lock=saving)):
        return policy, "holder"
    return None, ""


def _touch(policy: Policy) -> None:
    """Write the day of last use on a connection of its own (the page's only reads), and renew the cookie with it."""
    session.modified = True
    with db.engine.begin() as connection:
        connection.execute(update(Policy.__table__).where(Policy.id == policy.id).values(used_at=now()))  # type: ignore[arg-type]


def workplace_for(id: str, *roles: Role) -> tuple[Workplace, Member]:
    """The workplace with `id` and the reader's membership. 401 when nobody is signed in, 404 to a stranger, 403 when her role is none of `roles`."""
    person = signed_in()
    workplace = db.session.get(Workplace, id)
    member = workplace.member(person.id) if workplace else None
    if workplace is None or member is None:
        abort(404)
    if roles and member.role not in roles:
        abort(403)
    return workplace, member


def reviewer_for(id: str) -> Reviewer:
    """The reviewer with `id`, for a browser that opened her link. Everybody else, and whoever was uninvited meanwhile, gets a 404."""
    key = session.get(READING, {}).get(id)
    reviewer = ReviewerSitting.find(id, key, lock=is_saving()) if key else None
    if reviewer is None:
        abort(404)
    return reviewer
