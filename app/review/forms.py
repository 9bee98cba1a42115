"""What HR types on the pages of a review, read kindly: values where they can be used, and beside them what has to be mended.

`Filled` holds what was typed as well, so that a page that is shown again has lost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, cast

from flask import request

from app.mail.link_defusing import address_in
from app.models.people import NAME_LENGTH
from app.pack.text import LANGUAGES, Language, clean_text
from app.services.reviews.actions import Invited, Sending
from app.values.email_address import bare_address, mail_address
from app.values.parsing import date_fault, read_date, show_date
from app.values.vocabulary import REVIEWER_ROLES, ReviewerRole
from app.web.fields import Fault

Typed = dict[str, list[str]]
DEFAULT_DAYS = timedelta(weeks=3)
LONGEST = timedelta(days=365)
MOST_READERS = 40
GREETING = 1000
PARTS = ("name", "email", "role", "language")
FIRST_ROLES: tuple[ReviewerRole, ...] = ("verneombud", "union_rep")


@dataclass
class Filled:
    """A form with what was typed in it. `faults` are by field, in the order of the page."""

    typed: Typed = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)

    @classmethod
    def posted(cls) -> Filled:
        """What came with this request, clean: a page that shows it again must be sound."""
        return cls({clean_text(name): [clean_text(words) for words in found] for name, found in request.form.lists() if name})

    def first(self, name: str) -> str:
        """What stands in a field; empty when it was not there."""
        return self.typed[name][0] if self.typed.get(name) else ""

    def put(self, name: str, words: str) -> None:
        """Let a field begin with these words."""
        self.typed[name] = [words]

    def wrong(self, name: str, key: str, **values: Any) -> None:
        """Say what is wrong with a field; the first fault counts."""
        self.faults.setdefault(name, Fault(key, values))

    def line(self, name: str, most: int, missing: str = "") -> str:
        """One line of words; `missing` is the fault when there is none."""
        return self._limited(name, " ".join(self.first(name).split()), most, missing)

    def text(self, name: str, most: int, missing: str = "") -> str:
        """Words on any number of lines."""
        return self._limited(name, self.first(name).strip(), most, missing)

    def _limited(self, name: str, words: str, most: int, missing: str) -> str:
        if missing and not words:
            self.wrong(name, missing)
        if len(words) > most:
            self.wrong(name, "error_too_long", most=most, more=len(words) - most)
        return words

    def choice(self, name: str, offered: Iterable[str], missing: str) -> str:
        """One of those offered."""
        chosen = self.first(name)
        if chosen not in offered:
            self.wrong(name, "error_choice" if chosen else missing)
        return chosen

    def day(self, name: str, missing: str) -> date | None:
        """A date, however it is written."""
        words = self.first(name)
        found = read_date(words)
        if found is None:
            self.wrong(name, date_fault(words) if words.strip() else missing)
        return date.fromisoformat(found) if found else None


# ── sending ──


def new_sending(sections: Iterable[str], today: date, language: Language) -> Filled:
    """The form before anybody types: everything is read, in three weeks."""
    form = Filled({"section": list(sections)})
    form.put("answer_by", show_date((today + DEFAULT_DAYS).isoformat()))
    form.put("sees_others", "no")
    return new_readers(form, FIRST_ROLES, language)


def new_readers(form: Filled, roles: Iterable[str], language: Language) -> Filled:
    """Empty rows for readers of these roles."""
    for line, role in enumerate(roles):
        form.put(cell(line, "role"), role)
        form.put(cell(line, "language"), language)
    return form


def cell(line: int, part: str) -> str:
    """The name of one field of one reader."""
    return f"reader-{line}-{part}"


def lines_in(form: Filled) -> range:
    """The rows of readers that are on the page."""
    known = {str(line): line for line in range(MOST_READERS)}
    found = [known[name.split("-")[1]] for name in form.typed if name.startswith("reader-") and name.count("-") == 2 and name.split("-")[1] in known]
    return range(max(found, default=0) + 1)


def with_other_rows(form: Filled, language: Language) -> None:
    """A row more at the end, or one less and those after it moved up. All that was typed stays."""
    rows = [{part: form.typed.get(cell(line, part), []) for part in PARTS} for line in lines_in(form)]
    gone = form.first("remove")
    if gone.isascii() and gone.isdigit() and int(gone[:3]) < len(rows) > 1:
        del rows[int(gone[:3])]
    elif form.first("add") and len(rows) < MOST_READERS:
        rows.append({"language": [language]})
    form.typed = {name: words for name, words in form.typed.items() if not name.startswith("reader-")}
    for line, row in enumerate(rows):
        form.typed |= {cell(line, part): words for part, words in row.items()}


def read_sending(form: Filled, sections: Iterable[str], today: date) -> Sending | None:
    """What is sent to whom; None when something has to be mended."""
    chosen = [id for id in sections if id in form.typed.get("section", [])]
    if not chosen:
        form.wrong("section", "review_error_sections")
    readers = read_readers(form)
    answer_by = read_answer_by(form, today)
    greeting = form.text("greeting", GREETING)
    if found := address_in(greeting):
        form.wrong("greeting", "review_error_greeting", found=found[:80])
    sees = form.choice("sees_others", ("yes", "no"), "review_error_sees_others")
    if form.faults or answer_by is None:
        return None
    return Sending(tuple(chosen), tuple(readers), answer_by, greeting, sees == "yes")


def read_answer_by(form: Filled, today: date) -> date | None:
    """The date to answer by: after today, and within a year."""
    found = form.day("answer_by", "review_error_answer_by")
    if found and not today < found <= today + LONGEST:
        form.wrong("answer_by", "review_error_answer_by_past" if found <= today else "review_error_answer_by_far")
    return found


def read_readers(form: Filled, known: Iterable[str] = ()) -> list[Invited]:
    """Those to invite. A row without name and address is passed over; `known` are the addresses that have been invited already."""
    taken = {email.lower() for email in known}
    readers = [_reader(form, line, taken) for line in lines_in(form) if not _is_blank(form, line)]
    if not readers:
        form.wrong(cell(0, "name"), "review_error_readers")
    return readers


def _is_blank(form: Filled, line: int) -> bool:
    return not any(form.first(cell(line, part)).strip() for part in ("name", "email"))


def _reader(form: Filled, line: int, taken: set[str]) -> Invited:
    name = form.line(cell(line, "name"), NAME_LENGTH, "review_error_name")
    email = _email(form, cell(line, "email"), taken)
    role = form.choice(cell(line, "role"), REVIEWER_ROLES, "review_error_role")
    language = form.choice(cell(line, "language"), LANGUAGES, "error_choice")
    return Invited(name, email, cast("ReviewerRole", role), cast("Language", language))


def _email(form: Filled, name: str, taken: set[str]) -> str:
    """An address as mail servers write it, or nothing. The same person is not invited twice."""
    words = form.first(name).strip()
    if not words:
        return ""
    try:
        email = mail_address(bare_address(words))
    except ValueError:
        form.wrong(name, "review_error_email")
        return ""
    if email.lower() in taken:
        form.wrong(name, "review_error_email_twice")
    taken.add(email.lower())
    return email
