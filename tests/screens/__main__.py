"""Take photographs of every page and state, at three widths, in light and dark and with forced colours, and lay them side by side: `make screens`.

`python -m tests.screens NAME …` takes only the places whose name begins so, `--language nn` the pages in that language; `--readme` takes those of the
README instead, into docs/images.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, sync_playwright
from waitress import create_server

from app import create_app
from app.config import Config
from app.pack.text import LANGUAGES
from app.server.serve import migrate
from tests.e2e.conftest import ARGUMENTS, executable
from tests.e2e.served import fail_on_demand
from tests.screens import readme, sheets, world
from tests.screens.places import Place, places
from tests.unlimited import UNLIMITED

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "screens"
WIDTHS = {360: 740, 768: 1024, 1280: 800}
SCHEMES = ("light", "dark", "forced")
LOOKS = [*((width, scheme) for scheme in SCHEMES[:2] for width in WIDTHS), (1280, "forced")]  # forced colours, as one sets them for high contrast
PATIENCE = 60_000


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.screens", description=__doc__)
    asked.add_argument("names", nargs="*", metavar="NAME", help="only places whose name begins so")
    asked.add_argument("--language", choices=LANGUAGES, default="nb", help="the language of the pages")
    asked.add_argument("--readme", action="store_true", help="take the pictures of the README instead")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as (app, base), sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=executable(playing), args=ARGUMENTS)
        with app.app_context():
            ids, owner, reader = world.build(given.language)
            cookies = world.visitors(app, owner, reader)
        browsers = {name: signed_in(browser, base, app.config["SESSION_COOKIE_NAME"], cookie) for name, cookie in cookies.items()}
        if given.readme:
            written = readme.take(browsers, base, ids)
        else:
            chosen = [place for place in places(app, ids, given.language) if not given.names or place.name.startswith(tuple(given.names))]
            written = take(browsers, base, chosen, Path(folder))
        browser.close()
    print("\n".join(str(path.relative_to(ROOT)) for path in written))


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Flask, str]]:
    """The app with an empty database, served; and its address."""
    app = create_app(Config(instance=folder / "instance", show_letters=True, **UNLIMITED))
    fail_on_demand(app)
    migrate(app)
    server = create_server(app, host="127.0.0.1", port=0, threads=4, ident=None)
    threading.Thread(target=server.run, daemon=True).start()
    yield app, f"http://127.0.0.1:{server.effective_port}"
    server.close()


def signed_in(browser: Browser, base: str, name: str, cookie: str) -> BrowserContext:
    """A browser with this cookie."""
    context = browser.new_context(locale="nb-NO", timezone_id="Europe/Oslo", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    if cookie:
        context.add_cookies([{"name": name, "value": cookie, "url": base}])
    return context


def take(browsers: dict[str, BrowserContext], base: str, chosen: list[Place], folder: Path) -> list[Path]:
    """Photograph each place that is a page, and write the sheets."""
    found: dict[tuple[int, str], list[sheets.Screen]] = {look: [] for look in LOOKS}
    tabs = {name: context.new_page() for name, context in browsers.items()}
    for at, place in enumerate(chosen):
        answer = browsers[place.visitor].request.get(base + place.address, max_redirects=0)
        if answer.status in (301, 302, 303, 307, 308) or not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        tab = tabs[place.visitor]
        try:
            tab.goto(base + place.address)
        except Error as fault:
            print(f"{place.name}: {fault.message.splitlines()[0]}")
            continue
        for (width, scheme), those in found.items():
            tab.set_viewport_size({"width": width, "height": WIDTHS[width]})
            tab.emulate_media(color_scheme="light" if scheme == "light" else "dark", forced_colors="active" if scheme == "forced" else "none")
            path = folder / f"{at}-{width}-{scheme}.png"
            tab.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(width * 3, _height(tab))})
            those.append(sheets.Screen(place.name, path))
    FOLDER.mkdir(exist_ok=True)
    return [path for (width, scheme), those in found.items() for path in sheets.write(those, width, scheme, FOLDER)]


def _height(tab: object) -> int:
    return int(tab.evaluate("() => document.documentElement.scrollHeight"))  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
