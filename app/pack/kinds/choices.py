"""Any number of several options, stored as a list of their ids in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, ClassVar

from app.pack.answer_parsing import NONE, WRONG_CHOICE, Fault
from app.pack.question import Option, Question

from .base import AnswerWords, Asked, Kind, Taker


class ChoicesKind(Kind):
    """Several options: no more than `max`, and the option `none` stands alone."""

    id = "choices"
    parts = frozenset({"options"})
    nothing: ClassVar[Any] = []
    takes_several = True
    on_paper = "boxes"

    def default_faults(self, question: Question, row_ids: Collection[str]) -> Iterator[str]:
        """Options are pre-chosen, or all of them."""
        if question.default != "all":
            yield from (f"{id} is not an option" for id in question.default if question.option(id) is None)

    def preset(self, default: Any, question: Question, offers: Callable[[Option], bool], language: str) -> Any:
        """Those that are pre-chosen, among what is offered."""
        options = [option.id for option in question.options if offers(option)]
        return options if default == "all" else [id for id in options if id in default]

    def tokens(self, question: Question, value: Any, row: str = "") -> frozenset[str]:
        """Every option that was chosen."""
        return frozenset({"given", *value}) if value else frozenset({"blank"})

    def take(self, asked: Asked, value: Any, by: Taker, key: str = "") -> Any:
        """The options that are offered; a new answer no more of them than may be chosen together."""
        given = [value] if by.is_new and isinstance(value, str) else value
        if not isinstance(given, list):
            by.refuse(value, key)
            return None
        known = [option.id for option in asked.options if option.id in given and (not option.when or by.offers(option))]
        if not by.is_new:
            return known
        left_out = self._left_out(known, asked.max)
        for id, fault in [*left_out.items(), *((id, WRONG_CHOICE) for id in given if id not in known)]:
            by.refuse_option(id, key, fault)
        return [id for id in known if id not in left_out]

    def _left_out(self, known: list[str], most: int | None) -> dict[str, Fault]:
        """Those that cannot be chosen beside the others, each with why."""
        found = {NONE: Fault("error_none_and_more")} if NONE in known and len(known) > 1 else {}
        kept = [id for id in known if id not in found]
        return found | {id: Fault("error_too_many", {"most": most}) for id in kept[most:]} if most else found

    def merged(self, stored: Any, given: Any, shown: Collection[str]) -> Any:
        """Options that are not offered just now stay chosen."""
        if not isinstance(given, list) or not isinstance(stored, list):
            return given
        return given + [id for id in stored if id not in shown]

    def sample(self, asked: Asked, options: Sequence[Option], lines: Sequence[str]) -> Any:
        """All that may be chosen together."""
        return [option.id for option in options if not option.stands_alone][: asked.max]

    def named(self, token: str) -> Any:
        """The option alone."""
        return [token]

    def said(self, asked: Asked, value: Any, words: AnswerWords) -> list[str]:
        """The options, in the order in which they are offered."""
        return [words.option(option) for option in asked.options if option.id in value]
