"""Which outputs a version keeps, and the frozen document of each."""

from __future__ import annotations

from typing import Any

from app.documents.outputs import Output, outputs_from
from app.models.versions import Decision, Version
from app.pack.clause import Clause
from app.pack.load import the_pack
from app.pack.text import Language, Text


def frozen_of(output: Output, version: Version, decision: Decision | None) -> dict[str, Any] | None:
    """The frozen document of an output; none when this version has no such document."""
    if output.kind == "policy":
        return version.document
    if output.annex:
        return version.document if output.annex in kept_annexes(version) else None
    if output.kind == "decision":
        return decision.paper if decision else None
    return (version.papers or {}).get(output.kind) or None


def kept_annexes(version: Version) -> dict[str, Text]:
    """The annexes that stand in the frozen text, by name, and what each is called."""
    kept = {section["id"]: section["title"] for section in version.document.get("sections", ())}
    return {name: _heading(clause, kept[clause.id], version.language) for name, clause in the_pack().annexes.items() if clause.id in kept}


def _heading(clause: Clause, title: str, language: Language) -> Text:
    """Which of its headings the clause bore when the text was frozen."""
    return next((line.text for line in clause.headings if title.endswith(line.text.in_(language))), clause.heading)


def kept_outputs(version: Version, decision: Decision | None) -> list[Output]:
    """The outputs that this version keeps, in the order in which a page shows them."""
    return [output for output in outputs_from(the_pack(), "version") if frozen_of(output, version, decision)]
