"""The comments with their answers: whole, in short, and what stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby

from app.documents.compare import SectionChange, hunks, is_addition
from app.documents.interpolation import capital, tidy
from app.documents.model import Block, Cell, Paragraph, Run, Runs, Subheading, Table
from app.documents.record import Remark

from .elements import NOTHING, Case, cells, clipped, kind, lines, own_words, sections_of, stands, title_of
from .facts import has_changed, is_promised, only_supports, unanswered
from .text import small

_COLUMN = 1400  # letters in a column of the record
_LONGEST = 600  # letters of one remark in the case paper, which is to be short
_HUNKS = 4  # so many changes of one section are told
_SENTENCE = 400  # letters of one of them


def own_remarks(case: Case) -> Iterator[Block]:
    """Their comments, section by section."""
    mine = [remark for remark in case.record.remarks if case.voice and remark.voice_id == case.voice.id]
    for title, remarks in sections_of(case, mine):
        yield Subheading(title)
        for remark in remarks:
            still = f". {stands(case)}" if remark.stands else ""
            yield from own_words(remark.text or NOTHING, f"{case.speech.word('number', n=remark.number)} · {kind(case, remark)}{still}")
            yield from _wish(case, remark)


def _wish(case: Case, remark: Remark) -> Iterator[Block]:
    """How they would put it, set apart from what they say about it."""
    label, words = _proposed(case, remark)
    if words:
        yield Paragraph((Run(f"{label}\n", "strong"), Run(words)), "note")


def _proposed(case: Case, remark: Remark) -> tuple[str, str]:
    """How they would put it, and what that is called. Where they wrote a text anew that stays mostly as it is, only what differs is told."""
    speech, wording = case.speech, lines(remark.wording)
    if wording and remark.base and not is_addition(remark.base, remark.wording):
        found = hunks(lines(remark.base).split("\n"), wording.split("\n"))
        marked = [(id, words) for hunk in found for id, words in (("struck", hunk.before), ("new_text", hunk.after)) if words]
        told = "\n".join(f"{speech.word(id)} {speech.word('quoted', words=words)}" for id, words in marked)
        if told and len(told) < len(wording):
            return speech.word("wish_changes"), told
    return speech.word("wish"), wording


def counts(case: Case) -> Iterator[Block]:
    """How many comments, and what became of them; a line only where there is something to count."""
    speech, remarks = case.speech, case.record.remarks
    numbers = Counter(_outcome(case, remark) for remark in remarks if remark.outcome and not only_supports(remark))
    found = [(words.removesuffix("."), numbers[words]) for words in _outcomes(case) if words in numbers]
    found.append((speech.pack.review.kind("support").label.in_(speech.language), sum(map(only_supports, remarks))))
    found.append((speech.word("unanswered"), sum(map(unanswered, remarks))))
    found.append((speech.word("total"), len(remarks)))
    if remarks:
        rows = tuple(cells(label, str(n)) for label, n in found if n)
        yield Table("", (speech.word("remarks"), speech.word("how_many")), rows, (0.7, 0.3))


def remarks(case: Case) -> Iterator[Block]:
    """Every comment with the answer beside it, section by section; a very long one across the page, with the answer below it."""
    header = tuple(map(case.speech.word, ("who", "remark", "answer")))
    for title, found in sections_of(case, case.record.remarks):
        yield Subheading(title)
        for long, group in groupby(found, key=_is_long):
            if long:
                yield from (block for remark in group for block in _across(case, remark))
                continue
            rows = tuple((_who_cell(case, r), Cell(_remark_runs(case, r)), Cell(_answer_runs(case, r))) for r in group)
            yield Table("", header, rows, (0.25, 0.4, 0.35))


def _is_long(remark: Remark) -> bool:
    """Whether it would fill a column of more than half a page."""
    return max(len(remark.text) + len(remark.wording), len(remark.answer) + len(remark.reply)) > _COLUMN


def _across(case: Case, remark: Remark) -> Iterator[Block]:
    speech = case.speech
    who = f"{speech.word('number', n=remark.number)} · {speech.who(case.record.voice(remark.voice_id))} · {kind(case, remark)}"
    yield from own_words(remark.text or NOTHING, who)
    label, words = _proposed(case, remark)
    yield from own_words(words, label)
    yield Paragraph(_answer_runs(case, remark))


def _who_cell(case: Case, remark: Remark) -> Cell:
    voice, speech = case.record.voice(remark.voice_id), case.speech
    name, role = tidy(voice.name), capital(speech.role(voice.role))
    who = "\n".join(part for part in (name, role) if part) or speech.word("nobody")
    return Cell((Run(f"{speech.word('number', n=remark.number)}\n{who}"),))


def _remark_runs(case: Case, remark: Remark) -> Runs:
    found = (Run(f"{kind(case, remark)}. ", "strong"), Run(lines(remark.text) or NOTHING))
    label, words = _proposed(case, remark)
    if not words:
        return found
    is_whole = label == case.speech.word("wish")
    said = f" {case.speech.word('quoted', words=words)}" if is_whole else f"\n{words}"
    return (*found, Run(f"\n{label}", "strong"), Run(said))


def _answer_runs(case: Case, remark: Remark) -> Runs:
    """The outcome, the answer, when it came, and what they said to it."""
    speech = case.speech
    found = [Run(_outcome(case, remark), "strong" if remark.outcome else "plain")]
    if tidy(remark.answer):
        found.append(Run(f" {lines(remark.answer)}"))
    if remark.answered_on:
        found.append(Run(f"\n{speech.word('answer_of', date=speech.day(remark.answered_on))}"))
    if tidy(remark.reply):
        found += [Run(f"\n{speech.word('reply')} ", "strong"), Run(lines(remark.reply))]
    return (*found, Run(f"\n{stands(case)}", "strong")) if remark.stands else tuple(found)


def _outcome(case: Case, remark: Remark) -> str:
    known = next((o for o in case.speech.pack.review.outcomes if o.id == remark.outcome), None)
    if known:
        label = known.planned if is_promised(remark) and known.planned else known.label
        return f"{label.in_(case.speech.language)}."
    return case.speech.word("not_answered" if unanswered(remark) else "no_answer_needed")


def _outcomes(case: Case) -> list[str]:
    """Everything that `_outcome` may say of an answered comment, in order."""
    outcomes = case.speech.pack.review.outcomes
    return [f"{text.in_(case.speech.language)}." for one in outcomes for text in (one.label, one.planned) if text]


def remarks_short(case: Case) -> Iterator[Block]:
    """One line for each section: which comments there are, and what became of them, by number."""
    speech = case.speech
    rows = []
    for title, found in sections_of(case, case.record.remarks):
        kinds = _by(case, found, lambda remark: kind(case, remark))
        waited = [remark for remark in found if remark.outcome or unanswered(remark)]
        outcomes = _by(case, waited, lambda remark: _outcome(case, remark).removesuffix("."))
        rows.append(cells(title, kinds, outcomes or NOTHING))
    if rows:
        yield Table("", tuple(map(speech.word, ("section", "remarks", "answers"))), tuple(rows), (0.36, 0.32, 0.32), style="fine")


def _by(case: Case, found: list[Remark], word: Callable[[Remark], str]) -> str:
    """The numbers of the remarks, gathered under a word: Forslag (nr. 3 og 5); uenighet (nr. 7)."""
    groups: dict[str, list[str]] = {}
    for remark in found:
        groups.setdefault(word(remark), []).append(str(remark.number))
    said = [f"{small(name)} ({case.speech.word('numbers', n=case.speech.joined(numbers))})" for name, numbers in groups.items()]
    return capital("; ".join(said))


def taken_in(case: Case) -> Iterator[Block]:
    """The sections that were changed, because of which comments, and what stood and stands there."""
    speech = case.speech
    changed = [remark for remark in case.record.remarks if has_changed(remark)]
    rows = [
        cells(f"{title}: {speech.word('numbers', n=speech.joined([str(r.number) for r in found]))}", *_before_and_now(case, found[0]))
        for title, found in sections_of(case, changed)
    ]
    if rows:
        yield Table("", tuple(map(speech.word, ("section", "before", "now"))), tuple(rows), (0.26, 0.37, 0.37))


def _before_and_now(case: Case, remark: Remark) -> tuple[str, str]:
    """What stood and what stands where a comment was taken in; for one about the whole, the names of the sections that changed."""
    if not remark.section_id:
        return NOTHING, "\n".join(change.title for change in case.record.changes) or NOTHING
    change = next((one for one in case.record.changes if one.section_id == remark.section_id), None)
    return _told(case, change) if change else (NOTHING, NOTHING)


def _told(case: Case, change: SectionChange) -> tuple[str, str]:
    if change.state != "changed":
        return (NOTHING, case.speech.word("section_new")) if change.state == "added" else (NOTHING, case.speech.word("section_gone"))
    found = change.hunks[:_HUNKS]
    rest = [case.speech.word("more_changes")] if len(change.hunks) > _HUNKS else []
    sides = ([clipped(words, _SENTENCE) for words in side if words] for side in ([h.before for h in found], [h.after for h in found]))
    before, now = ("\n".join([*side, *rest]) or NOTHING for side in sides)
    return before, now


def standing(case: Case) -> Iterator[Block]:
    """Every disagreement that stands, whole."""
    for remark in case.record.standing:
        yield from _standing(case, remark, 0)


def standing_short(case: Case) -> Iterator[Block]:
    """The same, but long texts cut, with where to find the rest."""
    for remark in case.record.standing:
        yield from _standing(case, remark, _LONGEST)


def _standing(case: Case, remark: Remark, longest: int) -> Iterator[Block]:
    speech = case.speech
    rest = speech.word("clipped", n=remark.number)
    label, proposed = _proposed(case, remark)
    text, wording, answer, reply = (
        clipped(words, longest, rest) if longest else words for words in (lines(remark.text), proposed, lines(remark.answer), lines(remark.reply))
    )
    yield Subheading(f"{speech.word('number', n=remark.number)} · {title_of(case, remark)}")
    yield from own_words(text or NOTHING, speech.who(case.record.voice(remark.voice_id)))
    yield from own_words(wording, label)
    if answer:
        yield Paragraph((Run(f"{speech.word('employers_answer')} ", "strong"), Run(answer)))
    yield from own_words(reply, speech.word("reply"))
