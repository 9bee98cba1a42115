"""The forms on HR's side of a review: sending, inviting, the date to answer by, meetings, and the answer to a comment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, cast

from app.mail.link_defusing import address_in
from app.models.people import NAME_LENGTH
from app.models.reviews import LONG
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language
from app.services.reviews.actions import Invited, Sending
from app.services.reviews.meetings import Held, kinds
from app.values.email_address import mail_address
from app.values.vocabulary import CHANGING_OUTCOMES, REVIEWER_ROLES, ReviewerRole, StoredOutcome
from app.web.choices import Choice, Choices, Option
from app.web.fields import Area, Day, Email, Hidden, Line, Looks
from app.web.forms import CardForm, Rows, is_sent, said_by
from app.web.language import t
from app.web.rich_text import plain

DEFAULT_DAYS = timedelta(weeks=3)
LONGEST = timedelta(days=365)
MOST_READERS = 40
GREETING = 1000
PRESENT = 1000
FIRST_ROLES: tuple[ReviewerRole, ...] = ("verneombud", "union_rep")
NEEDS_WORDS = frozenset({"answered", "noted", "not_taken_in"})
SHORT = {"class": "ds-input short"}
ALONE = Looks(label="question-label", group="question")


# ── readers ──


class ReaderForm(CardForm):
    """One reader to invite."""

    name = Line("review_field_name", NAME_LENGTH, missing="review_error_name")
    role = Choice("review_field_role", missing="review_error_role", empty="field_choose")
    email = Email("review_field_email", unfit="review_error_email", render_kw={"type": "text", "inputmode": "email"})
    language = Choice("review_field_language", missing="error_choice")

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        words = the_pack().review
        self.role.options = [Option(role, plain(words.role(role).label)) for role in REVIEWER_ROLES]
        self.language.options = [Option(language, t(f"nav_language_{language}")) for language in LANGUAGES]

    @property
    def is_blank(self) -> bool:
        """Whether nobody is named."""
        return not (self.name.typed or self.email.typed)

    def read(self, taken: set[str]) -> Invited:
        """Who is invited. Nobody whose address is `taken` is invited once more."""
        email = mail_address(self.email.data) if self.email.data and not self.email.fault else ""
        if email.lower() in taken:
            self.email.wrong("review_error_email_twice")
        taken |= {email.lower()} - {""}
        return Invited(self.name.data, email, cast("ReviewerRole", self.role.data), cast("Language", self.language.data))


class ReadersForm(CardForm):
    """Rows of readers."""

    reader = Rows(ReaderForm, "review_reader_number", MOST_READERS, min_entries=1)

    @classmethod
    def first(cls, roles: Iterable[str], language: Language, **stored: Any) -> dict[str, Any]:
        """What stands in the form before anybody types: empty rows for readers of these roles."""
        return stored | {"reader": [{"role": role, "language": language} for role in roles]}

    def with_other_rows(self, language: Language) -> bool:
        """A row more at the end, or one less, as a button says; whether one was pressed. All that was typed stays."""
        gone, more = said_by("remove"), is_sent("add")
        if gone.isascii() and gone.isdigit() and int(gone[:3]) < len(self.reader) > 1:
            self.reader.pop_entry(int(gone[:3]))  # type: ignore[call-arg]
        elif more and len(self.reader) < MOST_READERS:
            self.reader.append_entry({"language": language})
        is_pressed = more or is_sent("remove")
        if is_pressed:
            self.forgive()
        return is_pressed

    def readers(self, known: Iterable[str] = ()) -> list[Invited]:
        """Those to invite. A row without name and address is passed over; `known` are the addresses that have been invited already."""
        taken = {email.lower() for email in known} - {""}
        rows: list[ReaderForm] = [entry.form for entry in self.reader]
        for row in rows:
            if row.is_blank:
                row.forgive()
        if all(row.is_blank for row in rows):
            rows[0].name.wrong("review_error_readers")
        return [row.read(taken) for row in rows if not row.is_blank]


class DateForm(CardForm):
    """Until when readers are asked to answer."""

    answer_by = Day("review_field_answer_by", help="review_answer_by_help", missing="review_error_answer_by", render_kw=SHORT)

    def read_date(self, today: date) -> date | None:
        """The day; None when it is not after today, or more than a year away."""
        found = self.answer_by.data
        if found and not today < found <= today + LONGEST:
            self.answer_by.wrong("review_error_answer_by_past" if found <= today else "review_error_answer_by_far")
        return None if self.answer_by.first_fault else found


def to_judge(sections: Sequence[str]) -> list[str]:
    """The sections but those that nobody is asked to judge: lists to look things up in."""
    return [id for id in sections if id not in the_pack().review.not_to_judge]


class SendForm(ReadersForm, DateForm):
    """The draft is sent: to whom, until when, with which greeting, and what of it."""

    greeting = Area("review_field_greeting", GREETING, help="review_greeting_help", render_kw={"rows": 5})
    sees_others = Choice("review_field_sees_others", help="review_sees_others_help", missing="review_error_sees_others")
    section = Choices("review_field_section", missing="review_error_sections", help="review_section_help", looks=ALONE)

    @classmethod
    def new(cls, sections: Sequence[str], today: date, language: Language) -> dict[str, Any]:
        """What stands in the form before anybody types: everything that is to be judged is read, in three weeks."""
        return cls.first(FIRST_ROLES, language, section=to_judge(sections), answer_by=today + DEFAULT_DAYS, sees_others="no")

    def offer(self, sections: Sequence[Option]) -> None:
        """Offer these sections to be read."""
        self.section.options = sections
        self.section.help_values = {"count": len(to_judge([one.value for one in sections])), "total": len(sections)}
        self.sees_others.options = [Option(one, t(f"review_sees_others_{one}")) for one in ("no", "yes")]

    def read(self, today: date) -> Sending | None:
        """What is sent to whom; None when something has to be mended."""
        self.validate()
        readers, answer_by = self.readers(), self.read_date(today)
        if found := address_in(self.greeting.data):
            self.greeting.wrong("review_error_greeting", found=found[:80])
        if self.faults or answer_by is None:
            return None
        return Sending(tuple(self.section.data), tuple(readers), answer_by, self.greeting.data, self.sees_others.data == "yes")


# ── meetings and answers ──


class MeetingForm(CardForm):
    """A meeting where the policy was talked over."""

    held_on = Day("review_field_held_on", help="field_date_hint", missing="review_error_held_on", render_kw=SHORT)
    kind = Choice("review_field_kind", missing="review_error_meeting_kind", empty="field_choose")
    present = Line("review_field_present", PRESENT, help="review_present_help", missing="review_error_present")
    said = Area("review_field_said", LONG, help="review_said_help", render_kw={"rows": 5})
    fingerprint = Hidden()

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.kind.options = [Option(one.id, plain(one.label)) for one in kinds()]

    def read(self, today: date) -> Held | None:
        """The meeting; None when something has to be mended."""
        self.validate()
        if self.held_on.data and self.held_on.data > today:
            self.held_on.wrong("review_error_held_on_future")
        if self.faults or self.held_on.data is None:
            return None
        return Held(self.held_on.data, self.kind.data, self.present.data, self.said.data)


class AnswerForm(CardForm):
    """The answer to a comment: what became of it, in which words, and the question whose answer was changed."""

    outcome = Choice("review_field_outcome", missing="review_error_outcome")
    answer = Area("review_field_answer", LONG, render_kw={"rows": 4})
    mended = Choice("review_field_mended", help="review_mended_help", empty="review_mended_none")

    def offer(self, kind: str, outcomes: Sequence[str], questions: Iterable[str]) -> None:
        """Offer the outcomes of a comment of this kind, and the questions behind its section."""
        words, asked = the_pack().review, the_pack().questions
        self.answer.help = f"review_answer_help_{kind}"
        self.mended.options = [Option(id, plain(asked[id].label)) for id in questions]
        if len(outcomes) == 1:
            self.outcome.data, self.outcome.options = outcomes[0], [Option(outcomes[0], "")]
        else:
            self.outcome.options = [Option(one, plain(words.outcome(one).label), t(f"review_outcome_help_{one}")) for one in outcomes]

    def read(self) -> tuple[StoredOutcome, str, str]:
        """Outcome, words and question; what has to be mended is among the faults."""
        self.validate()
        is_changing = self.outcome.data in CHANGING_OUTCOMES
        if not is_changing:
            self.mended.forgive()
        if self.outcome.data in NEEDS_WORDS and not self.answer.data:
            self.answer.wrong("review_error_answer_words")
        return cast("StoredOutcome", self.outcome.data), self.answer.data, self.mended.data if is_changing else ""
