"""What a person sees and decides of themselves: their name, where they are signed in, what is stored about them, and an end to it."""

from __future__ import annotations

import json
from datetime import date
from typing import cast

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.clock import now
from app.models.db import db
from app.models.people import Person
from app.models.workplaces import Expected, Workplace
from app.pack.engine import WORKPLACE_NAME
from app.pack.text import LANGUAGES, Language
from app.services.people.person_data import everything_about
from app.web.access import PERSON, held_policies, is_saving, signed_in
from app.web.choices import Option
from app.web.files import attached
from app.web.forms import said_by
from app.web.language import language_tag, t
from app.web.login_session import end_session, freshly_signed_in, is_fresh
from app.web.parting_form import PartingForm
from app.web.personal_data import page

from .deletion import AccountDeletion, GoneError
from .forms import PasskeyForm, ProfileForm
from .views import bp

DONE = ("saved", "elsewhere", "passkey", "passkey_gone")


@bp.get("/me")
def me() -> str:
    """Everything on one page."""
    person = signed_in()
    return draw(person)


def draw(person: Person, profile: ProfileForm | None = None, passkey: PasskeyForm | None = None) -> str:
    """The page, with the form that was sent, if one was."""
    done = request.args.get("done", "")
    forms = {"profile": profile or _profile(person), "passkey": passkey or PasskeyForm()}
    values = {"person": person, "form": passkey or forms["profile"], "done": done if done in DONE else "", "is_fresh": is_fresh()}
    return render_template("accounts/me.html", **forms, **values, **_of(person))


def _profile(person: Person) -> ProfileForm:
    stored = {"name": person.name, "mail_language": person.language}
    form = ProfileForm.here(**stored) if request.endpoint == "accounts.save" else ProfileForm(data=stored)
    form.mail_language.options = [Option(one, _in_itself(one)) for one in LANGUAGES]
    return form


def _in_itself(language: Language) -> str:
    """The name of a language, with the mark that it is in that language."""
    return Markup('<span lang="{}">{}</span>').format(language_tag(language), t(f"nav_language_{language}"))


def _of(person: Person) -> dict[str, object]:
    """What belongs to this person, for the page."""
    return {
        "passkeys": person.passkeys(),
        "sittings": person.sittings(),
        "workplaces": Workplace.all_of(person.id),
        "expected": [(place, invited.role) for invited, place in Expected.waiting_for(person.email)],
        "drafts": [(policy, _name(policy.answers.get(WORKPLACE_NAME))) for policy in held_policies()],
    }


def _name(given: object) -> str:
    return given if isinstance(given, str) and given else t("start_unnamed")


@bp.post("/me")
def save() -> ResponseReturnValue:
    """Keep the name, and the language of the letters to them."""
    person = signed_in()
    form = _profile(person)
    if not form.validate():
        return draw(person, form), 422
    person.name, person.language = form.name.data, cast("Language", form.mail_language.data)
    db.session.commit()
    return redirect(url_for("accounts.me", done="saved"), 303)


@bp.get("/me/sign-out-elsewhere")
@bp.get("/me/passkeys")
def to_me() -> ResponseReturnValue:
    """The address of a form without the form, reached by changing the language: back to where the form is."""
    signed_in()
    return redirect(url_for("accounts.me"))


@bp.post("/me/sign-out-elsewhere")
def sign_out_elsewhere() -> ResponseReturnValue:
    """Sign this person out in every browser but this one, or in this one too."""
    person = signed_in()
    if said_by("here"):
        person.leave_everywhere()
        end_session()
        db.session.commit()
        return redirect(url_for("accounts.sign_in", out=1), 303)
    person.leave_others(session[PERSON])
    db.session.commit()
    return redirect(url_for("accounts.me", done="elsewhere"), 303)


@bp.get("/me/export")
def export() -> Response:
    """All that is stored about this person, as a file for another program."""
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
        deletion = AccountDeletion.of(person, lock=is_saving())
    except GoneError:
        return _gone()
    if deletion.holding:
        return render_template("accounts/stay.html", deletion=deletion), 409 if request.method == "POST" else 200
    form = PartingForm.here()
    form.confirm.names("accounts_delete_confirm", email=person.email)
    page = {"person": person, "deletion": deletion, "lasting": deletion.lasting(), "form": form}
    if request.method != "POST":
        return render_template("accounts/delete.html", **page)
    if deletion.going:
        form.confirms(person.email, "accounts_error_confirm")
    form.means(deletion.lasting())
    if not form.validate():
        return render_template("accounts/delete.html", **page), 422
    deletion.carry_out()
    return _gone()


def _gone() -> ResponseReturnValue:
    end_session()
    db.session.commit()
    return redirect(url_for("accounts.sign_in", deleted=1), 303)
