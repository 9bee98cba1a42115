"""Files for whoever waits for one, without keeping others from their pages: drawn one at a time, and few wait for their turn.

A PDF is drawn by a press, a process of its own; Word files are drawn here, one at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, current_app
from werkzeug.exceptions import ServiceUnavailable

from app.documents.look import Look
from app.documents.model import Document
from app.documents.outputs import OutputFile
from app.documents.render import docx, html, pdf
from app.documents.render.file_cache import FileCache, FileKey, key_of
from app.documents.render.pdf.process import ProcessError, TypesettingProcess
from app.documents.render.pdf.typesetting import Files
from app.models.db import db
from app.values.vocabulary import Format

PLACES = 2  # in a lane: the one whose file is drawn, and those who wait in a thread of the server
PICTURES = 6  # places for pictures of first pages: a page has three, and a browser wants them all at once
PATIENCE = 20.0  # seconds to wait for a turn
LATER = 5  # seconds after which it is worth trying again


class BusyError(ServiceUnavailable):
    """Too many want a file at once."""

    page = "files_busy"

    def __init__(self) -> None:
        super().__init__(retry_after=LATER)


class TooMuchError(ServiceUnavailable):
    """This document is too much for the press: it took too long, or too much memory."""

    page = "file_too_much"


class Lane:
    """One at a time, in the order in which they came."""

    def __init__(self, places: int = PLACES, patience: float = PATIENCE) -> None:
        self._places = threading.BoundedSemaphore(places)
        self._turn = threading.Lock()
        self.patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and have it. No connection to the database is held meanwhile. Raises BusyError."""
        if not self._places.acquire(blocking=False):
            raise BusyError
        try:
            db.session.close()
            if not self._turn.acquire(timeout=self.patience):
                raise BusyError
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._places.release()


class Drawing:
    """What draws the files of one app."""

    def __init__(self) -> None:
        self.press, self.kept = TypesettingProcess(), FileCache()
        self.for_pdf, self.for_word, self.for_pictures = Lane(), Lane(), Lane(PICTURES)


def init_app(app: Flask) -> None:
    """Give the app its press and its lanes; the press is started by the first PDF."""
    app.extensions["drawing"] = Drawing()


def _drawing() -> Drawing:
    drawing: Drawing = current_app.extensions["drawing"]
    return drawing


def file(file: OutputFile, document: Document, look: Look, whose: str) -> bytes | str:
    """The file of an output. `whose` is the id of its policy. Raises BusyError and TooMuchError."""
    return DRAW[file.format](document, look, whose)


def word(document: Document, look: Look, _whose: str) -> bytes:
    """The document as a Word file. Raises BusyError."""
    with _drawing().for_word.turn():
        return docx.draw(document, look)


def in_word_lane(draw: Callable[[], bytes]) -> bytes:
    """What is drawn in this process as Word files are, when it is its turn. Raises BusyError."""
    with _drawing().for_word.turn():
        return draw()


def pressed(draw: Callable[[Callable[[Files], bytes]], bytes]) -> bytes:
    """What the press makes when it is its turn, of files of its own. `draw` is given what typesets. Raises BusyError and TooMuchError."""
    drawing = _drawing()
    with drawing.for_pdf.turn():
        return _pressed(lambda: draw(drawing.press.typeset))


def page(document: Document, look: Look, _whose: str) -> str:
    """The document as an HTML file."""
    return html.draw(document, look)


def portable(document: Document, look: Look, whose: str) -> bytes:
    """The document as a PDF; drawn anew only when something in it changed. `whose` is the id of the policy. Raises BusyError and TooMuchError."""
    drawing = _drawing()
    return _kept(key_of(whose, document, look), drawing.for_pdf, lambda: pdf.draw(document, look, drawing.press.typeset))


def page_one(document: Document, look: Look, whose: str) -> bytes:
    """A picture of the document's first page, kept as its PDF is. Raises BusyError and TooMuchError."""
    drawing = _drawing()
    return _kept(key_of(whose, document, look, "png"), drawing.for_pictures, lambda: pdf.draw(document, look, drawing.press.picture))


def _kept(key: FileKey, lane: Lane, draw: Callable[[], bytes]) -> bytes:
    kept = _drawing().kept
    if found := kept.get(key):
        return found
    with lane.turn():
        file = kept.get(key)  # whoever was before us in the lane may have wanted the same
        if file is None:
            file = _pressed(draw)
            kept.put(key, file)
    return file


def _pressed(draw: Callable[[], bytes]) -> bytes:
    try:
        return draw()
    except ProcessError:
        raise TooMuchError from None


DRAW: dict[Format, Callable[[Document, Look, str], bytes | str]] = {"docx": word, "pdf": portable, "html": page}
