"""Whether a file is ours, which version it is, whether its words are as they were frozen, and whether it is in force. Nothing is kept.

Whoever holds a file learns of it what the file itself could say; not the words that should have stood there, nor whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.frozen import FrozenError
from app.documents.model import Document
from app.documents.outputs import FORMATS
from app.documents.stamp import Stamp, stamped
from app.documents.verify.extract import ExtractedText, extract, plain_line
from app.documents.verify.similarity import ENOUGH, Similarity, similarity
from app.models.db import db, only_read
from app.models.versions import Decision, Version
from app.pack.load import the_pack
from app.values.vocabulary import VersionState

from .stamping import stamps_of

MOST = 5  # versions that may share a code: eight digits are alike once in four thousand million


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known about a file of ours. `is_exact` when it is byte for byte as we draw it, `says` the mark that it carries."""

    number: int
    state: VersionState
    applies_from: date | None
    replaced_from: date | None
    code: str
    similarity: Similarity
    is_exact: bool
    is_current: bool

    @property
    def is_same(self) -> bool:
        """Whether its words are those that were frozen."""
        return self.is_exact or self.similarity.is_same


def check(data: bytes) -> Verdict | None:
    """What is known about the file; None when it is none of ours, or too little of it is.

    Raises UnreadableError.
    """
    file = extract(data)
    only_read()
    verdicts = [verdict for version in Version.with_code(sorted(file.codes), MOST) if (verdict := _verdict(version, file, data))]
    best = max(verdicts, key=lambda one: (one.is_same, one.similarity.share), default=None)
    return best if best is not None and best.similarity.share >= ENOUGH else None


def _verdict(version: Version, file: ExtractedText, data: bytes) -> Verdict | None:
    decision = db.session.get(Decision, version.id)
    stamps = stamps_of(version, decision)
    try:
        text = version.thawed
    except FrozenError:
        return None
    stamp = max(stamps, key=lambda one: _fits(stamped(the_pack(), text, one), file))
    document = stamped(the_pack(), text, stamp)
    drawn = FORMATS[file.kind].draw(document, version.look)
    ours = drawn.encode("utf-8") if isinstance(drawn, str) else drawn
    is_exact = ours == data
    alike = Similarity(1) if is_exact else similarity(document, extract(ours), file)
    now: Stamp = stamps[0]
    return Verdict(
        number=version.number, state=version.state, applies_from=version.in_force_on if version.state != "void" else None,
        replaced_from=now.replaced_from, code=version.text_hash, similarity=alike, is_exact=is_exact, is_current=stamp == now,
    )  # fmt: skip


def _fits(document: Document, file: ExtractedText) -> float:
    """How well the lines under the title and the mark are those of the file: which of its files it was."""
    words = "".join(line.replace(" ", "") for line in (*file.lines[:80], *file.margins))
    lines = [plain_line(label + "".join(run.words for run in runs)).replace(" ", "") for label, runs in document.status]
    found = sum(line in words for line in lines)
    seal = plain_line(f"{document.seal.words}{document.seal.more}").replace(" ", "") if document.seal else document.draft
    return found - 2 * (len(lines) - found) + (0.5 if seal and seal in words else 0)


__all__ = ["Verdict", "check"]
