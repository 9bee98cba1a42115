"""What the kinds of workplace must hold true beyond their grammar: every id is there, and nothing that must be seen is folded away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from .engine import SECTOR
from .kinds import kind_of
from .model import Pack
from .question import Question
from .question_rules import texts_in
from .sector import Sector


def sector_faults(pack: Pack) -> Iterator[str]:
    """Every fault of the files in sectors/, and of the options that count as another, each naming its file and key."""
    proof = _Proof(pack)
    for name, sector in pack.sectors.items():
        yield from (f"sectors/{name}.yaml: {fault}" for fault in proof.sector(name, sector))
    codes = Counter(code for sector in pack.sectors.values() for code in sector.industry_codes)
    yield from (f"sectors/: industry_codes: {code} is there {n} times" for code, n in codes.items() if n > 1)
    for question in pack.questions.values():
        yield from (f"steps: {question.id}.{fault}" for fault in _option_faults(question))
    finer = pack.questions[SECTOR].options if SECTOR in pack.questions else []
    yield from (f"sectors/{one.id}.yaml: the file is missing" for one in finer if one.counts_as and one.id not in pack.sectors)


class _Proof:
    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.kinds = pack.questions.get(SECTOR)
        place = {id: at for at, (_, page) in enumerate(pack.pages.values()) for id in (q.id for q in page.questions)}
        self.later = {id for id, at in place.items() if at > place.get(SECTOR, 0)}

    def sector(self, name: str, sector: Sector) -> Iterator[str]:
        if sector.id != name or not (self.kinds and self.kinds.option(sector.id)):
            yield f"id: {sector.id} is not the name of the file and an option of {SECTOR}"
        proofs: list[Callable[[Sector], Iterator[str]]] = [self.suggest, self.names, self.fold, self.fold_questions, self.examples, self.sources]
        for proof in proofs:
            yield from proof(sector)
        yield from (f"{key}: {{{hole}}} cannot be filled here" for key, text in texts_in(sector) for hole in sorted(text.holes()))

    def suggest(self, sector: Sector) -> Iterator[str]:
        for id, value in sector.suggest.items():
            question = self.pack.questions.get(id)
            if question is None or id not in self.later:
                yield f"suggest.{id}: there is no such question on a later page than {SECTOR}"
            elif kind_of(question).is_own_words or kind_of(question).is_day:
                yield f"suggest.{id}: what one writes in own words gets an example, not a suggestion"
            else:
                yield from (f"suggest.{id}: {fault}" for fault in self._unfit(question, value))

    def _unfit(self, question: Question, value: object) -> Iterator[str]:
        yield from kind_of(question).default_faults(question.model_copy(update={"default": value}), self._rows(question))
        if question.max and isinstance(value, list) and len(value) > question.max:
            yield f"{len(value)} options, and no more than {question.max} may be chosen"

    def _rows(self, question: Question) -> set[str]:
        source = self.pack.questions.get(question.rows_from or "")
        return {row.id for row in question.rows} | ({option.id for option in source.options} if source else set())

    def names(self, sector: Sector) -> Iterator[str]:
        for id, named in sector.names.items():
            question = self.pack.questions.get(id)
            yield from (f"names.{id}: {one} is not an option" for one in named if question is None or question.option(one) is None)

    def fold(self, sector: Sector) -> Iterator[str]:
        for id, options in sector.fold.items():
            question = self.pack.questions.get(id)
            if question is None or not question.options:
                yield f"fold.{id}: there is no such question with options"
                continue
            yield from (f"fold.{id}: {one} is not an option" for one in options if question.option(one) is None)
            suggested = sector.suggest.get(id, question.default) or []
            yield from (f"fold.{id}: {one} is suggested, and folded away" for one in options if one in suggested)

    def fold_questions(self, sector: Sector) -> Iterator[str]:
        for id in sector.fold_questions:
            question = self.pack.questions.get(id)
            if question is None or question.required:
                yield f"fold_questions: there is no question {id} that may be left unanswered"

    def examples(self, sector: Sector) -> Iterator[str]:
        for id in sector.examples:
            question = self.pack.questions.get(id)
            if question is None or not kind_of(question).is_own_words:
                yield f"examples.{id}: there is no such question that is answered in own words"

    def sources(self, sector: Sector) -> Iterator[str]:
        if not sector.sources:
            yield "sources: no source; own advice says `own`"
        yield from (f"sources: there is no source {id}" for id in sector.sources if id != "own" and id not in self.pack.sources)


def _option_faults(question: Question) -> Iterator[str]:
    groups = {group.id for group in question.groups}
    for option in question.options:
        general = question.option(option.counts_as)
        if option.counts_as and (general is None or general.counts_as):
            yield f"{option.id}.counts_as: {option.counts_as} is not an option that counts as itself"
        if (option.group or "") not in (groups or {""}):
            yield f"{option.id}.group: {option.group} is none of the groups of the question"
