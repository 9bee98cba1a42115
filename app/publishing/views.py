"""The owners' page: open the public page of a policy, change its address, close it again."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.models.audit_log import record_event
from app.models.db import db, only_read
from app.models.policy import Policy
from app.models.publications import Publication
from app.models.versions import Version
from app.models.workplaces import Workplace
from app.web.access import person_here, policy_for
from app.web.forms import is_sent
from app.web.urls import external

from .forms import PublishForm, suggested
from .page_cache import the_cache

bp = Blueprint("publishing", __name__, url_prefix="/<language:language>/policies/<policy:id>/public")


@bp.get("/")
def settings(id: str) -> str:
    """Whether the policy can be read by everybody, where, and what they see."""
    policy = policy_for(id, "own")
    only_read()
    return _page(policy, PublishForm(data=_stored(policy)))


def _stored(policy: Policy) -> dict[str, str]:
    there = Publication.of(policy.id)
    if there:
        return {"name": there.name, "frames": "\n".join(there.frames)}
    place = db.session.get(Workplace, policy.workplace_id) if policy.workplace_id else None
    return {"name": suggested(f"{place.name} {policy.unit}" if place else ""), "frames": ""}


def _page(policy: Policy, form: PublishForm) -> str:
    there = Publication.of(policy.id)
    is_open = there is not None and there.is_open
    page = {
        "form": form,
        "is_open": is_open,
        "version": Version.one_in(policy.id, "in_force"),
        "publication": there,
        "whole_address": external("public.page", address=there.name) if there and is_open else "",
    }
    return render_template("publishing/settings.html", id=policy.id, here="decisions.status", policy=policy, **page)


@bp.post("/")
def save(id: str) -> ResponseReturnValue:
    """Open the page, change it, or close it."""
    policy = policy_for(id, "own")
    if is_sent("close"):
        if there := Publication.of(policy.id):
            there.close()
        _record("publication_closed", policy)
    else:
        form = PublishForm.here()
        given = form.read(policy.id)
        if given is None:
            return _page(policy, form), 422
        was_open = (there := Publication.of(policy.id)) is not None and there.is_open
        Publication.open(policy.id, *given)
        _record("publication_changed" if was_open else "publication_opened", policy)
    db.session.commit()
    the_cache().forget()
    return redirect(url_for("publishing.settings", id=id), 303)


def _record(what: str, policy: Policy) -> None:
    person = person_here()
    record_event(what, policy.workplace_id, policy.id, person.id if person else None)
