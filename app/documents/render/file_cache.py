"""Files that were drawn and may be asked for again unchanged. In memory, bounded, and each for one policy alone."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from functools import cache
from hashlib import sha256

from app.documents.look import Look
from app.documents.model import Document

from .pdf.typesetting import FONTS, TEMPLATE

FileKey = tuple[str, bytes]
KEEP = 3600.0  # seconds; the privacy page says an hour


class FileCache:
    """The last files, at most `most` of them and `room` bytes together, for an hour; what was asked for longest ago goes first."""

    def __init__(self, most: int = 64, room: int = 24 << 20) -> None:
        self.most, self.room = most, room
        self._files: OrderedDict[FileKey, tuple[float, bytes]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: FileKey) -> bytes | None:
        """The file, if it is still here."""
        with self._lock:
            self._tidy()
            if key in self._files:
                self._files.move_to_end(key)
            return self._files.get(key, (0.0, None))[1]

    def put(self, key: FileKey, file: bytes) -> None:
        """Keep the file; one that would take a quarter of the room is not kept."""
        if len(file) > self.room // 4:
            return
        with self._lock:
            self._drop(key)
            self._files[key] = time.monotonic(), file
            self._size += len(file)
            self._tidy()

    def _tidy(self) -> None:
        for key in [key for key, (since, _) in self._files.items() if time.monotonic() - since > KEEP]:
            self._drop(key)
        while len(self._files) > self.most or self._size > self.room:
            self._drop(next(iter(self._files)))

    def _drop(self, key: FileKey) -> None:
        self._size -= len(self._files.pop(key, (0.0, b""))[1])


def key_of(whose: str, document: Document, look: Look, kind: str = "pdf") -> FileKey:
    """What makes a drawn file the same: all that is drawn, as what and how, and whose it is.

    `whose` is the id of the policy: a file is never found by anybody who asks for another policy, not even one with the same words.
    """
    drawn = sha256(_looks() + sha256(look.logo or b"").digest() + f"{look.colour} {kind}".encode())
    drawn.update(repr(document).encode("utf-8", "surrogatepass"))
    return whose, drawn.digest()


@cache
def _looks() -> bytes:
    """The template and the fonts."""
    files = (TEMPLATE, *sorted(FONTS.glob("*.ttf")))
    return sha256(b"".join(sha256(path.read_bytes()).digest() for path in files)).digest()
