"""The hourly work, one thing at a time: each in a transaction of its own, so that one failure keeps nothing else waiting."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from app.models.db import db

T = TypeVar("T")
log = logging.getLogger("rusoff")


def one_by_one(due: Iterable[T], do: Callable[[T], bool], what: str) -> int:
    """Do each and commit; how many were done. A failure is undone and logged as `what`, without a word of the data."""
    return sum(_one(each, do, what) for each in due)


def _one(each: T, do: Callable[[T], bool], what: str) -> bool:
    try:
        is_done = do(each)
        db.session.commit()
    except Exception as problem:  # noqa: BLE001 – whatever went wrong with this one, the next one is still to be done
        db.session.rollback()
        log.error("%s failed: %s", what, type(problem).__name__)
        return False
    return is_done
