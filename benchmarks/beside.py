"""What the section beside the form costs, beside assembling the whole document from the same answers, in the same run.

For every question of the longest example that shapes something: the answers are sorted out and its sections made, as the page asks for them at
each change; drawn as HTML they are measured too. Ratios of medians of CPU time alone. Last, what somebody waits for: the answer of a server over
HTTP, for every question of a draft made from the same example, beside the whole document on one page, asked for in turns with them.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from app.documents import assemble, savefile
from app.documents.draft import Draft
from app.documents.render import html
from app.documents.shaped import shapes_of
from app.pack.answers import standing
from app.pack.load import the_pack
from app.pack.model import Page
from app.steps.form import typed_in
from app.steps.view_models_beside import beside
from app.steps.visible_questions import asked_on
from benchmarks.wizard import DraftBrowser, field, free_port, running

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "building_firm.json"
ROUNDS = 5


def _fresh() -> Draft:
    """The draft as a request has it: nothing of it is worked out yet."""
    loaded = savefile.read(the_pack(), EXAMPLE.read_text("utf-8"))
    return Draft(the_pack(), loaded.answers, "nb", loaded.own_words)


def _took(make: Callable[[Draft], object], draft: Draft) -> float:
    begun = time.process_time()
    make(draft)
    return time.process_time() - begun


def _section(question: str) -> Callable[[Draft], object]:
    return lambda draft: assemble.sections(draft, shapes_of(draft.pack, question).sections)


def _shown(draft: Draft, question: str) -> object:
    return [piece.markup for piece in beside(draft, draft.pack, question).pieces]


def _whole(draft: Draft) -> object:
    return html.sections(assemble.policy(draft), 2)


def run() -> dict[str, float]:
    """Measure, print the ratios with their aim, and return them."""
    pack = the_pack()
    questions = [id for id in pack.questions if shapes_of(pack, id).sections]
    seen: dict[str, list[float]] = {"document": [], "drawn": []}
    made: dict[str, list[float]] = {id: [] for id in questions}
    drawn: list[float] = []
    for _ in range(ROUNDS):
        for at, id in enumerate(questions):
            if at % 10 == 0:
                seen["document"].append(_took(assemble.policy, _fresh()))
                seen["drawn"].append(_took(_whole, _fresh()))
            made[id].append(_took(_section(id), _fresh()))
            drawn.append(_took(lambda draft, question=id: _shown(draft, question), _fresh()))  # type: ignore[misc]
    each = {id: median(times) / median(seen["document"]) for id, times in made.items()}
    worst = max(each, key=each.__getitem__)
    found = {"median": median(each.values()), "worst": each[worst], "drawn": median(drawn) / median(seen["drawn"])}
    print(f"The sections that one of {len(questions)} questions shapes, beside the whole document; ratio of medians of CPU time:")
    print(f"  made: {found['median']:.2f} of the document (aim: at most 0.20); the dearest question, {worst}: {found['worst']:.2f}")
    print(f"  made and drawn: {found['drawn']:.2f}")
    return found | _waited()


def _waited() -> dict[str, float]:
    """What an answer takes on the wire: of each question once, and of the page with the whole text, once for each page of questions."""
    port = free_port()
    settings = {"RUSOFF_SECTIONS_PER_HOUR": "1000000", "PORT": str(port), "HOST": "127.0.0.1"}
    seen: dict[str, list[float]] = {"section": [], "whole": []}
    with tempfile.TemporaryDirectory() as folder, running([sys.executable, "-m", "app.cli", "run"], port, RUSOFF_INSTANCE=folder, **settings):
        browser = DraftBrowser(port)
        base = browser.address.rpartition("/")[0].rpartition("/")[0]
        for place, page in the_pack().places.items():
            address = f"{base}/{'/'.join(place)}"
            body, asked = _form(browser, address, page[1])
            seen["whole"].append(_wall(browser, "GET", f"{base}/preview"))
            seen["section"] += [_wall(browser, "POST", f"{address}/section?question={id}", body) for id in asked]
    most = quantiles(seen["section"], n=20)[-1]
    found = {"waited": median(seen["section"]) / median(seen["whole"]), "waited_ms": median(seen["section"]) * 1000, "waited_p95_ms": most * 1000}
    print(f"The answer over HTTP, wall time: {found['waited_ms']:.0f} ms, p95 {found['waited_p95_ms']:.0f} ms (aim: within 100 ms)")
    print(f"  of the page with the whole text: {found['waited']:.2f}")
    return found


def _form(browser: DraftBrowser, address: str, page: Page) -> tuple[bytes, list[str]]:
    """What a browser sends from this page with the answers of the example, and the questions on it."""
    status, _, shown = browser.client.ask("GET", address)
    assert status == 200, address
    now = standing(the_pack(), _fresh().answers)
    asked = re.findall(r'name="asked" value="([^"]+)"', shown.decode())
    hidden = {name: field(shown, name) for name in ("csrf_token", "fingerprint", "form")}
    typed = typed_in(asked_on(page, now), now, "nb")
    return urlencode({**typed, **hidden, "asked": asked}, doseq=True).encode(), asked


def _wall(browser: DraftBrowser, method: str, address: str, body: bytes = b"") -> float:
    begun = time.perf_counter()
    status, _, answer = browser.client.ask(method, address, body)
    taken = time.perf_counter() - begun
    assert status == 200, (address, answer[:300])
    return taken


if __name__ == "__main__":
    run()
