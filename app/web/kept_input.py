"""What somebody typed, given back on the page that says why it was not taken: nothing typed is lost with an error."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import g, request
from werkzeug.exceptions import HTTPException

from app.pack.kinds import kind_of
from app.pack.load import the_pack
from app.pack.text import clean_text

from .language import t
from .limits import FAILURES
from .rich_text import plain

AGAIN = frozenset({401, 409, 429, 500, 503})  # the same form can be sent again, in a while or after signing in
UNREAD = frozenset({400, 405, 413, 415})  # there is no form of ours that could be read
MARKS = frozenset({"csrf_token", "fingerprint", "form", "asked", "to", "return", "about", "then", "next", "text_hash", "revision", "code", "token"})
_ID = re.compile(r"[a-z0-9_]{1,64}")  # what a page wrote itself: a choice, the id of a thing


class KeptField(NamedTuple):
    """One field of the form. `label` is what it is called where it is shown; empty for what only goes along: a choice, a mark."""

    name: str
    words: str
    label: str


class KeptInput(NamedTuple):
    """The fields, and whether the page offers to send them once more."""

    fields: list[KeptField]
    may_send: bool

    @property
    def shown(self) -> list[KeptField]:
        """What the page shows, to read and to copy."""
        return [field for field in self.fields if field.label]


def kept_input(error: HTTPException) -> KeptInput:
    """What was typed in the form that met `error`. Nothing of a form that was refused because it was wrong, or that came from elsewhere."""
    if request.method != "POST" or not _is_ours(error) or getattr(error, "deed", "") in FAILURES:
        return KeptInput([], False)
    typed = [(name, clean_text(words)) for name, words in request.form.items(multi=True) if name and name != "csrf_token"]
    fields = [KeptField(name, words, _label(name, words)) for name, words in typed]
    may_send = error.code in AGAIN and "is_our_form" in g
    return KeptInput(fields, may_send) if may_send or any(field.label for field in fields) else KeptInput([], False)


def _is_ours(error: HTTPException) -> bool:
    """Whether the form was sent from a page of ours: its token was good, or the browser says so. Nobody else puts words on our pages."""
    if "is_our_form" in g:
        return error.code not in UNREAD
    origin = urlsplit(request.headers.get("Origin", ""))
    return (
        bool(origin.netloc) and origin.netloc == request.host and error.code == 400 and request.mimetype in ("", "application/x-www-form-urlencoded")
    )


def _label(name: str, words: str) -> str:
    """What the field is called, if it holds words that somebody typed."""
    if not words.strip() or name in MARKS or name.startswith("keep-"):
        return ""
    question = the_pack().questions.get(name.partition("-")[0])
    if _ID.fullmatch(words) and not (question and kind_of(question).is_own_words):
        return ""
    return plain(question.label) if question else t("error_kept_field")
