"""The policies of a workplace: keeping a draft, beginning, copying, archiving, and deleting."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.documents.savefile import read as read_savefile
from app.models.db import db, only_read
from app.models.people import Person
from app.models.policy import Policy
from app.models.reviews import Review
from app.models.workplaces import Workplace
from app.pack.engine import WORKPLACE_NAME
from app.pack.examples import EXAMPLES, NAMES
from app.pack.load import the_pack
from app.services.people.invitations import withdraw_from_readers
from app.services.revision_cache import forget
from app.services.versions.retention import of_policy
from app.values.vocabulary import MemberRole
from app.web.access import policy_for, signed_in, workplace_for
from app.web.forms import said_by
from app.web.language import current_language
from app.web.limits import check_made
from app.web.parting_form import PartingForm

from .blueprint import POLICY, WORKPLACE, bp, called, note
from .forms import NEW, REGISTER, BeginForm, KeepForm, ManageForm, check_unit

WRITE: tuple[MemberRole, ...] = ("owner", "editor")


@bp.route(f"{POLICY}/keep", methods=["GET", "POST"])
def keep(id: str) -> ResponseReturnValue:
    """Take a draft of this browser along to a workplace, after saying what that changes."""
    policy = policy_for(id, archived=True)
    if policy.workplace_id:
        return redirect(url_for("workplaces.overview", id=policy.workplace_id), 303)
    person = signed_in()
    places = [place for place, role in Workplace.all_of(person.id) if role in WRITE]
    form = KeepForm.here(**_suggested(policy, places))
    form.offer(places)
    page = {"id": id, "here": "", "places": places, "form": form, "asks_name": not person.name}
    if request.method != "POST":
        return render_template("workplaces/keep.html", **page)
    place = next((place for place in places if place.id == form.workplace.data), None)
    if place:
        place.lock()  # of two who keep a policy of the same unit, one is told
    if not form.is_fine(place, person):
        return render_template("workplaces/keep.html", **page), 422
    check_made("make", person.id)
    person.name = person.name or form.your_name.data
    _take_along(policy, place or _made(form.name.data, person), person, form.unit.data)
    return redirect(url_for("decisions.status", id=id), 303)


def _suggested(policy: Policy, places: list[Workplace]) -> dict[str, str]:
    """What stands in the form at first: the first workplace, and for a new one the name that the answers give."""
    said = policy.answers.get(WORKPLACE_NAME)
    name = said if isinstance(said, str) else ""
    return {"workplace": places[0].id if places else NEW, "name": "" if name in {place.name for place in places} else name}


def _made(name: str, person: Person) -> Workplace:
    place = Workplace.start(name, person)
    note("workplace_made", place, person)
    return place


def _take_along(policy: Policy, place: Workplace, person: Person, unit: str) -> None:
    policy.keep(place.id)
    policy.unit = unit
    note("policy_kept", place, person, policy)
    db.session.commit()


@bp.route(f"{WORKPLACE}/new", methods=["GET", "POST"])
def new(id: str) -> ResponseReturnValue:
    """Begin a policy for a unit, from nothing or with the answers of an example."""
    place, _ = workplace_for(id, *WRITE)
    form = BeginForm.here()
    form.offer(current_app.config["ASKS_REGISTER"])
    if request.method != "POST":
        return render_template("workplaces/new.html", place=place, form=form)
    if not form.validate() or not check_unit(form.unit, place):
        return render_template("workplaces/new.html", place=place, form=form), 422
    check_made("make", signed_in().id)
    how = form.example.data
    policy = place.begin(_example(how) if how in NAMES else _blank(place), form.unit.data)
    db.session.flush()
    note("policy_made", place, signed_in(), policy)
    db.session.commit()
    return redirect(url_for("organisation.ask_for" if how == REGISTER else "steps.tasks", id=policy.id), 303)


def _blank(place: Workplace) -> Policy:
    """A draft that knows one answer: what the workplace is called."""
    return Policy.start(current_language(), {WORKPLACE_NAME: place.name}, the_pack().manifest.edition)


def _example(name: str) -> Policy:
    loaded = read_savefile(the_pack(), (EXAMPLES / f"{name}.json").read_text("utf-8"))
    return Policy.start(loaded.language, loaded.answers, the_pack().manifest.edition, loaded.own_words.stored)


def _place_of(policy: Policy) -> Workplace:
    """The workplace that keeps it. A draft that a browser holds has none, and nothing of what follows."""
    only_read()
    place = db.session.get(Workplace, policy.workplace_id) if policy.workplace_id else None
    if place is None:
        abort(404)
    return place


@bp.route(f"{POLICY}/manage", methods=["GET", "POST"])
def manage(id: str) -> ResponseReturnValue:
    """What can be done with a policy as a whole: say what it is for, copy it, put it in the archive and take it out."""
    do = said_by("do")
    policy = policy_for(id, "edit", archived=do in ("copy", "restore"))
    place = _place_of(policy)
    form = ManageForm.of(policy)
    page = {"id": id, "here": "", "policy": policy, "place": place, "form": form}
    if request.method != "POST":
        return render_template("workplaces/manage.html", **page)
    place.lock()
    if do not in DEEDS:
        abort(400)
    DEEDS[do](form, policy, place)
    if form.faults:
        return render_template("workplaces/manage.html", **page), 422
    db.session.commit()
    return redirect(url_for("workplaces.overview", id=place.id), 303)


def _name(form: ManageForm, policy: Policy, place: Workplace) -> None:
    if policy.is_locked:  # what somebody signed for says whom it is for
        form.unit.forgive()
        form.unit.wrong("workplaces_error_unit_signed")
    elif check_unit(form.unit, place, but=policy.id):
        policy.unit = form.unit.data
        note("policy_renamed", place, signed_in(), policy)


def _copy(form: ManageForm, policy: Policy, place: Workplace) -> None:
    if check_unit(form.copy, place) and not place.has_room_for_look_of(policy):
        form.copy.wrong("workplaces_error_logos")
    if form.faults:
        return
    check_made("make", signed_in().id)
    copied = place.copy(policy, form.copy.data)
    db.session.flush()
    note("policy_copied", place, signed_in(), copied, source=policy.id)


def _archive(form: ManageForm, policy: Policy, place: Workplace) -> None:
    if Review.open_of(policy.id):  # those who were asked to read would write in vain
        form.archive.wrong("workplaces_error_archive")
        return
    policy.archive()
    note("policy_archived", place, signed_in(), policy)


def _restore(form: ManageForm, policy: Policy, place: Workplace) -> None:
    if place.has_unit(policy.unit, but=policy.id):
        form.restore.wrong("workplaces_error_unit_taken", unit=called(policy))
        return
    policy.restore()
    note("policy_restored", place, signed_in(), policy)


DEEDS: dict[str, Callable[[ManageForm, Policy, Workplace], None]] = {"unit": _name, "copy": _copy, "archive": _archive, "restore": _restore}


@bp.route(f"{POLICY}/discard", methods=["GET", "POST"])
def discard(id: str) -> ResponseReturnValue:
    """Ask, then delete a policy that a workplace keeps, with its versions, reviews and decisions."""
    policy = policy_for(id, "own", archived=True)
    place = _place_of(policy)
    lasting = of_policy(policy)
    form = PartingForm.to_delete(called(policy))
    page = {"id": id, "here": "", "policy": policy, "place": place, "lasting": lasting, "form": form}
    if request.method != "POST":
        return render_template("workplaces/discard.html", **page)
    if not form.is_meant(called(policy), lasting):
        return render_template("workplaces/discard.html", **page), 422
    withdraw_from_readers(Policy.id == policy.id)
    note("policy_deleted", place, signed_in(), policy)
    db.session.delete(policy)
    db.session.commit()
    forget(policy)
    return redirect(url_for("workplaces.overview", id=place.id, deleted=1), 303)
