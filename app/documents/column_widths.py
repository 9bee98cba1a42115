"""How wide the columns of a table are: in proportion to what they hold, never narrower than their longest word, in a wider font than ours too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .model import Runs

_WORD = 0.0122  # of the width of the text, for each letter of a word in bold 10 points of DejaVu Sans
_MARGINS = 0.0225
_WIDEST = 0.36
_BREAKS = re.compile(r"[\s/–-]+")


def longest_word(cells: Sequence[Runs]) -> int:
    """The letters of the longest word in a column."""
    return max((len(word) for runs in cells for word in _BREAKS.split("".join([run.words for run in runs]))), default=0)


def fitted(shares: Sequence[float], longest: Sequence[int]) -> tuple[float, ...]:
    """The shares of the text's width, adding up to 1: columns too narrow for their longest word take room from those that have more than they need.

    One word alone never takes more than a third or so; where there is not enough room for all, each gets the same part of what it lacks.
    """
    total = sum(shares)
    wanted = [share / total for share in shares]
    needed = [min(_WIDEST, letters * _WORD + _MARGINS) for letters in longest]
    lacking = [max(0.0, need - share) for need, share in zip(needed, wanted, strict=True)]
    spare = [max(0.0, share - need) for need, share in zip(needed, wanted, strict=True)]
    moved = min(sum(lacking), sum(spare))
    if not moved:
        return tuple(round(share, 4) for share in wanted)
    give, take = moved / sum(spare), moved / sum(lacking)
    return tuple(round(share + lack * take - more * give, 4) for share, lack, more in zip(wanted, lacking, spare, strict=True))
