"""The blueprint of own words, and what its views share."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.datastructures import MultiDict

from app.models.policy import Policy
from app.web.forms import Form, posted
from app.web.refusals import LockedError

bp = Blueprint("own_words", __name__, url_prefix="/<language:language>/policies/<policy:id>/own-words")


def locked(policy: Policy, then: str, form: Form | None = None) -> LockedError:
    """Why own words of a text that somebody signed for are not changed yet, with what was typed."""
    shown = [(field.title, [field.typed]) for field, _ in form.leaves if field.typed] if form else []
    return LockedError(policy, then, _kept(posted()), shown)


def _kept(sent: MultiDict[str, str]) -> dict[str, list[str]]:
    return {name: sent.getlist(name) for name in sent if name not in ("csrf_token", "about", "then")}
