"""What a person sees and decides of herself: her name, where she is signed in, what is stored about her, and an end to it."""

from __future__ import annotations

import json
from datetime import date

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.clock import now
from app.models.db import db
from app.models.people import NAME_LENGTH, Person
from app.models.workplaces import Expected, Workplace
from app.pack.text import LANGUAGES, clean_text
from app.services.people.person_data import everything_about
from app.web.access import PERSON, held_policies, is_saving, signed_in
from app.web.files import attached
from app.web.language import t
from app.web.login_session import end_session, freshly_signed_in, is_fresh
from app.web.personal_data import page

from .deletion import Farewell, GoneError
from .views import bp

DONE = ("saved", "elsewhere", "passkey", "passkey_gone")
PASSKEY_NAME_LENGTH = 64


@bp.get("/me")
def me() -> str:
    """Everything on one page."""
    person = signed_in()
    return draw(person)


def draw(person: Person, faults: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> str:
    """The page, with `faults` by the name of the field that they are about, and what was `typed` there."""
    done = request.args.get("done", "")
    shown = {"name": person.name, "language": person.language, "passkey_name": "", **(typed or {})}
    values = {"person": person, "faults": faults or {}, "shown": shown, "done": done if done in DONE else "", "is_fresh": is_fresh()}
    return render_template("accounts/me.html", **values, **_of(person))


def _of(person: Person) -> dict[str, object]:
    """What belongs to her, for the page."""
    return {
        "passkeys": person.passkeys(),
        "sittings": person.sittings(),
        "workplaces": Workplace.all_of(person.id),
        "expected": [(place, invited.role) for invited, place in Expected.waiting_for(person.email)],
        "drafts": [(policy, _name(policy.answers.get("workplace_name"))) for policy in held_policies()],
    }


def _name(given: object) -> str:
    return given if isinstance(given, str) and given else t("start_unnamed")


@bp.post("/me")
def save() -> ResponseReturnValue:
    """Keep her name, and the language of the letters to her."""
    person = signed_in()
    name, language = words_of("name"), next((one for one in LANGUAGES if one == request.form.get("mail_language")), None)
    faults = {"name": t("error_too_long", more=len(name) - NAME_LENGTH, most=NAME_LENGTH)} if len(name) > NAME_LENGTH else {}
    if language is None:
        faults["mail_language"] = t("accounts_error_language")
    if faults or language is None:
        return draw(person, faults, {"name": name}), 422
    person.name, person.language = name, language
    db.session.commit()
    return redirect(url_for("accounts.me", done="saved"), 303)


def words_of(field: str) -> str:
    """What was typed in a field of one line."""
    return " ".join(clean_text(request.form.get(field, "")).split())


@bp.get("/me/sign-out-elsewhere")
@bp.get("/me/passkeys")
def to_me() -> ResponseReturnValue:
    """The address of a form without the form, reached by changing the language: back to where the form is."""
    signed_in()
    return redirect(url_for("accounts.me"))


@bp.post("/me/sign-out-elsewhere")
def sign_out_elsewhere() -> ResponseReturnValue:
    """Sign her out in every browser but this one, or in this one too."""
    person = signed_in()
    if "here" in request.form:
        person.leave_everywhere()
        end_session()
        db.session.commit()
        return redirect(url_for("accounts.sign_in", out=1), 303)
    person.leave_others(session[PERSON])
    db.session.commit()
    return redirect(url_for("accounts.me", done="elsewhere"), 303)


@bp.get("/me/export")
def export() -> Response:
    """All that is stored about her, as a file for another program."""
    stored = everything_about(signed_in(), now())
    answer = Response(json.dumps(stored, ensure_ascii=False, indent=2, default=_in_iso) + "\n", mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename="rusoff-me.json")
    return answer


def _in_iso(value: date) -> str:
    return value.isoformat()


@bp.get("/me/export.html")
def export_page() -> Response:
    """The same as a page to keep, in words."""
    told = everything_about(signed_in(), now())
    facts = {name: value for name, value in told.items() if name not in ("format", "version")}
    return attached(page(facts, t("stored_title")), "text/html; charset=utf-8", f"{t('stored_file')}.html")


@bp.route("/me/delete", methods=["GET", "POST"])
def remove() -> ResponseReturnValue:
    """Say what goes with the account, then delete it. Not while others would be left in a workplace without an owner."""
    person = freshly_signed_in()
    try:
        farewell = Farewell.of(person, lock=is_saving())
    except GoneError:
        return _gone()
    if farewell.holding:
        return render_template("accounts/stay.html", farewell=farewell), 409 if request.method == "POST" else 200
    page = {"person": person, "farewell": farewell, "lasting": farewell.lasting(), "typed": words_of("confirm")}
    if request.method != "POST":
        return render_template("accounts/delete.html", faults={}, **page)
    if faults := _parting_faults(farewell):
        return render_template("accounts/delete.html", faults=faults, **page), 422
    farewell.say()
    return _gone()


def _parting_faults(farewell: Farewell) -> dict[str, str]:
    """What keeps her from going now: others' work goes with her, and she has not said to mean it."""
    faults = {}
    if farewell.going and words_of("confirm").casefold() != farewell.person.email.casefold():
        faults["confirm"] = t("accounts_error_confirm")
    if farewell.lasting() and "meant" not in request.form:
        faults["meant"] = t("workplaces_error_meant")
    return faults


def _gone() -> ResponseReturnValue:
    end_session()
    db.session.commit()
    return redirect(url_for("accounts.sign_in", deleted=1), 303)
