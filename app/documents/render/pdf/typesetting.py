"""Typst, kept warm: files of text in, a PDF or a picture of its first page out. Here, or as a process of its own that reads its orders from a pipe.

This file imports nothing of ours, so that the process of its own (process.py starts it) is small and quick to start.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

import typst

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "policy.typ"
FONTS = HERE / "fonts"
FORGET = 8  # empty documents after each: Typst throws away what ten documents in a row did not use, and that would be half a gigabyte
FORGET_ON_PRESS = 3  # where nothing else takes room
MOST_MEMORY = 220 << 20  # bytes that the process of its own may hold when it is done with a document, before it makes room for a new one
MOST_DOCUMENTS = 500
GENTLE = 15
PICTURE_DOTS = 40.0  # to the inch: a sheet of A4 is 331 by 468 dots, and some 50 kB
Files = dict[str, str]  # their names, and what is in them
Kind = Literal["pdf", "png"]
_here = threading.local()


class TypesettingError(Exception):
    """Typst refuses the document. Says why; never shown to a user, for it may quote the document."""


def typeset(files: Files, kind: Kind = "pdf") -> bytes:
    """The PDF (PDF/UA-1) that the template makes of the files, or a picture of its first page. Raises TypesettingError."""
    try:
        return once(files, kind)
    finally:
        forget()


def once(files: Files, kind: Kind = "pdf") -> bytes:
    """As `typeset`, and all that was laid out is kept: whoever calls this lets go of it later."""
    read: Any = {"main.typ": _template()} | {name: words.encode() for name, words in files.items()}
    try:
        if kind == "pdf":
            return cast("bytes", _compiler().compile(input=read, format="pdf", pdf_standards=["ua-1"], timestamp=0))
        sheets: Any = _compiler().compile(input=read, format="png", ppi=PICTURE_DOTS, timestamp=0)
        return cast("bytes", sheets if isinstance(sheets, bytes) else sheets[0])
    except RuntimeError as fault:  # TypstError is one
        raise TypesettingError(str(fault)) from None


def page_as_png(files: Files, dots_per_inch: int, page: int = 0) -> bytes:
    """One page of what the template makes of the files, as a picture."""
    read: Any = {"main.typ": _template()} | {name: words.encode() for name, words in files.items()}
    pages: Any = _compiler().compile(input=read, format="png", ppi=dots_per_inch, timestamp=0)
    forget()
    return cast("bytes", pages[page] if isinstance(pages, list) else pages)


def forget(times: int = FORGET) -> None:
    """Let go of what the last documents did not use: all but the very last, or with fewer `times` the last three."""
    for _ in range(times):
        _compiler().compile(input=b"", format="pdf")


def _compiler() -> typst.Compiler:
    """The compiler of this thread: one that two threads share raises."""
    if not hasattr(_here, "compiler"):
        _here.compiler = typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)
    return cast("typst.Compiler", _here.compiler)


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


# ── as a process of its own ──


def work(orders: BinaryIO, answers: BinaryIO) -> None:
    """Typeset until nobody orders any more. Each answer is the file or the reason, and whether it was the last one."""
    for done in range(1, MOST_DOCUMENTS + 1):
        try:
            order = cast("tuple[Files, Kind]", marshal.load(orders))  # noqa: S302 – written by the process that started this one
        except EOFError:  # whoever ordered is gone
            return
        answer = _answer(*order)
        is_last = done == MOST_DOCUMENTS or memory() > MOST_MEMORY
        marshal.dump((*answer, is_last), answers)
        answers.flush()
        if is_last:
            return
        forget(FORGET_ON_PRESS)


def _answer(files: Files, kind: Kind) -> tuple[bytes, str]:
    try:
        return once(files, kind), ""
    except TypesettingError as fault:
        return b"", str(fault) or "no reason"


def memory() -> int:
    """The bytes that this process holds now; 0 where the system does not tell (Windows)."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Be gentle to whoever waits for a page, leave the end to the pipe, and work."""
    for wish in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wish, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(GENTLE)
    with suppress(BrokenPipeError):
        work(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
