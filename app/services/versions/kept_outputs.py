"""Which outputs a version keeps, and the frozen document of each."""

from __future__ import annotations

from typing import Any

from app.documents.outputs import Output, outputs_from
from app.models.versions import Decision, Version
from app.pack.load import the_pack


def frozen_of(output: Output, version: Version, decision: Decision | None) -> dict[str, Any] | None:
    """The frozen document of an output; none when this version has no such document."""
    if output.kind == "policy":
        return version.document
    if output.kind == "decision":
        return decision.paper if decision else None
    return (version.papers or {}).get(output.kind) or None


def kept_outputs(version: Version, decision: Decision | None) -> list[Output]:
    """The outputs that this version keeps, in the order in which a page shows them."""
    return [output for output in outputs_from(the_pack(), "version") if frozen_of(output, version, decision)]
