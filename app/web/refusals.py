"""Why something is not done: an exception for each reason, raised where it is found. A feature draws the page of each in a handler.

Here are those that several features raise. What only one feature can run into stands in its `context.py` or `blueprint.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from werkzeug.exceptions import Conflict

from app.models.policy import Policy

Lines = Sequence[tuple[str, list[str]]]


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
