"""The forms of a reader, and what they wrote in them as plain values: a remark, answers about the process, a statement, a reply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, cast

from werkzeug.datastructures import MultiDict

from app.pack.load import the_pack
from app.pack.review import ProcessQuestion
from app.web.choices import ChoiceOrNone, Option
from app.web.counted_area import CountedArea
from app.web.fields import AppField, Area, Looks
from app.web.forms import Form
from app.web.rich_text import plain

LONGEST = 5000
LONGEST_NOTE = 1000
LONGEST_STATEMENT = 20_000
MOST = 200  # remarks of one reader in one review

Checklist = dict[str, dict[str, str]]  # question id → {"answer": id, "note": words}


class ReadingForm(Form):
    """A form of the reader's workspace, in its looks."""

    class Meta(Form.Meta):
        """The classes."""

        looks = Looks(box="ds-field area", label="area-label", group="kinds")


class StatementForm(ReadingForm):
    """The statement of a reader as a whole."""

    statement = CountedArea("reading_statement_label", LONGEST_STATEMENT, rows=12, help="reading_statement_help")


class ReplyForm(ReadingForm):
    """The reply to an answer of HR. Where a page has one for each remark, the id of the remark tells them apart."""

    reply = Area(
        "reading_reply_label", LONGEST, help="reading_reply_help", missing="reading_fault_empty", render_kw={"rows": 4, "autocomplete": "off"}
    )

    @classmethod
    def to(cls, comment: str, typed: MultiDict[str, str] | None = None) -> ReplyForm:
        """The form about a remark, with what was typed in it."""
        return cls(typed, meta={"mark": f"{comment}-"})


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: of which kind (empty until they have chosen), in which words, and how they would put the text."""

    kind: str = ""
    words: str = ""
    wording: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said: a kind alone is no remark."""
        return not (self.words or self.wording)

    @property
    def value(self) -> list[str]:
        """What the fingerprint is made of. Nothing, when nothing is said."""
        return [] if self.is_empty else [self.kind, self.words, self.wording]


class RemarkForm(ReadingForm):
    """One remark, with its id. `stored` is what stands in the database, `is_overtaken` whether another device has saved something else."""

    kind = ChoiceOrNone("reading_kind_label")
    wording = CountedArea("reading_wording_label", LONGEST, rows=3, highest=18, over="reading_over_characters", help="reading_wording_help")
    words = CountedArea("reading_words_label", LONGEST, rows=5, over="reading_over_characters", help="reading_words_help")
    comment = ""
    stored = Remark()
    is_overtaken = False

    @classmethod
    def about(cls, comment: str, stored: Remark) -> RemarkForm:
        """The form of the remark with the id `comment`: with what was sent, or with what is `stored`."""
        form = cls.here(**asdict(stored))
        form.comment, form.stored = comment, stored
        form.kind.options = [Option(kind.id, plain(kind.label), plain(kind.help)) for kind in the_pack().review.kinds]
        return form

    @property
    def given(self) -> Remark:
        """What the form says."""
        return Remark(self.kind.chosen, self.words.typed, self.wording.typed)

    def show(self, remark: Remark) -> None:
        """Show this remark instead. What is wrong with the words stays said."""
        for name, value in asdict(remark).items():
            self[name].process_data(value)

    @property
    def is_one_more(self) -> bool:
        """Whether storing it makes a remark that was not there."""
        return self.stored.is_empty and not self.given.is_empty

    def read(self, *, is_asked_for: bool, has_room: bool) -> bool:
        """Whether the remark can be stored. `is_asked_for`: the reader wants something saved; `has_room`: there is room for it."""
        self.validate()
        if self.given.is_empty and not self.stored.is_empty:
            self.words.wrong("reading_fault_emptied")
        elif self.given.is_empty and is_asked_for:
            self.words.wrong("reading_fault_empty")
        elif not has_room:
            self.words.wrong("reading_fault_many", most=MOST)
        return not self.faults


class ChecklistForm(ReadingForm):
    """The answers about the process: of each question, the answer and a note."""

    asked: ClassVar[tuple[ProcessQuestion, ...]] = ()

    @classmethod
    def now(cls, stored: Checklist) -> ChecklistForm:
        """The form about the questions that are asked now, with what was sent, or what is `stored`."""
        words = the_pack().review
        form = _checklist_of(tuple(words.process)).here(**_by_field(stored))
        for question in form.asked:
            form.answer(question.id).options = [Option(one.id, plain(one.label)) for one in words.process_answers]
        return form

    def answer(self, question: str) -> ChoiceOrNone:
        """The field for the answer to a question."""
        return cast("ChoiceOrNone", self[f"answer-{question}"])

    def note(self, question: str) -> CountedArea:
        """The field for the note beside it."""
        return cast("CountedArea", self[f"note-{question}"])

    @property
    def leaves(self) -> Iterator[tuple[AppField, str]]:
        """Every field, with the question that a note belongs to."""
        for question in self.asked:
            yield self.answer(question.id), ""
            yield self.note(question.id), plain(question.text)

    @property
    def given(self) -> Checklist:
        """What the form says. Questions with neither answer nor note are left out."""
        found = {question.id: {"answer": self.answer(question.id).chosen, "note": self.note(question.id).typed} for question in self.asked}
        return {id: one for id, one in found.items() if any(one.values())}

    def beside(self, stored: Checklist) -> Checklist:
        """What the form says, and what is `stored` of questions that are no longer asked."""
        asked = {question.id for question in self.asked}
        return {**{id: one for id, one in stored.items() if id not in asked}, **self.given}

    def show(self, given: Checklist) -> None:
        """Show these answers instead. What is wrong with the notes stays said."""
        for name, words in _by_field(given).items():
            if name in self:
                self[name].process_data(words)


def _checklist_of(asked: tuple[ProcessQuestion, ...]) -> type[ChecklistForm]:
    fields: dict[str, Any] = {"asked": asked}
    for question in asked:
        fields[f"answer-{question.id}"] = ChoiceOrNone(question.text, help=question.help)
        fields[f"note-{question.id}"] = CountedArea("reading_note_label", LONGEST_NOTE, rows=2)
    return type(ChecklistForm.__name__, (ChecklistForm,), fields)


def _by_field(given: Checklist) -> dict[str, str]:
    return {f"{name}-{id}": one.get(name, "") for id, one in given.items() for name in ("answer", "note")}


def with_stored(given: Checklist, stored: Mapping[str, Any]) -> Checklist:
    """What was given, and what is stored where nothing was given: also answers to questions that are no longer asked."""
    merged: Checklist = {id: dict(one) for id, one in stored.items()}
    for id, one in given.items():
        before = merged.get(id, {})
        merged[id] = {name: one[name] or before.get(name, "") for name in ("answer", "note")}
    return merged


def differing(given: Checklist, stored: Mapping[str, Any]) -> list[str]:
    """The questions to which two devices gave two answers, or two notes."""
    both = [id for id in given if id in stored]
    return [id for id in both if any(given[id][name] and stored[id].get(name) not in ("", given[id][name]) for name in ("answer", "note"))]
