"""The policies of a workplace: keeping a draft, beginning, copying, archiving, and deleting."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.documents.savefile import read as read_savefile
from app.models.db import db, only_read
from app.models.people import NAME_LENGTH as PERSON_LENGTH
from app.models.people import Person
from app.models.policy import UNIT_LENGTH, Policy
from app.models.reviews import Review
from app.models.workplaces import MOST_POLICIES, Workplace
from app.pack.examples import EXAMPLES, NAMES
from app.pack.load import the_pack
from app.services.people.invitations import withdraw_from_readers
from app.services.standing_cache import forget
from app.services.versions.retention import of_policy
from app.values.vocabulary import MemberRole
from app.web.access import policy_for, signed_in, workplace_for
from app.web.language import current_language, t
from app.web.limits import check_made

from .blueprint import POLICY, WORKPLACE, bp, called, fault_of, name_fault, note, parting_faults, typed

WRITE: tuple[MemberRole, ...] = ("owner", "editor")
NEW = "new"


def unit_fault(place: Workplace | None, unit: str, but: str = "") -> str:
    """What is wrong with a unit: too long, one too many, or one that another policy is for already. Empty when nothing is."""
    if fault := fault_of(unit, UNIT_LENGTH):
        return fault
    if place and not but and place.is_full():
        return t("workplaces_error_full", most=MOST_POLICIES)
    return t("workplaces_error_unit_taken", unit=unit or t("workplaces_whole")) if place and place.has_unit(unit, but) else ""


@bp.route(f"{POLICY}/keep", methods=["GET", "POST"])
def keep(id: str) -> ResponseReturnValue:
    """Take a draft of this browser along to a workplace, after saying what that changes."""
    policy = policy_for(id, archived=True)
    if policy.workplace_id:
        return redirect(url_for("workplaces.overview", id=policy.workplace_id), 303)
    person = signed_in()
    places = [place for place, role in Workplace.all_of(person.id) if role in WRITE]
    if request.method != "POST":
        return _keep_form(policy, places, {}, person)
    place = next((place for place in places if place.id == request.form.get("workplace")), None)
    if place:
        place.lock()  # of two who keep a policy of the same unit, one is told
    if faults := _keep_faults(place, bool(places), person):
        return _keep_form(policy, places, faults, person), 422
    check_made("make", person.id)
    person.name = person.name or typed("your_name")
    _take_along(policy, place or _made(typed("name"), person), person)
    return redirect(url_for("decisions.status", id=id), 303)


def _keep_faults(place: Workplace | None, has_choice: bool, person: Person) -> dict[str, str]:
    """What is wrong, by field. Her own name is asked for here, once: readers are to see who invites them."""
    yours = "" if person.name else fault_of(typed("your_name"), PERSON_LENGTH, t("workplaces_error_your_name"))
    faults = {"unit": unit_fault(place, typed("unit")), "your_name": yours}
    if place is None and has_choice and request.form.get("workplace") != NEW:
        faults = {"workplace": t("workplaces_error_choose"), **faults}
    elif place is None:
        faults = {"name": name_fault(person), **faults}
    return {name: fault for name, fault in faults.items() if fault}


def _keep_form(policy: Policy, places: list[Workplace], faults: dict[str, str], person: Person) -> str:
    said = policy.answers.get("workplace_name")
    name = said if isinstance(said, str) else ""
    shown = {
        "workplace": places[0].id if places else NEW,
        "name": "" if name in {place.name for place in places} else name,
        "unit": "",
        "your_name": "",
    }
    if request.method == "POST":
        shown = {name: typed(name) for name in shown}
    page = {"places": places, "shown": shown, "faults": faults, "asks_name": not person.name}
    return render_template("workplaces/keep.html", id=policy.id, here="", **page)


def _made(name: str, person: Person) -> Workplace:
    place = Workplace.start(name, person)
    note("workplace_made", place, person)
    return place


def _take_along(policy: Policy, place: Workplace, person: Person) -> None:
    policy.keep(place.id)
    policy.unit = typed("unit")
    note("policy_kept", place, person, policy)
    db.session.commit()


@bp.route(f"{WORKPLACE}/new", methods=["GET", "POST"])
def new(id: str) -> ResponseReturnValue:
    """Begin a policy for a unit, from nothing or with the answers of an example."""
    place, _ = workplace_for(id, *WRITE)
    page = {"place": place, "unit": typed("unit"), "example": request.form.get("example", ""), "examples": NAMES}
    if request.method != "POST":
        return render_template("workplaces/new.html", faults={}, **page)
    if fault := unit_fault(place, typed("unit")):
        return render_template("workplaces/new.html", faults={"unit": fault}, **page), 422
    check_made("make", signed_in().id)
    policy = place.begin(_blank(place) if page["example"] not in NAMES else _example(str(page["example"])), typed("unit"))
    db.session.flush()
    note("policy_made", place, signed_in(), policy)
    db.session.commit()
    return redirect(url_for("steps.tasks", id=policy.id), 303)


def _blank(place: Workplace) -> Policy:
    """A draft that knows one answer: what the workplace is called."""
    return Policy.start(current_language(), {"workplace_name": place.name}, the_pack().manifest.edition)


def _example(name: str) -> Policy:
    loaded = read_savefile(the_pack(), (EXAMPLES / f"{name}.json").read_text("utf-8"))
    return Policy.start(loaded.language, loaded.answers, the_pack().manifest.edition)


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
    do = request.form.get("do", "")
    policy = policy_for(id, "edit", archived=do in ("copy", "restore"))
    place = _place_of(policy)
    if request.method != "POST":
        return _manage(policy, place, {})
    place.lock()
    if do not in DEEDS:
        abort(400)
    if faults := DEEDS[do](policy, place, signed_in()):
        return _manage(policy, place, faults), 422
    db.session.commit()
    return redirect(url_for("workplaces.overview", id=place.id), 303)


def _manage(policy: Policy, place: Workplace, faults: dict[str, str]) -> str:
    shown = {"unit": policy.unit, "copy": "", **{name: typed(name) for name in ("unit", "copy") if name in request.form}}
    return render_template("workplaces/manage.html", id=policy.id, here="", policy=policy, place=place, shown=shown, faults=faults)


def _name(policy: Policy, place: Workplace, person: Person) -> dict[str, str]:
    if policy.is_locked:  # what somebody signed for says whom it is for
        return {"unit": t("workplaces_error_unit_signed")}
    if fault := unit_fault(place, typed("unit"), but=policy.id):
        return {"unit": fault}
    policy.unit = typed("unit")
    note("policy_renamed", place, person, policy)
    return {}


def _copy(policy: Policy, place: Workplace, person: Person) -> dict[str, str]:
    if fault := unit_fault(place, typed("copy")):
        return {"copy": fault}
    if not place.has_room_for_logo_of(policy):
        return {"copy": t("workplaces_error_logos")}
    check_made("make", person.id)
    copied = place.copy(policy, typed("copy"))
    db.session.flush()
    note("policy_copied", place, person, copied, source=policy.id)
    return {}


def _archive(policy: Policy, place: Workplace, person: Person) -> dict[str, str]:
    if Review.open_of(policy.id):  # those who were asked to read would write in vain
        return {"archive": t("workplaces_error_archive")}
    policy.archive()
    note("policy_archived", place, person, policy)
    return {}


def _restore(policy: Policy, place: Workplace, person: Person) -> dict[str, str]:
    if place.has_unit(policy.unit, but=policy.id):
        return {"restore": t("workplaces_error_unit_taken", unit=called(policy))}
    policy.restore()
    note("policy_restored", place, person, policy)
    return {}


DEEDS: dict[str, Callable[[Policy, Workplace, Person], dict[str, str]]] = {"unit": _name, "copy": _copy, "archive": _archive, "restore": _restore}


@bp.route(f"{POLICY}/discard", methods=["GET", "POST"])
def discard(id: str) -> ResponseReturnValue:
    """Ask, then delete a policy that a workplace keeps, with its versions, reviews and decisions."""
    policy = policy_for(id, "own", archived=True)
    place = _place_of(policy)
    lasting = of_policy(policy)
    page = {"id": id, "here": "", "policy": policy, "place": place, "lasting": lasting, "typed": typed("confirm")}
    if request.method != "POST":
        return render_template("workplaces/discard.html", faults={}, **page)
    if faults := parting_faults(called(policy), lasting):
        return render_template("workplaces/discard.html", faults=faults, **page), 422
    withdraw_from_readers(Policy.id == policy.id)
    note("policy_deleted", place, signed_in(), policy)
    db.session.delete(policy)
    db.session.commit()
    forget(policy)
    return redirect(url_for("workplaces.overview", id=place.id, deleted=1), 303)
