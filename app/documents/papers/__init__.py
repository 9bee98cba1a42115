"""The papers of a review and a decision: statement, record of participation, case paper and decision.

Pure: made from the content, a Record and what was frozen, without a clock. All their sentences stand in content/rusoff/papers.yaml; what the
parties wrote is put in as they wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.documents.draft import Draft
from app.documents.frozen import freeze, text_hash
from app.documents.model import Block, Bullets, Document, Fields, Paragraph, Run, Runs, Section, Signatures
from app.documents.record import Decided, Record
from app.pack.model import Pack
from app.pack.papers import PaperBlock, PaperId, PaperLine, PaperSection
from app.pack.text import Language

from .elements import Case
from .facts import code_of, common, made_known, of_case, of_decision, of_record, of_statement, open_labels
from .lists import MAKERS
from .text import Speech

PREFIX = "record-"


def statement(pack: Pack, record: Record, voice_id: str, language: Language) -> Document:
    """The written statement of one reader (uttalelse), with their own comments and nobody else's."""
    voice = record.voice(voice_id)
    facts = common(pack, record, language)
    role = Speech(pack, language, facts).role(voice.role)
    speech = Speech(pack, language, facts | of_statement(record, voice, role))
    return _paper("statement", Case(speech, record, voice))


def record(pack: Pack, record: Record, language: Language, decided: Decided | None = None) -> Document:
    """The record of participation (medvirkningsprotokoll): who was asked, what was said and answered, what stands."""
    speech = Speech(pack, language, common(pack, record, language) | of_record(pack, record, decided, language))
    return _paper("record", Case(speech, record, decided=decided))


def case_paper(
    pack: Pack,
    record: Record,
    policy_document: Document,
    language: Language,
    *,
    draft: Draft | None = None,
    version: int | None = None,
    fingerprint: str = "",
) -> Document:
    """The paper for the working environment committee (saksframlegg), or for drøfting where there is none.

    `policy_document` is what is proposed. `draft` holds the answers behind it: they tell who decides, who makes it known and when it is evaluated.
    `version` is its number when another than the one that was read, `fingerprint` its hash as stored; else it is reckoned.
    """
    facts = common(pack, record, language) | of_case(pack, record, draft, language)
    facts |= {
        "version": version or record.version,
        "fingerprint": code_of(fingerprint or text_hash(freeze(policy_document))),
        "open_points": bool(open_labels(pack, policy_document)),
    }
    known = made_known(draft, language) if draft else ()
    return _paper("case_paper", Case(Speech(pack, language, facts), record, document=policy_document, made_known=known))


def decision(pack: Pack, record: Record, decided: Decided, language: Language, *, policy_document: Document | None = None) -> Document:
    """The record of a decision about one exact text. `policy_document` is that text; it tells its content edition."""
    facts = common(pack, record, language)
    speech = Speech(pack, language, facts)
    numbers = speech.word("numbers", n=speech.joined([str(remark.number) for remark in record.standing])) if record.standing else ""
    speech = Speech(pack, language, facts | of_decision(pack, record, decided, language, numbers))
    return _paper("decision", Case(speech, record, decided=decided, document=policy_document))


def with_record(policy_document: Document, record_document: Document, pack: Pack) -> Document:
    """The policy with the record of participation as its last appendix, in the place of one that it had before; the sources stay last."""
    kept = without_record(policy_document).sections
    number = sum(section.part == "appendix" and section.level == 1 for section in kept) + 1
    title = f"{pack.word('appendix', policy_document.language)} {number}: {record_document.title}"
    facts = Bullets(tuple((Run(f"{label}: ", "strong"), *value) for label, value in record_document.title_block))
    first = Section(f"{PREFIX}top", 1, title, "appendix", (*record_document.intro, facts) if facts.items else record_document.intro, page_break=True)
    back = tuple(section for section in kept if section.part == "back")
    front = tuple(section for section in kept if section.part != "back")
    return replace(policy_document, sections=(*front, first, *map(_below, record_document.sections), *back))


def without_record(policy_document: Document) -> Document:
    """The policy without its record of participation: what people said of it, and who they are."""
    kept = tuple(section for section in policy_document.sections if not section.id.startswith(PREFIX))
    return replace(policy_document, sections=kept)


def _below(section: Section) -> Section:
    """A section of the record as part of the appendix."""
    return replace(section, id=PREFIX + section.id, level=2, part="appendix", page_break=False)


# ── from papers.yaml to a document ──


def _paper(id: PaperId, case: Case) -> Document:
    speech, paper = case.speech, case.speech.pack.papers.paper(id)
    manifest, language = speech.pack.manifest, speech.language
    with_contents = paper.contents is not None and all(speech.facts[name] for name in paper.contents)
    edition = manifest.edition
    return Document(
        kind=id,
        language=language,
        title=speech.plain(next(line.text for line in paper.title if speech.holds(line))),
        workplace=str(speech.facts["workplace"]),
        sections=tuple(_section(case, section) for section in paper.sections if speech.holds(section)),
        title_block=tuple((fact.label.in_(language), speech.runs(fact.value)) for fact in paper.title_block if speech.holds(fact)),
        contents=speech.pack.word("contents", language) if with_contents else "",
        origin=speech.pack.papers.origin.in_(language),
        edition=speech.pack.word("edition", language).replace("{edition}", edition),
        page_of=speech.pack.word("page_of", language),
    )


def _section(case: Case, section: PaperSection) -> Section:
    blocks = tuple(made for block in section.blocks if case.speech.holds(block) for made in _blocks(case, block))
    return Section(section.id, 1, case.speech.plain(section.heading), "body", blocks, sources=tuple(section.sources))


def _blocks(case: Case, block: PaperBlock) -> Iterator[Block]:
    if block.listing:
        yield from MAKERS[block.listing](case)
    elif block.paragraph or block.note:
        text = block.paragraph or block.note
        assert text
        yield Paragraph(case.speech.runs(text), "note" if block.note else "plain")
    else:
        yield from _lines(case, block)


def _lines(case: Case, block: PaperBlock) -> Iterator[Block]:
    """A list, lines to fill in, or places to sign; nothing when no line holds."""
    items = _said(case, block.bullets or block.numbered or block.signatures or block.fields or [])
    words = tuple("".join(run.words for run in runs) for runs in items)
    if not items:
        return
    if block.signatures:
        place, signature = (case.speech.pack.word(id, case.speech.language) for id in ("place_and_date", "signature"))
        yield Signatures(words, place, signature)
    elif block.fields:
        yield Fields(words)
    else:
        yield Bullets(items, numbered=block.numbered is not None)


def _said(case: Case, lines: list[PaperLine]) -> tuple[Runs, ...]:
    return tuple(case.speech.runs(line.text) for line in lines if case.speech.holds(line))


__all__ = ["case_paper", "decision", "record", "statement", "with_record", "without_record"]
