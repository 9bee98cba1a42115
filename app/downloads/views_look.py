"""How the documents of a draft look: the logo, the colour and the Word template of the workplace."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.documents import savefile
from app.documents.images import PictureError, taken
from app.documents.render import docx
from app.documents.word_template import MAX_TEMPLATE, TemplateError
from app.models.db import db
from app.web.access import policy_for
from app.web.forms import is_sent, posted
from app.web.limits import limited
from app.web.refusals import LockedError, fields_to_keep

from .forms import ColourForm, LogoForm, TemplateForm
from .views import DRAFT, bp, download_page

Read = TypeVar("Read")


@bp.get(f"{DRAFT}/logo")
def to_logo(id: str) -> ResponseReturnValue:
    """The address of the form for the logo without the form, reached by changing the language: back to where the form is."""
    return _back(policy_for(id).id, "logo")


@bp.post(f"{DRAFT}/logo")
@limited("upload")
def logo(id: str) -> ResponseReturnValue:
    """Put a logo on the documents, or take it away. The picture is read before the draft is, whose lock nobody shall wait for meanwhile."""
    picture = None if is_sent("remove") else _read_file("logo", savefile.MAX_LOGO, taken)
    policy = policy_for(id)
    if policy.is_locked:
        raise LockedError(policy, "logo")
    if isinstance(picture, PictureError | TemplateError):
        form = LogoForm()
        form.logo.wrong(f"error_logo_{picture.reason}", **picture.values)
        return download_page(policy, logo=form), 422
    policy.show_logo(*(picture or (None, None)))
    db.session.commit()
    return _back(id, "logo")


@bp.get(f"{DRAFT}/colour")
def to_colour(id: str) -> ResponseReturnValue:
    """The address of the form for the colour without the form: back to where the form is."""
    return _back(policy_for(id).id, "colour")


@bp.post(f"{DRAFT}/colour")
def colour(id: str) -> ResponseReturnValue:
    """Draw the documents in the colour of the workplace, or in ours again."""
    policy = policy_for(id)
    form = ColourForm.now(policy.colour or "")
    if policy.is_locked:
        raise LockedError(policy, "colour", fields_to_keep(dict(posted().lists())))
    if is_sent("remove"):
        policy.show_colour("")
    elif form.validate():
        policy.show_colour(form.chosen)
    else:
        return download_page(policy, colour=form), 422
    db.session.commit()
    return _back(id, "colour")


@bp.get(f"{DRAFT}/template")
def to_template(id: str) -> ResponseReturnValue:
    """The address of the form for the template without the form: back to where the form is."""
    return _back(policy_for(id).id, "template")


@bp.post(f"{DRAFT}/template")
@limited("upload")
def template(id: str) -> ResponseReturnValue:
    """Draw Word files with the workplace's own template, or with ours again. It is read before the draft is, as a logo is."""
    sent = None if is_sent("remove") else _read_file("template", MAX_TEMPLATE, docx.tried)
    policy = policy_for(id)
    if policy.is_locked:
        raise LockedError(policy, "template")
    if isinstance(sent, PictureError | TemplateError):
        form = TemplateForm()
        form.template.wrong(f"error_template_{sent.reason}", **sent.values)
        return download_page(policy, template=form), 422
    policy.show_template(*(sent or (None,)))
    db.session.commit()
    return _back(id, "template")


def _back(id: str, to: str) -> ResponseReturnValue:
    return redirect(url_for("documents.download", id=id) + f"#{to}", 303)


def _read_file(name: str, most: int, read: Callable[[bytes], Read]) -> Read | PictureError | TemplateError:
    """What `read` makes of the file in the form, or why it is not taken. Of one of more than `most` bytes no more is read than tells so."""
    sent = request.files.get(name)
    try:
        return read(sent.read(most + 1) if sent else b"")
    except (PictureError, TemplateError) as fault:
        return fault
