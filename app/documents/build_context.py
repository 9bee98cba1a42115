"""What every block of a document is made from: the content, the answers that stand, and the words in one language."""

from __future__ import annotations

from app.pack.answers import Standing
from app.pack.model import Pack
from app.pack.text import Language

from .interpolation import Wording


class BuildContext:
    """One pack, one set of answers, one language. `words` notes which questions and sources were used."""

    def __init__(self, pack: Pack, now: Standing, language: Language) -> None:
        self.pack = pack
        self.now = now
        self.words = Wording(pack, now, language)
