"""Each kind of block in a content file, made into blocks of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from app.pack.kinds import kind_of
from app.pack.kinds.records import is_complete, is_unsaid, needed
from app.pack.model import Block as Source
from app.pack.model import Column, Line, Option, Question, Standard
from app.pack.question import GridRow
from app.pack.text import Text

from . import generated_lists
from .boards import NOTHING, Light, board
from .build_context import BuildContext
from .column_widths import fitted, longest_word
from .draft import Draft
from .interpolation import capital, joined, paragraphs, run_in, tidy
from .model import Block, Bullets, Cell, Chart, Fields, Paragraph, RiskPoint, Run, Runs, Section, Signatures, Subheading, Table, Wheel, WheelMark
from .risk_bands import band_of, score_of, values_of

NAME, SHORT, WORDS = 0.24, 0.16, 0.36  # shares of the width: a name of a row, a value that takes little room, own words
SCORED = 0.2  # beside a score, words such as "2 – lite sannsynlig" need the room of a name


class Builder(BuildContext):
    """Makes document blocks from content blocks, for one draft."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._makers: dict[str, Callable[[Source], Iterable[Block]]] = {
            "paragraph": self._paragraph,
            "note": self._note,
            "subheading": self._subheading,
            "bullets": self._bullets,
            "numbered": self._numbered,
            "each": self._each,
            "own": self._own,
            "table": self._table,
            "chart": self._chart,
            "fields": self._fields,
            "signatures": self._signatures,
            "listing": self._listing,
        }

    def blocks(self, source: Source) -> Iterable[Block]:
        """The document blocks that one content block gives; none when it has nothing to say."""
        return self._makers[source.kind](source)

    # ── words ──

    def _paragraph(self, source: Source) -> Iterator[Block]:
        assert source.paragraph
        yield Paragraph(self.words.runs(source.paragraph))

    def _note(self, source: Source) -> Iterator[Block]:
        assert source.note
        yield Paragraph(self.words.runs(source.note), "note")

    def _subheading(self, source: Source) -> Iterator[Block]:
        assert source.subheading
        yield Subheading(self.words.plain(source.subheading))

    def _bullets(self, source: Source) -> Iterator[Block]:
        yield from self._listed(source, self.lines(source.bullets or []))

    def _numbered(self, source: Source) -> Iterator[Block]:
        items = self.lines(source.numbered or [])
        if items:
            yield Bullets(items, numbered=True)

    def lines(self, lines: list[Line]) -> tuple[Runs, ...]:
        """The lines that apply now, as runs."""
        for line in lines:
            self.words.used.update(dict.fromkeys(key.partition(".")[0] for key in line.when))
        return tuple(self.words.runs(line.text) for line in lines if self.now.holds(line.when))

    def _each(self, source: Source) -> Iterator[Block]:
        question = self.pack.questions[source.each or ""]
        self.words.used[question.id] = None
        if self.now.is_undecided(question.id) or (question.required and self.now.is_blank(question.id)):
            yield Paragraph((self.words.open_point(question),))
            return
        answer = self.now.values.get(question.id) or []
        if isinstance(answer, str):  # own words: a bullet for each line
            items: tuple[Runs, ...] = tuple((Run(capital(line)),) for line in paragraphs(answer))
        else:
            items = tuple(self.words.runs(o.label if source.briefly else o.words) for o in question.options if o.id in answer and not o.stands_alone)
        yield from self._listed(source, items)

    def _listed(self, source: Source, items: tuple[Runs, ...]) -> Iterator[Block]:
        if items:
            yield run_in(self.words.runs(source.briefly), items) if source.briefly else Bullets(items)

    def _own(self, source: Source) -> Iterator[Block]:
        question = self.pack.questions[source.own or ""]
        self.words.used[question.id] = None
        if self.now.is_undecided(question.id):
            yield Paragraph((self.words.open_point(question),), "own")
            return
        for words in paragraphs(str(self.now.values.get(question.id) or "")):
            yield Paragraph((Run(words),), "own")

    def _fields(self, source: Source) -> Iterator[Block]:
        yield Fields(tuple(self._strings(source.fields or [])))

    def _signatures(self, source: Source) -> Iterator[Block]:
        parties = tuple(self._strings(source.signatures or []))
        yield Signatures(parties, self.words.word("place_and_date"), self.words.word("signature"))

    def _strings(self, lines: list[Line]) -> list[str]:
        return ["".join(run.words for run in runs) for runs in self.lines(lines)]

    # ── tables of answers ──

    def _table(self, source: Source) -> Iterator[Block]:
        question = self.pack.questions[source.table or ""]
        self.words.used[question.id] = None
        if self.now.is_undecided(question.id):
            yield Paragraph((self.words.open_point(question),))
            return
        if source.by:
            yield from self._board(source, question)
            return
        shown = self._shown(source, question)
        picked = _picked(source, question, shown)
        all_rows = [tuple(self._cell(question, id, *shown[at], source.standard) for id in source.columns or ()) for at in picked]
        ids, rows = _filled(source.columns or (), all_rows)
        if "score" in ids or source.months:
            rows = tuple((_numbered(at + 1, row[0]), *row[1:]) for at, row in zip(picked, rows, strict=True))
        if rows:
            caption = self.words.plain(source.caption) if source.caption else ""
            if source.months:
                yield self._wheel(question, source.months, caption, [record for _, record in shown])
                caption = ""
            header = tuple(self._header(question, id, source.head) for id in ids)
            yield Table(caption, header, rows, _widths(question, ids, header, rows))

    def _board(self, source: Source, question: Question) -> Iterator[Block]:
        """A table for each option of the column `by` that somebody chose, the last option first; then what has none yet."""
        by = question.column(source.by or "")
        assert by
        ids = source.columns or ()
        rows: dict[str, list[tuple[Cell, ...]]] = {}
        for row, record in self._shown(source, question):
            cells = tuple(self._cell(question, id, row, record, source.standard) for id in ids)
            rows.setdefault(str(record.get(by.id)), []).append(cells)
        lights = [self._light(option, rows.pop(option.id, [])) for option in reversed(by.options)]
        undecided = [cells for found in rows.values() for cells in found]
        if undecided:
            lights.append(Light(self.words.open_point(question).words, None, undecided))
        heads = tuple(self._header(question, id, source.head) for id in ids[1:])
        yield from board(lights, heads, self.words.plain(source.caption) if source.caption else "")

    def _light(self, option: Option, rows: list[tuple[Cell, ...]]) -> Light:
        words = self.words.toned(option.label.in_(self.words.language), option.tone)
        return Light("".join(run.words for run in words.runs), option.tone, rows)

    def _shown(self, source: Source, question: Question) -> list[tuple[GridRow | None, dict[str, Any]]]:
        """The records of the rows that the table names, or of all."""
        pairs = self._records(question, source.standard is not None)
        return [(row, record) for row, record in pairs if source.rows is None or (row and row.id in source.rows)]

    def _records(self, question: Question, speaks_when_blank: bool = False) -> list[tuple[GridRow | None, dict[str, Any]]]:
        """The records to show. Records of `rows` that hold a refused option or lack something required never count.

        Rows in which nothing is answered show only where blank cells say something: a standard text, or an open point.
        """
        pairs = self.now.records(question)
        if kind_of(question).is_list:
            return [(row, record) for row, record in pairs if is_complete(question, record)]
        return self.now.chosen(question) if question.rows_from and (speaks_when_blank or any(c.required for c in question.columns)) else pairs

    def _header(self, question: Question, id: str, head: Text | None) -> str:
        if id in ("row", "text"):
            return head.in_(self.words.language) if head else self.words.word("row_name")
        if id == "score":
            return self.words.word("score")
        column = question.column(id)
        assert column
        return (column.title or column.label).in_(self.words.language)

    def _cell(self, question: Question, id: str, row: GridRow | None, record: dict[str, Any], standard: Standard | None) -> Cell:
        if id in ("row", "text"):
            name = self._row_name(row, id)
            return Cell((Run(name) if name or row is None else self.words.open_point(question),))
        if id == "score":
            return self._score(question, record)
        column = question.column(id)
        assert column
        words = self.words.cell_answer(column, record.get(id))
        if words:
            option = column.option(record.get(id))
            return self.words.toned(capital(words), option.tone) if option else Cell((Run(words),))
        return self._blank_cell(question, column, row, record, standard)

    def _row_name(self, row: GridRow | None, id: str) -> str:
        if row is None:
            return ""
        name = row.words if id == "text" else row.label
        return capital(self.words.plain(name)) if name else tidy(row.own_label)

    def _blank_cell(self, question: Question, column: Column, row: GridRow | None, record: dict[str, Any], standard: Standard | None) -> Cell:
        if standard and standard.column == column.id:
            text = standard.text(row.id if row else "", str(record.get(standard.by) or ""))
            if text:
                return Cell(self.words.runs(text))
        return Cell((self.words.open_point(question),)) if needed(column) else Cell(NOTHING)

    def _score(self, question: Question, record: dict[str, Any]) -> Cell:
        score = score_of(question, record)
        if not score:
            return Cell(NOTHING)
        band = band_of(score)
        return self.words.toned(f"{score} – {self.words.word(band.word)}", band.tone)

    def _chart(self, source: Source) -> Iterator[Block]:
        question = self.pack.questions[source.chart or ""]
        self.words.used[question.id] = None
        points = tuple(self._points(question))
        if points:
            caption = self.words.plain(source.caption) if source.caption else ""
            spoken = joined([f"{p.number} {p.label}: {p.likelihood} × {p.consequence}" for p in points], self.words.language)
            alt = f"{self.words.word('chart_alt', count=len(points))} {spoken}."
            yield Chart(caption, alt, self.words.word("likelihood"), self.words.word("consequence"), points)

    def _points(self, question: Question) -> Iterator[RiskPoint]:
        for number, (row, record) in enumerate(self._records(question), start=1):
            values = values_of(question, record)
            if len(values) == 2 and row:
                yield RiskPoint(number, self._row_name(row, "row"), values[0], values[1], band_of(values[0] * values[1]).tone)

    def _wheel(self, question: Question, id: str, caption: str, records: list[dict[str, Any]]) -> Wheel:
        column = question.column(id)
        assert column
        months = sorted((o for o in column.options if o.value), key=lambda option: option.value or 0)
        chosen = [(at, column.option(record.get(id))) for at, record in enumerate(records, start=1)]
        marks = tuple(WheelMark(at, option.value or 0) for at, option in chosen if option)
        language, all_year = self.words.language, self.words.word("wheel_all_year")
        names = {0: all_year} | {o.value or 0: o.label.in_(language) for o in months}
        said = [f"{names[m]}: {', '.join(str(mark.number) for mark in marks if mark.month == m)}." for m in names if any(k.month == m for k in marks)]
        alt = " ".join([self.words.word("wheel_alt", count=len(marks)), *said])
        return Wheel(caption, alt, tuple(o.label.in_(language)[:3] for o in months), all_year, marks)

    # ── lists that the program makes ──

    def _listing(self, source: Source) -> Iterable[Block]:
        assert source.listing
        return generated_lists.MAKERS[source.listing](self)

    def theme_sections(self) -> list[Section]:
        """The questionnaire: one section with one table for each theme that has statements now."""
        return generated_lists.theme_sections(self)

    def open_questions(self) -> list[Block]:
        """The open questions of the questionnaire, with room to write."""
        return generated_lists.free_text_questions(self)

    def question_sections(self) -> list[Section]:
        """All questions, one chapter for each step, one sub-chapter for each page."""
        return generated_lists.question_sections(self)


def _picked(source: Source, question: Question, shown: list[tuple[GridRow | None, dict[str, Any]]]) -> list[int]:
    """Which of the records the table holds, by their places: those with words in the column `filled`, the gravest risk first."""
    if not source.filled:
        return list(range(len(shown)))
    kept = [at for at, (_, record) in enumerate(shown) if not is_unsaid(record.get(source.filled))]
    return sorted(kept, key=lambda at: -score_of(question, shown[at][1]))


def _filled(ids: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """The columns in which somebody answered, and the rows of them; a column of dashes tells nobody anything."""
    kept = [at for at in range(len(ids)) if any(row[at].runs != NOTHING for row in rows)]
    return tuple(ids[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows)


def _numbered(at: int, cell: Cell) -> Cell:
    """The cell with the number that its row has in the picture."""
    return Cell((Run(f"{at}. "), *cell.runs), cell.tone)


def _share(column: Column | None) -> float:
    return NAME if column is None else SHORT if kind_of(column).is_short else WORDS


def _widths(question: Question, ids: tuple[str, ...], header: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> tuple[float, ...]:
    """Shares of the text width: names of rows are short, choices and dates shorter, own words need the room."""
    shares = [SCORED if "score" in ids else _share(question.column(id)) for id in ids]
    return fitted(shares, [longest_word([(Run(header[at]),), *(row[at].runs for row in rows)]) for at in range(len(ids))])
