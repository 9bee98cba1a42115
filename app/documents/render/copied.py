"""A text of the launch kit as somebody copies it into a letter, a message or a page: words and line breaks alone."""

from __future__ import annotations

from app.documents.launch import Item, merged, situations_of
from app.documents.model import Block, Bullets, Run, Section, Table

from .plain import words_of


def text_of(item: Item) -> str:
    """The words of an item; those of a short message on one line."""
    words = [words_of(Section(part.id, 1, part.title, "body", merged(tuple(map(_listed, part.blocks))))) for part in item.parts]
    return " ".join(words) if item.source.most else "\n\n".join(words)


def _listed(block: Block) -> Block:
    """A board as a line for each light, for where there are no tables: the light, and the situations that have it."""
    if not isinstance(block, Table) or block.style != "board":
        return block
    names = [one.name for one in situations_of(block)]
    return Bullets(((Run(f"{block.header[0]}: {'; '.join(names)}"),),))
