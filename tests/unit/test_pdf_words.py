"""The words of a PDF: what a reader sees is what can be found and copied, letter by letter, and nothing runs over an edge."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typst
from PIL import Image

from app.documents import assemble, savefile
from app.documents.characters import FONTS
from app.documents.draft import Draft
from app.documents.model import Bullets, Cell, Chart, Document, Fields, Paragraph, Run, Runs, Section, Signatures, Subheading, Table, Wheel
from app.documents.render import pdf
from app.documents.render.pdf.typesetting import TEMPLATE
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language
from tests.unit.drawn import pdf_pages, pdf_text

EXAMPLES = sorted(path.stem for path in (Path(__file__).resolve().parents[2] / "examples").glob("*.json"))
ADDRESS = "https://www.fjellvik.kommune.no/helse/rus_policy/versjon-2027.pdf?vis=alle"
LONG_ADDRESS = ADDRESS + "&" + "/".join(f"del-{n}.html" for n in range(20))
MAIL = "hovedverneombud.for_hele.kommunen@helse-og-omsorg.fjellvik.kommune.no"
COMPOUND = "arbeidsmiljøutvalgsmedlemsopplæringsansvarligstedfortrederne"
LINE_END = re.compile("\u00ad?\n")


def squeezed(text: str) -> str:
    """The text without white space, and without the hyphens that only stand at the end of a line; nothing else is taken away."""
    return "".join(LINE_END.sub("\n", text).split())


def body_of(file: bytes, document: Document) -> str:
    """The words of all pages but what stands at their head and foot."""
    pages = pdf_pages(file)
    text = "\n".join(pages)
    for at in range(1, len(pages) + 1):
        number = document.page_of.replace("{page}", str(at)).replace("{pages}", str(len(pages)))
        assert number in text
        text = text.replace(f"{document.edition} {number}", "")
    frame = (document.workplace, document.draft, f"{document.workplace} {document.draft}")
    return "\n".join(line for line in text.split("\n") if line not in frame)


def passages(document: Document) -> Iterator[str]:
    for _, runs in document.title_block:
        yield _words(runs)
    for section in document.sections:
        yield section.title
        for block in section.blocks:
            yield from _passages(block)


def _passages(block: Any) -> Iterable[str]:
    return SAYS[type(block)](block)


SAYS: dict[type, Callable[[Any], Iterable[str]]] = {
    Paragraph: lambda block: [_words(block.runs)],
    Subheading: lambda block: [block.words],
    Bullets: lambda block: [_words(item).removeprefix("☐ ") for item in block.items],
    Table: lambda block: [block.caption, *block.header, *(_words(cell.runs) for row in block.rows for cell in row)],
    Wheel: lambda block: [block.caption],
    Chart: lambda block: [block.caption, *(point.label for point in block.points)],
    Fields: lambda block: block.labels,
    Signatures: lambda block: block.parties,
}


def _words(runs: Runs) -> str:
    return "".join(run.words for run in runs)


def unseen(text: str) -> set[str]:
    """Letters that nobody sees; a soft hyphen at the end of a line is seen."""
    return {hex(ord(letter)) for letter in LINE_END.sub("", text) if unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_passage_can_be_copied_letter_by_letter(example: str, language: Language) -> None:
    answers = savefile.read(the_pack(), (Path("examples") / f"{example}.json").read_text("utf-8")).answers
    document = assemble.policy(Draft(the_pack(), answers, language))
    drawn = pdf.draw(document)
    text = squeezed(body_of(drawn, document))
    lost = [passage for passage in passages(document) if squeezed(passage) not in text]
    # where a page ends within a passage, head and foot come between; the words before and after must be there all the same
    assert len(lost) <= len(pdf_pages(drawn))
    for passage in lost:
        half = squeezed(passage)
        assert any(half[:at] in text and half[at:] in text for at in range(1, len(half))), passage
    assert unseen(pdf_text(drawn)) == set()


def narrow(*words: str, kind: str = "policy") -> Document:
    """Each of the words in every place that takes words."""
    cells = tuple((Cell((Run("1"),)), Cell((Run(word),)), Cell((Run(f"Se {word}."),))) for word in words)
    blocks = (
        *(
            Paragraph((Run("Vi viser til "), Run(f"{word}, og sier", "strong"), Run(f" {word}.")), style)
            for word in words
            for style in ("plain", "own", "note")
        ),  # type: ignore[arg-type]
        Bullets(tuple((Run(f"Punkt: {word}"),) for word in words)),
        Bullets(tuple((Run(f"Punkt: {word}"),) for word in words), numbered=True),
        Table("Tabell", ("Nr", "Smal", "Bred"), cells, (0.08, 0.17, 0.75)),
        Subheading(f"Om {words[0]}"),
        Fields((f"Svar: {words[0]}",)),
        Signatures(words[:1], "Sted og dato", "Underskrift"),
    )
    sections = tuple(Section(f"s{at}", 1, f"{at} Om {word}", "body", blocks if at == 1 else ()) for at, word in enumerate(words, start=1))
    fact = (("Ansvarlig", tuple(Run(word) for word in words)),)
    frame = {"contents": "Innhold", "page_of": "{page} av {pages}", "edition": words[0][:80], "draft": "Utkast"}
    return Document(kind, "nb", words[0], words[0], sections, fact, **frame)  # type: ignore[arg-type]


@pytest.mark.parametrize("word", [ADDRESS, LONG_ADDRESS, MAIL, COMPOUND, "x" * 200, "AMW" * 40, "Ærlighetserklæringsskjemaet", "1234567890" * 9])
def test_long_words_are_whole_and_within_the_page(word: str) -> None:
    document = narrow(word)
    drawn = pdf.draw(document)
    text = squeezed(pdf_text(drawn))
    assert unseen(pdf_text(drawn)) == set()
    assert text.count(squeezed(word)) >= 17
    for page in pictures(document):
        assert page.crop((page.width * 542 // 595, 0, page.width, page.height)).getextrema() == (255, 255), "the right margin is empty"


def pictures(document: Document) -> list[Image.Image]:
    """The pages as pictures in grey."""
    files = {"main.typ": TEMPLATE.read_bytes()} | {name: words.encode() for name, words in pdf.written(document).items()}
    pages = typst.compile(files, format="png", ppi=36, font_paths=[str(FONTS)], ignore_system_fonts=True)  # type: ignore[type-var]
    drawn: list[bytes] = pages if isinstance(pages, list) else [pages]
    return [Image.open(BytesIO(page)).convert("L") for page in drawn]


@pytest.mark.parametrize("word", [ADDRESS, MAIL, COMPOUND])
def test_what_fits_on_a_line_stands_on_one(word: str) -> None:
    filler = "Et ord til her, "
    for times in range(1, 9):
        runs = (Run(filler * times + word + " og resten."),)
        document = Document("policy", "nb", "Tittel", "", (Section("a", 1, "1 Om", "body", (Paragraph(runs), Bullets((runs,)))),))
        assert pdf_text(pdf.draw(document)).count(word) == 2, times


def test_words_break_after_a_mark_where_they_do_not_fit() -> None:
    document = Document("policy", "nb", "Tittel", "", (Section("a", 1, "1 Om", "body", (Paragraph((Run(LONG_ADDRESS),)),)),))
    lines = [line.strip() for line in pdf_text(pdf.draw(document)).split("\n")]
    at = next(n for n, line in enumerate(lines) if line.startswith("https"))
    assert lines[at][-1] in "/.-@_?&"
    assert (lines[at] + lines[at + 1]).startswith(LONG_ADDRESS[:100])


def test_invisible_letters_that_were_typed_are_not_drawn() -> None:
    typed = "ver\u00adne\u200bom\u2060bud\ufeff \u202ebak\u202c"
    document = Document("policy", "nb", typed, typed, (Section("a", 1, typed, "body", (Paragraph((Run(typed),)),)),), contents="Innhold")
    text = pdf_text(pdf.draw(document))
    assert unseen(text) == set()
    assert text.count("verneombud bak") == 4


def test_figures_are_tabular_in_columns_of_numbers_alone() -> None:
    cells = tuple((Cell((Run("HMS-mål"),)), Cell((Run(f"{n},5"),))) for n in (1, 11))
    table = Table("", ("Hva", "Tall"), cells, (0.5, 0.5))
    columns = pdf.written(Document("policy", "nb", "T", "", (Section("a", 1, "1", "body", (table,)),)))["document.json"]
    assert '"numbers": [false, true]' in columns
