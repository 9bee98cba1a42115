"""The year wheel: a ring of twelve months with the numbers of what is done in each, and in the middle what goes on all year. Drawn by charts.py."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from html import escape
from math import ceil, cos, pi, sin, sqrt

from .characters import legal
from .colours import INK, PALE, QUIET, RULE
from .model import Wheel

SIZE = 400
_MIDDLE, _OUTER, _NAMES, _INNER = SIZE / 2, 192.0, 160.0, 84.0
_LARGEST = 13.0  # radius of a mark
_GAP = 1.15


@lru_cache(maxsize=64)
def svg(wheel: Wheel) -> str:
    """The picture as one SVG element, spoken as `wheel.alt`; no style attributes, so that it passes a strict content policy."""
    months: dict[int, list[int]] = defaultdict(list)
    for mark in wheel.marks:
        months[mark.month].append(mark.number)
    ring = "".join(_month(at, name, months.get(at, [])) for at, name in enumerate(wheel.months, start=1))
    return legal(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" aria-label="{escape(wheel.alt)}" '
        f'font-family="Inter, Arial, sans-serif" font-size="15" fill="#{INK}">{ring}{_all_year(wheel.all_year, months[0])}</svg>'
    )


def _at(radius: float, turn: float) -> tuple[float, float]:
    """A point of the wheel: `turn` in twelfths, from the top and with the sun."""
    return _MIDDLE + radius * sin(turn * pi / 6), _MIDDLE - radius * cos(turn * pi / 6)


def _sector(inner: float, outer: float, turn: float, fill: str) -> str:
    (a, b), (c, d), (e, f), (g, h) = _at(inner, turn - 0.5), _at(outer, turn - 0.5), _at(outer, turn + 0.5), _at(inner, turn + 0.5)
    return (
        f'<path d="M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}A{outer:g} {outer:g} 0 0 1 {e:.1f} {f:.1f}'
        f'L{g:.1f} {h:.1f}A{inner:g} {inner:g} 0 0 0 {a:.1f} {b:.1f}Z" fill="#{fill}" stroke="#{RULE}"/>'
    )


def _month(at: int, name: str, numbers: list[int]) -> str:
    """One month: its name on the rim, and a mark for each thing that is done in it."""
    x, y = _at((_OUTER + _NAMES) / 2, at - 1)
    look = f'font-weight="600" fill="#{INK}"' if numbers else f'fill="#{QUIET}"'
    drawn = _sector(_NAMES, _OUTER, at - 1, "FFFFFF") + _sector(_INNER, _NAMES, at - 1, PALE if numbers else "FFFFFF")
    return f'{drawn}<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="middle" {look}>{escape(name)}</text>{_in_sector(at - 1, numbers)}'


def _in_sector(turn: float, numbers: list[int]) -> str:
    """The marks of a month, in as many rings as make them largest."""
    if not numbers:
        return ""
    rings = 1 if len(numbers) == 1 else ceil(sqrt(len(numbers)))
    per_ring = ceil(len(numbers) / rings)
    room = (_NAMES - _INNER) / rings
    radius = min(_LARGEST, room / 2 / _GAP, _INNER * pi / 6 / per_ring / 2 / _GAP)
    drawn = []
    for ring in range(rings):
        here = numbers[ring * per_ring : (ring + 1) * per_ring]
        middle = _NAMES - (ring + 0.5) * room
        step = 2 * radius * _GAP / middle * 6 / pi
        drawn += [_mark(number, *_at(middle, turn + (at - (len(here) - 1) / 2) * step), radius) for at, number in enumerate(here)]
    return "".join(drawn)


def _all_year(words: str, numbers: list[int]) -> str:
    """In the middle, what goes on all year."""
    if not numbers:
        return ""
    columns = min(len(numbers), max(4, ceil(sqrt(len(numbers) * 2))))
    rows = ceil(len(numbers) / columns)
    radius = min(_LARGEST, 104 / columns / 2 / _GAP, 66 / rows / 2 / _GAP)
    step, top = 2 * radius * _GAP, _MIDDLE + 12 - (rows - 1) * radius * _GAP
    marks = []
    for row in range(rows):
        here = numbers[row * columns : (row + 1) * columns]
        marks += [_mark(number, _MIDDLE + (at - (len(here) - 1) / 2) * step, top + row * step, radius) for at, number in enumerate(here)]
    label = top - radius - 12
    return f'<text x="{_MIDDLE:g}" y="{label:.1f}" text-anchor="middle" font-weight="600" fill="#{INK}">{escape(words)}</text>{"".join(marks)}'


def _mark(number: int, x: float, y: float, radius: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#{INK}"/><text x="{x:.1f}" y="{y + radius * 0.36:.1f}" '
        f'text-anchor="middle" font-size="{radius * 1.05:.1f}" font-weight="600" fill="#FFFFFF">{number}</text>'
    )
