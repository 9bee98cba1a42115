"""The shapes of the content files. The format is explained in content/rusoff/README.md; this module is its grammar."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from .text import Language, Text

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)?$")]
When = dict[Key, list[Id]]
Tone = Literal["green", "yellow", "red"]
Kind = Literal["text", "long_text", "number", "date", "choice", "choices", "grid", "rows"]
Listing = Literal["sources", "references", "open_points", "findings", "statements", "dilemmas", "tally"]
RESERVED = frozenset({"given", "blank", "undecided", "complete", "incomplete"})


class Model(BaseModel):
    """Strict, frozen, and no key that the format does not know."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Option(Model):
    """One possible choice."""

    id: Id
    label: Text
    help: Text | None = None
    text: Text | None = None
    value: int | None = None
    tone: Tone | None = None
    when: When = {}
    refused: Text | None = None

    @property
    def words(self) -> Text:
        """The words for the document."""
        return self.text or self.label


class Column(Model):
    """One thing asked of every row of a grid, or of every record of `rows`."""

    id: Id
    label: Text
    kind: Literal["text", "choice", "date"]
    title: Text | None = None
    help: Text | None = None
    options: list[Option] = []
    required: bool = False
    format: Literal["url"] | None = None

    def option(self, id: object) -> Option | None:
        """The option with this id, or None."""
        return next((o for o in self.options if o.id == id), None)


class Row(Model):
    """One row of a grid."""

    id: Id
    label: Text
    help: Text | None = None
    text: Text | None = None
    when: When = {}

    @property
    def words(self) -> Text:
        """The words for the document."""
        return self.text or self.label


class Question(Model):
    """One thing asked: the same in the wizard, on paper and on the check page."""

    id: Id
    kind: Kind
    label: Text
    help: Text | None = None
    why: Text | None = None
    sources: list[Id]
    required: bool = False
    when: When = {}
    default: Any = None
    options: list[Option] = []
    options_from: Literal["references"] | None = None
    format: Literal["orgnr", "time", "url"] | None = None
    min: int | None = None
    max: int | None = None
    rows: list[Row] = []
    rows_from: Id | None = None
    own_rows: int = 0
    columns: list[Column] = []
    info_only: bool = False

    @field_validator("default")
    @classmethod
    def _default(cls, default: Any, info: ValidationInfo) -> Any:
        """Pre-chosen words are a text in every language, like all words."""
        return Text.model_validate(default) if default is not None and info.data.get("kind") in ("text", "long_text") else default

    def option(self, id: object) -> Option | None:
        """The option with this id, or None."""
        return next((o for o in self.options if o.id == id), None)

    def column(self, id: str) -> Column | None:
        """The column with this id, or None."""
        return next((c for c in self.columns if c.id == id), None)


class Page(Model):
    """One screen of questions."""

    id: Id
    title: Text
    intro: Text | None = None
    questions: list[Question]


class Step(Model):
    """One of the six RusOff points."""

    id: Id
    number: int
    title: Text
    intro: Text
    pages: list[Page]


class Line(Model):
    """One bullet, one line to fill in, or one signature."""

    text: Text
    when: When = {}


class Standard(Model):
    """What stands in a blank cell of `column`, chosen by the answer in the column `by`."""

    column: Id
    by: Id
    texts: dict[Key, Text]


class Block(Model):
    """One piece of a clause. Exactly one of the fields before `when` is given."""

    paragraph: Text | None = None
    bullets: list[Line] | None = None
    numbered: list[Line] | None = None
    each: Id | None = None
    note: Text | None = None
    subheading: Text | None = None
    own: Id | None = None
    table: Id | None = None
    chart: Id | None = None
    fields: list[Line] | None = None
    signatures: list[Line] | None = None
    listing: Listing | None = Field(default=None, alias="list")
    when: When = {}
    caption: Text | None = None
    head: Text | None = None
    columns: Annotated[tuple[Id, ...] | None, Field(strict=False)] = None
    standard: Standard | None = None

    @property
    def kind(self) -> str:
        """The name of the one field that is given."""
        return next(name for name in BLOCK_KINDS if getattr(self, name) is not None)


BLOCK_KINDS = tuple(Block.model_fields)[:12]


class Clause(Model):
    """A passage of source text with a condition."""

    id: Id
    level: Literal[1, 2] = 1
    part: Literal["body", "end", "appendix"] = "body"
    when: When = {}
    heading: Text
    sources: list[Id]
    blocks: list[Block]


class Proposal(Model):
    """When a reference is proposed as further reading, and why."""

    when: When = {}
    why: Text


class Reference(Model):
    """A source: what it is, where it stands, and when somebody last looked."""

    id: Id
    title: Text
    publisher: str
    address: Annotated[str, Field(pattern=r"^https://[^\s]+\.[^\s]+$")] | None = None
    act: Text | None = None
    paragraph: str | Text | None = None
    checked: Annotated[str, Field(pattern=r"^\d{4}-\d\d(-\d\d)?$")]
    confidence: Literal["H", "M", "L"]
    about: Text
    propose: Proposal | None = None

    def place(self, language: Language) -> str:
        """The paragraph, or what else tells where to find it; without the act."""
        return self.paragraph.in_(language) if isinstance(self.paragraph, Text) else self.paragraph or ""

    def cited(self, language: Language) -> str:
        """The act and the paragraph, as one cites them."""
        return " ".join(part for part in (self.act.in_(language) if self.act else "", self.place(language)) if part)


class Later(Model):
    """Holds when the date `question` is more than `months` after the date `than`."""

    question: Id
    than: Id
    months: int


class Check(Model):
    """Something wrong, missing or contradictory: when, what, why, and the question that mends it."""

    id: Id
    severity: Literal["blocks", "warns"]
    when: When = {}
    unless: When = {}
    later: Later | None = None
    words: dict[Language, list[str]] | None = None
    message: Text
    why: Text
    mend: Id
    sources: list[Id]


class Statement(Model):
    """One statement of the questionnaire; `reversed` when agreeing is the unwanted answer."""

    id: Id
    text: Text
    reversed: bool = False
    when: When = {}
    sources: list[Id]


class Theme(Model):
    """Statements that belong together."""

    id: Id
    title: Text
    statements: list[Statement]


class ScalePoint(Model):
    """One point of the scale, or one open question."""

    id: Id
    label: Text


class OpenQuestion(Model):
    """One question answered in own words."""

    id: Id
    text: Text


class Questionnaire(Model):
    """The statements that get the employees talking."""

    title: Text
    intro: list[Text]
    scale: list[ScalePoint]
    dont_know: Text
    themes: list[Theme]
    open_questions: list[OpenQuestion]
    closing: Text


class Dilemma(Model):
    """A short story to discuss."""

    id: Id
    title: Text
    text: Text
    questions: list[Text]
    when: When = {}
    sources: list[Id]


class Guide(Model):
    """A guide made of the same blocks as the policy."""

    title: Text
    sections: list[Clause]


class TitleLine(Model):
    """One line of the title block."""

    label: Text
    value: Text
    when: When = {}


class Manifest(Model):
    """pack.yaml: the name of the pack and the small fixed words of its documents."""

    id: Id
    edition: str
    languages: list[str]
    title: Text
    questionnaire_title: Text
    guide_title: Text
    questions_title: Text
    origin: Text
    title_block: list[TitleLine]
    words: dict[Id, Text]


class Pack(Model):
    """Everything that makes up one kind of policy."""

    manifest: Manifest
    steps: list[Step]
    clauses: list[Clause]
    questionnaire: Questionnaire
    dilemmas: list[Dilemma]
    guide: Guide
    checks: list[Check]
    references: list[Reference]

    @cached_property
    def pages(self) -> dict[tuple[str, str], tuple[Step, Page]]:
        """Every page with its step, by step id and page id, in order."""
        return {(step.id, page.id): (step, page) for step in self.steps for page in step.pages}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by id, in the order they are asked."""
        return {q.id: q for _, page in self.pages.values() for q in page.questions}

    @cached_property
    def place(self) -> dict[str, tuple[Step, Page]]:
        """Where a question is asked, by question id."""
        return {q.id: where for where in self.pages.values() for q in where[1].questions}

    @cached_property
    def sources(self) -> dict[str, Reference]:
        """Every reference by id."""
        return {r.id: r for r in self.references}

    def word(self, id: str, language: Language) -> str:
        """One of the small fixed words of the documents.

        Raises KeyError when pack.yaml has no such word.
        """
        return self.manifest.words[id].in_(language)
