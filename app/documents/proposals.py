"""A reader's wording of a section, made into own words of the workplace: a sentence is added, and a section written anew is a rewording."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from .compare import body_of, is_addition
from .model import Block, Section
from .own_blocks import Standard, typed
from .own_words import OwnText, SectionWords

_ALIKE = 0.6  # so like must a line be to one of the text to be the same line, changed
_MARKS = ("- ", "1. ")


def taken_in(words: SectionWords, wording: str, read: Section, standard: Standard) -> SectionWords:
    """The own words of a section with a proposal taken in. `read` is the section as the reader saw it, `standard` the standard text of today.

    What a proposal puts anew takes the place of an addition that the reader saw; a rewording that gives way is kept aside.
    """
    if not standard.text or _is_added(wording, read):
        return replace(words, addition=_joined(words.addition, wording))
    was_read = set(words.addition.split("\n")) <= set(_as_typed(read))
    return SectionWords(
        addition="" if was_read else words.addition,
        rewording=_typed_anew(wording, read, standard.stays),
        standard=standard.text,
        aside=words.rewording or words.aside,
    )


def taken_in_own(text: OwnText, wording: str, read: Section) -> OwnText:
    """The same for a section that the workplace wrote itself."""
    return replace(text, text=_joined(text.text, wording) if _is_added(wording, read) else _typed_anew(wording, read, ()))


def _is_added(wording: str, read: Section) -> bool:
    return is_addition("\n".join(body_of(read)), wording)


def _joined(before: str, after: str) -> str:
    return "\n".join(part for part in (before, after.strip()) if part)


def _as_typed(read: Section) -> list[str]:
    return [line for block in read.blocks for line in typed([block]).split("\n")]


def _typed_anew(wording: str, read: Section, stays: tuple[Block, ...]) -> str:
    """The wording as somebody would type it: readers see no marks of bullets and strong words. What stays beside it is left out."""
    left_out = set(_said(read, stays))
    marked = {said: line for block in read.blocks for said, line in zip(_said(read, (block,)), typed([block]).split("\n"), strict=False)}
    lines = (line.strip() for line in wording.splitlines())
    return "\n".join(_marked(line, marked) for line in lines if line and line not in left_out)


def _said(read: Section, blocks: tuple[Block, ...]) -> Iterator[str]:
    yield from body_of(replace(read, blocks=blocks))


def _marked(line: str, marked: dict[str, str]) -> str:
    """The line with the marks that it had; one that was changed is still a bullet."""
    if line in marked:
        return marked[line] or line
    like = get_close_matches(line, marked, 1, _ALIKE)
    mark = next((mark for mark in _MARKS if like and marked[like[0]].startswith(mark[0])), "")
    return line if line.startswith(mark) else mark + line
