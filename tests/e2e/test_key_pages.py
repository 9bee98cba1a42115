"""Ten key pages look as they did. Each is photographed, made small and grey, and compared with a picture in key_pages/.

What is meant to look otherwise is accepted with `make accept-screens`, which photographs anew; the difference of the pictures is what one reviews.
They are 320 pixels wide, and little differences are passed by: another machine draws the edges of letters a little otherwise.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Browser, Playwright

from tests.e2e.conftest import Open, executable, launched
from tests.e2e.wizard import Wizard

ROOT = Path(__file__).parents[2]
KNOWN = Path(__file__).parent / "key_pages"
FOUND = ROOT / "screens" / "differences"
WIDTH = 320
TOLERATED = 36  # of 255: how far a point may be from what it was
MOST = 0.012  # of all points that may be further away
DESK, PHONE = (1280, 800), (360, 740)


Walk = list[tuple[str, Callable[[Wizard], object]]]


def to(place: str) -> Callable[[Wizard], object]:
    return lambda wizard: wizard.go(place)


def at(place: str) -> Callable[[Wizard], object]:
    return lambda wizard: wizard.at(place)


def read(wizard: Wizard) -> None:
    wizard.page.goto(wizard.site + wizard.page.request.get(f"{wizard.site}/nb/invited").text())
    wizard.page.locator("main form button").first.click()


def desk(wizard: Wizard) -> None:
    wizard.page.goto(wizard.site + wizard.page.request.get(f"{wizard.site}/nb/desk").text())


# one browser for each size goes from page to page; what it made is there for the next
WALKS: dict[tuple[int, int], Walk] = {
    DESK: [
        ("start", to("")), ("board", lambda wizard: wizard.example().at("lights")), ("risk", at("risk")), ("preview", at("preview")),
        ("status", at("status")), ("desk", desk),
    ],
    PHONE: [
        ("start-phone", to("")), ("short-phone", lambda wizard: wizard.begin_short()), ("reader-phone", read),
        ("accessibility-phone", to("accessibility")),
    ],
}  # fmt: skip


def photograph(wizard: Wizard) -> Image.Image:
    """The first screen, small and grey."""
    wizard.page.evaluate("() => document.fonts.ready")
    taken = wizard.page.screenshot(animations="disabled", caret="hide")
    with Image.open(BytesIO(taken)) as whole:
        return whole.convert("L").resize((WIDTH, round(whole.height * WIDTH / whole.width)), Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of points that are far from what they were, in pictures a little blurred."""
    if one.size != other.size:
        return 1.0
    soft = [picture.filter(ImageFilter.GaussianBlur(1.5)) for picture in (one, other)]
    counts = ImageChops.difference(*soft).histogram()
    return sum(counts[TOLERATED:]) / sum(counts)


def compared(name: str, now: Image.Image) -> str:
    """What is to be said of a page that looks otherwise than its picture, or has none."""
    path = KNOWN / f"{name}.png"
    if os.environ.get("ACCEPT_SCREENS"):
        path.parent.mkdir(exist_ok=True)
        now.quantize(32).save(path, optimize=True)
    if not path.exists():
        return f"{name} has no picture yet"
    with Image.open(path) as known:
        found = difference(known.convert("L"), now)
    if found <= MOST:
        return ""
    FOUND.mkdir(parents=True, exist_ok=True)
    now.save(FOUND / f"{name}.png")
    return f"{name}: {found:.1%} of the page looks otherwise, see screens/differences/{name}.png"


@pytest.fixture(scope="module")
def chromium(playing: Playwright) -> Iterator[Browser]:
    """A Chromium that can have a window: one that cannot draws letters a little otherwise."""
    with launched(playing, executable(playing)) as browser:
        yield browser


@pytest.mark.parametrize("size", WALKS, ids=["desk", "phone"])
def test_key_pages_look_as_they_did(size: tuple[int, int], open_browser: Open) -> None:
    wizard, told = open_browser(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"), []
    for name, lead in WALKS[size]:
        lead(wizard)
        told.append(compared(name, photograph(wizard)))
    assert not any(told), "; ".join(filter(None, told)) + ". If it is meant: make accept-screens"


def test_a_moved_button_is_seen_and_the_edge_of_a_letter_is_not() -> None:
    plain = Image.new("L", (320, 200), 250)
    button = plain.copy()
    button.paste(60, (20, 100, 84, 114))
    moved = plain.copy()
    moved.paste(60, (20, 116, 84, 130))
    assert difference(plain, plain) == 0
    assert difference(button, moved) > MOST
    assert difference(button, button.point(lambda value: value + 8)) == 0
