"""Signing in by e-mail, which is also how an account is made; and signing out.

Asking for a mail never looks whether anybody has that address: what it answers, and how soon, cannot tell.
"""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.mail.messages import write
from app.models.db import db
from app.models.people import SIGN_IN_LASTS, TRIES, Entry, Person, SignIn, address_of
from app.web import errors
from app.web.access import PERSON, person_here
from app.web.forms import said_by
from app.web.language import current_language
from app.web.limits import count, is_known, is_past, limit_error, limited
from app.web.login_session import begin_session, end_session, is_fresh
from app.web.security import browser_key
from app.web.urls import external, own_path

from .forms import AddressForm, CodeForm

bp = Blueprint("accounts", __name__, url_prefix="/<language:language>")


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Ask for the address. Whoever is signed in already goes on; after a while they are asked again before what cannot be undone."""
    onward = own_path(request.args.get("next", ""))
    person = person_here() if PERSON in session else None
    if person and (is_fresh() or not onward):
        return redirect(onward or url_for("accounts.me"))
    return ask(AddressForm(data={"email": person.email if person else ""}), onward, again=person is not None)


def ask(form: AddressForm, onward: str, again: bool = False) -> str:
    """The page that asks for the address."""
    return render_template("accounts/sign_in.html", form=form, onward=onward, again=again, out="out" in request.args)


@bp.post("/sign-in")
@limited("sign_in")
def send() -> ResponseReturnValue:
    """Send a mail with a link and a code to the address.

    Strangers may ask in their name: past the limit of an address a mail goes only when no link is good any more. So they are never without one.
    """
    form, onward = AddressForm.here(), own_path(said_by("next"))
    if not form.validate():
        return ask(form, onward), 422
    email = address_of(form.email.data)
    if not is_known(email) and is_past("sign_in", email) and SignIn.is_good_for(email):
        raise limit_error("sign_in")
    token, code = SignIn.ask(email, browser_key(), str(current_app.secret_key), onward)
    link = external("accounts.link", token=token)
    write("sign_in", email, current_language(), link=link, code=code, minutes=SIGN_IN_LASTS.seconds // 60)
    db.session.commit()
    return redirect(url_for("accounts.code"), 303)


@bp.get("/sign-in/code")
def code() -> str:
    """Say that a mail was sent, and take the code in it. To be opened again and again while one waits."""
    return _code(CodeForm())


def _code(form: CodeForm) -> str:
    asked = SignIn.waiting_in(browser_key())
    left = TRIES - asked.tries if asked else 0
    if asked and not left:
        form.code.forgive()
        form.code.wrong("accounts_error_code_tries")
    return render_template(
        "accounts/code.html", asked=asked, left=left, form=form, minutes=SIGN_IN_LASTS.seconds // 60,
        is_shown="mail.outbox" in current_app.view_functions, is_kept=current_app.extensions["transport"].keeps,
    )  # fmt: skip


@bp.post("/sign-in/code")
def enter() -> ResponseReturnValue:
    """Let somebody in by the code, in the browser that asked for it."""
    form = CodeForm.here()
    if not form.validate():  # a slip is not one of five tries
        return _code(form), 422
    entry = SignIn.by_code(form.code.data, browser_key(), str(current_app.secret_key))
    if entry is None:
        db.session.commit()
        count("code")
        form.code.wrong("accounts_error_code")
        return _code(form), 422
    return _come_in(entry)


@bp.get("/sign-in/<token>")
def link(token: str) -> ResponseReturnValue:
    """The link of a mail was opened. Only the button signs in: mail scanners open links too."""
    browser_key()
    email = SignIn.offered(token)
    return render_template("accounts/link.html", token=token, email=email), 200 if email else 404


@bp.post("/sign-in/<token>")
def use(token: str) -> ResponseReturnValue:
    """Let somebody in by the link, once."""
    entry = SignIn.by_link(token, browser_key())
    if entry is None:
        db.session.rollback()
        count("code")
        return render_template("accounts/link.html", token=token, email=None), 404
    return _come_in(entry)


def _come_in(entry: Entry) -> ResponseReturnValue:
    """Sign in whoever showed that the address is theirs. A second click at once is the same sign-in: the first one's sitting ends."""
    person = Person.of(entry.email, current_language())
    person.leave(entry.sitting_hash)
    begin_session(person, "email")
    SignIn.led_to(entry.token_hash, person.sitting_key)
    db.session.commit()
    return redirect(own_path(entry.onward) or url_for("accounts.me"), 303)


@bp.get("/sign-out")
def to_sign_in() -> ResponseReturnValue:
    """The address of the button without the button."""
    return redirect(url_for("accounts.sign_in"))


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign this browser out."""
    end_session()
    db.session.commit()
    return redirect(url_for("accounts.sign_in", out=1), 303)


@bp.errorhandler(CSRFError)
def stale_form(error: CSRFError) -> ResponseReturnValue:
    """A form from before this browser signed in: of two clicks on the button the second comes so. What it asks for is done already."""
    if request.endpoint in ("accounts.use", "accounts.enter", "accounts.enter_by_passkey") and person_here():
        return redirect(url_for("accounts.me"), 303)
    return errors.csrf(error)
