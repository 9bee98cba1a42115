"""`rusoff verify FILE`: the same answer as the page gives, for whoever runs the server."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from app.documents.verify.extract import LARGEST, UnreadableError
from app.services.versions.verification import Verdict, check

from .build import CommandError

STANDS = {
    "in_review": "not adopted: out for comments", "closed": "not adopted", "ready": "not adopted: a proposal", "void": "not valid: opened again",
    "decided": "adopted, not in force yet", "in_force": "in force", "replaced": "replaced by a newer version",
}  # fmt: skip
PLACES = {"front": "above the first chapter", "margins": "the header or the footer", "looks": "pictures or looks"}


def verify(app: Flask, path: Path) -> tuple[list[str], bool]:
    """What is known about the file, in lines, and whether it is ours and unchanged. Raises CommandError when it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        with app.app_context():
            verdict = check(data)
    except OSError as problem:
        raise CommandError([f"{path}: cannot be read ({problem.strerror})"]) from None
    except UnreadableError:
        raise CommandError([f"{path}: this is no Word, PDF or HTML file that can be read, or it is larger than 2 MB"]) from None
    if verdict is None:
        return [f"{path}: not recognised"], False
    return [f"{path}: version {verdict.number}, {_words(verdict)}", *_standing(verdict), *_changes(verdict)], verdict.is_same


def _words(verdict: Verdict) -> str:
    if not verdict.is_same:
        return "changed"
    return "unchanged, byte for byte" if verdict.is_exact else "unchanged in every word, saved again"


def _standing(verdict: Verdict) -> list[str]:
    days = [f"from {verdict.applies_from}" if verdict.applies_from else "", f"until {verdict.replaced_from}" if verdict.replaced_from else ""]
    return [", ".join(filter(None, (STANDS[verdict.state], *days))), f"SHA-256 of the text: {verdict.code}"]


def _changes(verdict: Verdict) -> list[str]:
    where = (*(PLACES[place] for place in verdict.similarity.places), *verdict.similarity.sections)
    return [f"changed: {place}" for place in where]
