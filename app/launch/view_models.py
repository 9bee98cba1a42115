"""What the page "Gjør den kjent" shows, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from app.documents.compare import NUMBER
from app.documents.launch import Item
from app.documents.render.copied import text_of
from app.pack.text import Language
from app.web.view_models import AddressOf, Link, Message, Words, message

from .files import KitFile

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


class FileCard(NamedTuple):
    """Something to fetch, in one or more formats."""

    id: str
    title: str
    about: Words
    made_from: str
    warnings: tuple[Message, ...]
    files: tuple[Link, ...]


class Page(NamedTuple):
    """The page in one of the languages that the kit can be had in."""

    languages: tuple[Link, ...]
    chosen: Language
    texts: tuple[TextCard, ...]
    files: tuple[FileCard, ...]
    everything: str
    open_page: Link | None
    applies: Message


class Visit(NamedTuple):
    """Who looks at the page of which policy, and how addresses are made."""

    policy: str
    owns: bool
    address: AddressOf


def page_of(visit: Visit, number: int, files: Iterable[KitFile], languages: Iterable[Language], chosen: Language, published: bool) -> Page:
    """The page of the version `number` of a policy. An owner is told where the page for everybody is opened, as long as it is closed."""
    found, id = tuple(files), visit.policy
    return Page(
        languages=tuple(Link(message(f"nav_language_{one}"), visit.address("launch.page_in", id=id, spoken=one), one) for one in languages),
        chosen=chosen,
        texts=tuple(_card(file.item) for file in found if file.item and file.ending == "txt"),
        files=tuple(_files(visit, chosen, found)),
        everything=visit.address("launch.everything", id=id, spoken=chosen),
        open_page=Link(message("publish_title"), visit.address("publishing.settings", id=id)) if visit.owns and not published else None,
        applies=message("launch_of_version", number=number),
    )


def _files(visit: Visit, language: Language, found: Iterable[KitFile]) -> Iterator[FileCard]:
    """A card for each thing that is fetched: its files follow one another."""
    for id, group in groupby((file for file in found if file.ending != "txt"), key=lambda file: file.name.rpartition(".")[0]):
        files = list(group)
        item = files[0].item
        links = (_link(visit, language, file) for file in files)
        about: Words = item.about if item else message(f"launch_{id}")
        yield FileCard(id, files[0].title, about, _made_from(item), tuple(_warnings(item)), tuple(links))


def _link(visit: Visit, language: Language, file: KitFile) -> Link:
    words = message("launch_get", format=message(f"launch_format_{file.ending}"))
    return Link(words, visit.address("launch.file", id=visit.policy, spoken=language, item=file.name), file.title)


def _made_from(item: Item | None) -> str:
    return "; ".join(NUMBER.sub("", section.title) for section in item.sections) if item else ""


def _card(item: Item) -> TextCard:
    text = text_of(item)
    return TextCard(
        id=item.id,
        title=item.title,
        about=item.about,
        subject=item.subject,
        text=text,
        rows=min(MOST_ROWS, sum(1 + len(line) // ROW for line in text.split("\n"))),
        made_from=_made_from(item),
        warnings=tuple(_warnings(item)),
    )


def _warnings(item: Item | None) -> Iterator[Message]:
    if item is None:
        return
    if any(part.in_own_words for part in item.parts):
        yield message("launch_own_words")
    if any(part.is_open for part in item.parts):
        yield message("launch_open")
