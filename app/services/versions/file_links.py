"""The files of a version, as the pages of several features offer them."""

from __future__ import annotations

from app.documents.outputs import OutputFile
from app.models.versions import Decision, Version
from app.web.view_models import AddressOf, Link, OutputButton, Words, message

from .kept_outputs import kept_outputs


def file_links(version: Version, decision: Decision | None, address: AddressOf) -> tuple[Link, ...]:
    """A link to every file that is kept with a version, the policy in Word first; the policy's own answers come last."""
    files = [file for output in kept_outputs(version, decision) for file in output.files]
    found: list[tuple[Words, str]] = [(_words(file, version), file.name) for file in files]
    found.append((message("download_get_answers"), "answers.json"))
    return tuple(Link(words, address("decisions.version_file", id=version.policy_id, number=version.number, name=name)) for words, name in found)


def _words(file: OutputFile, version: Version) -> Words:
    if file.output.kind == "policy":
        return message("download_get_version", number=version.number, format=file.label)
    return OutputButton(file)
