"""Every file that is made: one table, which the pages, the command line and the tests read.

A further output is one row here. A further guide is one file in the pack's `guides/`, and no row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, NamedTuple

from app.pack.languages import own_name
from app.pack.model import DownloadWords, Pack
from app.pack.text import LANGUAGES, DocumentLanguage, Language, Text
from app.ui_texts import say
from app.values.vocabulary import Format

from . import assemble
from .draft import Draft
from .look import OURS, Look
from .model import Document
from .render import docx, html, pdf

Source = Literal["draft", "version", "review", "nothing"]
Place = Literal["name", "heading", "text", "button"]
Assemble = Callable[[Draft], Document]
Draw = Callable[[Document, Look], bytes | str]


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How a document is drawn as a file: its media type, what a button calls it, and the renderer."""

    media_type: str
    label: str
    draw: Draw


FORMATS: dict[Format, FileFormat] = {
    "docx": FileFormat("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word", docx.draw),
    "pdf": FileFormat("application/pdf", "PDF", pdf.draw),
    "html": FileFormat("text/html", "HTML", html.draw),
}
KEYS: dict[Place, str] = {"name": "download_name_{id}", "heading": "download_{id}", "text": "download_{id}_text", "button": "download_get_{id}"}


@dataclass(frozen=True, slots=True)
class Output:
    """One thing that is made.

    `id` names its goldens and its place on a page, and never changes. `sources` says from what it is made: the answers of a draft, a frozen version,
    what was said in a review, or nothing. `assemble` makes it from a draft or from nothing; what a version or a review gives is made where that is
    gathered (app/documents/papers), and kept in a version under `kind`. `file` is the name of its files without the ending, in addresses and folders.
    `words` are those of a guide, which brings its own; all others are in app/translations. `for_employees` says that they fill it in: it is
    made in the `further` languages as well, which the pack declares for them. `annex` is the name of an annex of the policy,
    which is made from a draft or taken from a version (app/documents/annexes.py). `like` is the output whose words it says on another sheet.
    """

    id: str
    sources: frozenset[Source]
    formats: tuple[Format, ...] = ("docx",)
    assemble: Assemble | None = None
    file: str = ""
    words: DownloadWords | None = None
    for_employees: bool = False
    further: tuple[DocumentLanguage, ...] = ()
    annex: str = ""
    like: str = ""

    @property
    def kind(self) -> str:
        """Under what a version keeps the frozen document."""
        return self.id.replace("-", "_")

    @property
    def files(self) -> tuple[OutputFile, ...]:
        """Its files, the first first: those in the language of the policy, then those in each further one."""
        return tuple(OutputFile(self, format, language) for language in ("", *self.further) for format in self.formats)

    def files_in(self, language: DocumentLanguage) -> tuple[OutputFile, ...]:
        """Those of its files that are made when somebody wants `language`; none when there are none in it."""
        return tuple(file for file in self.files if file.language == ("" if language in LANGUAGES else language))

    def say(self, place: Place, language: Language, **values: object) -> str:
        """The words of this output at one place of a page, or in the name of its file."""
        if self.words is None:
            return say(KEYS[place].format(id=self.kind), language, **values)
        words: str = getattr(self.words, place).in_(language)
        return words.format_map(values) if values else words


class OutputFile(NamedTuple):
    """One file of an output. `language` is a further one, or empty: the file is in the language of the policy."""

    output: Output
    format: Format
    language: DocumentLanguage = ""

    @property
    def name(self) -> str:
        """Its name in addresses and folders."""
        return f"{'-'.join(part for part in (self.output.file or self.output.id, self.language) if part)}.{self.format}"

    @property
    def type(self) -> str:
        """Its media type."""
        return FORMATS[self.format].media_type

    @property
    def label(self) -> str:
        """What a button calls the format, with what a further language calls itself."""
        return ", ".join(part for part in (FORMATS[self.format].label, self.language and own_name(self.language)) if part)

    def saved_as(self, language: Language) -> str:
        """What it is called when it is saved: the words are in `language`, for a further one has none of the app's."""
        return " ".join(part for part in (self.output.say("name", language), self.language and f"({own_name(self.language)})") if part)

    def draw(self, document: Document, look: Look = OURS) -> bytes:
        """The file."""
        drawn = FORMATS[self.format].draw(document, look)
        return drawn.encode("utf-8") if isinstance(drawn, str) else drawn


def _row(
    id: str, *sources: Source, formats: tuple[Format, ...] = ("docx",), assemble: Assemble | None = None, for_employees: bool = False, like: str = ""
) -> Output:
    return Output(id, frozenset(sources), formats, assemble, for_employees=for_employees, like=like)


OUTPUTS: tuple[Output, ...] = (
    _row("policy", "draft", "version", formats=("docx", "pdf", "html"), assemble=assemble.policy),
    _row("rules", "draft", formats=("docx", "pdf"), assemble=assemble.rules),
    _row("poster", "draft", formats=("pdf",), assemble=assemble.poster, like="rules"),
    _row("questionnaire", "draft", assemble=assemble.questionnaire, for_employees=True),
    _row("questions", "nothing", assemble=assemble.questions),
    _row("statement", "review"),
    _row("record", "review", "version"),
    _row("case-paper", "version"),
    _row("decision", "version"),
)


def outputs_of(pack: Pack) -> tuple[Output, ...]:
    """Every row of the table, and one for each guide of the pack."""
    further = tuple(pack.manifest.employee_languages)
    rows = (replace(row, further=further) if row.for_employees else row for row in OUTPUTS)
    return (*rows, *(_guide(stem, pack) for stem in pack.guides))


def _guide(stem: str, pack: Pack) -> Output:
    guide = pack.guides[stem]
    return Output(guide.id, frozenset({"draft"}), assemble=partial(assemble.guide, guide=guide), file=f"{stem}-guide", words=guide.download)


def annexes_of(pack: Pack) -> tuple[Output, ...]:
    """A row for each annex of the policy that can be had as files of its own. They are shown together, and apart from the others."""
    return tuple(_annex(name, clause.heading) for name, clause in pack.annexes.items())


def _annex(name: str, heading: Text) -> Output:
    button = Text(**{language: f"{heading.in_(language)} ({{format}})" for language in LANGUAGES})
    words = DownloadWords(name=heading, heading=heading, text=heading, button=button)
    return Output(f"annex-{name}", frozenset({"draft", "version"}), ("docx", "pdf"), words=words, annex=name)


def annex_files(pack: Pack) -> dict[str, OutputFile]:
    """Every file of an annex, by its name."""
    return {file.name: file for output in annexes_of(pack) for file in output.files}


def outputs_from(pack: Pack, source: Source) -> tuple[Output, ...]:
    """The outputs that are made from `source`, in the order in which a page shows them."""
    return tuple(output for output in outputs_of(pack) if source in output.sources)


def files_from(pack: Pack, source: Source) -> dict[str, OutputFile]:
    """Every file that is made from `source`, by its name."""
    return {file.name: file for output in outputs_from(pack, source) for file in output.files}


def all_files_from(pack: Pack, source: Source) -> dict[str, OutputFile]:
    """The same with those of the annexes."""
    return files_from(pack, source) | annex_files(pack)


__all__ = [
    "FORMATS",
    "OUTPUTS",
    "Format",
    "Output",
    "OutputFile",
    "Source",
    "all_files_from",
    "annex_files",
    "annexes_of",
    "files_from",
    "outputs_from",
    "outputs_of",
]
