"""Why something is not done: an exception for each reason, raised where it is found. A feature draws the page of each in a handler.

Here are those that several features raise. What only one feature can run into stands in its `context.py` or `blueprint.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from werkzeug.exceptions import Conflict

from app.models.policy import Policy

Lines = Sequence[tuple[str, list[str]]]
_OF_THE_PAGE = frozenset({"csrf_token", "about", "then"})  # what the page of a refusal says itself


def fields_to_keep(typed: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The fields of a form that go on from the page of a refusal."""
    return {name: words for name, words in typed.items() if name not in _OF_THE_PAGE}


class ArchivedError(Conflict):
    """A policy in the archive is only read. `policy_id` is the one that somebody wanted to change."""

    def __init__(self, policy_id: str) -> None:
        super().__init__()
        self.policy_id = policy_id


class LockedError(Conflict):
    """The answers stand behind a text that somebody signed for, so they are not changed before the text is opened.

    `then` says where the change goes once the text is open, `kept` holds the fields that go there, `shown` what they say in words.
    """

    def __init__(self, policy: Policy, then: str, kept: Mapping[str, list[str]] | None = None, shown: Lines = ()) -> None:
        super().__init__()
        self.policy, self.then, self.kept, self.shown = policy, then, kept or {}, shown
