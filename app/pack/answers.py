"""Answers, and which of them stand.

An answer is stored as plain JSON under the question's id: a text or an ISO date as a string, a number as an integer, a choice as an option id,
choices as a list of ids, a grid as {row: {column: value}}, rows as a list of {column: value}. `None` means "not decided yet"; a missing key means
"not answered", and then what is suggested counts: for the kind of workplace, else the question's default. Answers are never deleted, but only those
whose question is still asked count.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from .base import When
from .engine import SECTOR
from .kinds import Kind, Taker, kind_of
from .kinds.records import is_begun, is_unfinished
from .model import Pack
from .question import LABEL, OWN_ROW, Column, GridRow, Option, Question
from .sector import Sector

Answers = Mapping[str, Any]


@dataclass(slots=True)
class Standing:
    """What the workplace says now: effective answers of the questions that are asked, defaults included."""

    pack: Pack
    values: dict[str, Any] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    stored: Answers = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)
    _tokens: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def sector(self) -> Sector | None:
        """What is usual at this kind of workplace, when the content knows it."""
        return self.pack.sectors.get(self.values.get(SECTOR) or "")

    def holds(self, when: When) -> bool:
        """Whether every question named has one of the answers named."""
        for key, wanted in when.items():  # noqa: SIM110 - asked hundreds of times per page; a generator doubles the cost
            if self.tokens(key).isdisjoint(wanted):
                return False
        return True

    def tokens(self, key: str) -> frozenset[str]:
        """What a condition may say about `question` or `grid.row`: option ids, and given, blank, undecided, complete or incomplete."""
        found = self._tokens.get(key)
        if found is None:
            found = self._tokens[key] = self._read_tokens(key)
        return found

    def _read_tokens(self, key: str) -> frozenset[str]:
        id, _, row = key.partition(".")
        question = self.pack.questions[id]
        if id not in self.asked:
            return frozenset()
        value = self.values.get(id)
        if id in self.values and value is None:
            return frozenset({"undecided"})
        if row and row not in {asked.id for asked in self.rows(question)}:
            return frozenset({"blank"})  # nobody chose the row: what is suggested for it does not count
        return kind_of(question).tokens(question, value, row)

    def is_blank(self, id: str) -> bool:
        """Whether the question is asked and has neither an answer nor "not decided yet"."""
        return "blank" in self.tokens(id)

    def is_undecided(self, id: str) -> bool:
        """Whether somebody said "not decided yet"."""
        return "undecided" in self.tokens(id)

    def unfinished(self, question: Question) -> list[tuple[GridRow | None, int]]:
        """The records that somebody began and did not finish: each with its row, if it has one, and its number among all, from 1.

        A record is finished when it has every required column, every value that is reckoned with and, in a row of the workplace's own, its name.
        A row that the workplace chose on an earlier page is begun when something is required of it.
        """
        if question.id not in self.asked or not question.columns or self.is_undecided(question.id):
            return []
        is_chosen = question.rows_from and any(column.required for column in question.columns)
        found = enumerate(self.chosen(question) if is_chosen else self.records(question), start=1)
        return [(row, at) for at, (row, record) in found if is_unfinished(question, row, record)]

    def chosen(self, question: Question) -> list[tuple[GridRow | None, dict[str, Any]]]:
        """The records of a grid over what was chosen on an earlier page: every row that was chosen, and those of the workplace's own with words."""
        pairs = self.records(question)
        answered = {row.id: record for row, record in pairs if row}
        return [(row, answered.get(row.id, {})) for row in self.rows(question) if row.label or row.id in answered]

    def offers(self, option: Option) -> bool:
        """Whether an option applies now."""
        return not option.when or self.holds(option.when)

    def options(self, question: Question) -> list[Option]:
        """The options of `question` that apply now."""
        return self._named(question, [o for o in question.options if not o.when or self.holds(o.when)])

    def _named(self, question: Question, options: list[Option]) -> list[Option]:
        """The options as this kind of workplace calls them."""
        sector = self.sector
        return [sector.named(question.id, o) for o in options] if sector and question.id in sector.names else options

    def rows(self, question: Question) -> list[GridRow]:
        """The rows of a grid that apply now, the workplace's own rows last."""
        rows = [GridRow(r.id, r.label, r.words) for r in question.rows if self.holds(r.when)]
        if question.rows_from:
            source = self.pack.questions[question.rows_from]
            chosen = self.values.get(question.rows_from) or []
            named = self._named(source, [o for o in source.options if o.id in chosen and not o.stands_alone])
            rows += [GridRow(o.id, o.label, o.words) for o in named]
        answer = self.values.get(question.id) or {}
        for n in range(1, question.own_rows + 1):
            id = f"{OWN_ROW}{n}"
            rows.append(GridRow(id, None, None, str(answer.get(id, {}).get(LABEL, ""))))
        return rows

    def records(self, question: Question) -> list[tuple[GridRow | None, dict[str, Any]]]:
        """The records of a grid (with their rows) or of `rows`, without those in which nothing is answered."""
        pairs = kind_of(question).paired(self.values.get(question.id), self.rows(question))
        return [(row, record) for row, record in pairs if is_begun(record)]


def standing(pack: Pack, answers: Answers, revealing: Collection[str] = ()) -> Standing:
    """The answers that count: those whose question is asked, and the defaults of the rest. Among the questions `revealing`, which stand on one page,
    each is asked that another of them might bring about.

    Takes what anybody stored or uploaded: values that the content no longer knows are passed over, never an error.
    """
    now = Standing(pack, stored=answers)
    stored = _Stored(now)
    for question in pack.questions.values():
        if question.when and not now.holds(_settled(now, question, revealing)):
            continue
        now.asked.add(question.id)
        id = given_as(question, answers)
        if id in answers:
            now.confirmed.add(question.id)
            now.values[question.id] = _taken(stored, question, answers[id])
        elif (default := default_of(now, question)) is not None:
            now.values[question.id] = default
    return now


def beside(question: Question, page: Collection[str]) -> When:
    """What its condition says of the questions `page`, among which it stands."""
    return {key: wanted for key, wanted in question.when.items() if key in page}


def _settled(now: Standing, question: Question, revealing: Collection[str]) -> When:
    """Its condition without what may still be answered on the page."""
    if question.id not in revealing:
        return question.when
    return {key: wanted for key, wanted in question.when.items() if key not in revealing or key not in now.asked}


def brought_up(pack: Pack, answers: Answers, edition: str) -> dict[str, Any]:
    """Answers that were given to an edition of the content, with what counts for questions that came after it."""
    came_later = {one.id: one.before for one in pack.manifest.later if is_older(edition, one.edition)}
    return {**came_later, **answers}


def is_older(edition: str, than: str) -> bool:
    """Whether an edition came before another; one that nobody named is old."""
    return _numbers(edition) < _numbers(than)


def _numbers(edition: str) -> list[int]:
    return [int(part) for part in edition.split(".") if part.isdecimal()]


def _taken(by: _Stored, question: Question, value: Any) -> Any:
    """The answer as it counts: None when it is not decided yet, and empty words when nothing of it can be used."""
    if value is None:
        return None
    taken = kind_of(question).take(question, value, by)
    return "" if taken is None else taken


def given_as(question: Question, answers: Answers) -> str:
    """The id under which the answer of a question stands: its own, or that of the question whose answers it took over."""
    return question.formerly if question.formerly in answers and question.id not in answers else question.id  # type: ignore[return-value]


def default_of(now: Standing, question: Question, language: str = "nb") -> Any:
    """What is pre-chosen for `question`, among what applies now: what is usual at this kind of workplace, else the first suggestion that holds, else
    its default. Texts come in `language`.
    """
    if question.default is None and now.sector is None:
        return None
    usual = next((one.value for one in question.suggested if now.holds(one.when)), question.default)
    default = now.sector.suggest.get(question.id, usual) if now.sector else usual
    if default is None:
        return None
    return kind_of(question).preset(_following(now, question, default), question, now.offers, language)


def _following(now: Standing, question: Question, default: Any) -> Any:
    """What is pre-chosen, with the rows that follow another question as that was answered, even where it is asked no more."""
    for one in question.follows:
        answer = now.stored.get(one.question)
        if isinstance(answer, str) and answer in one.values:
            default = kind_of(question).overlaid(default, {one.row: one.values[answer]})
    return default


class _Stored(Taker):
    """Takes what is stored as far as the content knows it now. What does not fit is passed over."""

    is_new = False

    def __init__(self, now: Standing) -> None:
        self.now = now

    def offers(self, option: Option) -> bool:
        return self.now.holds(option.when)

    def row_ids(self, question: Question) -> set[str]:
        return {row.id for row in self.now.rows(question)}

    def one(self, kind: Kind, asked: Question | Column, value: Any, key: str) -> Any:
        return value if kind.is_stored(value) else ""

    def label(self, value: Any, key: str) -> str:
        return value if isinstance(value, str) else ""


def records_of(question: Question, value: Any, row: str = "") -> list[dict[str, Any]]:
    """The records of a stored grid or `rows` answer; with `row`, that row's alone."""
    return kind_of(question).records(value, row)


def free_texts(question: Question, value: Any) -> list[str]:
    """Everything that the workplace wrote in its own words in one answer."""
    return kind_of(question).free_texts(question, value)
