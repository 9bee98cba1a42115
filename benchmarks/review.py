"""What an autosaved comment of a reader costs, beside a save of a page of the wizard on the same app in the same run.

Both are posted in this process, in turns; what is measured is CPU time, for the disk is the same. A comment is saved every second or so while
somebody writes, and once cost a thawing of the whole frozen text: it must stay near what a saved page costs.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from app.documents import savefile
from app.models.db import db
from app.pack.load import the_pack
from benchmarks.walk import Walk
from tests import world
from tests.conftest import browser

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "building_firm.json"
ROUNDS, REQUESTS = 9, 20


class CommentBrowser:
    """A reader's browser on the page of one section, whose script saves what is being typed."""

    def __init__(self, walk: Walk) -> None:
        app = walk.client.application
        answers = savefile.read(the_pack(), EXAMPLE.read_text("utf-8")).answers
        with app.app_context():
            reader = world.reviewer(world.review(world.kept(world.workplace(world.person()), answers)))
            db.session.commit()
            self.client = world.read_as(browser(app), reader)
            self.address = f"/nb/readings/{reader.id}/sections/purpose"
        page = self.client.get(self.address).text
        self.typed = dict(re.findall(r'<input type="hidden" name="(fingerprint|form|comment|csrf_token)" value="([^"]*)"', page))
        self.turn = 0

    def save(self) -> None:
        """Save the comment with other words than the last time."""
        self.turn += 1
        body = self.typed | {"kind": "question", "words": f"Vi trenger en regel om vakt. {self.turn}"}
        answer = self.client.post(self.address, data=body, headers={"X-Autosave": "1"})
        assert answer.status_code == 200, answer.text
        told = answer.get_json()
        self.typed |= {name: told[name] for name in ("fingerprint", "comment") if name in told}

    def prove(self) -> None:
        """What was saved last is what stands there."""
        assert f"vakt. {self.turn}" in self.client.get(self.address).text


def run() -> dict[str, float]:
    """Measure, print the ratio with its aim, and return it."""
    walk = Walk()
    reader = CommentBrowser(walk)
    place, body = walk.pages[0]
    seen: dict[str, list[float]] = {"comment": [], "page": []}
    for _ in range(ROUNDS):
        seen["comment"].append(_cpu(reader.save))
        seen["page"].append(_cpu(lambda: walk.client.post(place, data=body)))
    reader.prove()
    found = {"comment": median(seen["comment"]) / median(seen["page"])}
    print("An autosaved comment of a reader, beside a saved page of the wizard; ratio of medians of CPU time:")
    print(f"  {found['comment']:.2f} times (aim: at most 1.5)")
    return found


def _cpu(ask: Callable[[], object]) -> float:
    begun = time.process_time()
    for _ in range(REQUESTS):
        ask()
    return time.process_time() - begun
