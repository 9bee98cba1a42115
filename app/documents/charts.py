"""The charts of documents: drawn once, here, for the page (SVG), for PDF (the same SVG) and for Word (a PNG of it).

What each kind looks like is in a module of its own. Every value that a chart shows is printed in it, and a table of the same section has it in words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import resvg_py

from . import risk_chart, year_wheel
from .characters import FONTS
from .model import Chart, Wheel

_DRAWN: dict[type, Callable[[Any], str]] = {Chart: risk_chart.svg, Wheel: year_wheel.svg}
_FINER = 2


def svg(chart: Chart | Wheel) -> str:
    """The picture as one SVG element, spoken as `chart.alt`; no style attributes, so that it passes a strict content policy."""
    return _DRAWN[type(chart)](chart)


def png(chart: Chart | Wheel) -> bytes:
    """The picture as PNG, in our fonts, twice as fine as the SVG's units (about 225 dots per inch on A4)."""
    return _png(_bare(chart))


def _bare(chart: Chart | Wheel) -> Chart | Wheel:
    """Without the words beside the picture, which are not in it: so pictures that look the same are made once."""
    if isinstance(chart, Wheel):
        return replace(chart, caption="", alt="")
    return replace(chart, caption="", alt="", points=tuple(replace(point, label="") for point in chart.points))


@lru_cache(maxsize=64)
def _png(chart: Chart | Wheel) -> bytes:
    fonts = [str(FONTS / "Inter-Regular.ttf"), str(FONTS / "Inter-SemiBold.ttf")]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg(chart), background="#ffffff", skip_system_fonts=True, font_files=fonts, zoom=_FINER))
