"""What a kind of question is asked: everything in which one kind differs from another, with the answer that most kinds give.

A kind is one class in a file of its own. It holds no state: what it is asked about, a question or a column of one, is given with every call.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, ClassVar, Literal, Protocol

from app.pack.answer_parsing import TEXT_MAX, WRONG_CHOICE, Fault, Reader, read_words
from app.pack.question import Column, GridRow, Option, Question
from app.pack.text import Text

Asked = Question | Column
Part = Literal["options", "columns", "rows"]
Records = list[dict[str, Any]]
Rows = Sequence[GridRow]
Pairs = list[tuple[GridRow | None, dict[str, Any]]]


class Taker:
    """Takes values for questions from one place: the store, a file or a form. A kind walks through a value, and asks this at every part of it."""

    is_new: bool = True  # whether limits of number hold: what is stored already stays whole, however it came there

    def offers(self, option: Option) -> bool:
        """Whether an option that has a condition may be chosen."""
        return True

    def row_ids(self, question: Question) -> Collection[str]:
        """The rows of a grid that may be answered."""
        return ()

    def one(self, kind: Kind, asked: Asked, value: Any, key: str) -> Any:
        """One value that is no choice, as it is stored."""
        return value

    def label(self, value: Any, key: str) -> str:
        """The name of a row that the workplace added, as it is stored; empty when it is none."""
        return ""

    def refuse(self, value: Any, key: str) -> None:
        """A value of another shape than its place is left out."""

    def refuse_option(self, value: Any, key: str, fault: Fault = WRONG_CHOICE) -> None:
        """A choice that cannot be made is left out; `fault` says why it cannot."""

    def unknown(self, value: Any, key: str, *, is_cell: bool = False) -> None:
        """A row that nobody asks for, or a cell of one, is left out."""


class AnswerWords(Protocol):
    """How the pieces of an answer are put into words in one place: on the screen, or in a document."""

    def own(self, words: str) -> str:
        """Words or a number that somebody typed."""

    def day(self, iso: str) -> str:
        """A date."""

    def option(self, option: Option) -> str:
        """An option that was chosen."""

    def label(self, text: Text) -> str:
        """The name of a row."""

    def rows(self, question: Question) -> Rows:
        """The rows of a grid that are asked now."""


class Kind(ABC):
    """One kind of question. The attributes say what it is like; each method has what most kinds do."""

    id: ClassVar[str]
    parts: ClassVar[frozenset[Part]] = frozenset()  # what a question of the kind needs; it may have none of the others
    in_columns: ClassVar[bool] = False  # whether a column of a grid or of `rows` may be of the kind
    nothing: ClassVar[Any] = ""  # what is stored for a question that was left blank; never changed in place
    is_own_words: ClassVar[bool] = False  # whatever somebody likes to write
    is_multiline: ClassVar[bool] = False
    is_day: ClassVar[bool] = False
    is_short: ClassVar[bool] = False  # whether a value takes little room in a line
    is_list: ClassVar[bool] = False  # as many records as somebody adds, in order
    takes_several: ClassVar[bool] = False  # any number of the options
    on_paper: ClassVar[Literal["lines", "boxes", "sheet"]] = "lines"  # what one fills in where the question is printed
    paper_lines: ClassVar[int] = 1

    # ── the content ──

    def faults(self, question: Question) -> Iterator[str]:
        """Whether the question has what the kind needs, and nothing that it cannot use. A fault begins with the key."""
        there = {"options": bool(question.options), "columns": bool(question.columns), "rows": bool(question.rows or question.rows_from)}
        for part, is_there in there.items():
            if is_there != (part in self.parts):
                yield f".{part}: a question of kind {self.id} {'has no' if is_there else 'needs'} {part}"

    def column_faults(self, column: Column) -> Iterator[str]:
        """The same for a column."""
        if bool(column.options) != ("options" in self.parts):
            yield f"options: a column of kind {self.id} {'has no' if column.options else 'needs'} options"

    def default_faults(self, question: Question, row_ids: Collection[str]) -> Iterator[str]:
        """Whether what is pre-chosen, which is not None, can be chosen."""
        yield from ()

    def prepared(self, default: Any) -> Any:
        """What is pre-chosen, of what the content file says."""
        return default

    def conditions(self, question: Question) -> set[str]:
        """Everything that a condition may say of an answer."""
        return {"given", "blank", "undecided"} | {option.id for option in question.options}

    def overlaid(self, default: Any, suggestion: Any) -> Any:
        """What is pre-chosen where `suggestion`, as a content file says it, stands over the default, which may be None."""
        return suggestion

    # ── the answer ──

    def preset(self, default: Any, question: Question, offers: Callable[[Option], bool], language: str) -> Any:
        """The answer that is pre-chosen, among the options that are offered."""
        return default

    def tokens(self, question: Question, value: Any, row: str = "") -> frozenset[str]:
        """What a condition may say about an answer that counts and is decided."""
        return frozenset({"blank"}) if value is None or not str(value).strip() else frozenset({"given", *self._named(value)})

    def _named(self, value: Any) -> Collection[str]:
        """What conditions call the value."""
        return ()

    def is_stored(self, value: Any) -> bool:
        """Whether a single value has the form in which it is stored."""
        return isinstance(value, str)

    def longest(self, asked: Asked) -> int:
        """How many characters own words may have."""
        return asked.max or TEXT_MAX

    def reader(self, asked: Asked) -> Reader:
        """What reads typed words, clean and not blank. It raises ValueError with a Fault."""
        return read_words(self.longest(asked))

    def take(self, asked: Asked, value: Any, by: Taker, key: str = "") -> Any:
        """A value from elsewhere in the form in which it is stored; `key` says where in the answer it stands. None when it cannot be used at all."""
        return by.one(self, asked, value, key)

    def merged(self, stored: Any, given: Any, shown: Collection[str]) -> Any:
        """What to store when `given` was said about the rows or options `shown`: of what is `stored`, the rest stays."""
        return given

    def free_texts(self, asked: Asked, value: Any) -> list[str]:
        """Everything in an answer that the workplace wrote in its own words."""
        return [value] if self.is_own_words and isinstance(value, str) else []

    # ── in words ──

    def typed(self, value: Any) -> str:
        """A single value as it is typed."""
        return str(value)

    def said(self, asked: Asked, value: Any, words: AnswerWords) -> list[str]:
        """An answer in words, piece by piece. `value` is one that counts, and not empty."""
        return [words.own(str(value))]

    # ── answers made up, for previews and tests ──

    @abstractmethod
    def sample(self, asked: Asked, options: Sequence[Option], lines: Sequence[str]) -> Any:
        """A valid answer: of `options` as many as may be chosen, of records those of `lines`."""

    def extremes(self, question: Question) -> Sequence[Any]:
        """The answers at both ends of what may be answered, where there are ends."""
        return ()

    def named(self, token: str) -> Any:
        """The answer of which a condition says `token`, which is none of those that every kind knows."""
        return token

    # ── records, of a kind with columns ──

    def records(self, value: Any, row: str = "") -> Records:
        """The records of an answer; with `row`, that row's alone."""
        return []

    def paired(self, value: Any, rows: Rows) -> Pairs:
        """The records of an answer, each with its row if it has one."""
        return []

    def by_line(self, value: Any) -> dict[str, dict[str, Any]]:
        """The records by row, or by their number from 0."""
        return {}

    def of_lines(self, records: dict[str, dict[str, Any]]) -> Any:
        """The answer that has these records by line, as `by_line` gives them."""
        return records
