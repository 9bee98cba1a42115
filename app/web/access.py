"""Who gets what. Views reach drafts, workplaces and reviews through these functions alone; a stranger gets a 404, as if there were nothing."""

from __future__ import annotations

import logging
from typing import Literal

from flask import abort, g, request, session
from flask_login import current_user
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from app.clock import now
from app.models.db import db, name_of
from app.models.people import Person
from app.models.policy import Policy
from app.models.reviews import Reviewer, ReviewerSitting
from app.models.workplaces import Expected, Member, Workplace, policy_of_member
from app.values.vocabulary import MemberRole

from . import limits
from .refusals import ArchivedError
from .security import KEY, SAFE

May = Literal["read", "edit", "own"]
PERSON = "_user_id"  # where Flask-Login keeps the key of the sitting
READING = "readings"
log = logging.getLogger("rusoff")
MAY: dict[May, frozenset[str]] = {
    "read": frozenset({"holder", "owner", "editor", "reader"}),
    "edit": frozenset({"holder", "owner", "editor"}),
    "own": frozenset({"holder", "owner"}),
}


def person_here() -> Person | None:
    """Whoever is signed in in this browser. Where something may be changed, the transaction begins with the lock, and not as one that only reads."""
    if is_saving() and PERSON in session:
        db.session.connection()
    return current_user._get_current_object() if current_user.is_authenticated else None


def is_signed_in() -> bool:
    """Whether this browser looks signed in, for the header of a page. Asks nobody: the sitting may be over, which `signed_in` finds out."""
    return PERSON in session


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


def may_change() -> bool:
    """Whether the policy of this page may be changed by whoever looks at it: what a page offers follows from it, `policy_for` refuses the rest."""
    return g.get("role", "holder") in MAY["edit"] and not g.get("is_archived", False)


def policy_for(id: str, may: May = "read", archived: bool = False) -> Policy:
    """The policy with `id`, for the browser that holds it or a member of the workplace that keeps it. Everybody else gets a 404.

    A POST asks for "edit" at least, and locks the row until the view commits, so that reading, checking and writing are one; and the save is counted.
    A member whose role does not reach that far gets a 403. `g.role` says in which role the reader is here.
    What is archived is not changed (ArchivedError), except by what says `archived`: restoring it, say.
    """
    saving = is_saving()
    needed: May = "edit" if saving and may == "read" else may
    policy, g.role = _found(id, saving)
    if policy is None:
        abort(404)
    if g.role not in MAY[needed]:
        abort(403)
    g.is_archived = policy.archived_at is not None
    if saving:
        _check_change(policy, archived)
    elif policy.is_due():
        _touch(policy)
    return policy


def policy_unsaved(id: str) -> Policy:
    """The policy that a form is about which is looked at and not saved: a copy to read alone, without the lock, and no save is counted.

    Whoever might not save the form is refused, as with a save.
    """
    policy, g.role = _found(id, lock=False)
    if policy is None:
        abort(404)
    if g.role not in MAY["edit"]:
        abort(403)
    if policy.archived_at is not None:
        raise ArchivedError(policy.id)
    return policy


def _check_change(policy: Policy, archived: bool) -> None:
    if policy.archived_at is not None and not archived:
        raise ArchivedError(policy.id)
    limits.check_saves(policy)


def _found(id: str, lock: bool) -> tuple[Policy | None, str]:
    """The policy and the reader's role: by their sitting first, for who is signed in mostly opens what their workplace keeps."""
    if PERSON in session and (found := policy_of_member(id, session[PERSON], lock=lock)):
        return found
    if KEY in session and (policy := Policy.find(id, session[KEY], lock=lock)):
        return policy, "holder"
    return None, ""


def _touch(policy: Policy) -> None:
    """Write the day of last use on a connection of its own (the page's only reads), and renew the cookie with it.

    Where it cannot be written (a full disk), the page is shown all the same, and the next one tries again.
    """
    session.modified = True
    try:
        with db.engine.begin() as connection:
            connection.execute(update(Policy.__table__).where(Policy.id == policy.id).values(used_at=now()))  # type: ignore[arg-type]
    except DBAPIError as problem:
        log.warning("the day of last use is not written: %s", name_of(problem))


def workplace_for(id: str, *roles: MemberRole) -> tuple[Workplace, Member]:
    """The workplace with `id` and the reader's membership. 401 when nobody is signed in, 404 to a stranger, 403 when their role is none of `roles`.

    A POST holds the workplace until the view commits, so that their role and what they do with it are one.
    """
    person = signed_in()
    workplace = Workplace.find(id, lock=is_saving())
    member = workplace.member(person.id) if workplace else None
    if workplace is None or member is None:
        abort(404)
    if roles and member.role not in roles:
        abort(403)
    return workplace, member


def is_member(id: str, person: Person) -> bool:
    """Whether a person belongs to the workplace with `id`. Nobody else changes that before this transaction ends."""
    workplace = Workplace.find(id, lock=True)
    return workplace is not None and workplace.member(person.id) is not None


def invitation_for(id: str) -> tuple[Workplace, MemberRole]:
    """The workplace that expects whoever is signed in, and the role that is meant for them. The invitation is used up by asking.

    401 when nobody is signed in; 404 to whoever is not, or no longer, expected.
    """
    person = signed_in()
    workplace = Workplace.find(id, lock=True)
    role = Expected.take(id, person.email) if workplace else None
    if workplace is None or role is None:
        abort(404)
    return workplace, role


def reviewer_for(id: str) -> Reviewer:
    """The reviewer with `id`, for a browser that opened their link. Everybody else, and whoever was uninvited meanwhile, gets a 404."""
    key = session.get(READING, {}).get(id)
    reviewer = ReviewerSitting.find(id, key, lock=is_saving()) if key else None
    if reviewer is None:
        abort(404)
    return reviewer
