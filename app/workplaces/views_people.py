"""Who belongs to a workplace: roles, invitations, and leaving."""

from __future__ import annotations

from typing import cast

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.models.db import db
from app.models.outbox import Letter
from app.models.people import Person, address_of
from app.models.workplaces import Expected, Member, Workplace
from app.services.people import invitations
from app.values.vocabulary import MEMBER_ROLES, MemberRole
from app.web.access import signed_in, workplace_for
from app.web.forms import said_by
from app.web.limits import check_letters

from .blueprint import WORKPLACE, bp, note, role_asked_for
from .forms import InviteForm

DONE = ("invited", "withdrawn", "changed", "removed")


@bp.get(f"{WORKPLACE}/people")
def people(id: str) -> str:
    """Who belongs here. Names and roles for every member; addresses, and who is expected, for the owners, who need them to invite."""
    place, member = workplace_for(id)
    return _people(place, member, _form())


def _form() -> InviteForm:
    form = InviteForm.here()
    form.offer()
    return form


def _people(place: Workplace, me: Member, form: InviteForm) -> str:
    expected = Expected.of(place.id) if me.role == "owner" else []
    done = request.args.get("done", "")
    page = {"place": place, "me": me, "members": place.members(), "expected": expected, "roles": MEMBER_ROLES, "form": form}
    told = done if done in DONE else ""
    return render_template("workplaces/people.html", done=told, instead="instead" in request.args, **page)


@bp.get(f"{WORKPLACE}/people/change")
@bp.get(f"{WORKPLACE}/people/withdraw")
def to_people(id: str) -> ResponseReturnValue:
    """The address of a form without the form, reached by changing the language: back to where the form is."""
    return redirect(url_for("workplaces.people", id=workplace_for(id)[0].id))


@bp.post(f"{WORKPLACE}/people")
def invite(id: str) -> ResponseReturnValue:
    """Expect somebody, and write to them."""
    place, member = workplace_for(id, "owner")
    form, by = _form(), signed_in()
    if not form.is_fine(place):
        return _people(place, member, form), 422
    email, role = address_of(form.email.data), cast("MemberRole", form.role.data)
    check_letters([email], by.id, by.is_new(), place.id)
    Expected.at(place, email, role)
    invitations.invite(place, email, role, by)
    note("member_invited", place, by, role=role)
    db.session.commit()
    return _back(id, "invited")


def _back(id: str, done: str) -> ResponseReturnValue:
    return redirect(url_for("workplaces.people", id=id, done=done), 303)


@bp.post(f"{WORKPLACE}/people/change")
def change(id: str) -> ResponseReturnValue:
    """Give a member another role, or end their membership. Both hold from their next click on, wherever they are signed in."""
    place, _ = workplace_for(id, "owner")
    member = place.member(said_by("person")) or abort(404)
    by = signed_in()
    if said_by("remove"):
        return _removed(place, member, by)
    role = role_asked_for() or abort(400)
    if role != member.role:
        member.become(role)
        note("member_role", place, by, person=member.person_id, role=role)
    db.session.commit()
    return _back(id, "changed")


def _removed(place: Workplace, member: Member, by: Person) -> ResponseReturnValue:
    if member.person_id == by.id:
        return redirect(url_for("workplaces.leave", id=place.id), 303)
    member.leave()
    note("member_removed", place, by, person=member.person_id)
    db.session.commit()
    return _back(place.id, "removed")


@bp.post(f"{WORKPLACE}/people/withdraw")
def withdraw(id: str) -> ResponseReturnValue:
    """Expect somebody no more."""
    place, _ = workplace_for(id, "owner")
    email = said_by("email")
    role: MemberRole | None = Expected.take(place.id, email)
    if role is None:
        abort(404)
    Letter.withdraw(Expected.letter_about(place.id, email))
    note("invitation_withdrawn", place, signed_in(), role=role)
    db.session.commit()
    return _back(id, "withdrawn")


@bp.route(f"{WORKPLACE}/leave", methods=["GET", "POST"])
def leave(id: str) -> ResponseReturnValue:
    """Ask, then end one's own membership."""
    place, member = workplace_for(id)
    if request.method != "POST":
        return render_template("workplaces/leave.html", place=place)
    member.leave()
    note("member_left", place, signed_in())
    db.session.commit()
    return redirect(url_for("workplaces.mine", done="left"), 303)
