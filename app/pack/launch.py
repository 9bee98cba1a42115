"""The grammar of launch/*.yaml: what is said and handed out when a policy is in force, each item made from clauses of the policy."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.values.vocabulary import Tone

from .base import Id, Model, When
from .clause import Block
from .text import Text

ItemKind = Literal["text", "slides", "cards", "sheet"]
Fact = Literal["address", "since", "version", "readers", "comments", "one_comment", "changed_sections"]
FACTS: frozenset[str] = frozenset(Fact.__args__)  # type: ignore[attr-defined]
RECORD = frozenset({"readers", "comments", "one_comment", "changed_sections"})  # what was said of the drafts
Only = Literal["text", "lights"]


class LaunchPart(Model):
    """A passage, a slide, a card or a section of an item.

    It says in its `blocks` what the clauses `made_from` say, by the same answers; and it `takes` the first section of these that stands in the
    policy, as it was decided: all of it, or `only` its text or its board. It stands when one of the clauses does (a part about what was said of
    the draft has none), `when` holds, every fact that it `needs` is known and none that it stands `without`. `notes` are for whoever speaks.
    """

    id: Id
    heading: Text | None = None
    when: When = {}
    needs: list[Fact] = []
    without: list[Fact] = []
    made_from: list[Id] = []
    takes: list[Id] = []
    only: Only | None = None
    tone: Tone | None = None
    blocks: list[Block] = []
    notes: list[Block] = []

    @property
    def clauses(self) -> list[Id]:
        """Every clause that it is made from."""
        return list(dict.fromkeys([*self.takes, *self.made_from]))


class LaunchItem(Model):
    """One thing to send, show, say or hand out. `about` tells HR when it is of use; `most` is how many characters a text may have."""

    id: Id
    kind: ItemKind
    title: Text
    about: Text
    subject: Text | None = None
    most: Annotated[int, Field(gt=0)] | None = None
    per_sheet: Literal[4, 8] | None = None
    parts: list[LaunchPart]
