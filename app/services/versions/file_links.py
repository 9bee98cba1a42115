"""The files of a version, as the pages of several features offer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.documents.outputs import OutputFile, annexes_of
from app.models.versions import Decision, Version
from app.pack.load import the_pack
from app.pack.text import Text
from app.web.view_models import AddressOf, ContentWords, Link, OutputButton, Words, message

from .kept_outputs import kept_outputs


def file_links(version: Version, decision: Decision | None, address: AddressOf) -> tuple[Link, ...]:
    """A link to every file that is kept with a version, the policy in Word first; the policy's own answers come last."""
    files = [file for output in kept_outputs(version, decision) for file in output.files]
    found: list[tuple[Words, str]] = [(_words(file, version), file.name) for file in files]
    found.append((message("download_get_answers"), "answers.json"))
    return tuple(Link(words, address("decisions.version_file", id=version.policy_id, number=version.number, name=name)) for words, name in found)


class AnnexRow(NamedTuple):
    """An annex as the pages list it: what it is called, and its files."""

    title: Words
    files: tuple[Link, ...]


def annex_rows(found: Mapping[str, Text], address: Callable[[str], str]) -> list[AnnexRow]:
    """A row for each annex that was found, by name with what it is called. `address` gives the address of a file."""
    outputs = [output for output in annexes_of(the_pack()) if output.annex in found]
    return [AnnexRow(title := ContentWords(found[one.annex]), tuple(Link(f.label, address(f.name), title) for f in one.files)) for one in outputs]


def _words(file: OutputFile, version: Version) -> Words:
    if file.output.kind == "policy":
        return message("download_get_version", number=version.number, format=file.label)
    return OutputButton(file)
