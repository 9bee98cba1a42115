"""How fast a policy becomes a PDF, what that costs in memory, and what others notice of it, beside release 0.1 in the same run.

All documents are those of the nursing home (15 pages) and their like; assembling is not measured. Only ratios of medians are printed.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from app.documents import assemble, savefile
from app.documents.draft import Draft
from app.documents.look import OURS
from app.documents.model import Cell, Document, Paragraph, Run, Section, Table, Wheel
from app.documents.render import pdf
from app.documents.render.file_cache import FileCache, key_of
from app.documents.render.pdf import typesetting
from app.documents.render.pdf.process import TypesettingProcess
from app.pack.examples import NAMES
from app.pack.load import the_pack
from benchmarks import release_0_1
from benchmarks.wizard import DraftBrowser, free_port, running

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 9
AT_ONCE, STORMS = 20, 4
LIMITS = ("SAVES_PER_MINUTE", "STARTS_PER_HOUR", "DOCUMENTS_PER_HOUR")
_WORD = re.compile(r"[a-zæøå]{5,}")
Draw = Callable[[Document], object]


def policy(example: str = "nursing_home") -> Document:
    """The policy of an example, without the year wheel, which release 0.1 does not know."""
    answers = savefile.read(the_pack(), (ROOT / "examples" / f"{example}.json").read_text("utf-8")).answers
    document = assemble.policy(Draft(the_pack(), answers, "nb"))
    known = [replace(section, blocks=tuple(block for block in section.blocks if not isinstance(block, Wheel))) for section in document.sections]
    return replace(document, sections=tuple(known))


def strange(value: Any, seed: int) -> Any:
    """The same document in words that no other has: of the same length, so that lines and pages stay as they are."""
    if isinstance(value, Run):
        return replace(value, words=_WORD.sub(lambda word: _shuffled(word[0], seed), value.words))
    if isinstance(value, tuple):
        return tuple(strange(item, seed) for item in value)
    if is_dataclass(value):
        return replace(value, **{field.name: strange(getattr(value, field.name), seed) for field in fields(value)})  # type: ignore[type-var]
    return value


def _shuffled(word: str, seed: int) -> str:
    letters = list(word)
    random.Random(f"{seed}{word}").shuffle(letters)
    return "".join(letters)


def changed(document: Document, seed: int) -> Document:
    """One answer is another: a sentence more in the second chapter."""
    section = document.sections[1]
    blocks = (*section.blocks, Paragraph((Run(f"Dette gjelder også for gruppe {seed}, som har vakter til alle døgnets tider."),)))
    return replace(document, sections=(document.sections[0], replace(section, blocks=blocks), *document.sections[2:]))


def of_another(seed: int) -> Document:
    """The first policy of another workplace, as it comes: answers of an example, another name."""
    answers = dict(savefile.read(the_pack(), (ROOT / "examples" / f"{NAMES[seed % len(NAMES)]}.json").read_text("utf-8")).answers)
    return assemble.policy(Draft(the_pack(), answers | {"workplace_name": f"Solsiden {seed}"}, "nb"))


def forget() -> None:
    for _ in range(4):
        typesetting.forget()


def ours(document: Document) -> bytes:
    """As the press does: it lets go of what is old after it has answered."""
    return pdf.draw(document, OURS, typesetting.once)


def _timed(draw: Draw, document: Document) -> float:
    begun = time.perf_counter()
    draw(document)
    taken = time.perf_counter() - begun
    typesetting.forget(typesetting.FORGET_ON_PRESS)
    return taken


def speed() -> dict[str, float]:
    """How many times as long release 0.1 takes, for a document in each state; in turns, so that a busy moment hits all alike."""
    usual, kept = policy(), FileCache()
    kept.put(key_of("a", usual, OURS), pdf.draw(usual))
    seen: dict[str, list[float]] = {name: [] for name in ("peer", "strange", "another", "changed", "same")}
    for seed in range(ROUNDS):
        unknown = strange(usual, seed)
        forget()
        seen["peer"].append(_timed(release_0_1.draw, unknown))
        forget()
        seen["strange"].append(_timed(ours, unknown))
        forget()
        for other in range(3):
            _timed(ours, of_another(4 * seed + other + 1))
        seen["another"].append(_timed(ours, of_another(4 * seed)))
        _timed(ours, usual)
        seen["changed"].append(_timed(ours, changed(usual, seed)))
        seen["same"].append(_timed(lambda document: kept.get(key_of("a", document, OURS)), usual))
    taken = {name: median(times) for name, times in seen.items()}
    return {name: taken["peer"] / taken[name] for name in taken if name != "peer"}


# ── memory ──


def _megabytes(pid: int | str, what: str = "VmRSS") -> float:
    with suppress(OSError):
        found = re.search(rf"{what}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("ascii"))
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


def draw_many(whose: str, times: int = 160) -> None:
    """Draw as many different policies in this process, and print the megabytes that it holds then."""
    draw: Draw = release_0_1.draw if whose == "peer" else pdf.draw
    documents = [policy(example) for example in NAMES]
    for seed in range(times):
        draw(strange(documents[seed % len(documents)], seed))
    print(_megabytes("self"))


def memory() -> dict[str, float]:
    """Megabytes after 160 different policies in one process, of ours and of release 0.1; and what a record of 1,000 remarks takes over idle."""
    found = {}
    for whose in ("ours", "peer"):
        command = [sys.executable, "-c", f"from benchmarks.pdf import draw_many; draw_many({whose!r})"]
        found[whose] = float(subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout)
    return found | {"record": _peak_of(record())}


def record(remarks: int = 1000) -> Document:
    """A record of participation with so many remarks, of some lines each."""
    words = "Jeg mener at dette punktet bør skrives tydeligere, fordi det er vanskelig å forstå hva som gjelder når noen har vakt. "
    head = ("Nr.", "Hvem", "Hva", "Svar")
    rows = tuple(
        tuple(Cell((Run(cell),)) for cell in (str(at), "Verneombud", f"{at} {words * 3}", f"Svar {at}: {words}")) for at in range(1, remarks + 1)
    )
    tables = tuple(Section(f"s{at}", 1, f"{at + 1} Kapittel", "body", (Table("", head, rows[at::20], (0.08, 0.16, 0.46, 0.3)),)) for at in range(20))
    return Document("record", "nb", "Medvirkningsprotokoll", "Solsiden", tables, contents="Innhold", page_of="Side {page} av {pages}")


def _peak_of(document: Document) -> float:
    """The most that this process and the press hold together, over what this one held before."""
    idle, press = _megabytes("self"), TypesettingProcess()
    peaks = [0.0]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            pid = press.pid
            peaks.append(_megabytes(pid, "VmHWM") + _megabytes("self") - idle if pid else 0.0)

    watcher = threading.Thread(target=watch)
    watcher.start()
    pdf.draw(document, OURS, press.typeset)
    done.set()
    watcher.join()
    press.close()
    return max(peaks)


# ── a storm ──


def storm() -> dict[str, float]:
    """The p95 of a page while twenty fetch their PDF at once, each changed since it was drawn last, over its p95 alone."""
    port = free_port()
    settings = {"PORT": str(port), "HOST": "127.0.0.1"} | {f"RUSOFF_{name}": "1000000" for name in LIMITS}
    command = [sys.executable, "-m", "app.cli", "run"]
    with tempfile.TemporaryDirectory() as folder, running(command, port, RUSOFF_INSTANCE=folder, **settings):
        reader, fetching = DraftBrowser(port), [DraftBrowser(port) for _ in range(AT_ONCE)]
        for draft in fetching:
            draft.prepare()
        alone, beside = [], []
        for _ in range(STORMS):
            alone += _pages(reader, _after(2.0))
            beside += _beside(reader, fetching)
    return {"storm": _p95(beside) / _p95(alone)}


def _after(seconds: float) -> Callable[[], bool]:
    until = time.perf_counter() + seconds
    return lambda: time.perf_counter() > until


def _beside(reader: DraftBrowser, fetching: list[DraftBrowser]) -> list[float]:
    for draft in fetching:
        draft.save()
    threads = [threading.Thread(target=_fetch, args=(draft,)) for draft in fetching]
    for thread in threads:
        thread.start()
    seen = _pages(reader, lambda: not any(thread.is_alive() for thread in threads))
    for thread in threads:
        thread.join()
    return seen


def _pages(draft: DraftBrowser, is_over: Callable[[], bool]) -> list[float]:
    """How long each look at the page took, one every 20 ms."""
    seen = []
    while not is_over():
        begun = time.perf_counter()
        draft.page()
        seen.append(time.perf_counter() - begun)
        time.sleep(0.02)
    return seen


def _fetch(draft: DraftBrowser) -> None:
    status, _, body = draft.client.ask("GET", draft.address.partition("/map/")[0] + "/documents/policy.pdf")
    assert status == 200, status
    assert body.startswith(b"%PDF")


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def run() -> dict[str, float]:
    """Measure, print the figures with their aims, and return them."""
    found = speed() | memory() | storm()
    print("Policy of 15 pages as PDF, beside release 0.1 in the same run; ratios of medians:")
    print(f"  never drawn, every word of it new: release 0.1 takes {found['strange']:.1f} times as long (aim: at least 2)")
    print(f"  the first of another workplace, after three others: {found['another']:.1f} times (aim: at least 2)")
    print(f"  a draft with one changed answer: {found['changed']:.1f} times (aim: at least 3)")
    print(f"  unchanged: {found['same']:.0f} times (aim: at least 20)")
    print(f"  a process that drew 160 different ones holds {found['ours']:.0f} MB (aim: at most 250); release 0.1: {found['peer']:.0f} MB")
    print(f"  a record of 1,000 remarks takes {found['record']:.0f} MB over idle (aim: at most 300)")
    print(f"  a page beside {AT_ONCE} who fetch PDFs: its p95 is {found['storm']:.1f} times that alone (aim: at most 3)")
    return found


if __name__ == "__main__":
    run()
