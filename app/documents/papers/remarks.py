"""The comments with their answers: whole, in short, and what stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby

from app.documents.model import Block, Bullets, Cell, Paragraph, Run, Runs, Subheading, Table
from app.documents.record import Remark
from app.documents.wording import capital, tidy

from .facts import CHANGED, only_supports, unanswered
from .pieces import NOTHING, Case, cells, clipped, kind, lines, own_words, sections_of, stands, title_of
from .words import small

_COLUMN = 1400  # letters in a column of the record
_LONGEST = 600  # letters of one remark in the case paper, which is to be short


def own_remarks(case: Case) -> Iterator[Block]:
    """Her comments, section by section."""
    mine = [remark for remark in case.record.remarks if case.voice and remark.voice_id == case.voice.id]
    for title, remarks in sections_of(case, mine):
        yield Subheading(title)
        for remark in remarks:
            still = f". {stands(case)}" if remark.stands else ""
            yield from own_words(remark.text or NOTHING, f"{case.speech.word('number', n=remark.number)} · {kind(case, remark)}{still}")
            yield from _wish(case, remark)


def _wish(case: Case, remark: Remark) -> Iterator[Block]:
    """How she would put it, set apart from what she says about it."""
    if tidy(remark.wording):
        yield Paragraph((Run(f"{case.speech.word('wish')}\n", "strong"), Run(lines(remark.wording))), "note")


def counts(case: Case) -> Iterator[Block]:
    """How many comments, and what became of them; a line only where there is something to count."""
    speech, remarks = case.speech, case.record.remarks
    review, language = speech.pack.review, speech.language
    numbers = Counter(remark.outcome for remark in remarks if not only_supports(remark))
    found = [(outcome.label.in_(language), numbers[outcome.id]) for outcome in review.outcomes]
    found.append((review.kind("support").label.in_(language), sum(map(only_supports, remarks))))
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
    yield from own_words(remark.wording, speech.word("wish"))
    yield Paragraph(_answer_runs(case, remark))


def _who_cell(case: Case, remark: Remark) -> Cell:
    voice, speech = case.record.voice(remark.voice_id), case.speech
    name, role = tidy(voice.name), capital(speech.role(voice.role))
    who = "\n".join(part for part in (name, role) if part) or speech.word("nobody")
    return Cell((Run(f"{speech.word('number', n=remark.number)}\n{who}"),))


def _remark_runs(case: Case, remark: Remark) -> Runs:
    found = (Run(f"{kind(case, remark)}. ", "strong"), Run(lines(remark.text) or NOTHING))
    if not tidy(remark.wording):
        return found
    quote = case.speech.word("quoted", words=lines(remark.wording))
    return (*found, Run(f"\n{case.speech.word('wish')} ", "strong"), Run(quote))


def _answer_runs(case: Case, remark: Remark) -> Runs:
    """The outcome, the answer, when it came, and what she said to it."""
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
        return f"{known.label.in_(case.speech.language)}."
    return case.speech.word("not_answered" if unanswered(remark) else "no_answer_needed")


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
    """The numbers of the remarks, gathered under a word: Forslag nr. 3 og 5, uenig nr. 7."""
    groups: dict[str, list[str]] = {}
    for remark in found:
        groups.setdefault(word(remark), []).append(str(remark.number))
    said = [f"{small(name)} {case.speech.word('numbers', n=case.speech.joined(numbers))}" for name, numbers in groups.items()]
    return capital("; ".join(said))


def taken_in(case: Case) -> Iterator[Block]:
    """The sections that were changed, and because of which comments."""
    changed = [remark for remark in case.record.remarks if remark.outcome in CHANGED]
    items = [(title, [str(r.number) for r in found]) for title, found in sections_of(case, changed)]
    if items:
        numbers = case.speech.word
        yield Bullets(tuple((Run(f"{title}: "), Run(numbers("numbers", n=case.speech.joined(found)))) for title, found in items))


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
    text, wording, answer, reply = (
        clipped(words, longest, rest) if longest else words for words in map(lines, (remark.text, remark.wording, remark.answer, remark.reply))
    )
    yield Subheading(f"{speech.word('number', n=remark.number)} · {title_of(case, remark)}")
    yield from own_words(text or NOTHING, speech.who(case.record.voice(remark.voice_id)))
    yield from own_words(wording, speech.word("wish"))
    if answer:
        yield Paragraph((Run(f"{speech.word('employers_answer')} ", "strong"), Run(answer)))
    yield from own_words(reply, speech.word("reply"))
