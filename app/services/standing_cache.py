"""The standing answers of drafts in use, kept between requests.

Sorting out which answers stand is a third of the work of showing a page, and gives the same until somebody saves. A save gives the draft another
revision, so that what is kept is not used again; a deleted draft is forgotten at once.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from app.models.policy import Policy
from app.pack.answers import Standing, standing
from app.pack.load import the_pack

KEPT = 128
_kept: OrderedDict[str, tuple[int, Standing]] = OrderedDict()
_lock = Lock()


def standing_of(policy: Policy) -> Standing:
    """What stands now for `policy`, as stored. Not to be changed by whoever gets it."""
    with _lock:
        revision, now = _kept.get(policy.id, (None, None))
    if now is None or revision != policy.revision:
        now = standing(the_pack(), policy.answers)
        _keep(policy, now)
    return now


def _keep(policy: Policy, now: Standing) -> None:
    with _lock:
        _kept[policy.id] = (policy.revision, now)
        _kept.move_to_end(policy.id)
        if len(_kept) > KEPT:
            _kept.popitem(last=False)


def forget(policy: Policy) -> None:
    """Keep nothing of a draft that is deleted."""
    with _lock:
        _kept.pop(policy.id, None)
