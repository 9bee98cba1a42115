"""Workplaces: those of a person, and one of them as a whole."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.models.audit_log import record_event
from app.models.db import db
from app.models.workplaces import Expected, LastOwnerError, Workplace
from app.services.people.invitations import withdraw_all
from app.services.versions.retention import of_workplace
from app.web.access import invitation_for, is_member, signed_in, workplace_for
from app.web.limits import check_made
from app.web.login_session import freshly_signed_in
from app.web.parting_form import PartingForm
from app.web.refusals import ArchivedError

from .blueprint import WORKPLACE, bp, note
from .forms import NameForm, check_owned


@bp.get("/workplaces")
def mine() -> str:
    """The workplaces of whoever is signed in, those that expect them, and a way to name a new one."""
    return _mine(NameForm())


def _mine(form: NameForm) -> str:
    person = signed_in()
    places = Workplace.all_of(person.id)
    expected = [(place, invited.role) for invited, place in Expected.waiting_for(person.email)]
    page = {"places": places, "expected": expected, "counts": Workplace.counts(person.id), "form": form}
    return render_template("workplaces/mine.html", done=_done(), **page)


def _done() -> str:
    """What has just been done, of those things that a page may say it of."""
    done = request.args.get("done", "")
    return done if done in ("declined", "left", "deleted") else ""


@bp.post("/workplaces")
def begin() -> ResponseReturnValue:
    """Name a new workplace; whoever does owns it."""
    person = signed_in()
    form = NameForm.here()
    if not form.validate() or not check_owned(form.name, person):
        return _mine(form), 422
    check_made("make", person.id)
    made = Workplace.start(form.name.data, person)
    note("workplace_made", made, person)
    db.session.commit()
    return redirect(url_for("workplaces.overview", id=made.id), 303)


@bp.post(f"{WORKPLACE}/accept")
def accept(id: str) -> ResponseReturnValue:
    """Say yes to an invitation. Whoever belongs there already keeps their role; so a button pressed twice leads to the same page."""
    person = signed_in()
    if is_member(id, person):
        Expected.take(id, person.email)
        db.session.commit()
        return redirect(url_for("workplaces.overview", id=id), 303)
    place, role = invitation_for(id)
    if place.member(person.id) is None:
        place.take_in(person, role)
        note("member_joined", place, person, role=role)
    db.session.commit()
    return redirect(url_for("workplaces.overview", id=id), 303)


@bp.post(f"{WORKPLACE}/decline")
def decline(id: str) -> ResponseReturnValue:
    """Say no to an invitation."""
    place, role = invitation_for(id)
    record_event("invitation_declined", place.id, role=role)  # without their name, which is none of their business
    db.session.commit()
    return redirect(url_for("workplaces.mine", done="declined"), 303)


@bp.get(WORKPLACE)
def overview(id: str) -> str:
    """One workplace: its policies, where each stands, and what can be done here."""
    place, member = workplace_for(id)
    kept = place.policies()
    active, archived = ([p for p in kept if bool(p.archived_at) is away] for away in (False, True))
    return render_template(
        "workplaces/overview.html", place=place, role=member.role, active=active, archived=archived, deleted="deleted" in request.args
    )


@bp.route(f"{WORKPLACE}/name", methods=["GET", "POST"])
def rename(id: str) -> ResponseReturnValue:
    """Give the workplace another name."""
    place, _ = workplace_for(id, "owner")
    form = NameForm.here(name=place.name)
    form.name.help = "workplaces_rename_hint"
    if request.method != "POST":
        return render_template("workplaces/rename.html", place=place, form=form)
    if not form.validate():
        return render_template("workplaces/rename.html", place=place, form=form), 422
    place.name = form.name.data
    note("workplace_renamed", place, signed_in())
    db.session.commit()
    return redirect(url_for("workplaces.overview", id=id), 303)


@bp.route(f"{WORKPLACE}/delete", methods=["GET", "POST"])
def remove(id: str) -> ResponseReturnValue:
    """Ask, with a sign-in that is not old, then delete the workplace with everything in it."""
    place, _ = workplace_for(id, "owner")
    freshly_signed_in()  # a browser left open must not be enough to delete everything
    kept, members = len(place.policies()), len(place.members())
    lasting = of_workplace(place.id)
    form = PartingForm.to_delete(place.name)
    page = {"place": place, "kept": kept, "members": members, "lasting": lasting, "form": form}
    if request.method != "POST":
        return render_template("workplaces/delete.html", **page)
    if not form.is_meant(place.name, lasting):
        return render_template("workplaces/delete.html", **page), 422
    withdraw_all(place)
    db.session.delete(place)
    db.session.commit()
    return redirect(url_for("workplaces.mine", done="deleted"), 303)


@bp.app_errorhandler(LastOwnerError)
def last_owner(_error: LastOwnerError) -> ResponseReturnValue:
    """Say why the last owner must stay, and what to do about it."""
    db.session.rollback()
    return render_template("workplaces/last_owner.html"), 409


@bp.app_errorhandler(ArchivedError)
def archived(error: ArchivedError) -> ResponseReturnValue:
    """Say that the policy has to be taken out of the archive first."""
    db.session.rollback()
    return render_template("workplaces/archived.html", id=error.policy_id, here=""), 409
