"""Each annex of the whole policy as a document of its own: the same words, for whoever needs only them.

Which clauses make one up stands in the content (`annex`). It can be had at every length, and whichever appendices stand in the policy itself.
"""

from __future__ import annotations

from dataclasses import replace

from app.pack.engine import APPENDICES, LENGTH, LENGTHS
from app.pack.model import Pack
from app.pack.text import Text

from . import assemble
from .draft import Draft
from .model import Document, Run, Section
from .own_blocks import heading_of


def whole(draft: Draft) -> Document:
    """The policy with all its annexes, whatever was chosen."""
    return assemble.policy(_with_every_annex(draft))


def offered(draft: Draft) -> dict[str, Text]:
    """The annexes that there are for these answers, by name, and what each is called."""
    now = _with_every_annex(draft).standing
    return {name: heading_of(now, clause) for name, clause in draft.pack.annexes.items() if now.holds(clause.when)}


def _with_every_annex(draft: Draft) -> Draft:
    every = [option.id for option in draft.pack.questions[APPENDICES].options]
    return replace(draft, answers={**draft.answers, LENGTH: LENGTHS[-1], APPENDICES: every})


def annex(pack: Pack, name: str, policy: Document, words: Document | None = None) -> Document | None:
    """The annex `name` of `policy`, with what stands above the policy's words; none when it has none.

    Its own words are those of `words`, where they do not stand in the policy.
    """
    found = sections_of(pack, name, policy) or (sections_of(pack, name, words) if words else ())
    if not found:
        return None
    first, *rest = found
    return replace(
        policy,
        kind="annex",
        title=_unnumbered(first),
        intro=first.blocks,
        sections=tuple(replace(section, level=1, title=_unnumbered(section), page_break=False) for section in rest),
        status=((pack.word("annex_to", policy.language), (Run(policy.title),)), *policy.status),
        contents="",
        open_points=(),
        edition=policy.edition.partition(" · ")[0],  # the check code is that of the whole text
        fingerprint="",
    )


def sections_of(pack: Pack, name: str, policy: Document) -> tuple[Section, ...]:
    """The sections of the policy that make up the annex."""
    found = (policy.section(clause.id) for clause in pack.clauses if clause.annex == name)
    return tuple(section for section in found if section)


def _unnumbered(section: Section) -> str:
    """What a section is called without "Vedlegg 4: ", which it has in the policy."""
    return section.title.partition(": ")[2] if section.part == "appendix" and section.level == 1 else section.title


__all__ = ["annex", "offered", "sections_of", "whole"]
