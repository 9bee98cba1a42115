"""What is so in one case: the facts that the sentences of papers.yaml may ask for (app.pack.papers.FACTS)."""

from __future__ import annotations

from collections import Counter
from datetime import date

from app.documents.draft import Draft
from app.documents.interpolation import Wording, day, paragraphs, tidy
from app.documents.model import Document
from app.documents.record import Decided, Record, Remark, Voice
from app.pack.engine import AMU, DECIDES, MADE_KNOWN, OWNER, REVIEW_DATE, TESTING, TESTS_POSITIONS
from app.pack.model import Pack
from app.pack.papers import CountId
from app.pack.text import DocumentLanguage, Language
from app.values.vocabulary import CHANGING_OUTCOMES

CODE = 8
Found = dict[str, str | int | bool]


def has_answered(record: Record, voice: Voice) -> bool:
    """Whether somebody has said that they are done, or has written anything."""
    return voice.finished or bool(voice.statement.strip()) or any(remark.voice_id == voice.id for remark in record.remarks)


def only_supports(remark: Remark) -> bool:
    """Whether it supports the text and changed nothing."""
    return remark.kind == "support" and remark.outcome in ("", "answered")


def unanswered(remark: Remark) -> bool:
    """Whether the employer owes an answer; support needs none."""
    return not remark.outcome and remark.kind != "support"


def has_changed(remark: Remark) -> bool:
    """Whether it was taken in, or met in another way, and the text reads otherwise because of it."""
    return remark.outcome in CHANGING_OUTCOMES and remark.changed


def is_promised(remark: Remark) -> bool:
    """Whether the answer says that the text has changed, while it reads as before."""
    return remark.outcome in CHANGING_OUTCOMES and not remark.changed


def common(pack: Pack, record: Record, language: Language) -> Found:
    """What every paper knows."""
    numbers = _numbers(record)
    return {
        "workplace": tidy(record.workplace),
        "unit": tidy(record.unit),
        "policy_title": tidy(record.policy_title),
        "version": record.version,
        "sent_on": _day(record.sent_on, language),
        "answer_by": _day(record.answer_by, language),
        "sees_others": record.sees_others,
        "without_amu": record.without_amu,
        **{id: _phrase(pack, id, n, language) for id, n in numbers.items()},
    }


def _numbers(record: Record) -> dict[CountId, int]:
    outcomes = Counter(remark.outcome for remark in record.remarks if not is_promised(remark))
    return {
        "invited": len(record.voices),
        "answered": sum(has_answered(record, voice) for voice in record.voices),
        "remarks": len(record.remarks),
        "taken_in": outcomes["taken_in"],
        "changed_otherwise": outcomes["changed_otherwise"],
        "unchanged": sum(map(is_promised, record.remarks)),
        "noted": outcomes["noted"],
        "not_taken_in": outcomes["not_taken_in"],
        "questions": sum(remark.outcome == "answered" and not only_supports(remark) for remark in record.remarks),
        "supports": sum(map(only_supports, record.remarks)),
        "unanswered": sum(map(unanswered, record.remarks)),
        "standing": len(record.standing),
        "meetings": len(record.meetings),
        "statements": sum(bool(paragraphs(voice.statement)) for voice in record.voices),
    }


def _phrase(pack: Pack, id: CountId, n: int, language: Language) -> str:
    count = pack.papers.counts[id]
    return (count.one if n == 1 else count.many).in_(language).replace("{n}", str(n)) if n else ""


def _day(on: date | None, language: Language) -> str:
    return day(on.isoformat(), language) if on else ""


def of_statement(record: Record, voice: Voice, role: str) -> Found:
    """What is so of one reader."""
    return {
        "name": tidy(voice.name),
        "role": role,
        "own_statement": bool(paragraphs(voice.statement)),
        "own_remarks": any(remark.voice_id == voice.id for remark in record.remarks),
        "own_checklist": bool(voice.checklist),
    }


def of_record(pack: Pack, record: Record, decided: Decided | None, language: Language) -> Found:
    """What is so of the whole round, and of the decision if there is one."""
    return {
        "changed": any(map(has_changed, record.remarks)),
        "checklists": any(voice.checklist for voice in record.voices),
        "decided": decided is not None,
        **_result(pack, decided, language),
    }


def _result(pack: Pack, decided: Decided | None, language: Language) -> Found:
    result = decided.result if decided else ""
    return {
        "decided_on": _day(decided.on, language) if decided else "",
        "body": body_of(pack, decided, language) if decided else "",
        "adopted": result == "adopted",
        "adopted_with_changes": result == "adopted_with_changes",
        "sent_back": result == "sent_back",
        "in_force_from": _day(decided.in_force_from, language) if decided else "",
    }


def body_of(pack: Pack, decided: Decided, language: DocumentLanguage) -> str:
    """The body that decided, by its own name or by what such bodies are called."""
    known = next((body for body in pack.review.bodies if body.id == decided.body), None)
    return tidy(decided.body_name) or (known.words.in_(language) if known else "")


def of_decision(pack: Pack, record: Record, decided: Decided, language: Language, numbers: str) -> Found:
    """What is so of the decision; its own version, not the one that was read."""
    return {
        **_result(pack, decided, language),
        "version": decided.version,
        "amu": decided.body == "amu",
        "case_number": tidy(decided.case_number),
        "present": bool(paragraphs(decided.present)),
        "dissent": bool(paragraphs(decided.dissent)),
        "fingerprint": grouped(decided.text_hash),
        "standing_numbers": numbers,
    }


def of_case(pack: Pack, record: Record, draft: Draft | None, language: Language) -> Found:
    """What the answers behind the policy say about who decides, who makes it known, and when it is looked at again."""
    answers, now = bool(draft and draft.answers), (draft or Draft(pack, {}, language)).standing
    words = Wording(pack, now, language)
    ids = {"owner": OWNER, "review_date": REVIEW_DATE, "decides": DECIDES}
    said = {name: words.answer(pack.questions[id], now.values.get(id)) if answers else "" for name, id in ids.items()}
    decides = now.values.get(DECIDES) if answers else None
    return {
        **said,
        "made_known": bool(draft and made_known(draft, language)),
        "decides": said["decides"] if decides != AMU else "",
        "amu_decides": not record.without_amu and decides in (None, AMU),
        "control": TESTS_POSITIONS in now.tokens(TESTING),
    }


def made_known(draft: Draft, language: Language) -> tuple[str, ...]:
    """The ways in which the policy is to be made known, in the words of the policy; none when nothing was answered."""
    chosen = draft.standing.values.get(MADE_KNOWN) if draft.answers else []
    return tuple((option.text or option.label).in_(language) for option in draft.pack.questions[MADE_KNOWN].options if option.id in (chosen or ()))


def open_labels(pack: Pack, document: Document) -> list[str]:
    """The questions of the policy that are still open."""
    return [pack.questions[id].label.in_(document.language) for id in document.open_points if id in pack.questions]


def code_of(text_hash: str) -> str:
    """The digits of a fingerprint that are printed, and read aloud in a meeting."""
    return grouped(tidy(text_hash)[:CODE])


def grouped(text_hash: str) -> str:
    """A fingerprint in groups of four, as one reads it aloud."""
    words = tidy(text_hash)
    return " ".join(words[at : at + 4] for at in range(0, len(words), 4))
