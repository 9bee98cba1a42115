"""The risk picture: a 5 × 5 field with a numbered mark for each situation, as SVG. Drawn for others by charts.py."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from html import escape
from math import ceil, sqrt

from .characters import legal
from .colours import INK, MARKS, QUIET, RULE
from .model import SYMBOLS, Chart, RiskPoint

WIDTH, HEIGHT = 640, 400
_LEFT, _TOP, _ACROSS, _UP = 74, 12, 110, 66
_BOTTOM = _TOP + 5 * _UP
# Field tints from calm to grave, in one quiet hue: where the limits go is said by the marks, not by the field.
MARK, LARGE = 34, 54  # how large a mark is at most: in a document, and in a picture that is drawn smaller
FIELD = {"left": _LEFT, "bottom": _BOTTOM, "across": _ACROSS, "up": _UP, "largest": LARGE}  # for the script that draws in it too
_FIELD = ("FFFFFF", "F6F9F8", "EAF0EF", "DEE7E5", "D1DDDB")


def key_words(point: RiskPoint) -> str:
    """What the key under the picture says about one mark."""
    return f"{point.number} {SYMBOLS[point.tone]} {point.label}"


@lru_cache(maxsize=64)
def svg(chart: Chart, largest: int = MARK) -> str:
    """The picture as one SVG element, spoken as `chart.alt`; no style attributes, so that it passes a strict content policy."""
    marks: dict[tuple[int, int], list[RiskPoint]] = defaultdict(list)
    for point in chart.points:
        marks[point.likelihood, point.consequence].append(point)
    drawn = "".join(_marks(across, up, points, largest) for (across, up), points in sorted(marks.items()))
    return legal(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(chart.alt)}" '
        f'font-family="Inter, Arial, sans-serif" font-size="15" fill="#{INK}">{_field()}{_axes(chart)}<g>{drawn}</g></svg>'
    )


def _field() -> str:
    return "".join(
        f'<rect class="step-{min(4, (a * u - 1) // 4)}" x="{_LEFT + (a - 1) * _ACROSS}" y="{_BOTTOM - u * _UP}" width="{_ACROSS}" height="{_UP}" '
        f'fill="#{_FIELD[min(4, (a * u - 1) // 4)]}" stroke="#{RULE}"/>'
        for a in range(1, 6)
        for u in range(1, 6)
    )


def _axes(chart: Chart) -> str:
    middle = _TOP + 5 * _UP / 2
    ticks = "".join(
        f'<text x="{_LEFT + (n - 0.5) * _ACROSS:g}" y="{_BOTTOM + 20}" text-anchor="middle" fill="#{QUIET}">{n}</text>'
        f'<text x="{_LEFT - 14}" y="{_BOTTOM - (n - 0.5) * _UP + 5:g}" text-anchor="middle" fill="#{QUIET}">{n}</text>'
        for n in range(1, 6)
    )
    return (
        f'{ticks}<text x="{_LEFT + 2.5 * _ACROSS:g}" y="{_BOTTOM + 46}" text-anchor="middle" font-weight="600" fill="#{INK}">'
        f'{escape(chart.x_title)} →</text><text transform="translate(28 {middle:g}) rotate(-90)" text-anchor="middle" '
        f'font-weight="600" fill="#{INK}">{escape(chart.y_title)} →</text>'
    )


def _marks(across: int, up: int, points: list[RiskPoint], largest: int) -> str:
    """The marks of one field, in as many rows as make them largest."""
    columns = min(len(points), max(3, ceil(sqrt(len(points) * _ACROSS / _UP))))
    rows = ceil(len(points) / columns)
    size = min(_ACROSS / columns, _UP / rows, largest)
    left = _LEFT + (across - 0.5) * _ACROSS - (columns - 1) * size / 2
    top = _BOTTOM - (up - 0.5) * _UP - (rows - 1) * size / 2
    return "".join(_mark(point, left + at % columns * size, top + at // columns * size, size * 0.4) for at, point in enumerate(points))


def _mark(point: RiskPoint, x: float, y: float, r: float) -> str:
    look = f'fill="#{MARKS[point.tone]}" stroke="#{INK}" stroke-width="1.4"'
    shapes = {
        "green": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" {look}/>',
        "yellow": f'<path d="M{x:.1f} {y - r * 1.15:.1f}L{x + r * 1.12:.1f} {y + r:.1f}H{x - r * 1.12:.1f}Z" stroke-linejoin="round" {look}/>',
        "red": f'<rect x="{x - r * 0.95:.1f}" y="{y - r * 0.95:.1f}" width="{r * 1.9:.1f}" height="{r * 1.9:.1f}" {look}/>',
    }
    down = r * (0.72 if point.tone == "yellow" else 0.36)
    size = r * (0.82 if point.tone == "yellow" else 1.0)
    number = f'<text x="{x:.1f}" y="{y + down:.1f}" text-anchor="middle" font-size="{size:.1f}" font-weight="600">{point.number}</text>'
    return shapes[point.tone] + number
