"""The standing answers of drafts in use: sorting out which answers stand is a third of the work of showing a page."""

from __future__ import annotations

from app.models.policy import Policy
from app.pack.answers import Standing, standing
from app.pack.load import the_pack

from .revision_cache import RevisionCache

_standings: RevisionCache[Standing] = RevisionCache(lambda policy: standing(the_pack(), policy.answers))


def standing_of(policy: Policy) -> Standing:
    """What stands now for `policy`, as stored. Not to be changed by whoever gets it."""
    return _standings.of(policy)
