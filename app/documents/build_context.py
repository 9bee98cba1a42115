"""What every block of a document is made from: the content, the answers that stand, and the words in one language."""

from __future__ import annotations

from .draft import Draft
from .interpolation import Wording


class BuildContext:
    """One draft. `now` is what stands in it; `words` notes which questions and sources were used."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.pack = draft.pack
        self.now = draft.standing
        self.words = Wording(draft.pack, draft.standing, draft.language)
