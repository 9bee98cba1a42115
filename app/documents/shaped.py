"""Which sections of the policy a question shapes, the nearest first, and where else its answer shows: read from the content, once for each pack."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from app.pack.engine import LENGTH
from app.pack.model import Pack, Question, When
from app.pack.question_rules import texts_in

from .pack_key import PackKey
from .preview.conditions import Passage, passages

FRONT = "front"  # the title and the lines under it, as if they were a section
WHOLE = 0.25  # how near a section is that stands by an answer and else does not speak of it; one that speaks of nothing else has 1
BEHIND = 0.2  # sections in front of the chapters and behind them are further away by so much
Elsewhere = Literal["rules", "questionnaire", "guide", "findings"]
PLACES: tuple[Elsewhere, ...] = get_args(Elsewhere)
_DOCUMENTS: Mapping[str, Elsewhere] = {"questionnaire": "questionnaire", "dilemma": "guide", "guide": "guide", "check": "findings"}


class Shapes(NamedTuple):
    """What comes of the answer to a question: sections of the policy by their ids, the nearest first, and other places.

    The length of the policy decides about nearly every section: of that question none is named, and `is_all` says so.
    """

    sections: tuple[str, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    is_all: bool = False


def shapes_of(pack: Pack, question: str) -> Shapes:
    """What comes of the answer to `question`."""
    return _index(PackKey(pack)).get(question, Shapes())


@lru_cache(maxsize=8)
def _index(of: PackKey) -> dict[str, Shapes]:
    return _Index(of.pack).all()


class _Index:
    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.order = {FRONT: 0} | {clause.id: at for at, clause in enumerate(pack.clauses, start=1)}
        self.behind = {clause.id for clause in pack.clauses if clause.part != "body"}
        self.asks = _asks(pack)
        self.rules = {section.id for section in pack.rules.sections}
        self.listed = {
            listing: [c.id for c in pack.clauses if any(b.listing == listing for b in c.blocks)] for listing in ("references", "statements")
        }
        self.in_options = {id: _in_options(question) for id, question in pack.questions.items()}
        self.counted: Counter[str] = Counter()  # the passages of each section
        self.named: Counter[tuple[str, str]] = Counter()  # how many of them name a question
        self.places: dict[str, dict[Elsewhere, None]] = defaultdict(dict)

    def all(self) -> dict[str, Shapes]:
        """By question."""
        for passage in passages(self.pack):
            self._count(passage)
        self._add(FRONT, set(), {hole.partition(".")[0] for hole in self.pack.manifest.title.holes()})
        for section in self.listed["references"]:
            self._add(section, set(), {q.id for q in self.pack.questions.values() if q.options_from})
        near: dict[str, dict[str, float]] = defaultdict(dict)
        for id, section in self.named:
            near[id][section] = self._nearness(id, section)
        return {id: self._shapes(id, near) for id in self.pack.questions}

    def _shapes(self, id: str, nearness: Mapping[str, Mapping[str, float]]) -> Shapes:
        elsewhere = tuple(place for place in PLACES if place in self.places[id])
        if id == LENGTH:
            return Shapes((), elsewhere, is_all=True)
        near = nearness[id]
        direct = sorted(near, key=lambda section: (-near[section], self.order[section]))
        further = {section for other in self._asked_by(id) for section in nearness[other]}.difference(near)
        return Shapes((*direct, *sorted(further, key=self.order.__getitem__)), elsewhere)

    def _asked_by(self, id: str) -> set[str]:
        """The questions that are asked by its answer, and by theirs."""
        found: set[str] = set()
        ahead = [id]
        while ahead:
            new = self.asks.get(ahead.pop(), set()) - found
            found |= new
            ahead += new
        return found

    def _nearness(self, id: str, section: str) -> float:
        """How much of the section is about the question: the share of its passages that name it."""
        near = self.named[id, section] / self.counted[section] or WHOLE
        return near * BEHIND if section in self.behind else near

    def _count(self, passage: Passage) -> None:
        named = self._with_options(passage.named)
        if passage.clause in self.rules:
            self._see("rules", named)
        if passage.clause:
            whole = _named_in(*passage.whens[:1])
            self._add(passage.clause, whole, self._with_options(passage.named - whole) | _named_in(*passage.whens[1:]))
        elif passage.where == "title block":
            self._add(FRONT, set(), named)
        else:
            self._see(_DOCUMENTS[passage.where.replace(",", " ").partition(" ")[0]], named)
        if passage.where.startswith("questionnaire"):
            for section in self.listed["statements"]:
                self._add(section, set(), named)

    def _add(self, section: str, whole: set[str], itself: set[str]) -> None:
        """One passage of a section: `whole` are the questions that the section stands by, `itself` those that the passage names."""
        self.counted[section] += 1
        for id in (whole | itself) & self.pack.questions.keys():
            self.named[id, section] += id in itself

    def _with_options(self, named: Collection[str]) -> set[str]:
        """With the questions whose answers stand in the words of the options, and those that choose the rows of a table."""
        known = self.pack.questions.keys() & named
        rows = (self.pack.questions[id].rows_from for id in known)
        return {*named}.union(*(self.in_options[id] for id in known), (id for id in rows if id))

    def _see(self, place: Elsewhere, named: set[str]) -> None:
        for id in named:
            self.places[id][place] = None


def _listing(pack: Pack, listing: str) -> list[str]:
    """The sections with this list."""
    return [clause.id for clause in pack.clauses if any(block.listing == listing for block in clause.blocks)]


def _named_in(*whens: When) -> set[str]:
    return {key.partition(".")[0] for when in whens for key in when}


def _in_options(question: Question) -> set[str]:
    return {hole.partition(".")[0] for option in question.options for _, text in texts_in(option) for hole in text.holes()}


def _asks(pack: Pack) -> dict[str, set[str]]:
    """Which questions are asked by the answer to another, or offer other options or rows by it."""
    found: dict[str, set[str]] = defaultdict(set)
    for question in pack.questions.values():
        conditions = [question.when, *(option.when for option in question.options), *(row.when for row in question.rows)]
        for id in _named_in(*conditions) | ({question.rows_from} if question.rows_from else set()):
            found[id].add(question.id)
    return dict(found)
