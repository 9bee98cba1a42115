"""The press draws what we draw ourselves; whatever becomes of it or of us, nothing hangs and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.documents.look import OURS, Look
from app.documents.model import Document, Paragraph, Run, Section
from app.documents.render import pdf
from app.documents.render.file_cache import KEEP, FileCache, key_of
from app.documents.render.pdf import process as press
from app.documents.render.pdf import typesetting
from app.documents.render.pdf.process import ProcessError, TypesettingProcess
from app.documents.render.pdf.typesetting import TypesettingError
from tests.unit.drawn import pdf_text, picture
from tests.unit.sample_document import HARD, sample

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def pressed() -> Iterator[TypesettingProcess]:
    made = TypesettingProcess()
    yield made
    made.close()


def pid_of(one: TypesettingProcess) -> int:
    assert one._process is not None
    return one._process.pid


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text("ascii")


def until_gone(pid: int) -> None:
    for _ in range(100):
        if not is_there(pid):
            return
        time.sleep(0.1)
    raise AssertionError("the press is still there")


def test_the_same_bytes_as_here_and_gently(pressed: TypesettingProcess) -> None:
    assert pdf.draw(sample(), Look(picture()), pressed.typeset) == pdf.draw(sample(), Look(picture()))
    assert os.getpriority(os.PRIO_PROCESS, pid_of(pressed)) >= typesetting.GENTLE


def test_letters_that_no_font_has_are_replaced_there_too(pressed: TypesettingProcess) -> None:
    assert "\ufffd" in pdf_text(pdf.draw(sample("nb", HARD[6]), OURS, pressed.typeset))


def test_a_fault_is_told_and_the_press_lives_on(pressed: TypesettingProcess) -> None:
    pdf.draw(sample(), OURS, pressed.typeset)
    before = pid_of(pressed)
    with pytest.raises(TypesettingError):
        pressed.typeset({"document.json": "{"})
    pdf.draw(sample(), OURS, pressed.typeset)
    assert pid_of(pressed) == before


def test_a_press_that_was_killed_is_started_again(pressed: TypesettingProcess) -> None:
    pdf.draw(sample(), OURS, pressed.typeset)
    assert pressed._process is not None
    pressed._process.kill()
    pressed._process.wait(timeout=10)  # until its last thread is gone: only then is it known to have ended
    assert pdf.draw(sample(), OURS, pressed.typeset).startswith(b"%PDF")


def long_document(paragraphs: int) -> Document:
    blocks = tuple(Paragraph((Run(f"{at} " + "ord og setning " * 30),)) for at in range(paragraphs))
    return Document("record", "nb", "Lang", "", (Section("a", 1, "1 Om", "body", blocks),))


def test_what_takes_too_long_is_given_up(pressed: TypesettingProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf.draw(sample(), OURS, pressed.typeset)
    before = pid_of(pressed)
    monkeypatch.setattr(press, "PATIENCE", 0.05)
    with pytest.raises(ProcessError):
        pdf.draw(long_document(1500), OURS, pressed.typeset)
    until_gone(before)
    monkeypatch.undo()
    assert pdf.draw(sample(), OURS, pressed.typeset).startswith(b"%PDF")


def test_what_is_too_long_is_not_tried(pressed: TypesettingProcess) -> None:
    with pytest.raises(ProcessError):
        pdf.draw(long_document(4000), OURS, pressed.typeset)
    assert pressed._process is None


def test_a_press_that_holds_too_much_is_replaced() -> None:
    code = f"import runpy; main = runpy.run_path({typesetting.__file__!r})['main'];main.__globals__['MOST_MEMORY'] = 0; main()"
    process = subprocess.Popen([sys.executable, "-P", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    made = TypesettingProcess()
    made._process, made._owner = process, os.getpid()
    pdf.draw(sample(), OURS, made.typeset)
    assert process.poll() is not None
    assert pdf.draw(sample(), OURS, made.typeset).startswith(b"%PDF")
    made.close()


def test_closing_leaves_nothing_behind(pressed: TypesettingProcess) -> None:
    pdf.draw(sample(), OURS, pressed.typeset)
    pid = pid_of(pressed)
    pressed.close()
    assert not is_there(pid)


@pytest.mark.parametrize("wish", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_press_never_outlives_whoever_started_it(wish: signal.Signals) -> None:
    code = (
        "import signal, time; signal.signal(signal.SIGINT, signal.default_int_handler);"  # in the background a shell has it ignored
        "from app.documents.render import pdf; from app.documents.render.pdf.process import TypesettingProcess;"
        "from tests.unit.sample_document import sample; p = TypesettingProcess();"
        "pdf.draw(sample(), by=p.typeset); print(p._process.pid, flush=True); time.sleep(60)"
    )
    ours = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert ours.stdout is not None
    pid = int(ours.stdout.readline())
    assert is_there(pid)
    ours.send_signal(wish)
    ours.wait(20)
    ours.stdout.close()
    until_gone(pid)


def test_it_is_not_ended_by_what_ends_the_server(pressed: TypesettingProcess) -> None:
    pdf.draw(sample(), OURS, pressed.typeset)
    for wish in (signal.SIGTERM, signal.SIGINT):
        os.kill(pid_of(pressed), wish)
    assert pdf.draw(sample("nn"), OURS, pressed.typeset).startswith(b"%PDF")


# ── what is kept ──


def test_kept_by_all_that_is_drawn_and_by_whose_it_is() -> None:
    key = key_of("a", sample(), OURS)
    assert key == key_of("a", sample(), OURS)
    others = [
        key_of("b", sample(), OURS), key_of("a", sample("nn"), OURS), key_of("a", sample(), Look(picture())),
        key_of("a", sample(), Look(colour="00594f")), key_of("a", replace(sample(), draft=""), OURS), key_of("a", sample("nb", "x"), OURS),
    ]  # fmt: skip
    assert len({key, *others}) == 7


def test_kept_within_bounds() -> None:
    kept = FileCache(most=3, room=100)
    for at in range(5):
        kept.put((str(at), b""), bytes(20))
    assert [kept.get((str(at), b"")) is not None for at in range(5)] == [False, False, True, True, True]
    kept.get(("2", b""))
    kept.put(("5", b""), bytes(20))
    assert kept.get(("2", b"")) is not None
    assert kept.get(("3", b"")) is None
    kept.put(("large", b""), bytes(26))
    assert kept.get(("large", b"")) is None
    few = FileCache(most=100, room=100)
    for at in range(50):
        few.put((str(at % 7), b""), bytes(20))
    assert sum(len(few.get((str(at), b"")) or b"") for at in range(7)) == 100


def test_kept_for_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = FileCache()
    clock = time.monotonic()
    kept.put(("a", b""), b"x")
    monkeypatch.setattr(time, "monotonic", lambda: clock + KEEP - 10)
    assert kept.get(("a", b"")) == b"x"
    monkeypatch.setattr(time, "monotonic", lambda: clock + KEEP + 10)
    assert kept.get(("a", b"")) is None
