"""The pack: all shapes of the content together. The format is explained in content/rusoff/README.md; these modules are its grammar."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from app.values.vocabulary import Severity, Tone

from .base import RESERVED, Id, Key, Model, When
from .clause import BLOCK_KINDS, Block, Clause, Line, Listing, Standard
from .launch import LaunchItem
from .manager import ManagerPages
from .page import Page, ShortPath, Step
from .papers import Papers
from .public import PublicRules
from .question import Column, Option, Question, Row
from .register import RegisterRules
from .review import ReviewWords
from .sector import Sector
from .text import DocumentLanguage, EmployeeText, Language, Text

__all__ = [
    "BLOCK_KINDS", "Block", "Check", "Clause", "Column", "Dilemma", "DownloadWords", "Guide", "Id", "Key", "Line", "Listing", "Manifest",
    "Model", "OpenQuestion", "Option", "Pack", "Page", "Proposal", "Question", "Questionnaire", "RESERVED", "Reference", "ReviewWords", "Row",
    "Sector", "Sheet", "ShortPath", "Standard", "Statement", "Step", "Theme", "TitleLine", "Tone", "When",
]  # fmt: skip


class Proposal(Model):
    """When a reference is proposed as further reading, and why."""

    when: When = {}
    why: Text


class Reference(Model):
    """A source: what it is, where it stands, and when somebody last opened it, if anybody did."""

    id: Id
    title: Text
    publisher: str
    address: Annotated[str, Field(pattern=r"^https://[^\s]+\.[^\s]+$")] | None = None
    act: Text | None = None
    paragraph: str | Text | None = None
    checked: Annotated[str, Field(pattern=r"^\d{4}-\d\d(-\d\d)?$")] | None = None
    confidence: Literal["H", "M", "L"]
    about: Text
    propose: Proposal | None = None

    def place(self, language: DocumentLanguage) -> str:
        """The paragraph, or what else tells where to find it; without the act."""
        return self.paragraph.in_(language) if isinstance(self.paragraph, Text) else self.paragraph or ""

    def cited(self, language: DocumentLanguage) -> str:
        """The act and the paragraph, as one cites them."""
        return " ".join(part for part in (self.act.in_(language) if self.act else "", self.place(language)) if part)


class Later(Model):
    """Holds when the date `question` is more than `months` after the date `than`."""

    question: Id
    than: Id
    months: int


class HighWithout(Model):
    """Holds when a record of the grid `question`, whose numbers make a high risk, has nothing in `column`."""

    question: Id
    column: Id


class Check(Model):
    """Something wrong, missing or contradictory: when, what, why, and the question that mends it; and what is said when it is `met`."""

    id: Id
    severity: Severity
    when: When = {}
    unless: When = {}
    later: Later | None = None
    high_without: HighWithout | None = None
    words: dict[Language, list[str]] | None = None
    message: Text
    why: Text
    met: Text | None = None
    mend: Id
    sources: list[Id]


class Statement(Model):
    """One statement of the questionnaire; `reversed` when agreeing is the unwanted answer."""

    id: Id
    text: EmployeeText
    reversed: bool = False
    when: When = {}
    sources: list[Id]


class Theme(Model):
    """Statements that belong together."""

    id: Id
    title: EmployeeText
    statements: list[Statement]


class ScalePoint(Model):
    """One point of the scale, or one open question."""

    id: Id
    label: EmployeeText


class OpenQuestion(Model):
    """One question answered in own words."""

    id: Id
    text: EmployeeText


class Questionnaire(Model):
    """The statements that get the employees talking."""

    title: EmployeeText
    intro: list[EmployeeText]
    scale: list[ScalePoint]
    dont_know: EmployeeText
    themes: list[Theme]
    open_questions: list[OpenQuestion]
    closing: EmployeeText


class Dilemma(Model):
    """A short story to discuss."""

    id: Id
    title: Text
    text: Text
    questions: list[Text]
    when: When = {}
    sources: list[Id]


class DownloadWords(Model):
    """What is said of a file: its name when it is saved, and its heading, text and button ({format}) on the page of documents."""

    name: Text
    heading: Text
    text: Text
    button: Text


class Guide(Model):
    """A guide made of the same blocks as the policy."""

    id: Id
    title: Text
    download: DownloadWords
    sections: list[Clause]


class Sheet(Model):
    """The ground rules on one page, made of the same blocks as the policy."""

    id: Id
    title: Text
    sections: list[Clause]


class TitleLine(Model):
    """One line of the title block. One that stands `until_decided` gives its place to what was decided."""

    label: Text
    value: Text
    when: When = {}
    until_decided: bool = False


class Retired(Model):
    """A question that is asked no more: the question that its answers go to, if one does, and why. Its id is never used again."""

    id: Id
    becomes: Id | None = None
    why: Text


class CameLater(Model):
    """A question that came with an edition: what counts in answers that were given before it, and why."""

    id: Id
    edition: str
    before: Any
    why: Text


class Manifest(Model):
    """pack.yaml: the name of the pack and the small fixed words of its documents.

    `seasons` are times of the year wheel that name no month, with the month (1 to 12) in which the calendar has them.
    """

    id: Id
    edition: str
    languages: list[Language]
    employee_languages: list[str] = []
    title: Text
    questionnaire_title: EmployeeText
    questions_title: Text
    origin: EmployeeText
    title_block: list[TitleLine]
    seasons: dict[Id, Annotated[int, Field(ge=1, le=12)]] = {}
    retired: list[Retired] = []
    later: list[CameLater] = []
    words: dict[Id, EmployeeText]


class Pack(Model):
    """Everything that makes up one kind of policy."""

    manifest: Manifest
    steps: list[Step]
    clauses: list[Clause]
    rules: Sheet
    questionnaire: Questionnaire
    dilemmas: list[Dilemma]
    guides: dict[str, Guide]
    checks: list[Check]
    references: list[Reference]
    review: ReviewWords
    papers: Papers
    short_path: ShortPath
    register_rules: RegisterRules
    public: PublicRules
    manager: ManagerPages
    launch: dict[str, LaunchItem] = {}
    sectors: dict[str, Sector] = {}

    @cached_property
    def pages(self) -> dict[tuple[str, str], tuple[Step, Page]]:
        """Every page with its step, by step id and page id, in order."""
        return {(step.id, page.id): (step, page) for step in self.steps for page in step.pages}

    @cached_property
    def short(self) -> Step:
        """The short path: pages of questions that are asked on the pages of the steps as well."""
        return self.short_path.as_step(self.questions)

    @cached_property
    def places(self) -> dict[tuple[str, str], tuple[Step, Page]]:
        """Every page that has an address: those of the steps, and those of the short path."""
        return self.pages | {(self.short.id, page.id): (self.short, page) for page in self.short.pages}

    @property
    def all_clauses(self) -> list[Clause]:
        """The clauses of every guide, of the public page and of the policy, the ground rules among them."""
        return [*(section for guide in self.guides.values() for section in guide.sections), self.public.now, *self.clauses]

    @cached_property
    def later(self) -> dict[str, CameLater]:
        """Every question that came with a later edition than the first, by id."""
        return {one.id: one for one in self.manifest.later}

    @cached_property
    def annexes(self) -> dict[str, Clause]:
        """The first clause of each annex that is also a file of its own, by the name of the file: the appendices first, then what follows them."""
        found: dict[str, Clause] = {}
        for clause in sorted(self.clauses, key=lambda clause: clause.part != "appendix"):
            if clause.annex:
                found.setdefault(clause.annex, clause)
        return found

    def clause(self, id: str) -> Clause | None:
        """The clause of the policy with `id`, if there is one."""
        return next((clause for clause in self.clauses if clause.id == id), None)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by id, in the order they are asked."""
        return {q.id: q for _, page in self.pages.values() for q in page.questions}

    @cached_property
    def place(self) -> dict[str, tuple[Step, Page]]:
        """Where a question is asked, by question id."""
        return {q.id: where for where in self.pages.values() for q in where[1].questions}

    @cached_property
    def retired(self) -> dict[str, Retired]:
        """Every question that is asked no more, by id."""
        return {one.id: one for one in self.manifest.retired}

    @cached_property
    def sources(self) -> dict[str, Reference]:
        """Every reference by id."""
        return {r.id: r for r in self.references}

    def word(self, id: str, language: DocumentLanguage) -> str:
        """One of the small fixed words of the documents.

        Raises KeyError when pack.yaml has no such word.
        """
        return self.manifest.words[id].in_(language)
