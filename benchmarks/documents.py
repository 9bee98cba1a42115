"""How fast a policy becomes a Word file, beside three peers that make the same document on the same machine in the same run.

The peers: docxtpl (a Word template that loops over the blocks), python-docx used naively, and a floor that only joins ready strings and zips
them. All are first proven to hold the same text. The peers are let off bookmarks and alternative texts, the naive one the tints too. Only ratios of
medians are printed: they travel between machines, milliseconds do not.
"""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable
from functools import cache
from io import BytesIO
from statistics import median
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx as python_docx
from docxtpl import DocxTemplate, RichText  # type: ignore[import-untyped]
from lxml import etree

from app.documents.colours import TONES
from app.documents.model import SYMBOLS, Block, Bullets, Cell, Document, Paragraph, Run, Runs, Section, Subheading, Table
from app.documents.render import docx
from app.documents.render.docx.package import TEMPLATE
from app.values.vocabulary import Tone

Draw = Callable[[Document], bytes]
_WORDS = (
    "Vi vil ha en arbeidsplass der alle kan være trygge, og der det er lett å si fra når noe uroer oss. Lederen tar den første samtalen tidlig, "
    "lytter mer enn hun snakker og tilbyr hjelp før hun stiller krav."
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def policy(times: int = 1) -> Document:
    """A policy of about 12 pages with 8 tables, or `times` as many chapters."""
    chapters = tuple(section for at in range(1, 14 * times + 1) for section in _chapter(at))
    return Document("policy", "nb", "Rusmiddelpolicy for Solsiden sykehjem", "Solsiden sykehjem", chapters)


def _chapter(at: int) -> tuple[Section, Section]:
    bullets = Bullets(tuple((Run(f"Punkt {n}: {_WORDS[:90]}"),) for n in range(5)))
    blocks: tuple[Block, ...] = (_paragraph(at), bullets, _paragraph(at + 1, "own"))
    more: tuple[Block, ...] = (Subheading(f"Slik gjør vi det ({at})"), _paragraph(at + 2), _paragraph(at + 3, "note"))
    table = (_table(at),) if at % 14 < 8 else (_paragraph(at + 4),)
    return Section(f"c{at}", 1, f"{at} Kapittel", "body", blocks), Section(f"s{at}", 2, f"{at}.1 Avsnitt", "body", (*more, *table))


def _paragraph(at: int, style: Any = "plain") -> Paragraph:
    return Paragraph((Run(f"{at}. {_WORDS} "), Run("Viktig & riktig: ", "strong"), Run(_WORDS[:80])), style)


def _table(at: int) -> Table:
    tones: tuple[Tone, ...] = ("green", "yellow", "red")
    rows = tuple(
        (Cell((Run(f"Situasjon {at}.{n}"),)), Cell((Run(f"{SYMBOLS[tones[n % 3]]} Ord"),), tones[n % 3]), Cell((Run(_WORDS[:110]),)))
        for n in range(12)
    )
    return Table(f"Tabell {at}", ("Situasjon", "Vurdering", "Slik gjør vi det"), rows, (0.3, 0.15, 0.55))


# ── the peers ──


def naive(document: Document) -> bytes:
    """As python-docx's own tutorial would: styles by name, table cells by row and column."""
    made = python_docx.Document(str(TEMPLATE))
    made.paragraphs[0]._p.getparent().remove(made.paragraphs[0]._p)
    made.add_paragraph(document.title, style="Heading 1")
    for section in document.sections:
        made.add_paragraph(section.title, style=f"Heading {section.level + 1}")
        for block in section.blocks:
            _naive_block(made, block, section.level + 2)
    whole = BytesIO()
    made.save(whole)
    return whole.getvalue()


def _naive_block(made: Any, block: Block, level: int) -> None:
    if isinstance(block, Paragraph):
        _naive_runs(made.add_paragraph(style={"own": "RusOff Own Words", "note": "RusOff Note"}.get(block.style, "Normal")), block.runs)
    elif isinstance(block, Subheading):
        made.add_paragraph(block.words, style=f"Heading {level}")
    elif isinstance(block, Bullets):
        for item in block.items:
            _naive_runs(made.add_paragraph(style="List Bullet"), item)
    elif isinstance(block, Table):
        _naive_table(made, block)


def _naive_runs(paragraph: Any, runs: Runs) -> None:
    for run in runs:
        paragraph.add_run(run.words).bold = run.kind == "strong"


def _naive_table(made: Any, block: Table) -> None:
    made.add_paragraph(block.caption, style="Caption")
    table = made.add_table(len(block.rows) + 1, len(block.header), style="RusOff Table")
    for across, words in enumerate(block.header):
        table.cell(0, across).text = words
    for down, row in enumerate(block.rows, start=1):
        for across, cell in enumerate(row):
            _naive_runs(table.cell(down, across).paragraphs[0], cell.runs)
            table.cell(down, across).paragraphs[0].style = made.styles["RusOff Table Text"]


# What stands in the template, a paragraph a line; before the bar its style.
_LOOP = """
{%p for s in sections %}
{%p if s.level == 1 %}
Heading 2|{{ s.title }}
{%p else %}
Heading 3|{{ s.title }}
{%p endif %}
{%p for b in s.blocks %}
{%p if b.kind == "plain" %}
Normal|{{r b.words }}
{%p elif b.kind == "own" %}
RusOff Own Words|{{r b.words }}
{%p elif b.kind == "note" %}
RusOff Note|{{r b.words }}
{%p elif b.kind == "heading" %}
Heading 4|{{ b.words }}
{%p elif b.kind == "bullets" %}
{%p for point in b.points %}
List Bullet|{{r point }}
{%p endfor %}
{%p elif b.kind == "table" %}
Caption|{{ b.caption }}
TABLE
{%p endif %}
{%p endfor %}
{%p endfor %}
"""


@cache
def _loop_template() -> bytes:
    """A Word template with docxtpl's loops, as a person would type them into Word."""
    made = python_docx.Document(str(TEMPLATE))
    made.paragraphs[0].text, made.paragraphs[0].style = "{{ title }}", made.styles["Heading 1"]
    for line in _LOOP.strip().split("\n"):
        style, _, words = line.rpartition("|")
        if line == "TABLE":
            _loop_table(made.add_table(4, 3, style="RusOff Table"))
        else:
            made.add_paragraph(words, style=style or None)
    whole = BytesIO()
    made.save(whole)
    return whole.getvalue()


def _loop_table(table: Any) -> None:
    cells = (
        ("{{{{ b.header[{}] }}}}",),
        ("{{%tr for r in b.rows %}}",),
        ("{{% cellbg r[{}].colour %}}", "{{{{r r[{}].words }}}}"),
        ("{{%tr endfor %}}",),
    )
    for down, pieces in enumerate(cells):
        for across in range(1 if down in (1, 3) else 3):
            paragraph = table.cell(down, across).paragraphs[0]
            paragraph.style = "RusOff Table Text"
            for piece in pieces:
                paragraph.add_run(piece.format(across))


def by_docxtpl(document: Document) -> bytes:
    """The template filled by docxtpl, with autoescape (without it, text is lost at the first "&")."""
    template = DocxTemplate(BytesIO(_loop_template()))
    sections = [{"title": s.title, "level": s.level, "blocks": [_plain_block(b) for b in s.blocks]} for s in document.sections]
    template.render({"title": document.title, "sections": sections}, autoescape=True)
    whole = BytesIO()
    template.save(whole)
    return whole.getvalue()


def _plain_block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": block.style, "words": _rich(block.runs)}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "points": [_rich(item) for item in block.items]}
    if isinstance(block, Table):
        rows = [[{"words": _rich(cell.runs), "colour": TONES[cell.tone] if cell.tone else "auto"} for cell in row] for row in block.rows]
        return {"kind": "table", "caption": block.caption, "header": block.header, "rows": rows}
    assert isinstance(block, Subheading)
    return {"kind": "heading", "words": block.words}


def _rich(runs: Runs) -> RichText:
    rich = RichText()
    for run in runs:
        rich.add(run.words, bold=run.kind == "strong")
    return rich


def floor_of(document: Document) -> Draw:
    """The least that can be: our own finished paragraphs as ready strings, joined and zipped."""
    with ZipFile(BytesIO(docx.draw(document))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    pieces = re.split(r"(?<=</w:p>)", parts.pop("word/document.xml").decode())

    def draw(_: Document) -> bytes:
        whole = BytesIO()
        with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", "".join(pieces))
            for name, part in parts.items():
                archive.writestr(name, part)
        return whole.getvalue()

    return draw


# ── measuring ──


def text_of(file: bytes) -> str:
    """The words of a Word file's body, one space between paragraphs."""
    with ZipFile(BytesIO(file)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    paragraphs = ("".join(text.text or "" for text in p.iter(f"{_W}t")) for p in body.iter(f"{_W}p"))
    return " ".join(" ".join(paragraphs).split())


def _prove_same(document: Document, variants: dict[str, Draw]) -> None:
    ours = text_of(docx.draw(document))
    for name, draw in variants.items():
        if text_of(draw(document)) != ours:
            raise AssertionError(f"{name} does not hold the same text, so there is nothing to compare")


def _medians(draws: dict[str, Draw], document: Document, rounds: int) -> dict[str, float]:
    """Median seconds of each, taken in turns so that a busy moment hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in draws}
    for _ in range(rounds):
        for name, draw in draws.items():
            gc.collect()
            start = time.perf_counter()
            draw(document)
            times[name].append(time.perf_counter() - start)
    return {name: median(taken) for name, taken in times.items()}


def run() -> dict[str, float]:
    """Measure, print the ratios with their aims, and return them."""
    once = policy()
    draws: dict[str, Draw] = {"ours": docx.draw, "docxtpl": by_docxtpl, "naive": naive, "floor": floor_of(once)}
    _prove_same(once, draws)
    base = _medians(draws, once, 7)
    found = {
        "docxtpl": base["docxtpl"] / base["ours"],
        "naive": base["naive"] / base["ours"],
        "floor": base["ours"] / base["floor"],
    } | {f"x{times}": _growth(times) for times in (10, 100)}
    print("Policy as Word file, all variants proven to hold the same text; ratios of medians:")
    print(f"  docxtpl takes {found['docxtpl']:.1f} times as long (aim: at least 8)")
    print(f"  naive python-docx takes {found['naive']:.1f} times as long (aim: at least 50)")
    print(f"  the join-and-zip floor: we take {found['floor']:.2f} times as long (aim: at most 4)")
    print(f"  a document 10 times as long takes {found['x10']:.1f} times as long, 100 times: {found['x100']:.0f} (linear)")
    return found


def _growth(times: int) -> float:
    """How many times as long a document `times` as long takes; both in turns."""
    short, long = policy(), policy(times)
    draws: dict[str, Draw] = {"short": lambda _: docx.draw(short), "long": lambda _: docx.draw(long)}
    taken = _medians(draws, short, 7 if times == 10 else 3)
    return taken["long"] / taken["short"]


if __name__ == "__main__":
    run()
