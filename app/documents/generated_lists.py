"""Lists made from the whole pack: sources, references, open points, findings, statements, dilemmas, the tally, and all questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from app.pack.kinds import kind_of
from app.pack.model import Column, Option, Page, Question, Reference, Statement
from app.pack.text import DocumentLanguage
from app.values.web_address import shown_short

from .build_context import BuildContext
from .column_widths import fitted, longest_word
from .interpolation import capital
from .model import BOX, Block, Bullets, Cell, Fields, Paragraph, Run, Runs, Section, Subheading, Table


def sources(build: BuildContext) -> Iterator[Block]:
    """The sources of everything that stands in the policy, numbered: what each is called, who is behind it, and where it is."""
    used = {id for clause in build.pack.clauses if build.now.holds(clause.when) for id in clause.sources}
    groups: dict[str, list[Reference]] = {}
    for reference in build.pack.references:
        if reference.id in used:
            groups.setdefault(reference.act.nb if reference.act else reference.id, []).append(reference)
    items = tuple(_source(group, build.words.language) for group in groups.values())
    if items:
        yield Bullets(items, numbered=True, fine=True)


def _source(group: list[Reference], language: DocumentLanguage) -> Runs:
    """One source, or all paragraphs of one act."""
    first = group[0]
    places = dict.fromkeys(place for reference in group if (place := reference.place(language)))
    addresses = dict.fromkeys(reference.address for reference in group if reference.address)
    where = [Run(", ".join(places))] if places else []
    where += [Run(shown_short(address), link=address) for address in addresses]
    said = [piece for one in where for piece in (Run(", "), one)]
    name = (Run(capital(first.act.in_(language)), "strong"),) if first.act else _titled(first, language)
    return (*name, *said)


def _titled(reference: Reference, language: DocumentLanguage) -> Runs:
    """A title with who published it, unless the title or the place says so."""
    title, publisher = reference.title.in_(language), reference.publisher
    is_said = title.startswith(publisher) or publisher in reference.place(language)
    return (Run(title, "strong"), *(() if is_said else (Run(f", {publisher}"),)))


def references(build: BuildContext) -> Iterator[Block]:
    """The further reading that the workplace kept: title, why, and where."""
    question = next(q for q in build.pack.questions.values() if q.options_from)
    build.words.used[question.id] = None
    chosen = build.now.values.get(question.id) or []
    language = build.words.language
    kept = [(r, r.propose.why.in_(language)) for r in build.pack.references if r.id in chosen and r.propose]
    if kept:
        yield Bullets(tuple((*_titled(r, language), Run(f": {why}"), *_where(r, language)) for r, why in kept), fine=True)


def _where(reference: Reference, language: DocumentLanguage) -> Runs:
    """The paragraph and the address of a source, as far as there are any."""
    cited, address = reference.cited(language), reference.address
    runs = [*([Run(cited)] if cited else []), *([Run(shown_short(address), link=address)] if address else [])]
    return tuple(piece for at, one in enumerate(runs) for piece in (Run(", " if at else " "), one))


def open_points(build: BuildContext) -> Iterator[Block]:
    """Every question that is still open, with where it is asked."""
    language = build.words.language
    places = build.pack.place
    items = tuple(
        (Run(q.label.in_(language), "open"), Run(f" ({places[q.id][0].number} {places[q.id][0].title.in_(language)})"))
        for q in build.draft.open_questions
    )
    yield Bullets(items) if items else _paragraph(build.words.word("no_open_points"))


def findings(build: BuildContext) -> Iterator[Block]:
    """What the policy control found, those that block first."""
    found = build.draft.findings
    if not found:
        yield _paragraph(build.words.word("no_findings"))
    for severity in ("blocks", "warns"):
        items = tuple((Run(f.message, "strong"), Run(f" {f.why}")) for f in found if f.severity == severity)
        if items:
            yield Subheading(build.words.word(severity))
            yield Bullets(items)


def statements(build: BuildContext) -> Iterator[Block]:
    """The questionnaire as an appendix: a heading and a table for each theme, then the open questions."""
    for section in theme_sections(build):
        yield Subheading(section.title)
        yield from section.blocks
    yield from free_text_questions(build)


def free_text_questions(build: BuildContext) -> list[Block]:
    """The open questions of the questionnaire, with room to write."""
    return [Fields(tuple(build.words.plain(q.text) for q in build.pack.questionnaire.open_questions), lines=4)]


def theme_sections(build: BuildContext) -> list[Section]:
    """One section with one table for each theme that has statements now; statements are numbered through."""
    sections: list[Section] = []
    number = 0
    for theme in build.pack.questionnaire.themes:
        shown = [s for s in theme.statements if build.now.holds(s.when)]
        if shown:
            table = _statement_table(build, shown, number)
            sections.append(Section(theme.id, 1, theme.title.in_(build.words.language), "body", (table,)))
        number += len(shown)
    return sections


def _statement_table(build: BuildContext, shown: list[Statement], number: int) -> Table:
    scale = _scale(build)
    rows = tuple((_cell(f"{number + at}. {build.words.plain(s.text)}"), *(_cell(BOX) for _ in scale)) for at, s in enumerate(shown, start=1))
    return Table("", (build.words.word("statement"), *scale), rows, _shares(0.49, len(scale)), style="form")


def _scale(build: BuildContext) -> list[str]:
    source, language = build.pack.questionnaire, build.words.language
    return [point.label.in_(language) for point in source.scale] + [source.dont_know.in_(language)]


def _shares(first: float, others: int) -> tuple[float, ...]:
    """Widths: the first column's share, the rest divided evenly."""
    return (first, *(round((1 - first) / others, 4) for _ in range(others)))


def dilemmas(build: BuildContext) -> Iterator[Block]:
    """The stories that fit this workplace, each with its questions."""
    for dilemma in build.pack.dilemmas:
        if build.now.holds(dilemma.when):
            yield Subheading(dilemma.title.in_(build.words.language))
            yield Paragraph(build.words.runs(dilemma.text))
            yield Bullets(tuple(build.words.runs(question) for question in dilemma.questions))


def tally(build: BuildContext) -> Iterator[Block]:
    """A sheet to count the answers to every statement by hand."""
    word, scale = build.words.word, _scale(build)
    shown = [s for theme in build.pack.questionnaire.themes for s in theme.statements if build.now.holds(s.when)]
    rows = tuple((_cell(f"{at}. {build.words.plain(s.text)}"), *(_cell("") for _ in scale)) for at, s in enumerate(shown, start=1))
    yield Table("", (word("tally"), *scale), rows, _shares(0.5, len(scale)), style="form")
    yield Fields((word("number_of_answers"), word("comments")))


MAKERS: dict[str, Callable[[BuildContext], Iterable[Block]]] = {
    "sources": sources,
    "references": references,
    "open_points": open_points,
    "findings": findings,
    "statements": statements,
    "dilemmas": dilemmas,
    "tally": tally,
}


# ── all questions, on paper ──


def question_sections(build: BuildContext) -> list[Section]:
    """One chapter for each step, one sub-chapter for each page, every question with its options."""
    sections: list[Section] = []
    for step in build.pack.steps:
        title = f"{step.number} {step.title.in_(build.words.language)}"
        intro = Paragraph(build.words.runs(step.intro))
        sections.append(Section(step.id, 1, title, "body", (intro,), page_break=step.number > 1))
        for at, page in enumerate(step.pages, start=1):
            number = f"{step.number}.{at} {page.title.in_(build.words.language)}"
            sections.append(Section(f"{step.id}-{page.id}", 2, number, "body", tuple(_on_paper(build, page))))
    return sections


def _on_paper(build: BuildContext, page: Page) -> Iterator[Block]:
    language = build.words.language
    if page.intro:
        yield Paragraph(build.words.runs(page.intro))
    for question in page.questions:
        yield Subheading(question.label.in_(language))
        if question.help:
            yield Paragraph(build.words.runs(question.help))
        yield PAPER[kind_of(question).on_paper](build, question)


def _boxes(build: BuildContext, question: Question) -> Block:
    options = [o for o in question.options if not o.stands_alone] + [o for o in question.options if o.stands_alone]
    words = [_option(build, o) for o in options] + [build.words.word("open_point")]
    return Bullets(tuple((Run(f"{BOX} {word[:1].upper()}{word[1:]}"),) for word in words))


def _option(build: BuildContext, option: Option) -> str:
    return option.label.in_(build.words.language)


def _lines(build: BuildContext, question: Question) -> Block:
    return Fields((build.words.word("write_here"),), lines=kind_of(question).paper_lines)


def _sheet(build: BuildContext, question: Question) -> Block:
    """A grid or `rows` as a table to fill in: rows named by the content, or five empty ones."""
    language = build.words.language
    rows = [row.label for row in question.rows]
    if question.rows_from:
        rows = [o.label for o in build.pack.questions[question.rows_from].options if not o.stands_alone]
    names = [label.in_(language) for label in rows] or ["1", "2", "3", "4", "5"]
    header = (build.words.word("row_name"), *(_column_words(build, column) for column in question.columns))
    body = tuple((_cell(name), *(_cell("") for _ in question.columns)) for name in names)
    widths = fitted(_shares(0.34, len(question.columns)), [0, *(longest_word([(Run(words),)]) for words in header[1:])])
    return Table("", header, body, widths, style="form")


def _column_words(build: BuildContext, column: Column) -> str:
    language = build.words.language
    choices = ", ".join(option.label.in_(language) for option in column.options) if len(column.options) <= 8 else ""
    label = (column.title or column.label).in_(language)
    return f"{label} ({choices})" if choices else label


PAPER: dict[str, Callable[[BuildContext, Question], Block]] = {
    "lines": _lines,
    "boxes": _boxes,
    "sheet": _sheet,
}


def _cell(words: str) -> Cell:
    return Cell((Run(words),) if words else ())


def _paragraph(words: str) -> Paragraph:
    return Paragraph((Run(words),))
