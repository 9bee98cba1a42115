"""Findings: what is wrong, missing or contradictory in the answers. The rules are data, in checks.yaml; this is how they are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from app.pack.answers import Answers, Standing, free_texts, standing
from app.pack.model import Check, HighWithout, Later, Pack, Question
from app.pack.question import GridRow
from app.pack.text import DocumentLanguage
from app.values.vocabulary import Severity

from .answer_holes import marked
from .own_words import OwnWords
from .risk_bands import GRAVEST, score_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `blocks` keeps a policy from being called ready; `warns` advises. `mend` is the id of the question that mends it.

    `section` is the one in which the workplace wrote it in its own words, and where it is mended; blank for what stands in an answer.
    """

    id: str
    severity: Severity
    message: str
    why: str
    mend: str
    sources: tuple[str, ...]
    section: str = ""


def findings(pack: Pack, answers: Answers, language: DocumentLanguage) -> list[Finding]:
    """All findings for these answers, those that block first, each group in the order of the questions.

    `answers` as stored (see app.pack.answers); the words come in `language`.
    """
    return findings_of(standing(pack, answers), language)


def findings_of(now: Standing, language: DocumentLanguage, own_words: OwnWords | None = None) -> list[Finding]:
    """The same, for answers that are already sorted out, and for what the workplace says in its own words."""
    checked = _checked(now, language)
    told = {f.mend for f in checked if f.severity == "blocks"}
    own = _in_own_words(now, language, own_words) if own_words else ()
    found = [*_missing(now, language), *checked, *(f for f in _unfinished(now, language) if f.mend not in told), *own]
    place = {id: at for at, id in enumerate(now.pack.questions)}
    return sorted(found, key=lambda f: (f.severity != "blocks", place[f.mend]))


def open_questions(now: Standing) -> list[Question]:
    """The questions that are open: said to be undecided, required and not answered, blank where the policy prints them, or begun and not finished."""
    blank = marked(now)
    return [q for id, q in now.pack.questions.items() if id in now.asked and (id in blank or _is_unsaid(now, q) or now.unfinished(q))]


def _is_unsaid(now: Standing, question: Question) -> bool:
    return now.is_undecided(question.id) or (question.required and (now.is_blank(question.id) or _is_only_suggested(now, question)))


def _is_only_suggested(now: Standing, question: Question) -> bool:
    return question.id in now.values and question.id not in now.confirmed


def _missing(now: Standing, language: DocumentLanguage) -> list[Finding]:
    word = now.pack.word
    return [
        Finding(
            id=f"missing-{question.id}",
            severity="blocks",
            message=word(_missing_word(now, question), language).replace("{label}", question.label.in_(language)),
            why=word("missing_why", language),
            mend=question.id,
            sources=tuple(question.sources),
        )
        for question in open_questions(now)
        if question.required and _is_unsaid(now, question)
    ]


def _missing_word(now: Standing, question: Question) -> str:
    return "unconfirmed_answer" if _is_only_suggested(now, question) else "missing_answer"


def _unfinished(now: Standing, language: DocumentLanguage) -> list[Finding]:
    """For each question with records that somebody began and did not finish, which they are."""
    found = {id: now.unfinished(question) for id, question in now.pack.questions.items()}
    return [_unfinished_in(now.pack, now.pack.questions[id], rows, language) for id, rows in found.items() if rows]


def _unfinished_in(pack: Pack, question: Question, rows: list[tuple[GridRow | None, int]], language: DocumentLanguage) -> Finding:
    label, names = question.label.in_(language), ", ".join(_named(pack, row, at, language) for row, at in rows)
    return Finding(
        id=f"unfinished-{question.id}",
        severity="blocks",
        message=pack.word("unfinished_answer", language).replace("{label}", label).replace("{rows}", names),
        why=pack.word("unfinished_why", language),
        mend=question.id,
        sources=tuple(question.sources),
    )


def _named(pack: Pack, row: GridRow | None, at: int, language: DocumentLanguage) -> str:
    """The row as it is called on the page."""
    if row is None:
        return f"{pack.word('own_line', language)} {at}"
    if row.label:
        return row.label.in_(language)
    return row.own_label.strip() or f"{pack.word('own_row', language)} {row.id.rpartition('_')[2]}"


def _checked(now: Standing, language: DocumentLanguage) -> list[Finding]:
    return [_finding(check, language) for check in now.pack.checks if applies(check, now)]


def _finding(check: Check, language: DocumentLanguage, section: str = "") -> Finding:
    id = f"{check.id}-{section}" if section else check.id
    return Finding(id, check.severity, check.message.in_(language), check.why.in_(language), check.mend, tuple(check.sources), section)


def _in_own_words(now: Standing, language: DocumentLanguage, own_words: OwnWords) -> list[Finding]:
    """What the checks of words find in own words that stand in the policy: each once in a section."""
    clauses = {clause.id: clause for clause in now.pack.clauses if now.holds(clause.when)}
    texts = list(own_words.standing(clauses))
    checks = [check for check in now.pack.checks if check.words and _is_reached(check, now)]
    found = ((check, dict.fromkeys(section for section, text in texts if _pattern_of(check).search(text))) for check in checks)
    return [_finding(check, language, section) for check, sections in found for section in sections]


def _is_reached(check: Check, now: Standing) -> bool:
    """Whether the answers are those that the check is about."""
    is_spared = any(now.holds({key: wanted}) for key, wanted in check.unless.items())
    return now.holds(check.when) and not is_spared and all(holds(now) for holds in _rules_of(check))


def _rules_of(check: Check) -> Iterator[Callable[[Standing], bool]]:
    """What else must hold, beside answers that are chosen."""
    if check.later:
        yield partial(_is_later, check.later)
    if check.high_without:
        yield partial(_has_high_without, check.high_without)


def applies(check: Check, now: Standing) -> bool:
    """Whether all conditions of `check` hold."""
    return check.mend in now.asked and _is_reached(check, now) and (check.words is None or _is_said(check, now))


def _has_high_without(rule: HighWithout, now: Standing) -> bool:
    question, records = now.pack.questions[rule.question], now.values.get(rule.question) or {}
    high = (record for record in records.values() if score_of(question, record) >= GRAVEST.least)
    return any(not (record.get(rule.column) or "").strip() for record in high)


def _is_later(rule: Later, now: Standing) -> bool:
    try:
        start = date.fromisoformat(now.values.get(rule.than) or "")
        end = date.fromisoformat(now.values.get(rule.question) or "")
    except (ValueError, TypeError):
        return False
    months = (end.year - start.year) * 12 + end.month - start.month
    return months > rule.months or (months == rule.months and end.day > start.day)


def _is_said(check: Check, now: Standing) -> bool:
    pattern = _pattern_of(check)
    return any(pattern.search(text) for id in now.asked for text in free_texts(now.pack.questions[id], now.values.get(id)))


def _pattern_of(check: Check) -> re.Pattern[str]:
    return _pattern(tuple(word for words in (check.words or {}).values() for word in words))


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words, whatever the case; a `*` at the end stands for any ending."""
    alternatives = (re.escape(word.rstrip("*")).replace(r"\ ", r"\s+") + (r"\w*" if word.endswith("*") else "") for word in words)
    return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)", re.IGNORECASE)
