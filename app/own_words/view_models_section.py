"""What the page of one section shows around its form, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from app.documents.compare import DiffPart, diff_words
from app.documents.own_words import SectionWords
from app.pack.text import Language
from app.web.urls import own_words_address
from app.web.view_models import AddressOf, Link, Message, Notice, message

from .context import IN, OwnPlace, Place


class Button(NamedTuple):
    """A button that sends the form: what it does, what it says, and how it looks."""

    do: str
    words: Message
    variant: str = "secondary"
    about: str = ""


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A section beside its form. What is not there is an empty tuple, so that the template only loops."""

    lead: Message
    others: tuple[Link, ...]
    notices: tuple[Notice, ...]
    stored: tuple[str, ...]
    moved_on: tuple[tuple[DiffPart, ...], ...]
    aside: tuple[str, ...]
    begin: tuple[Button, ...]
    restore: tuple[Button, ...]
    buttons: tuple[Button, ...]


def page_of(place: Place, is_begun: bool, is_stale: bool, address: AddressOf) -> SectionPage:
    """The page: `is_begun` when a rewording stands in the form, `is_stale` when somebody else saved meanwhile."""
    words = place.words
    moved_on = (diff_words(words.standard, place.standard.text),) if place.has_moved_on else ()
    return SectionPage(
        lead=message(f"own_words_lead_{place.language}"),
        others=_others(place.policy.id, place.clause.id, place.others, address),
        notices=tuple(_notices(place, is_stale)),
        stored=_texts(words) if is_stale else (),
        moved_on=moved_on,
        aside=(words.aside,) if words.aside else (),
        begin=(Button("begin", message("own_words_begin")),) if place.may_reword and not is_begun else (),
        restore=(Button("restore", message("own_words_restore")),) if place.may_reword else (),
        buttons=tuple(_buttons(words, bool(moved_on))),
    )


def _others(id: str, section: str, languages: Iterable[Language], address: AddressOf) -> tuple[Link, ...]:
    """The ways to what is said of the section in other languages."""
    return tuple(Link(message(f"own_words_see_{one}"), own_words_address(id, section, address, **{IN: one})) for one in languages)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A section of one's own around its form."""

    title: Message
    lead: Message
    others: tuple[Link, ...]
    notices: tuple[Notice, ...]
    stored: tuple[str, ...]


def own_page_of(place: OwnPlace, is_stale: bool, address: AddressOf) -> OwnPage:
    """The page. A new section has no words in any language."""
    is_new, words = not place.section.words, place.words
    others = [language for language in place.section.words if language != place.language]
    return OwnPage(
        title=message("own_words_new" if is_new else "own_words_own"),
        lead=message(f"own_words_lead_{place.language}"),
        others=_others(place.policy.id, place.section.id, others, address),
        notices=(Notice("warning", (message("own_words_stale"),)),) if is_stale else (),
        stored=tuple(text for text in (words.heading, words.text) if text and is_stale),
    )


def _notices(place: Place, is_stale: bool) -> Iterator[Notice]:
    if is_stale:
        yield Notice("warning", (message("own_words_stale"),))
    if not place.stands:
        yield Notice("info", (message("own_words_not_in_policy"),))
    if not place.may_reword:
        yield Notice("info", (message("own_words_fixed"),), quoted=place.words.rewording)


def _texts(words: SectionWords) -> tuple[str, ...]:
    return tuple(text for text in (words.addition, words.rewording) if text)


def _buttons(words: SectionWords, has_moved_on: bool) -> Iterator[Button]:
    yield Button("save", message("own_words_keep" if has_moved_on else "own_words_save"), "primary")
    if words.rewording:
        yield Button("standard", message("own_words_to_standard"))
