"""What a version is drawn with, read from the tables: its state, what was decided about it, and the days it applies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.documents import frozen
from app.documents.model import Document
from app.documents.record import Decided
from app.documents.stamp import Stage, Stamp, stamped
from app.models.db import db, only_read
from app.models.policy import Policy
from app.models.versions import Decision, Version
from app.pack.load import the_pack
from app.values.vocabulary import VersionState

from .situation import signed

STAGES: dict[VersionState, Stage] = {
    "in_review": "proposal", "closed": "proposal", "ready": "proposal", "void": "draft", "decided": "adopted", "in_force": "adopted",
    "replaced": "replaced",
}  # fmt: skip


def decided_of(decision: Decision) -> Decided:
    """A decision as plain values."""
    return Decided(
        on=decision.decided_on, body=decision.body, body_name=decision.body_name, case_number=decision.case_number, present=decision.present,
        result=decision.result, dissent=decision.dissent, in_force_from=decision.in_force_from, text_hash=decision.text_hash,
    )  # fmt: skip


def stamp_of(version: Version, decision: Decision | None) -> Stamp:
    """What is so of a version now."""
    return Stamp(
        number=version.number,
        stage=_stage(version, decision),
        fingerprint=version.text_hash,
        decided=decided_of(decision) if decision else None,
        applies_from=version.in_force_on or (decision.in_force_from if decision else None),
        replaced_from=version.until if version.state == "replaced" else None,
    )


def _stage(version: Version, decision: Decision | None) -> Stage:
    """What the version is; one that was adopted and then opened again does not hold any more."""
    return "lapsed" if version.state == "void" and decision is not None and decision.result == "adopted" else STAGES[version.state]


def stamps_of(version: Version, decision: Decision | None) -> list[Stamp]:
    """Every way in which the version may have been drawn so far, as it is drawn now first: a file may have been taken at any time."""
    now = stamp_of(version, decision)
    undecided = replace(now, decided=None, applies_from=None, replaced_from=None)
    found = [now, replace(undecided, stage="proposal"), replace(undecided, stage="draft")]
    if decision is not None and decision.result == "adopted":
        adopted = replace(now, stage="adopted", replaced_from=None)
        found += [adopted, replace(adopted, applies_from=decision.in_force_from)]
    return list(dict.fromkeys(found))


def document_of(version: Version, decision: Decision | None, values: dict[str, Any] | None = None) -> Document:
    """The frozen text of a version, or a paper that belongs to it, as it is drawn now.

    Raises FrozenError.
    """
    return stamped(the_pack(), version.thawed if values is None else frozen.thaw(values), stamp_of(version, decision))


def signed_document(policy: Policy) -> tuple[Version, Document] | None:
    """The version that a locked policy rests on, as it is drawn now; none for a draft, whose answers give the text."""
    if not policy.is_locked:
        return None
    only_read()
    version = signed(policy)
    return (version, document_of(version, db.session.get(Decision, version.id))) if version else None


__all__ = ["decided_of", "document_of", "signed_document", "stamp_of", "stamps_of"]
