"""Cards to cut out as a tagged PDF (PDF/UA-1), set by Typst. Words go in as data, never as markup. Same cards, same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from app.documents.characters import legal, shown
from app.documents.launch import Card
from app.documents.model import Block, Bullets, Paragraph, Runs
from app.pack.languages import tag_of
from app.pack.text import Language

from . import colours
from .typesetting import Files, TypesettingError, typeset

TEMPLATE = Path(__file__).resolve().parent / "cards.typ"
FEW_WORDS = 40  # letters of a card that is held up: they are as large as they can be


class Sheets(NamedTuple):
    """Cards, how many stand on a sheet, and what stands at the foot of each. A card alone fills its sheet with copies of itself."""

    name: str
    cards: Sequence[Card]
    per_sheet: int
    foot: str
    language: Language
    colour: str = ""


def draw(sheets: Sheets, by: Callable[[Files], bytes] = typeset) -> bytes:
    """The sheets as the bytes of a PDF file. `by` is what typesets: here, or on a press."""
    files = written(sheets)
    try:
        return by(files)
    except TypesettingError as fault:
        if "could not be displayed" not in str(fault):
            raise
        return by(files | {"document.json": shown(files["document.json"])})


def written(sheets: Sheets) -> Files:
    """What Typst is given."""
    language, region = tag_of(sheets.language).split("-")
    cards = [_card(card) for card in sheets.cards]
    words = {
        "name": legal(sheets.name),
        "lang": language,
        "region": region,
        "palette": colours(sheets.colour),
        "per_sheet": sheets.per_sheet,
        "foot": legal(sheets.foot),
        "cards": cards * sheets.per_sheet if len(cards) == 1 else cards,
    }
    return {"main.typ": _template(), "document.json": json.dumps(words, ensure_ascii=False)}


@cache
def _template() -> str:
    return TEMPLATE.read_text("utf-8")


def _card(card: Card) -> dict[str, Any]:
    blocks = [made for block in card.blocks if (made := _block(block))]
    letters = sum(len(run["words"]) for block in blocks for run in block.get("runs", []))
    large = card.tone is not None and not card.light and letters <= FEW_WORDS
    return {"title": legal(card.title), "tone": card.tone or "", "light": legal(card.light), "large": large, "blocks": blocks}


def _block(block: Block) -> dict[str, Any] | None:
    if isinstance(block, Bullets):
        return {"type": "list", "numbered": block.numbered, "items": [_runs(item) for item in block.items]}
    return {"type": "paragraph", "runs": _runs(block.runs)} if isinstance(block, Paragraph) else None


def _runs(runs: Runs) -> list[dict[str, Any]]:
    return [{"words": legal(run.words), "strong": run.kind != "plain"} for run in runs]
