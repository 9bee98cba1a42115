"""Accessibility, as far as a program can see it: axe-core, and no scrolling sideways."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from playwright.sync_api import Error, Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WIDTHS = (320, 768, 1280)
# Where axe looks: narrow in the light and wide in the dark, so that every width and every scheme has been seen by every rule.
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((320, "light"), (1280, "dark"))
WITHOUT_COLOURS = "{rules: {'color-contrast': {enabled: false}, 'link-in-text-block': {enabled: false}}}"
RUN = """() => axe.run(document, {resultTypes: ['violations'], ...OPTIONS})
  .then(found => found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).slice(0, 4).join(', ')}`))"""


@lru_cache
def source() -> str:
    return AXE.read_text("utf-8")


def faults_everywhere(page: Page) -> list[str]:
    """What is wrong with the page, narrow and wide, in light and dark, with everything that can be opened open.

    Another language than bokmål has other words in the same colours: there axe looks once, at all but those, and how wide the words become is seen at
    every width.
    """
    page.evaluate(source())
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true; })")
    in_full = page.evaluate("() => document.documentElement.lang") == "nb-NO"
    looks = dict(LOOKS if in_full else LOOKS[:1])
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if width in looks:
            page.emulate_media(color_scheme=looks[width])
            found += [f"{width} px, {looks[width]}: {fault}" for fault in page.evaluate(RUN.replace("OPTIONS", "{}" if in_full else WITHOUT_COLOURS))]
        if sideways(page):
            found.append(f"{width} px: scrolls sideways")
    return found


def sideways(page: Page) -> bool:
    """Whether the page is wider than its window, once it is there: a button may be leading to it just now.

    The waiting is done here and not in the page: where scripts are off no timer of the page ever rings, so `wait_for_function` asks once
    and then waits in vain.
    """
    for _ in range(200):
        try:
            if page.evaluate("() => document.documentElement && document.readyState === 'complete'"):
                return bool(page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"))
        except Error as gone:  # to another page, while it was asked
            if "context was destroyed" not in str(gone):
                raise
        page.wait_for_timeout(50)
    raise TimeoutError(f"{page.url} was not there after ten seconds")
