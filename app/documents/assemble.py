"""From content and answers to a document: pure, no clock, no chance.

The same answers in the same language give the same document. Every section knows which answers and which sources it came from.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict

from app.pack.engine import LENGTH, LENGTHS, WORKPLACE_NAME
from app.pack.model import Clause, Guide, Pack

from .blocks import Builder
from .draft import Draft
from .interpolation import Wording
from .model import Block, Bullets, Document, Fields, Paragraph, Runs, Seal, Section, Signatures
from .own_blocks import Piece, heading_of, laid_over, pieces, with_own_sections
from .seal import seal_of

DRAFT_ONLY = frozenset({"open_points", "findings"})


def policy(draft: Draft) -> Document:
    """The policy as the answers give it.

    While something is open or blocks, it is a draft: with the word in its header, and its open points and findings at the end. When nothing is, it
    is a proposal, until a decision is laid over it (stamp.py).
    """
    build = Builder(draft)
    clauses = [c for c in draft.pack.clauses if draft.standing.holds(c.when) and (draft.is_unfinished or not _is_for_drafts(c))]
    sections = _numbered(_worded(build, clauses), build)
    title = build.words.plain(draft.pack.manifest.title)
    status, block = (_title_lines(build, until_decided) for until_decided in (True, False))
    return Document(
        kind="policy",
        language=draft.language,
        title=title,
        workplace=_workplace(build.words),
        sections=tuple(sections),
        title_block=block,
        status=status,
        contents=build.words.word("contents") if draft.length == LENGTHS[-1] else "",
        draft=_status(build),
        seal=_seal(build),
        open_points=tuple(q.id for q in draft.open_questions),
        **_frame(build.words),
    )


def _title_lines(build: Builder, until_decided: bool) -> tuple[tuple[str, Runs], ...]:
    """The lines under the title that apply now: those that a decision takes the place of, or the others."""
    lines = [line for line in build.pack.manifest.title_block if line.until_decided is until_decided and build.now.holds(line.when)]
    return tuple((line.label.in_(build.words.language), build.words.runs(line.value)) for line in lines)


def rules(draft: Draft) -> Document:
    """The ground rules on one page, as much of a draft as the policy is. They do not say where they come from: the page is full."""
    build = Builder(draft.at_length(LENGTHS[0]))
    found = Document(
        kind="rules",
        language=draft.language,
        title=build.words.plain(draft.pack.rules.title),
        workplace=_workplace(build.words),
        sections=tuple(_sections(build, draft.pack.rules.sections)),
        draft=_status(build),
        seal=_seal(build),
        **_frame(build.words),
    )
    return replace(found, origin="")


def poster(draft: Draft) -> Document:
    """The ground rules as a poster: the same words, on a larger sheet."""
    return replace(rules(draft), kind="poster")


def questionnaire(draft: Draft) -> Document:
    """The employee questionnaire on two pages, with the statements that these answers call for."""
    build = Builder(draft)
    source = draft.pack.questionnaire
    intro = tuple(Paragraph(build.words.runs(text), "lead" if at == 0 else "plain") for at, text in enumerate(source.intro))
    closing = Paragraph(build.words.runs(source.closing), "note")
    last = Section("open_questions", 1, build.words.word("in_own_words"), "body", (*build.open_questions(), closing))
    return Document(
        kind="questionnaire",
        language=draft.language,
        title=build.words.plain(draft.pack.manifest.questionnaire_title),
        workplace=_workplace(build.words),
        sections=(*build.theme_sections(), last),
        intro=intro,
        draft=_draft_if_marked(build.words),
        **_frame(build.words),
    )


def guide(draft: Draft, guide: Guide) -> Document:
    """A guide of the pack, such as the facilitator's: how to run the questionnaire, and dilemmas chosen by the answers."""
    build = Builder(draft)
    return Document(
        kind="guide",
        language=draft.language,
        title=build.words.plain(guide.title),
        workplace=_workplace(build.words),
        sections=tuple(_sections(build, [c for c in guide.sections if draft.standing.holds(c.when)])),
        draft=_draft_if_marked(build.words),
        **_frame(build.words),
    )


def clause(draft: Draft, source: Clause) -> Section:
    """One clause alone, as a section without a number."""
    return _section(Builder(draft), source)[0]


def questions(draft: Draft) -> Document:
    """All questions on paper, to prepare a meeting. The answers of the draft are none."""
    build = Builder(draft)
    return Document(
        kind="questions",
        language=draft.language,
        title=build.words.plain(draft.pack.manifest.questions_title),
        workplace="",
        sections=tuple(build.question_sections()),
        contents=build.words.word("contents"),
        **_frame(build.words),
    )


def _status(build: Builder) -> str:
    """The mark of what nobody has decided yet."""
    return build.words.word("draft" if build.draft.is_unfinished else "proposal")


def _seal(build: Builder) -> Seal:
    """The same on page one."""
    return seal_of(build.pack, build.draft.language, "draft" if build.draft.is_unfinished else "proposal")


def _draft_if_marked(words: Wording) -> str:
    """The word for a draft, when the document shows that something is not decided. Asked last, when all its words are there."""
    return words.word("draft") if words.marks else ""


class _Frame(TypedDict):
    origin: str
    edition: str
    page_of: str


def _frame(words: Wording) -> _Frame:
    """What every document carries: where it comes from, its content edition, and the words of the page number."""
    return {
        "origin": words.plain(words.pack.manifest.origin),
        "edition": words.word("edition", edition=words.pack.manifest.edition),
        "page_of": words.word("page_of"),
    }


def draft_only(pack: Pack) -> frozenset[str]:
    """The sections that stand in a draft alone: they go when it is done, which is no change of the policy."""
    return frozenset(clause.id for clause in pack.clauses if _is_for_drafts(clause))


def _is_for_drafts(clause: Clause) -> bool:
    return any(block.listing in DRAFT_ONLY for block in clause.blocks)


def _workplace(words: Wording) -> str:
    question = words.pack.questions[WORKPLACE_NAME]
    return words.answer(question, words.now.values.get(question.id))


def _worded(build: Builder, clauses: list[Clause]) -> list[Section]:
    """The sections of the policy, with what the workplace says in its own words."""
    standard = (_section(build, clause) for clause in clauses)
    return _that_speak(with_own_sections(build, [laid_over(build, section, found) for section, found in standard]))


def _sections(build: Builder, clauses: list[Clause]) -> list[Section]:
    return _that_speak([_section(build, clause)[0] for clause in clauses])


def _that_speak(sections: list[Section]) -> list[Section]:
    spoken = [s for at, s in enumerate(sections) if s.blocks or _has_children(sections, at)]
    return [replace(s, blocks=tuple(_one_list(s.blocks))) for s in spoken]


def _one_list(blocks: tuple[Block, ...]) -> list[Block]:
    """The blocks, with bullets that follow bullets in one list: the content keeps them apart only for a condition, or because some are fixed."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Bullets) and isinstance(last, Bullets) and not block.numbered and not last.numbered:
            found[-1] = Bullets((*last.items, *block.items))
        else:
            found.append(block)
    return found


def _has_children(sections: list[Section], at: int) -> bool:
    """Whether a chapter without words of its own has a sub-chapter that says something."""
    below = sections[at + 1 : at + 2]
    return sections[at].level == 1 and any(s.level == 2 for s in below)


def _section(build: Builder, clause: Clause) -> tuple[Section, tuple[Piece, ...]]:
    """The standard text of a clause, as a section and in its pieces."""
    build.words.used = dict.fromkeys(key.partition(".")[0] for key in clause.when)
    title = build.words.plain(heading_of(build.now, clause))
    standard = pieces(build, clause)
    for source in clause.blocks:
        build.words.used.update(dict.fromkeys(key.partition(".")[0] for key in source.when))
    section = Section(
        id=clause.id,
        level=clause.level,
        title=title,
        part=clause.part,
        blocks=tuple(piece.block for piece in standard),
        answers=tuple(id for id in build.words.used if id != LENGTH),
        sources=tuple(clause.sources),
    )
    return section, standard


def _numbered(sections: list[Section], build: Builder) -> list[Section]:
    """Chapters numbered 1, 1.1 …; appendices as "Vedlegg 1"; the end matter without a number."""
    chapter = sub = appendix = 0
    found: list[Section] = []
    for section in sections:
        label = ""
        if section.part == "appendix" and section.level == 1:
            appendix += 1
            label = f"{build.words.word('appendix')} {appendix}: "
        elif section.part == "body" and section.level == 1:
            chapter, sub = chapter + 1, 0
            label = f"{chapter} "
        elif section.part == "body":
            sub += 1
            label = f"{chapter}.{sub} "
        found.append(replace(section, title=label + section.title, page_break=_is_sheet(section)))
    return found


def _is_sheet(section: Section) -> bool:
    """Whether the section is a sheet to take out and use, which begins on a page of its own: something to fill in, or what to do at once."""
    used = any(isinstance(block, Fields | Signatures) for block in section.blocks)
    urgent = [isinstance(block, Paragraph) and block.style == "note" for block in section.blocks[:1]] == [True]
    return section.part == "appendix" and section.level == 1 and (used or urgent)


__all__ = ["clause", "draft_only", "guide", "policy", "poster", "questionnaire", "questions", "rules"]
