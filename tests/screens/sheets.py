"""Many screens on one picture, small, with their names above."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from app.documents.characters import FONTS

ACROSS = {360: 10, 768: 6, 1280: 5}  # how many stand beside each other
WIDTH = 300  # of each, in the sheet's pixels
TALLEST = 900  # what is longer is cut
GAP, HEAD, ROWS = 16, 26, 2  # rows: so many that a sheet is seen whole on a screen and still read


class Screen(NamedTuple):
    """One photograph."""

    name: str
    path: Path


def write(screens: list[Screen], width: int, scheme: str, folder: Path) -> list[Path]:
    """The sheets of one width and scheme."""
    written = []
    most = ROWS * ACROSS[width]
    for at in range(0, len(screens), most):
        path = folder / f"{width}-{scheme}-{at // most + 1}.png"
        _sheet(screens[at : at + most], ACROSS[width], scheme).save(path)
        written.append(path)
    return written


def _sheet(screens: list[Screen], across: int, scheme: str) -> Image.Image:
    small = [(screen.name, _small(screen.path)) for screen in screens]
    rows = [small[at : at + across] for at in range(0, len(small), across)]
    heights = [max(picture.height for _, picture in row) + HEAD + GAP for row in rows]
    ground, ink = ("#d8d8d4", "#222") if scheme == "light" else ("#333", "#eee")
    sheet = Image.new("RGB", (across * (WIDTH + GAP) + GAP, sum(heights) + GAP), ground)
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(FONTS / "Inter-Regular.ttf"), 15)
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for at, (name, picture) in enumerate(row):
            left = GAP + at * (WIDTH + GAP)
            pen.text((left, top), name, ink, font)
            sheet.paste(picture, (left, top + HEAD))
        top += height
    return sheet


def _small(path: Path) -> Image.Image:
    with Image.open(path) as whole:
        height = round(whole.height * WIDTH / whole.width)
        return whole.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS).crop((0, 0, WIDTH, min(height, TALLEST)))
