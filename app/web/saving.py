"""Stale saves: a form carries a mark of what was stored when it was drawn, and a save is stale when something else is stored by then.

The mark is a fingerprint of the stored values, a revision, or whatever else tells them apart. A form also has an id of its own (`form`), by which
the session remembers what that form led to: somebody who goes back to it without a reload still sends the mark from before their own save, which
must not be taken for another person's. What a stale save is answered with is up to the feature: it shows both texts.
"""

from __future__ import annotations

import secrets

from flask import jsonify, request, session
from werkzeug.wrappers import Response

from app.pack.text import clean_text
from app.web.language import t

FORMS = "forms"  # where the session keeps the id of a form → the mark that it led to
FORMS_KEPT = 8
ID_LENGTH = 16


def is_stale(mark: str, field: str = "fingerprint") -> bool:
    """Whether the form that was sent is about something else than what has the `mark` now. `field` is the one that carries the mark."""
    return mark not in (request.form.get(field), session.get(FORMS, {}).get(request.form.get("form", "")))


def remember(mark: str) -> str:
    """Remember that the form that was sent led to what has the `mark`; the mark. The last few forms of a browser are remembered."""
    forms = {**session.get(FORMS, {}), form_id(): mark}
    session[FORMS] = dict(list(forms.items())[-FORMS_KEPT:])
    return mark


def form_id() -> str:
    """The id of the form that was sent, also for the page that shows it again; a new one, where none was sent."""
    return clean_text(request.form.get("form", "")).strip()[:ID_LENGTH] or new_form_id()


def new_form_id() -> str:
    """An id for a form that is drawn."""
    return secrets.token_urlsafe(6)


def is_autosave() -> bool:
    """Whether the script saves, and not the person: it gets a message as JSON in place of a page."""
    return "X-Autosave" in request.headers


def told(key: str, **values: object) -> Response:
    """What the script is told."""
    return jsonify(message=t(key, **values))
