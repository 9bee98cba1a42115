"""What is frozen when a text is signed for: the policy with its record of participation, and the papers for those who decide."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.documents import frozen, papers
from app.documents.model import Document, Paragraph, Run
from app.documents.record import Decided, Record
from app.models.policy import Policy
from app.models.versions import Decision, Version
from app.pack.load import the_pack
from app.pack.text import Language
from app.services.reviews.record import record_from, record_of
from app.ui_texts import say

from .situation import Situation
from .transitions import Frozen, Given


def text_of(found: Situation, because: str = "") -> Frozen:
    """The policy as it reads now, with what was said about it as its last appendix. `because` tells why nobody was asked."""
    draft, pack, language = found.draft, found.draft.pack, found.policy.language
    proposed = found.changed.drafted(language)
    said = _named(record_from(found.policy, found.round, found.meetings, found.changed), proposed)
    told = _with_reason(papers.record(pack, said, language), because, language)
    whole = papers.with_record(proposed, told, pack)
    document = frozen.freeze(whole)
    mark = frozen.text_hash(document)
    case = papers.case_paper(pack, said, whole, language, draft=draft, version=found.next_number, fingerprint=mark)
    return Frozen(document, mark, {"record": frozen.freeze(told), "case_paper": frozen.freeze(case)}, pack.manifest.edition)


def paper_of(policy: Policy, version: Version, given: Given) -> dict[str, Any]:
    """The record of a decision, frozen."""
    whole = version.thawed
    said = replace(_named(record_of(policy), whole), version=version.number)
    decided = Decided(
        on=given.decided_on, body=given.body, body_name=given.body_name, case_number=given.case_number, present=given.present,
        result=given.result, dissent=given.dissent, in_force_from=given.in_force_from, text_hash=version.text_hash, version=version.number,
    )  # fmt: skip
    return frozen.freeze(papers.decision(the_pack(), said, decided, version.language, policy_document=whole))


def recorded(decision: Decision) -> Given:
    """What a decision says, to be recorded once more for the text that carries it out."""
    return Given(**{name: getattr(decision, name) for name in Given._fields})


def _named(said: Record, document: Document) -> Record:
    """The record under the title of this very text: no version was read when there was no review."""
    return replace(said, policy_title=document.title)


def _with_reason(record: Document, because: str, language: Language) -> Document:
    """The record, with what HR said about how the others had their part when there was neither review nor meeting."""
    if not because.strip():
        return record
    words = (Paragraph((Run(say("ready_reason_in_record", language), "strong"),)), Paragraph((Run(because),), "own"))
    return replace(record, intro=(*record.intro, *words))


__all__ = ["paper_of", "recorded", "text_of"]
