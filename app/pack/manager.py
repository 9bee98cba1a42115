"""The grammar of manager.yaml: two pages for a manager with a telephone in hand, step by step, made of what the clauses say."""

from __future__ import annotations

from typing import Literal

from .base import Id, Key, Model, When
from .clause import Block
from .text import Text

PageId = Literal["now", "talk"]


class ManagerStep(Model):
    """One step: it `takes` blocks and lines of clauses by `clause.id`, and says in its own `blocks` what they do not. An `aside` has no number."""

    id: Id
    heading: Text
    when: When = {}
    takes: list[Key] = []
    blocks: list[Block] = []
    aside: bool = False


class ManagerPage(Model):
    """One page. Where the workplace has worded the section of `clause` itself, that section stands in place of the steps."""

    id: PageId
    title: Text
    lead: Text
    clause: Id
    steps: list[ManagerStep]


class ManagerPages(Model):
    """manager.yaml."""

    pages: list[ManagerPage]
