"""What a reader of the public page costs, beside a page of the wizard on the same app in the same run.

Both are asked in this process, in turns; what is measured is CPU time. The public page is asked for as a new browser does, and as one that has it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from flask import Flask
from werkzeug.test import create_environ

from app.documents import savefile
from app.models.db import db
from app.models.publications import Publication
from app.pack.load import the_pack
from benchmarks.walk import Walk
from tests import world

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "building_firm.json"
ROUNDS, REQUESTS = 9, 40
PAGE = "/p/solbakken"


def _published(walk: Walk) -> None:
    answers = savefile.read(the_pack(), EXAMPLE.read_text("utf-8")).answers
    with walk.client.application.app_context():
        policy = world.kept(world.workplace(world.person()), answers)
        world.version(policy, "in_force")
        Publication.open(policy.id, "solbakken", [])
        db.session.commit()


def run() -> dict[str, float]:
    """Measure, print the ratios with their aim, and return them."""
    walk = Walk()
    _published(walk)
    app, (place, _) = walk.client.application, walk.pages[0]
    first = app.test_client(use_cookies=False).get(PAGE)
    kinds = {
        "wizard": _asking(app, place, HTTP_COOKIE=f"rusoff={_cookie(walk)}"),
        "new": _asking(app, PAGE),
        "again": _asking(app, PAGE, HTTP_IF_NONE_MATCH=first.headers["ETag"]),
    }
    assert [kinds[kind]() for kind in ("wizard", "new", "again")] == ["200 OK", "200 OK", "304 NOT MODIFIED"]
    seen: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind, ask in kinds.items():
            seen[kind].append(_cpu(ask))
    found = {kind: median(seen["wizard"]) / median(seen[kind]) for kind in ("new", "again")}
    print("A page of the wizard beside the public page; ratios of medians of CPU time, without the server's:")
    print(f"  the wizard's costs {found['new']:.0f} times as much as the public page, and {found['again']:.0f} times as much as a 304 (aim: 20)")
    return found


def _cookie(walk: Walk) -> str:
    found = walk.client.get_cookie("rusoff")
    assert found
    return found.value


def _asking(app: Flask, path: str, **headers: str) -> Callable[[], str]:
    """One request as the server hands it over; gives the status."""
    environ = create_environ(path) | headers

    def ask() -> str:
        said: list[str] = []
        body = app.wsgi_app(dict(environ), lambda status, _headers, _problem=None: said.append(status) or (lambda _: None))
        b"".join(body)
        return said[0]

    return ask


def _cpu(ask: Callable[[], object]) -> float:
    begun = time.process_time()
    for _ in range(REQUESTS):
        ask()
    return time.process_time() - begun
