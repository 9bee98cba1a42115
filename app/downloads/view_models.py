"""What the page of documents shows, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.documents.outputs import Output
from app.web.view_models import AddressOf, Link, Message, Notice, OutputButton, message


class Card(NamedTuple):
    """One document: what it is, its files, and whether it is the one that most will want."""

    output: Output
    files: tuple[Link, ...]
    is_main: bool


def cards_of(outputs: Iterable[Output], is_signed: bool, id: str, address: AddressOf) -> list[Card]:
    """The documents that are made from a draft. What a version keeps as well is given as it was signed for, and not here."""
    shown = [output for output in outputs if not (is_signed and "version" in output.sources)]
    return [Card(output, tuple(_links(output, id, address)), not is_signed and at == 0) for at, output in enumerate(shown)]


def _links(output: Output, id: str, address: AddressOf) -> Iterable[Link]:
    return (Link(OutputButton(file), address("documents.file", id=id, name=file.name)) for file in output.files)


def readiness_of(is_draft: bool, is_signed: bool, blocks: int, open: int, link: Link) -> Notice | None:
    """How ready the draft is: how many findings stop it, and how many points are open. Nothing of a text that was signed for and stands."""
    if is_draft:
        return Notice("warning", (message("download_draft", blocks=blocks, open=open),), link)
    return None if is_signed else Notice("success", (message("download_ready"),), link)


def logo_words(has_logo: bool) -> Message:
    """Whether the documents have a logo."""
    return message("download_logo_has" if has_logo else "download_logo_text")
