"""What is laid over a frozen text when it is drawn: its number, what was decided about it, from which day it applies, and its check code.

The text itself stays as it was frozen, with its fingerprint; nothing of this is ever in it. So one file shows one version number, and the date, the
body and the case number that were recorded, whatever was planned when the text was written. Pure, without a clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from app.pack.model import Pack
from app.pack.text import DocumentLanguage

from .interpolation import day, tidy
from .model import Block, Document, Paragraph, Run, Runs, Seal, SealKind, Section
from .papers.facts import body_of, code_of
from .record import Decided
from .seal import seal_of

Stage = Literal["draft", "proposal", "adopted", "replaced", "lapsed"]
Line = tuple[str, Runs]

# Lines that a text of before had among its own, though only a decision can say them: version, body, date, case number.
OLD_BODY: dict[DocumentLanguage, str] = {"nb": "Vedtatt av", "nn": "Vedteken av", "en": "Adopted by"}
OLD: dict[DocumentLanguage, frozenset[str]] = {
    "nb": frozenset({"Versjon", "Vedtaksdato", "Saksnummer"}),
    "nn": frozenset({"Versjon", "Vedtaksdato", "Saksnummer"}),
    "en": frozenset({"Version", "Date adopted", "Case number"}),
}
OLD_NOT_SET = frozenset(
    {
        "Datoen policyen gjelder fra, er ikke satt ennå.",
        "Datoen policyen gjeld frå, er ikkje sett enno.",
        "The date from which the policy applies has not been set yet.",
    }
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is so of a frozen text now. `decided` is the decision about it, whatever its result; the days are those it applies from and until."""

    number: int
    stage: Stage
    fingerprint: str
    decided: Decided | None = None
    applies_from: date | None = None
    replaced_from: date | None = None


def stamped(pack: Pack, document: Document, stamp: Stamp) -> Document:
    """The document as it is drawn now."""
    return _policy(pack, document, stamp) if document.kind == "policy" else _paper(pack, document, stamp)


def stage_of(pack: Pack, document: Document) -> Stage:
    """What a policy says it is, by its mark."""
    marks: dict[str, Stage] = {pack.word(stage, document.language): stage for stage in ("draft", "proposal", "replaced", "lapsed")}
    return marks.get(document.draft, "adopted")


def _policy(pack: Pack, document: Document, stamp: Stamp) -> Document:
    language = document.language
    number = (pack.word("version", language), (Run(str(stamp.number)),))
    is_decided = stamp.stage in ("adopted", "replaced")
    status = tuple(_decided(pack, stamp, language)) if is_decided else _proposed(pack, document)
    code = pack.word("code", language).replace("{code}", code_of(stamp.fingerprint))
    return replace(
        document,
        status=(number, *status),
        title_block=tuple(line for line in document.title_block if not _is_old(document, line)),
        draft=_mark(pack, document, stamp.stage),
        seal=_seal(pack, document, stamp),
        edition=f"{document.edition} · {code}" if document.edition else code,
        fingerprint=stamp.fingerprint,
    )


def _mark(pack: Pack, document: Document, stage: Stage) -> str:
    if stage == "adopted":
        return ""
    return pack.word(_undecided(pack, document, stage), document.language)


def _seal(pack: Pack, document: Document, stamp: Stamp) -> Seal:
    language, decided = document.language, stamp.decided or Decided()
    if stamp.stage == "adopted":
        kind: SealKind = "in_force" if stamp.applies_from else "adopted"
        return seal_of(pack, language, kind, _day(stamp.applies_from or decided.on, language))
    if stamp.stage == "replaced":
        return seal_of(pack, language, "replaced", _day(stamp.replaced_from, language))
    return seal_of(pack, language, _undecided(pack, document, stamp.stage))


def _undecided(pack: Pack, document: Document, stage: Stage) -> Stage:
    """What the text is called: a proposal in which something was open is a draft."""
    return "draft" if stage == "proposal" and _is_unfinished(pack, document) else stage


def _is_unfinished(pack: Pack, document: Document) -> bool:
    """Whether something was open when the text was frozen. One without a status is of before, when every undecided text was called a draft."""
    return bool(document.open_points) or (bool(document.status) and document.draft == pack.word("draft", document.language))


def _is_old(document: Document, line: Line) -> bool:
    return not document.status and line[0] in OLD[document.language] | {OLD_BODY[document.language]}


def _proposed(pack: Pack, document: Document) -> tuple[Line, ...]:
    """Who is to decide, as the text has it; of a text of before, in words that do not say that it was done."""
    if document.status:
        return document.status
    label = next(line.label for line in pack.manifest.title_block if line.until_decided).in_(document.language)
    return tuple((label, value) for old, value in document.title_block if old == OLD_BODY[document.language])


def _decided(pack: Pack, stamp: Stamp, language: DocumentLanguage) -> Iterator[Line]:
    decided = stamp.decided or Decided()
    said = {
        "adopted_by": body_of(pack, decided, language),
        "adopted_on": _day(decided.on, language),
        "case_number": tidy(decided.case_number),
        "in_force_from": _day(stamp.applies_from, language),
        "replaced_from": _day(stamp.replaced_from if stamp.stage == "replaced" else None, language),
    }
    yield from ((pack.word(name, language), (Run(words),)) for name, words in said.items() if words)


def _day(on: date | None, language: DocumentLanguage) -> str:
    return day(on.isoformat(), language) if on else ""


def _paper(pack: Pack, document: Document, stamp: Stamp) -> Document:
    """A paper with the lines that were not known when it was frozen; what it says of them already stays."""
    if stamp.decided is None or stamp.stage not in ("adopted", "replaced"):
        return replace(document, draft=pack.word("lapsed", document.language)) if _has_lapsed(document, stamp) else document
    said = {label for label, _ in document.title_block}
    own = (pack.word("in_force_from", document.language), pack.word("replaced_from", document.language))
    known = [line for line in _decided(pack, stamp, document.language) if line[0] not in said and (document.kind != "decision" or line[0] in own)]
    return replace(document, title_block=(*document.title_block, *known), sections=tuple(map(_without_old, document.sections)))


def _has_lapsed(document: Document, stamp: Stamp) -> bool:
    """Whether the paper tells of a decision that does not hold any more: the text was opened again."""
    return document.kind == "decision" and stamp.stage == "lapsed" and stamp.decided is not None and stamp.decided.result == "adopted"


def _without_old(section: Section) -> Section:
    return replace(section, blocks=tuple(block for block in section.blocks if not _says_not_set(block)))


def _says_not_set(block: Block) -> bool:
    return isinstance(block, Paragraph) and "".join(run.words for run in block.runs) in OLD_NOT_SET


__all__ = ["Stage", "Stamp", "stage_of", "stamped"]
