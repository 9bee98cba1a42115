"""What follows from drafts in use, kept between requests.

It is the same until somebody saves. A save gives the draft another revision, so that what is kept is not used again; a deleted draft is forgotten at
once, by every cache there is.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, ClassVar, Generic, TypeVar

from app.models.policy import Policy

KEPT = 128
T = TypeVar("T")


class RevisionCache(Generic[T]):
    """What `work_out` gives for the drafts used last. What is kept is not to be changed by whoever gets it."""

    all: ClassVar[list[RevisionCache[Any]]] = []

    def __init__(self, work_out: Callable[[Policy], T]) -> None:
        self.work_out = work_out
        self._kept: OrderedDict[str, tuple[int, T]] = OrderedDict()
        self._lock = Lock()
        self.all.append(self)

    def of(self, policy: Policy) -> T:
        """What follows from `policy` as it is stored."""
        with self._lock:
            found = self._kept.get(policy.id)
        if found and found[0] == policy.revision:
            return found[1]
        made = self.work_out(policy)
        with self._lock:
            self._kept[policy.id] = (policy.revision, made)
            self._kept.move_to_end(policy.id)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def forget(self, policy: Policy) -> None:
        """Keep nothing of this draft."""
        with self._lock:
            self._kept.pop(policy.id, None)


def forget(policy: Policy) -> None:
    """Keep nothing of a draft that is deleted."""
    for cache in RevisionCache.all:
        cache.forget(policy)
