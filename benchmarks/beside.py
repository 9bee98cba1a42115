"""What the section beside the form costs, beside assembling the whole document from the same answers, in the same run.

For every question of the longest example that shapes something: the answers are sorted out and its sections made, as the page asks for them at
each change; drawn as HTML they are measured too. Ratios of medians of CPU time alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from app.documents import assemble, savefile
from app.documents.draft import Draft
from app.documents.render import html
from app.documents.shaped import shapes_of
from app.pack.load import the_pack
from app.steps.view_models_beside import beside

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
    return found


if __name__ == "__main__":
    run()
