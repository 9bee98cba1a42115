"""The form that asks a colleague, and what the colleague fills in beside the fields of the questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from app.mail.link_defusing import address_in
from app.models.delegations import MESSAGE_LENGTH, MOST, NOTE_LENGTH
from app.models.people import NAME_LENGTH
from app.services.delegations import Asking
from app.values.email_address import mail_address
from app.web.choices import Choices, Option
from app.web.fields import Area, Email, Line, Looks
from app.web.forms import Form

NOTE = "note-"


class AskForm(Form):
    """Who is asked which questions of a page."""

    class Meta(Form.Meta):
        """The classes."""

        looks = Looks(box="stack-tight", group="plain-set")

    question = Choices("delegation_field_question", missing="delegation_error_question")
    name = Line("delegation_field_name", NAME_LENGTH, missing="delegation_error_name")
    email = Email("delegation_field_email", help="delegation_email_help", unfit="review_error_email", render_kw={"inputmode": "email"})
    message = Area("delegation_field_message", MESSAGE_LENGTH, help="delegation_message_help", render_kw={"rows": 4})
    asked_by = Line(
        "delegation_field_asked_by", NAME_LENGTH, help="delegation_asked_by_help", missing="delegation_error_asked_by",
        render_kw={"autocomplete": "name"},
    )  # fmt: skip

    def offer(self, questions: Sequence[Option], can_mail: bool) -> None:
        """Offer these questions; and to send the link, where somebody is signed in who answers for the letters."""
        self.question.options = questions
        if not can_mail:
            del self.email

    def read(self, asked: int) -> Asking | None:
        """What is asked, where so many questions have been `asked` already; None when something has to be mended."""
        self.validate()
        if found := address_in(self.message.data):
            self.message.wrong("delegation_error_message", found=found[:80])
        if asked + len(self.question.data) > MOST:
            self.question.wrong("delegation_error_many", most=MOST)
        if self.faults:
            return None
        email = mail_address(self.email.data) if self.email and self.email.data else ""
        return Asking(self.question.data, self.name.data, self.asked_by.data, email, self.message.data)


class NameForm(Form):
    """Who answers."""

    name = Line("delegation_field_your_name", NAME_LENGTH, missing="delegation_error_your_name", render_kw={"autocomplete": "name"})

    def note(self, question: str) -> Area:
        """The field for words instead of an answer."""
        return cast("Area", self[NOTE + question])

    def notes(self, questions: Sequence[str]) -> dict[str, str]:
        """What was written, by question; nothing for those without words."""
        return {id: self.note(id).data for id in questions if self.note(id).data}


def form_for(questions: Sequence[str]) -> type[NameForm]:
    """The form of somebody who is asked these questions."""
    notes = {NOTE + id: Area("delegation_field_note", NOTE_LENGTH, help="delegation_note_help", render_kw={"rows": 3}) for id in questions}
    return type("ColleagueForm", (NameForm,), notes)
