"""From content and answers to a document: pure, no clock, no chance.

The same answers in the same language give the same document. Every section knows which answers and which sources it came from.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TypedDict

from app.pack.engine import LENGTHS, WORKPLACE_NAME
from app.pack.model import Clause, Guide

from .blocks import Builder
from .draft import Draft
from .interpolation import Wording
from .model import Document, Paragraph, Runs, Seal, Section
from .policy_sections import draft_only, plain_sections, sections_of
from .seal import seal_of


def policy(draft: Draft) -> Document:
    """The policy as the answers give it.

    While something is open or blocks, it is a draft: with the word in its header, and its open points and findings at the end. When nothing is, it
    is a proposal, until a decision is laid over it (stamp.py).
    """
    build = Builder(draft)
    return replace(
        _front(build),
        sections=tuple(sections_of(build)),
        contents=build.words.word("contents") if draft.length == LENGTHS[-1] else "",
        draft=_status(build),
        seal=_seal(build),
        open_points=tuple(q.id for q in draft.open_questions),
        **_frame(build.words),
    )


def sections(draft: Draft, wanted: Collection[str]) -> tuple[Section, ...]:
    """The sections `wanted` of the policy, by their ids, those that stand in it; just as they read there, without the rest being made."""
    return tuple(sections_of(Builder(draft), wanted))


def front(draft: Draft) -> Document:
    """The title of the policy and the lines under it, alone."""
    return _front(Builder(draft))


def _front(build: Builder) -> Document:
    status, block = (_title_lines(build, until_decided) for until_decided in (True, False))
    return Document(
        kind="policy",
        language=build.draft.language,
        title=build.words.plain(build.pack.manifest.title),
        workplace=_workplace(build.words),
        sections=(),
        title_block=block,
        status=status,
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
        sections=tuple(plain_sections(build, draft.pack.rules.sections)),
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
        sections=tuple(plain_sections(build, [c for c in guide.sections if draft.standing.holds(c.when)])),
        draft=_draft_if_marked(build.words),
        **_frame(build.words),
    )


def clause(draft: Draft, source: Clause) -> Section:
    """One clause alone, as a section without a number."""
    return plain_sections(Builder(draft), [source])[0]


def plain(draft: Draft, sources: list[Clause]) -> list[Section]:
    """Clauses without numbers, those that have something to say."""
    return plain_sections(Builder(draft), sources)


def sheet(draft: Draft, title: str, sections: tuple[Section, ...]) -> Document:
    """Sections that are made already, in the frame of every document."""
    words = Wording(draft.pack, draft.standing, draft.language)
    return Document(kind="guide", language=draft.language, title=title, workplace=_workplace(words), sections=sections, **_frame(words))


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


def _workplace(words: Wording) -> str:
    question = words.pack.questions[WORKPLACE_NAME]
    return words.answer(question, words.now.values.get(question.id))


__all__ = ["clause", "draft_only", "front", "guide", "plain", "policy", "poster", "questionnaire", "questions", "rules", "sections", "sheet"]
