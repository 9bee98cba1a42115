"""One page of one draft, as one request sees it: its form, its looks, and whether somebody else has saved in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from flask import abort
from flask_wtf.csrf import generate_csrf

from app.models.policy import Policy
from app.pack.answers import Standing, beside, standing
from app.pack.kinds import kind_of
from app.pack.load import the_pack
from app.pack.model import Page, Step
from app.pack.text import Language
from app.services.standing_cache import standing_of
from app.ui_texts import the_words
from app.web.access import is_signed_in
from app.web.counted_area import room_for
from app.web.fields import Fault
from app.web.language import current_language, t
from app.web.rich_text import plain
from app.web.saving import new_form_id

from . import date_hints, progress
from .boards import BOARD_HELPERS, emptied, face_of, own_alone, risks_of, standard_again
from .colleague_notes import notes_of
from .compiled_page import Shown, drawn, fill
from .form import PageForm, TypedIn, filled, form_for, question_of, read, typed_in
from .from_register import NO_OFFER, Offer
from .kind_fields import FIELDS
from .revealed import parts_of
from .stepper import shown_on, stepper_of
from .visible_questions import Asked, asked_on, becomes, cell, labels, own_fields

FIELD_HELPERS = {
    "labels_of": labels,
    "own_fields": own_fields,
    "kind_of": kind_of,
    "room": room_for,
    "becomes": becomes,
    **BOARD_HELPERS,
}  # what the templates of fields ask


AT_A_ROW = frozenset({"add", "remove", "standard"})  # buttons at the rows of a question; each says which row


class Taken(NamedTuple):
    """What a save says: the answers to store, the questions that it is about, and what is wrong, by field name."""

    given: dict[str, Any]
    about: frozenset[str]
    faults: dict[str, Fault]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of `policy` with the answers that stand `now`; `asked` are its questions. `open` is what would stand if all were asked that
    an answer on the page might ask.
    """

    policy: Policy
    now: Standing
    open: Standing
    step: Step
    page: Page
    language: Language
    asked: tuple[Asked, ...]
    counts: Mapping[str, int]

    @classmethod
    def of(cls, policy: Policy, step: str, page: str, counts: Mapping[str, int] | None = None) -> Sheet:
        """The page with these ids; 404 when the content has none."""
        place = the_pack().places.get((step, page))
        if place is None:
            abort(404)
        now = standing_of(policy)
        ids = {q.id for q in place[1].questions}
        is_whole = all(q.id in now.asked or not beside(q, ids) for q in place[1].questions)
        open_ = now if is_whole else standing(the_pack(), policy.answers, ids)
        return cls(policy, now, open_, *place, current_language(), asked_on(place[1], open_, counts), counts or {})

    @classmethod
    def of_questions(cls, policy: Policy, ids: Iterable[str], counts: Mapping[str, int] | None = None) -> Sheet:
        """A page of these questions alone, as far as the content has them and they are asked."""
        pack, language = the_pack(), current_language()
        known = [pack.questions[id] for id in ids if id in pack.questions]
        step, page = pack.place[known[0].id] if known else next(iter(pack.pages.values()))
        now = standing_of(policy)
        alone = page.model_copy(update={"questions": known})
        return cls(policy, now, now, step, alone, language, asked_on(alone, now, counts), counts or {})

    def counting(self, counts: Mapping[str, int]) -> Sheet:
        """The same page with so many records of its questions."""
        counts = {**self.counts, **counts}
        return replace(self, asked=asked_on(self.page, self.open, counts), counts=counts)

    def own_alone(self, typed: TypedIn) -> TypedIn:
        """What was posted, without the sentences of ours that stood in the fields and were not changed."""
        return own_alone(self.asked, typed)

    def with_other_rows(self, typed: TypedIn) -> tuple[Sheet, TypedIn]:
        """The page with a record more or less, or a row as it was, as a button beside a question says, and what then stands in its fields."""
        if "standard" in typed:
            return self, standard_again(typed, typed["standard"][0])
        id, _, line = (typed.get("remove") or typed.get("add") or [""])[0].partition("-")
        if "remove" in typed and any(line in labels(a) for a in self.asked if a.id == id):
            return self, emptied(typed, id, line)
        asked = next((a for a in self.asked if a.id == id and a.count), None)
        if asked and "remove" in typed and line in asked.lines():
            return self.counting({id: asked.count - 1}), without(typed, asked, int(line))
        return (self.counting({id: asked.count + 1}) if asked and "add" in typed else self), typed

    def with_answer(self, typed: TypedIn, id: str, value: Any) -> tuple[Sheet, TypedIn]:
        """The page with `value` in the fields of one question, whatever stood there; as it was, when the question is not on it."""
        if not any(a.id == id for a in self.asked):
            return self, typed
        sheet = self.counting({id: len(value)}) if isinstance(value, list) else self
        others = {name: words for name, words in typed.items() if name.partition("-")[0] != id}
        return sheet, others | filled((a, value) for a in sheet.asked if a.id == id)

    @property
    def fingerprint(self) -> str:
        """A short hash of what is stored for this page."""
        return self.policy.fingerprint(q.id for q in self.page.questions)

    def read(self, typed: Mapping[str, list[str]]) -> PageForm:
        """The form with what was posted in it."""
        return read(form_for(self.page, self.language, self.open, self.counts), typed)

    def take(self, typed: Mapping[str, list[str]], on_page: frozenset[str]) -> Taken:
        """What was posted about the questions `on_page`. One that the answers do not ask is never at fault, and stored only if it was changed."""
        form = self.read(typed)
        given = form.answers(on_page)
        unasked = self._unasked(given)
        about = frozenset(id for id in on_page if id not in unasked or (id in given and self._differs(unasked[id], given[id])))
        faults = {name: fault for name, fault in form.faults().items() if question_of(name) not in unasked}
        return Taken({id: value for id, value in given.items() if id in about}, about, faults)

    def _unasked(self, given: Mapping[str, Any]) -> dict[str, Asked]:
        """The questions of the page that are not asked with these answers, by id."""
        if not any(a.under for a in self.asked):
            return {}
        asked = standing(the_pack(), self.policy.answers | self.merged(given)).asked
        return {a.id: a for a in self.asked if a.id not in asked}

    def left_of(self, offer: Offer) -> Offer:
        """What the register suggests and nobody has answered yet; nothing on a page that does not ask for the name."""
        if the_pack().register_rules.name not in {a.id for a in self.asked}:
            return NO_OFFER
        offered = ((a, offer.options.get(a.id)) for a in self.asked if a.id not in self.open.values)
        return offer._replace(options={a.id: option for a, option in offered if option in {o.id for o in a.options}})

    def stored(self, offer: Offer = NO_OFFER) -> TypedIn:
        """What stands in the fields before anybody types."""
        return typed_in(self.asked, self.open, self.language) | {id: [option] for id, option in offer.options.items()}

    def html(self, typed: Mapping[str, list[str]], faults: Mapping[str, Fault] | None = None, back: str = "", offer: Offer = NO_OFFER) -> str:
        """The page with `typed` in its fields and `faults` beside them."""
        wrong = {name: t(fault.key, **fault.values) for name, fault in (faults or {}).items()}
        has_days = any(a.id in date_hints.spaced() for a in self.asked)
        notes, years = (date_hints.told(self.now, self.language), date_hints.buttons(self.now)) if has_days else ({}, {})
        brief = {name: in_brief(fault) for name, fault in (faults or {}).items()}
        suggested = frozenset(a.id for a in self.asked if a.id in self.open.values and a.id not in self.open.confirmed).union(offer.options)
        answered = frozenset(a.id for a in self.asked if a.id in self.open.confirmed)
        state = self.policy.state if self.policy.is_locked else ""
        form, colleagues = new_form_id(), notes_of(self.policy, self.now)
        shown = Shown(
            self.policy.id, generate_csrf(), self.fingerprint, form, back, state, typed, wrong, suggested, answered, is_signed_in(), notes, offer,
            colleagues, way=shown_on(stepper_of(self.policy), self.step, self.language), brief=brief, years=years,
            risks=risks_of(self.asked, typed, self.language),
        )  # fmt: skip
        return fill(drawn("steps/short.html" if self.is_short else "steps/page.html", self._key, self._values), shown)

    @property
    def is_short(self) -> bool:
        """Whether it is a page of the short path."""
        return self.step is self.now.pack.short

    @property
    def _key(self) -> tuple[object, ...]:
        pages = tuple(page.id for page in progress.pages_of(self.now, self.step))
        return (self.language, self.step.id, self.page.id, pages, self.now.sector and self.now.sector.id, tuple(a.key for a in self.asked))

    def _values(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "page": self.page,
            "pages": progress.pages_of(self.now, self.step),
            "progress": progress.progress(self.now, self.step, self.page),
            "has_before": progress.before(self.now, self.step, self.page) is not None,
            "language": self.language,
            "parts": parts_of((a for a in self.asked if not a.is_folded), self.asked),
            "folded": [a for a in self.asked if a.is_folded],
            "folded_parts": parts_of((a for a in self.asked if a.is_folded), self.asked),
            "risks": self.now.sector.risks if self.now.sector and self.page.shows == "risks" else [],
            "names": list(names(self.asked)),
            "boards": {face_of(a.question) for a in self.asked} & {"board", "risk"},
            **FIELD_HELPERS,
            "spaced": date_hints.spaced(),
        }

    def merged(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The answers to store: what was given, and beside it what is stored for rows and options that are not asked just now."""
        stored = self.policy.answers
        return {a.id: kind_of(a.question).merged(stored.get(a.id), given[a.id], a.shown) for a in self.asked if a.id in given}

    def differing(self, taken: Taken) -> list[Asked]:
        """The questions on the page whose stored answer is another than the one given, or whose given one cannot be read."""
        return [a for a in self.asked if a.id in taken.about and (a.id not in taken.given or self._differs(a, taken.given[a.id]))]

    def _differs(self, asked: Asked, given: Any) -> bool:
        typed = FIELDS[asked.question.kind].typed
        stored = self.open.values.get(asked.id, "")
        return sorted(typed(asked, given)) != sorted(typed(asked, stored))


def in_brief(fault: Fault) -> str:
    """What is wrong in a word or two, for the list above the page; the whole of it stands at the field."""
    key = f"{fault.key}_brief"
    return t(key if key in the_words() else fault.key, **fault.values)


def names(asked: Iterable[Asked]) -> Iterator[tuple[str, str]]:
    """Every field of the page with a label by which a reader knows it, for the list of what has to be mended."""
    for one in asked:
        short = plain(one.question.short or one.question.label)
        yield one.id, short
        titles = {row.id: plain(row.label) if row.label else _own(row.id) for row in one.rows}
        for line, name, column in one.cells():
            yield name, f"{short}: {titles.get(line) or t('field_record', number=int(line) + 1)} – {plain(column.label)}"
        for line, name in labels(one).items():
            yield name, f"{short}: {titles[line]} – {plain(one.question.own_name) if one.question.own_name else t('field_own_row')}"


def _own(row: str) -> str:
    return f"{the_pack().word('own_row', current_language())} {row.rpartition('_')[2]}"


def without(typed: TypedIn, asked: Asked, gone: int) -> TypedIn:
    """What stands in the fields when record number `gone` is taken away and those after it move up."""
    columns = [column.id for column in asked.question.columns]
    places = {cell(asked.id, str(n), c): cell(asked.id, str(n - (n > gone)), c) for n in range(asked.count) if n != gone for c in columns}
    dropped = {cell(asked.id, str(gone), c) for c in columns}
    return {places.get(name, name): words for name, words in typed.items() if name not in dropped}
