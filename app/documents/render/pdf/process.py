"""A process of its own that draws PDFs: at a lower priority, within a time, and with what it holds given back."""

from __future__ import annotations

import atexit
import marshal
import os
import subprocess
import sys
import threading
from typing import Any, cast

from . import typesetting
from .typesetting import Files, Kind, TypesettingError

PATIENCE = 60.0  # seconds for one document
MOST_LETTERS = 1_200_000  # some 200 pages, for which Typst takes 250 MB
_SETTINGS = {"RAYON_NUM_THREADS": str(max(1, min(2, (os.cpu_count() or 1) // 2))), "MALLOC_ARENA_MAX": "1"}


class ProcessError(Exception):
    """The process ended or took too long: the document is too much for it."""


class TypesettingProcess:
    """Draws one document at a time. The process is started with the first, and again when it has ended.

    It reads its orders from a pipe and ends when the pipe does, however we end, so it never outlives us.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._turn = threading.Lock()
        atexit.register(self.close)

    def typeset(self, files: Files) -> bytes:
        """As typesetting.typeset. Raises ProcessError too."""
        return self._made(files, "pdf")

    def picture(self, files: Files) -> bytes:
        """The first page as a PNG. Raises as `typeset`."""
        return self._made(files, "png")

    def _made(self, files: Files, kind: Kind) -> bytes:
        if len(files["document.json"]) > MOST_LETTERS:
            raise ProcessError
        with self._turn:
            drawn, fault, is_last = self._ask(files, kind)
            if is_last:
                self._let_go()
        if fault:
            raise TypesettingError(fault)
        return drawn

    @property
    def pid(self) -> int | None:
        """The id of the process, while there is one."""
        return self._process.pid if self._process else None

    def _ask(self, files: Files, kind: Kind) -> tuple[bytes, str, bool]:
        process = self._running()
        limit = threading.Timer(PATIENCE, process.kill)
        limit.start()
        try:
            marshal.dump((files, kind), cast("Any", process.stdin))
            cast("Any", process.stdin).flush()
            return cast("tuple[bytes, str, bool]", marshal.load(cast("Any", process.stdout)))  # noqa: S302 – written by a process of ours
        except (OSError, EOFError, ValueError, TypeError):
            self._let_go()
            raise ProcessError from None
        finally:
            limit.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # we are a fork: the process is not ours
            self._process, self._owner = None, os.getpid()
        if self._process is not None and self._process.poll() is not None:
            self._let_go()
        if self._process is None:
            self._process = _started()
        return self._process

    def _let_go(self) -> None:
        """End the process: it has nothing to finish."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            process.communicate()

    def close(self) -> None:
        """End the process when we end."""
        with self._turn:
            self._let_go()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 – this very Python on a file of ours
        [sys.executable, "-P", typesetting.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | _SETTINGS,
        creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
    )
