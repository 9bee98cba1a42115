"""The grammar of public.yaml: what the page shows that everybody at a workplace can read."""

from __future__ import annotations

from .base import Id, Model
from .clause import Clause
from .text import Text


class First(Model):
    """A section that stands first, under its own heading or another one. One that stands `again` is there in the whole policy below as well.

    With `tables`, only its tables are shown.
    """

    section: Id
    heading: Text | None = None
    again: bool = False
    tables: bool = False


class PublicRules(Model):
    """public.yaml: what is `first`, which sections are left out, and what to do at once when somebody seems to be under the influence."""

    first: list[First]
    left_out: list[Id]
    now: Clause
