"""Why a section stands in what a reader reads, beside its answers and sources."""

from __future__ import annotations

from app.documents.model import Section
from app.web.view_models import Message, message


def why_own(section: Section | None) -> tuple[Message, ...]:
    """What the workplace wrote of the section itself."""
    return (message(f"reading_own_{section.own}"),) if section and section.own else ()


def why_always(section: Section | None) -> tuple[Message, ...]:
    """What is said of a section that no answer brings about; nothing of one that the workplace wrote whole."""
    return () if section and section.own == "whole" else (message("reading_why_none"),)
