"""Whether a regular expression may take more than linear time: whether two of its repeats can share a stretch of text in several ways.

The pattern becomes an automaton of its letters (Glushkov), with the number of ways from one letter to the next. It is slow when a letter comes
back to itself in two ways on the same words (exponential: `(a|a)*`, `(a+)+`), or when one repeat and another behind it can both go round on the
same words (polynomial: `\\s*[. ]\\s*`; Weber and Seidl, "On the degree of ambiguity of finite automata"). A pattern that is looked for anywhere is
tried from every letter on, which is one more repeat in front. A repeat where the whole may end at once cannot fail afterwards, unless the pattern
must fit to the end.

What look-arounds and back-references would allow is not subtracted: a pattern may be called slow that is not, never the other way about.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MANY = 40  # as often as this a repeat counts as endless
SAMPLE = [ord(c) for c in "\x00 \t\n\r\x0b\x1c\x85\xa0\u2028azAZ_09éßŸ٣²-.,/:@<>\u200b\u0301😀"]
LETTERS = (op.LITERAL, op.NOT_LITERAL, op.RANGE, op.IN, op.ANY, op.ANY_ALL, op.CATEGORY)
Letters = frozenset[int]
Looked = str  # "whole" (fullmatch), "start" (match) or "anywhere" (search, sub, split, findall, finditer)


@dataclass
class Piece:
    """A part of a pattern: whether it can be empty, and the letters it can begin and end with."""

    empty: bool = True
    first: Counter[int] = field(default_factory=Counter)
    last: Counter[int] = field(default_factory=Counter)


class Automaton:
    """The letters of a pattern, and which can follow which, in how many ways."""

    def __init__(self, pattern: str, flags: int, looked: Looked) -> None:
        parsed = _parser.parse(pattern, flags)
        self.flags = parsed.state.flags
        self.to_the_end = "AT_END" in repr(parsed)
        self.letters: list[Any] = []
        self.ways: Counter[tuple[int, int]] = Counter()
        whole = self.sequence(parsed)
        if looked == "anywhere":
            whole = self.joined(self._before(parsed), whole)
        self.ends = set() if looked == "whole" or self.to_the_end else set(whole.last)
        self.alphabet = self._alphabet()
        self.follow: dict[int, set[int]] = defaultdict(set)
        for a, b in self.ways:
            self.follow[a].add(b)

    def _before(self, parsed: Any) -> Piece:
        """What may stand before a match: anything, or whole lines for a pattern that begins with ^."""
        anything = self.repeated(self.letter((op.ANY_ALL, None)), 0, MANY)
        if parsed and parsed[0] == (op.AT, op.AT_BEGINNING):
            if not self.flags & re.MULTILINE:
                return Piece()
            anything = self.joined(anything, self.letter((op.LITERAL, ord("\n"))))
            anything.empty = True
        return anything

    def sequence(self, nodes: Iterable[Any]) -> Piece:
        whole = Piece()
        for node in nodes:
            whole = self.joined(whole, self.piece(node))
        return whole

    def joined(self, a: Piece, b: Piece) -> Piece:
        self._follow(a.last, b.first)
        first = a.first + (b.first if a.empty else Counter())
        last = b.last + (a.last if b.empty else Counter())
        return Piece(a.empty and b.empty, first, last)

    def _follow(self, last: Counter[int], first: Counter[int]) -> None:
        for (a, m), (b, n) in product(last.items(), first.items()):
            self.ways[a, b] += m * n

    def letter(self, node: Any) -> Piece:
        self.letters.append(node)
        at = len(self.letters) - 1
        return Piece(False, Counter([at]), Counter([at]))

    def piece(self, node: Any) -> Piece:
        """One node of the parsed pattern. A kind that is not named here is a fault: say what it does."""
        kind, value = node
        if kind in LETTERS:
            return self.letter(node)
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            return self._repeat(value[2], value[0], value[1])
        if kind == op.BRANCH:
            return self._either([self.sequence(one) for one in value[1]])
        if kind == op.ASSERT and value[0] > 0:  # looked at and not passed over: what comes after may read it once more
            looked = self.sequence(value[1])
            return Piece(True, looked.first, looked.last)
        return {op.SUBPATTERN: self._group, op.AT: self._nothing, op.ASSERT: self._nothing, op.ASSERT_NOT: self._nothing}[kind](value)

    def _group(self, value: Any) -> Piece:
        return self.sequence(value[3])

    def _nothing(self, value: Any) -> Piece:
        return Piece()

    def _either(self, pieces: list[Piece]) -> Piece:
        both = Piece(any(p.empty for p in pieces))
        for one in pieces:
            both.first += one.first
            both.last += one.last
        return both

    def _repeat(self, inner: Any, least: int, most: Any) -> Piece:
        endless = most is op.MAXREPEAT or most > MANY
        times = min(least, MANY) if endless else int(most)
        whole = Piece()
        for n in range(max(times - 1, 0) if endless else times):
            one = self.sequence(inner)
            one.empty = one.empty or n >= least
            whole = self.joined(whole, one)
        if endless:
            whole = self.joined(whole, self.repeated(self.sequence(inner), min(least, 1), MANY))
        return whole

    def repeated(self, one: Piece, least: int, most: int) -> Piece:
        """`one` again and again."""
        self._follow(one.last, one.first)
        return Piece(one.empty or not least, one.first, one.last)

    def _alphabet(self) -> list[Letters]:
        """For each kind of character the letters of the pattern that read it."""
        sample = {*SAMPLE, *(code for node in {id(node): node for node in self.letters}.values() for code in _named(node))}
        sample |= {ord(c) for code in sample for c in (chr(code).lower() + chr(code).upper())}
        alike: dict[int, list[int]] = defaultdict(list)  # a repeat that was written out holds the same node again and again
        for at, node in enumerate(self.letters):
            alike[id(node)].append(at)
        kinds = {frozenset(at for ats in alike.values() if self._reads(self.letters[ats[0]], code) for at in ats) for code in sample}
        return [kind for kind in kinds if kind]

    def _reads(self, node: Any, code: int) -> bool:
        if self.flags & re.IGNORECASE:
            return any(_reads(node, ord(c), self.flags) for c in {chr(code), *chr(code).lower(), *chr(code).upper()})
        return _reads(node, code, self.flags)

    def steps(self, ats: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Where several readers can be after one more character that all of them read."""
        for kind in self.alphabet:
            yield from product(*(self.follow[at] & kind for at in ats))

    def fault(self) -> str:
        """What makes the pattern slow; empty when nothing does."""
        rounds = self._rounds()
        for at in sorted(rounds):
            if at not in self.ends and self._comes_back_in_two_ways(at, rounds):
                return f"exponential: {self.letters[at]} can be read again in two ways"
        for a, b in product(sorted(rounds), repeat=2):
            if a != b and b not in self.ends and b in self._onward[a] and self._go_round_together(a, b):
                return f"polynomial: {self.letters[a]} and {self.letters[b]} can share a stretch of text in many ways"
        return ""

    def _rounds(self) -> set[int]:
        """The letters that can come back to themselves."""
        self._onward = {at: _reached(at, lambda one: self.follow[one]) for at in range(len(self.letters))}
        return {at for at, onward in self._onward.items() if at in onward}

    def _comes_back_in_two_ways(self, at: int, rounds: set[int]) -> bool:
        inside = {one for one in rounds if one in self._onward[at] and at in self._onward[one]}
        if any(self.ways[a, b] > 1 for a, b in product(inside, repeat=2)):
            return True
        step = lambda pair: (p for p in self.steps(pair) if set(p) <= inside)
        return any(a != b and (at, at) in _reached((a, b), step) for a, b in _reached((at, at), step))

    def _go_round_together(self, a: int, b: int) -> bool:
        """Whether some words lead from `a` to `a`, from `a` to `b`, and from `b` to `b`."""
        step = lambda three: (
            p for p in self.steps(three) if a in self._onward[p[0]] and (p[1] == b or b in self._onward[p[1]]) and b in self._onward[p[2]]
        )
        return (a, b, b) in _reached((a, a, b), step)


def _reached(start: Any, step: Any) -> set[Any]:
    """Everything reached from `start` in one step or more."""
    found: set[Any] = set()
    ahead = list(step(start))
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead.extend(step(one))
    return found


def _named(node: Any) -> Iterator[int]:
    """The characters at which what a letter reads begins or ends."""
    kind, value = node
    if kind in (op.LITERAL, op.NOT_LITERAL):
        yield value
    elif kind == op.RANGE:
        yield from (max(value[0] - 1, 0), value[0], value[1], min(value[1] + 1, 0x10FFFF))
    elif kind == op.IN:
        for one in value:
            yield from _named(one)


def _reads(node: Any, code: int, flags: int) -> bool:
    kind, value = node
    if kind == op.IN:
        return any(_reads(one, code, flags) for one in value if one[0] != op.NEGATE) != (value[0][0] == op.NEGATE)
    return _READ[kind](value, code, flags)


_READ: dict[Any, Callable[[Any, int, int], bool]] = {
    op.LITERAL: lambda value, code, flags: bool(value == code),
    op.NOT_LITERAL: lambda value, code, flags: bool(value != code),
    op.RANGE: lambda value, code, flags: bool(value[0] <= code <= value[1]),
    op.ANY: lambda value, code, flags: code != 10 or bool(flags & re.DOTALL),
    op.ANY_ALL: lambda value, code, flags: True,
    op.CATEGORY: lambda value, code, flags: _in_category(value, chr(code)),
}


def _in_category(category: Any, c: str) -> bool:
    name = str(category).removeprefix("CATEGORY_").lower()
    letter = {"digit": r"\d", "space": r"\s", "word": r"\w"}[name.removeprefix("not_")]
    return (re.match(letter, c) is not None) != name.startswith("not_")


def slow(pattern: str, flags: int = 0, looked: Looked = "whole") -> str:
    """Why `pattern` may take more than linear time; empty when it cannot."""
    return Automaton(pattern, flags, looked).fault()
