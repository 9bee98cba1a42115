"""What the page "Gjør den kjent" shows, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.documents.compare import NUMBER
from app.documents.launch import Item
from app.pack.text import Language
from app.web.view_models import AddressOf, Link, Message, message

ROW = 80  # letters on a line of a field, about
MOST_ROWS = 18


class TextCard(NamedTuple):
    """A text to copy: the field it stands in is as high as it is long. `made_from` names sections; `warnings` say what to look at first."""

    id: str
    title: str
    about: str
    subject: str
    text: str
    rows: int
    made_from: str
    warnings: tuple[Message, ...]


class Page(NamedTuple):
    """The page in one of the languages that the kit can be had in."""

    languages: tuple[Link, ...]
    chosen: Language
    texts: tuple[TextCard, ...]
    open_page: Link | None
    applies: Message


def page_of(
    policy: str, number: int, items: Iterable[Item], languages: Iterable[Language], chosen: Language, owns: bool, published: bool, address: AddressOf
) -> Page:
    """The page of the version `number` of a policy. An owner is told where the page for everybody is opened, as long as it is closed."""
    found = tuple(items)
    return Page(
        languages=tuple(Link(message(f"nav_language_{one}"), address("launch.page_in", id=policy, spoken=one), one) for one in languages),
        chosen=chosen,
        texts=tuple(_card(item) for item in found if item.source.kind == "text"),
        open_page=Link(message("publish_title"), address("publishing.settings", id=policy)) if owns and not published else None,
        applies=message("launch_of_version", number=number),
    )


def _card(item: Item) -> TextCard:
    text = item.text
    return TextCard(
        id=item.id,
        title=item.title,
        about=item.about,
        subject=item.subject,
        text=text,
        rows=min(MOST_ROWS, sum(1 + len(line) // ROW for line in text.split("\n"))),
        made_from="; ".join(NUMBER.sub("", section.title) for section in item.sections),
        warnings=tuple(_warnings(item)),
    )


def _warnings(item: Item) -> Iterable[Message]:
    if any(part.in_own_words for part in item.parts):
        yield message("launch_own_words")
    if any(part.is_open for part in item.parts):
        yield message("launch_open")
