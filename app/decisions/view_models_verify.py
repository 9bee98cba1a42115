"""What the page says of a file that was sent to be checked, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.services.versions.verification import Verdict
from app.web.view_models import Color, Message, Words, message


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer about one file. `places` are those where its words differ; `code` is the fingerprint of the version; empty, if none of ours."""

    color: Color
    title: Message
    words: tuple[Message, ...]
    places: tuple[Words, ...] = ()
    code: str = ""


def answer_to(verdict: Verdict | None) -> Answer:
    """What is known about the file; None says that it is none of ours."""
    if verdict is None:
        return Answer("warning", message("verify_unknown"), (message("verify_unknown_text"),))
    title = message("verify_same" if verdict.is_same else "verify_changed", number=verdict.number)
    return Answer(_color(verdict), title, tuple(_words(verdict)), tuple(_places(verdict)), verdict.code)


def _color(verdict: Verdict) -> Color:
    if not verdict.is_same:
        return "danger"
    return "success" if verdict.state == "in_force" else "info"


def _words(verdict: Verdict) -> Iterator[Message]:
    """Where the version stands, how far the file is the same, and whether it was drawn before something was decided."""
    yield _standing(verdict)
    yield message("verify_exact" if verdict.is_exact else "verify_resaved" if verdict.is_same else "verify_where")
    if verdict.is_same and not verdict.is_current:
        yield message("verify_older")


def _standing(verdict: Verdict) -> Message:
    """Where the version stands today."""
    on = verdict.replaced_from if verdict.state == "replaced" else verdict.applies_from
    if on and verdict.state in ("decided", "in_force", "replaced"):
        return message(f"verify_state_{verdict.state}_from", day=on)
    return message(f"verify_state_{verdict.state}")


def _places(verdict: Verdict) -> Iterator[Words]:
    if not verdict.is_same:
        yield from (message(f"verify_place_{place}") for place in verdict.similarity.places)
        yield from verdict.similarity.sections
