"""The pictures of the README, taken anew: `make screens-readme`."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Page

from app.commands import first_page
from app.documents.render import pdf
from app.documents.render.pdf.typesetting import page_as_png
from tests.screens.world import Ids

FOLDER = Path(__file__).parents[2] / "docs" / "images"
COLOURS = 128


def take(browsers: dict[str, BrowserContext], base: str, ids: Ids) -> list[Path]:
    """All of them."""
    below = f"{base}/nb/policies/{ids['draft']}"
    return [
        _taken(browsers["nobody"], f"{base}/nb/", "start", (1100, 773)),
        _taken(browsers["owner"], f"{below}/scope/conduct", "page", (1200, 937), 900, at=".beside-piece"),
        _taken(browsers["owner"], f"{below}/scope/rules", "phone", (360, 780), 520, scale=2, at="#q-lights"),
        _taken(browsers["owner"], f"{below}/map/risk", "risk", (1200, 937), 900, at=".risk-sheet"),
        _taken(browsers["link"], f"{base}/nb/readings/{ids['reviewer link']}/sections/{ids['section']}", "verneombud", (360, 780), 520, scale=2),
        _taken(browsers["owner"], f"{base}/nb/policies/{ids['in_force']}/status", "status", (1200, 844), 900),
        _pages(),
    ]


def _taken(browser: BrowserContext, address: str, name: str, size: tuple[int, int], width: int = 0, scale: int = 1, at: str = "") -> Path:
    """The window when `at` is there, scrolled to it where it is below."""
    page: Page = browser.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    if scale > 1:  # a context has one density: a fine picture is a page drawn larger
        session = browser.new_cdp_session(page)
        session.send("Emulation.setDeviceMetricsOverride", {"width": size[0], "height": size[1], "deviceScaleFactor": scale, "mobile": False})
    page.goto(address)
    if at:
        page.locator(at).first.wait_for()
        page.locator(at).first.evaluate(
            "(it) => it.getBoundingClientRect().top > innerHeight / 2 && scrollTo(0, scrollY + it.getBoundingClientRect().top - 16)"
        )
    picture = Image.open(BytesIO(page.screenshot()))
    page.close()
    return _kept(picture, name, width or picture.width)


def _pages() -> Path:
    """The first two pages of a policy, side by side."""
    files = pdf.written(first_page.document("nb"))
    pages = [Image.open(BytesIO(page_as_png(files, 120, at))).convert("RGB") for at in (0, 1)]
    both = Image.new("RGB", (2 * pages[0].width + 24, pages[0].height), "#e8e8e4")
    for at, page in enumerate(pages):
        both.paste(page, (at * (page.width + 24), 0))
    return _kept(both, "policy", 1024)


def _kept(picture: Image.Image, name: str, width: int) -> Path:
    small = picture.convert("RGB").resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    path = FOLDER / f"{name}.png"
    small.quantize(COLOURS).save(path, optimize=True)
    return path
