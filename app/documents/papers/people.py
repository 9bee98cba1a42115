"""Who was asked, who answered, what they say of the process and of the whole, and the meetings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.documents.interpolation import capital, paragraphs, tidy
from app.documents.model import Block, Bullets, Run, Runs, Subheading, Table
from app.documents.record import Meeting, Voice
from app.pack.engine import MEETINGS

from .elements import NOTHING, Case, cells, clipped, lines, own_words
from .facts import has_answered

_SHORT = 160


def own_statement(case: Case) -> Iterator[Block]:
    """Their statement, paragraph by paragraph."""
    yield from own_words(case.voice.statement if case.voice else "")


def own_checklist(case: Case) -> Iterator[Block]:
    """What they say about the process."""
    speech = case.speech
    given = {question: (answer, note) for question, answer, note in (case.voice.checklist if case.voice else ())}
    labels = {answer.id: answer.label.in_(speech.language) for answer in speech.pack.review.process_answers}
    asked = [question for question in speech.pack.review.process if question.id in given]
    rows = tuple(
        cells(question.text.in_(speech.language), labels.get(given[question.id][0], NOTHING), tidy(given[question.id][1]) or NOTHING)
        for question in asked
    )
    if rows:
        yield Table("", (speech.word("question"), speech.word("answer"), speech.word("note")), rows, (0.46, 0.16, 0.38))


def voices(case: Case) -> Iterator[Block]:
    """Who was invited, in which role, and how far each came."""
    speech = case.speech
    rows = tuple(
        cells(tidy(v.name) or speech.word("nobody"), capital(speech.role(v.role)) or NOTHING, _invited(case, v), _part(case, v))
        for v in case.record.voices
    )
    if rows:
        yield Table("", tuple(map(speech.word, ("who", "role", "invited", "part_taken"))), rows, (0.27, 0.26, 0.24, 0.23))


def _invited(case: Case, voice: Voice) -> str:
    by_hand = case.speech.word("link_by_hr", date=case.speech.day(voice.link_made_on)) if voice.link_made_on else ""
    parts = (case.speech.day(voice.invited_on), case.speech.word("by_link") if voice.by_link else "", by_hand)
    return ", ".join(part for part in parts if part) or NOTHING


def _part(case: Case, voice: Voice) -> str:
    wrote = has_answered(case.record, voice)
    seen = "opened" if voice.opened else "undelivered" if voice.undelivered else "not_opened"
    return case.speech.word("finished" if voice.finished else "remarked" if wrote else seen)


def who_answered(case: Case) -> Iterator[Block]:
    """Who has answered and who has not, each on one line."""
    speech = case.speech
    groups = {True: "have_answered", False: "have_not_answered"}
    names = {done: [speech.who(v) for v in case.record.voices if has_answered(case.record, v) is done] for done in groups}
    items = tuple((Run(f"{speech.word(groups[done])} ", "strong"), Run("; ".join(found) + ".")) for done, found in names.items() if found)
    if items:
        yield Bullets(items)


def meetings(case: Case) -> Iterator[Block]:
    """The meetings: when, which, who was there, what was said."""
    speech = case.speech
    rows = tuple(
        cells(speech.day(m.on) or NOTHING, _meeting(case, m), lines(m.present) or NOTHING, lines(m.said) or NOTHING) for m in case.record.meetings
    )
    if rows:
        yield Table("", tuple(map(speech.word, ("date", "meeting", "present", "said"))), rows, (0.2, 0.19, 0.25, 0.36))


def _meeting(case: Case, meeting: Meeting) -> str:
    column = case.speech.pack.questions[MEETINGS].column("how")
    known = column.option(meeting.kind) if column else None
    return known.label.in_(case.speech.language) if known else case.speech.word("meeting")


def meetings_short(case: Case) -> Iterator[Block]:
    """Each meeting on one line."""
    items = tuple(_meeting_runs(case, meeting) for meeting in case.record.meetings)
    if items:
        yield Bullets(items)


def _meeting_runs(case: Case, meeting: Meeting) -> Runs:
    present = clipped(tidy(meeting.present), _SHORT)
    there = f" {case.speech.word('present')}: {present.removesuffix('.')}." if present else ""
    on = case.speech.day(meeting.on)
    return (Run(f"{on}: " if on else "", "strong"), Run(f"{_meeting(case, meeting)}.{there}"))


def statements(case: Case) -> Iterator[Block]:
    """Every statement in full."""
    for voice in case.record.voices:
        if paragraphs(voice.statement):
            yield Subheading(case.speech.who(voice))
            yield from own_words(voice.statement)


def process(case: Case) -> Iterator[Block]:
    """How many gave each answer about the process, then what they added."""
    speech = case.speech
    given = [(v, question, answer, tidy(note)) for v in case.record.voices for question, answer, note in v.checklist]
    answers = speech.pack.review.process_answers
    asked = [q for q in speech.pack.review.process if any(question == q.id for _, question, _, _ in given)]
    tally = Counter((question, answer) for _, question, answer, _ in given)
    rows = tuple(cells(q.text.in_(speech.language), *(str(tally[q.id, a.id] or NOTHING) for a in answers)) for q in asked)
    if rows:
        header = (speech.word("question"), *(answer.label.in_(speech.language) for answer in answers))
        yield Table("", header, rows, (0.64, *(round(0.36 / len(answers), 4) for _ in answers)))
    for question in asked:
        notes = tuple((Run(f"{speech.who(v)}: ", "strong"), Run(note)) for v, id, _, note in given if id == question.id and note)
        if notes:
            yield Subheading(question.text.in_(speech.language))
            yield Bullets(notes)
