"""Everything that papers.yaml may ask for as a `list`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from app.documents.interpolation import tidy
from app.documents.model import Block, Bullets, Paragraph, Run
from app.documents.record import Decided
from app.pack.papers import ListId

from . import comments, people
from .elements import Case, lines, own_words
from .facts import grouped, open_labels


def open_points(case: Case) -> Iterator[Block]:
    """The questions that the policy leaves open."""
    labels = open_labels(case.speech.pack, case.document) if case.document else []
    if labels:
        yield Bullets(tuple((Run(label),) for label in labels))


def made_known(case: Case) -> Iterator[Block]:
    """How the policy is to be made known, as the policy itself says it."""
    if case.made_known:
        yield Bullets(tuple((Run(words),) for words in case.made_known))


def present(case: Case) -> Iterator[Block]:
    """Who was there, as it was written down."""
    words = lines(case.decided.present if case.decided else "")
    if words:
        yield Paragraph((Run(words),))


def dissent(case: Case) -> Iterator[Block]:
    """Dissenting views, in their own words."""
    yield from own_words(case.decided.dissent if case.decided else "")


def exact_text(case: Case) -> Iterator[Block]:
    """Which text was decided, so that nobody can be in doubt."""
    decided, speech = case.decided or Decided(), case.speech
    facts = {
        "policy": tidy(case.record.policy_title),
        "version": str(decided.version),
        "fingerprint": grouped(decided.text_hash),
    }
    yield Bullets(tuple((Run(f"{speech.word(name)}: ", "strong"), Run(words)) for name, words in facts.items() if words))


MAKERS: dict[ListId, Callable[[Case], Iterable[Block]]] = {
    "own_statement": people.own_statement,
    "own_remarks": comments.own_remarks,
    "own_checklist": people.own_checklist,
    "voices": people.voices,
    "meetings": people.meetings,
    "counts": comments.counts,
    "remarks": comments.remarks,
    "taken_in": comments.taken_in,
    "standing": comments.standing,
    "statements": people.statements,
    "process": people.process,
    "who_answered": people.who_answered,
    "meetings_short": people.meetings_short,
    "remarks_short": comments.remarks_short,
    "standing_short": comments.standing_short,
    "made_known": made_known,
    "open_points": open_points,
    "present": present,
    "dissent": dissent,
    "exact_text": exact_text,
}
