"""Letters: what each kind says. `write` puts one into the outbox, in the caller's transaction; the words are in translations/mail.yaml."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from babel.dates import format_date
from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.clock import OSLO, now
from app.models.db import db
from app.models.keys import new_id
from app.models.outbox import Letter
from app.pack.text import LOCALES, Language, clean_text
from app.ui_texts import say
from app.values.email_address import mail_address

from .encryption import Contents, encrypt
from .link_defusing import harmless, harmless_name

KINDS = {
    "sign_in": {"link", "code", "minutes"},
    "member_invited": {"workplace", "by", "role", "link", "stands"},
    "colleague_asked": {"name", "workplace", "by", "greeting", "link"},
    "passkey_made": {"passkey", "link"},
    "review_invited": {"name", "workplace", "policy", "by", "role", "greeting", "link", "answer_by"},
    "review_reminder": {"name", "workplace", "policy", "link", "answer_by", "days", "unsent"},
    "review_answered": {"name", "workplace", "policy", "link"},
    "review_in_force": {"name", "workplace", "policy", "link", "in_force_on", "met"},
    "review_closing": {"name", "workplace", "policy", "link", "closes_at"},
    "review_link_made": {"name", "workplace", "policy", "link", "by"},
    "review_over": {"name", "workplace", "policy", "link"},
    "plan_digest": {"name", "news", "link"},
    "reviewer_finished": {"reviewer_role", "workplace", "policy", "link"},
}
LONGEST_NAME = 120
LONGEST_GREETING = 2000
WRITTEN = threading.Event()  # a letter was committed in this process: its worker need not wait
_MARK = "letter written"
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # would turn the words around it about
_GAP = re.compile(r"\n{3,}")


class News(NamedTuple):
    """One line of a letter that tells of several things: which (a key of the app's words), and its values."""

    key: str
    values: Mapping[str, object]


def write(
    kind: str, to: str, language: Language, *, due_at: datetime | None = None, about: str | None = None, unsubscribe: str = "", **values: Any
) -> Letter:
    """Put a letter to the address `to` into the outbox, to be sent at once or when it is due. The caller commits.

    `values` are those of KINDS: names and greeting as somebody typed them, `answer_by` as a date, roles as ids, `days` and `minutes` as numbers.
    `unsubscribe` is the address where such letters are turned off. `about` is the id of what it tells of: `Letter.withdraw(about)` takes back
    what has not been sent. Raises ValueError for a value too many or too few, and for what is no address.
    """
    if values.keys() != KINDS[kind]:
        raise ValueError(f"a letter of the kind {kind} takes {sorted(KINDS[kind])}")
    at = now()
    subject, text = compose(kind, language, values)
    letter = Letter(
        id=new_id(), kind=kind, about=about, language=language, created_at=at, due_at=due_at or at, tries=0,
        good_until=(due_at or at) + timedelta(minutes=values["minutes"]) if "minutes" in values else None,
        sealed=encrypt(Contents(mail_address(to), subject, text, unsubscribe), str(current_app.secret_key)),
    )  # fmt: skip
    db.session.add(letter)
    db.session.info[_MARK] = True
    return letter


@event.listens_for(db.session, "after_commit")
def _tell_worker(session: Session) -> None:
    if session.info.pop(_MARK, False):
        WRITTEN.set()


def compose(kind: str, language: Language, values: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of a letter. Both end up in a mail: nothing that somebody typed can add a header, or pass for our own words."""
    said = {name: _SAID.get(name, _one_line)(value, language) for name, value in values.items()}
    if said.get("greeting"):
        said["greeting"] = f"{say('mail_greeting', language, by=said['by'])}\n{said['greeting']}"
    hello = say("mail_hello", language, name=said["name"]) if said.get("name") else say("mail_hello_unnamed", language)
    text = say(f"mail_{kind}_text", language, **said)
    whole = "\n\n".join((hello, text, say("mail_signature", language)))
    return say(f"mail_{kind}_subject", language, **said), _GAP.sub("\n\n", whole) + "\n"


def _one_line(value: object, _language: Language) -> str:
    """Somebody's words as one short line without controls."""
    words = harmless_name(" ".join(_BIDI.sub("", clean_text(str(value))).split()))
    return words if len(words) <= LONGEST_NAME else words[: LONGEST_NAME - 1].rstrip() + "…"


def _link(value: object, _language: Language) -> str:
    return "".join(str(value).split())


def _quoted(value: object, _language: Language) -> str:
    """A greeting, each line marked as somebody else's words."""
    words = harmless(_BIDI.sub("", clean_text(str(value))).strip()[:LONGEST_GREETING])
    return "\n".join(f"> {line}".rstrip() for line in _GAP.sub("\n\n", words).splitlines())


def _day(value: date, language: Language) -> str:
    return format_date(value, "long", locale=LOCALES[language])


def _moment(value: datetime, language: Language) -> str:
    """A day and a time in Norway, as they are written in running text."""
    local = value.astimezone(OSLO)
    return say("mail_moment", language, day=_day(local.date(), language), time=f"{local:%H:%M}" if language == "en" else f"{local:%H.%M}")


def _met(value: Mapping[str, int], language: Language) -> str:
    """How somebody's comments were met, a line for each outcome; and what to say when they had none."""
    order = ("taken_in", "changed_otherwise", "answered", "noted", "not_taken_in", "unchanged", "none")
    lines = [f"- {say(f'mail_met_{id}', language)}: {value[id]}" for id in order if value.get(id)]
    return "\n".join([say("mail_met", language), *lines]) if lines else say("mail_met_nothing", language)


def _unsent(value: int, language: Language) -> str:
    """That they have words which nobody sees before they send them; nothing when all is sent."""
    return say("mail_unsent", language) if value else ""


def _news(value: Iterable[News], language: Language) -> str:
    """A line for each thing, with what somebody typed as one line."""
    return "\n".join(
        say(f"mail_news_{one.key}", language, **{name: _SAID.get(name, _one_line)(words, language) for name, words in one.values.items()}).rstrip()
        for one in value
    )


def _days(value: int, language: Language) -> str:
    return say(f"mail_days_{value}", language) if value in (0, 1) else say("mail_days_more", language, days=value)


def _role(value: str, language: Language) -> str:
    return say(f"role_{value}", language)


_SAID: dict[str, Callable[[Any, Language], str]] = {
    "link": _link, "greeting": _quoted, "answer_by": _day, "closes_at": _moment, "in_force_on": _day, "met": _met, "unsent": _unsent,
    "days": _days, "news": _news, "day": _day, "role": _role, "reviewer_role": _role,
}  # fmt: skip
