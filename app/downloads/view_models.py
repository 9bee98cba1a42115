"""What the page of documents shows, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.documents.outputs import Output
from app.web.view_models import AddressOf, ContentWords, Link, Message, Notice, OutputButton, OutputWords, Tag, Words, message

from .lengths import Length

RULES = "rules"  # the length that is one sheet; and the output that is that sheet, for whoever has chosen another length


class LengthCard(NamedTuple):
    """One length of the policy: what it is, how long, a picture of its first page, whether it is a draft, and its files."""

    id: str
    name: Words
    tags: tuple[Tag, ...]
    figures: Message
    holds: Words
    picture: str
    files: tuple[Link, ...]
    is_chosen: bool


class OutputRow(NamedTuple):
    """One more document: what it is, in a few words, and its files."""

    title: Words
    text: Words
    files: tuple[Link, ...]


def length_cards(lengths: Iterable[Length], outputs: Iterable[Output], id: str, address: AddressOf) -> list[LengthCard]:
    """A card for each length, the shortest first."""
    known = {output.id: output for output in outputs}
    return [_length_card(one, known, id, address) for one in lengths]


def _length_card(one: Length, outputs: dict[str, Output], id: str, address: AddressOf) -> LengthCard:
    is_sheet = one.id == RULES and not one.is_chosen
    return LengthCard(
        id=one.id,
        name=ContentWords(one.name),
        tags=tuple(_tags(one)),
        figures=message("download_length_figures", pages=one.pages, words=one.words),
        holds=ContentWords(one.holds) if one.holds else "",
        picture=address("documents.picture", id=id, length=one.id),
        files=tuple(_sheet(outputs[RULES], id, address) if is_sheet else _files(outputs["policy"], one, id, address)),
        is_chosen=one.is_chosen,
    )


def _tags(one: Length) -> Iterator[Tag]:
    if one.is_chosen:
        yield Tag(message("download_chosen"), "accent")
    yield Tag(message("download_is_draft"), "warning") if one.is_draft else Tag(message("download_is_proposal"))


def _files(output: Output, one: Length, id: str, address: AddressOf) -> Iterator[Link]:
    """The files of a length: those of the length that is chosen are the policy's own."""
    name = ContentWords(one.name)
    for file in output.files:
        if one.is_chosen:
            yield Link(OutputButton(file), address("documents.file", id=id, name=file.name))
        elif file.format != "html":
            yield Link(file.label, address("documents.at_length", id=id, length=one.id, format=file.format), name)


def _sheet(output: Output, id: str, address: AddressOf) -> Iterator[Link]:
    """The sheet with the ground rules, which there is at every length."""
    return (Link(file.label, address("documents.file", id=id, name=file.name), OutputWords(output, "heading")) for file in output.files)


def output_rows(outputs: Iterable[Output], is_signed: bool, sheet_is_shown: bool, id: str, address: AddressOf) -> list[OutputRow]:
    """The documents beside the policy. What a version keeps as well is given as it was signed for, and not here."""
    left_out = {"policy"} | ({RULES} if sheet_is_shown else set())
    shown = [output for output in outputs if output.id not in left_out and not (is_signed and "version" in output.sources)]
    return [OutputRow(OutputWords(one, "heading"), OutputWords(one, "text"), tuple(_links(one, id, address))) for one in shown]


def _links(output: Output, id: str, address: AddressOf) -> Iterator[Link]:
    return (Link(file.label, address("documents.file", id=id, name=file.name), OutputWords(output, "heading")) for file in output.files)


def sheet_is_shown(cards: Iterable[LengthCard]) -> bool:
    """Whether the sheet with the ground rules has a card already."""
    return any(card.id == RULES and not card.is_chosen for card in cards)


def readiness_of(is_draft: bool, is_signed: bool, blocks: int, open: int, link: Link) -> Notice | None:
    """How ready the draft is: how many findings stop it, and how many points are open. Nothing of a text that was signed for and stands."""
    if is_draft:
        return Notice("warning", (message("download_draft", blocks=blocks, open=open),), link)
    return None if is_signed else Notice("success", (message("download_ready"),), link)


def logo_words(has_logo: bool) -> Message:
    """Whether the documents have a logo."""
    return message("download_logo_has" if has_logo else "download_logo_text")
