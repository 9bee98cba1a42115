"""The example policies: files of answers beside the content, by name."""

from __future__ import annotations

from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("nursing_home", "kindergarten", "building_firm", "consultancy", "sports_club", "shipping")
