"""What was said and decided about one policy, as plain values: who was asked, what they said, what was answered, what stands.

The papers are made from these (papers.py). Ids are those of content/rusoff/review and papers.yaml. Whatever real life leaves out is empty or None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.values.vocabulary import CommentKind, Result, StoredOutcome

from .compare import SectionChange


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who was asked to read. `statement` is their own text as a whole; `checklist` has question id, answer id and note.

    `link_made_on`: HR made a link for them, though they have an address; whoever has it speaks in their name.
    `undelivered`: the invitation did not arrive.
    """

    id: str
    name: str = ""
    role: str = ""
    invited_on: date | None = None
    by_link: bool = False
    opened: bool = False
    finished: bool = False
    statement: str = ""
    checklist: tuple[tuple[str, str, str], ...] = ()
    link_made_on: date | None = None
    undelivered: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment on one section, with the answer. `wording` is how they would put it; `stands` says that they still disagree.

    `base` is the text that they read. `changed` is a fact and no promise: the section reads otherwise now.
    """

    number: int
    section_id: str
    section_title: str
    voice_id: str
    kind: CommentKind
    text: str
    wording: str = ""
    outcome: StoredOutcome = ""
    answer: str = ""
    answered_on: date | None = None
    reply: str = ""
    stands: bool = False
    base: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting about the policy."""

    on: date | None = None
    kind: str = ""
    present: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything about one round of reading. `changes` are the sections that read otherwise than when somebody said something about them."""

    workplace: str
    policy_title: str
    unit: str = ""
    version: int = 1
    sent_on: date | None = None
    answer_by: date | None = None
    sees_others: bool = False
    voices: tuple[Voice, ...] = ()
    remarks: tuple[Remark, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    without_amu: bool = False
    changes: tuple[SectionChange, ...] = ()

    def voice(self, id: str) -> Voice:
        """Who said it; one without a name when they are no longer there."""
        return next((voice for voice in self.voices if voice.id == id), Voice(id))

    @property
    def standing(self) -> tuple[Remark, ...]:
        """What the parties did not agree on."""
        return tuple(remark for remark in self.remarks if remark.stands)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about one exact text. `body` is an id; `body_name` what the body calls itself."""

    on: date | None = None
    body: str = ""
    body_name: str = ""
    case_number: str = ""
    present: str = ""
    result: Result = "adopted"
    dissent: str = ""
    in_force_from: date | None = None
    text_hash: str = ""
    version: int = 1
    recorded_on: date | None = None
