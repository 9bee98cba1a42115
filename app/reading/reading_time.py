"""How long reading takes, reckoned from the words of what is to be read.

Adults read Norwegian texts of the length of a section aloud at 204 words a minute: the mean of 25 readers, SD 31, in "Validation of the Norwegian
International Reading Speed Texts (IReST) in adult readers with normal vision", Scandinavian Journal of Optometry and Visual Science 17. What it takes
to think a section over is our own estimate, and so is the time of a comment, which is told beside the figure and not put into it: nobody knows how
many there will be.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from app.documents.compare import lines_of
from app.documents.model import Section

WORDS_A_MINUTE = 200
SECONDS_A_SECTION = 20
MINUTES_A_COMMENT = 2
STEP = 5  # a figure that is an estimate is not told more exactly than this


def words_in(section: Section) -> int:
    """How many words somebody reads who reads all of a section."""
    return sum(len(line.split()) for line in lines_of(section))


def minutes(sections: Sequence[Section]) -> int:
    """The minutes that these sections take, rounded up."""
    needed = sum(map(words_in, sections)) / WORDS_A_MINUTE + len(sections) * SECONDS_A_SECTION / 60
    return max(1, ceil(needed / STEP)) * STEP
