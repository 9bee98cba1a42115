"""Versions that a body has decided about: a workplace may have to show them in ten years, so nobody deletes them without being asked about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from app.models.db import db
from app.models.policy import Policy
from app.models.versions import Version
from app.values.vocabulary import VersionState

STATES: tuple[VersionState, ...] = ("decided", "in_force", "replaced")


class Lasting(NamedTuple):
    """One such version, and the policy that it is of."""

    policy: Policy
    version: Version

    @property
    def files(self) -> list[str]:
        """The names of its files that one keeps."""
        return ["policy.docx", "policy.pdf", *(["record.docx"] if "record" in (self.version.papers or {}) else [])]


def of_policy(policy: Policy) -> Sequence[Lasting]:
    """Those of one policy, the newest first."""
    return _found(Policy.id == policy.id)


def of_workplace(id: str) -> Sequence[Lasting]:
    """Those of every policy of a workplace, also in the archive."""
    return _found(Policy.workplace_id == id)


def _found(which: ColumnElement[bool]) -> Sequence[Lasting]:
    found = select(Policy, Version).join(Version, Version.policy_id == Policy.id).where(which, Version.state.in_(STATES))
    ordered = found.order_by(func.lower(Policy.unit), Policy.id, Version.number.desc())
    return [Lasting(policy, version) for policy, version in db.session.execute(ordered)]
