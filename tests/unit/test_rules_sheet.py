"""The ground rules: one page for everybody, which says no more and nothing else than the policy."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.documents import assemble, savefile
from app.documents.draft import Draft
from app.documents.look import OURS
from app.documents.model import Document, Table
from app.documents.render import pdf, plain
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language
from tests.unit.drawn import pdf_pages

PACK = the_pack()
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
MOST: dict[Language, int] = {"nb": 350, "nn": 350, "en": 400}  # English needs more words for the same


def draft_of(example: Path, language: Language = "nb", **changed: Any) -> Draft:
    return Draft(PACK, savefile.read(PACK, example.read_text("utf-8")).answers | changed, language)


def words(document: Document) -> int:
    return sum(bool(re.search(r"\w", word)) for word in plain.draw(document).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_rules_of_every_example_are_one_page_of_few_words(example: Path, language: Language) -> None:
    sheet = assemble.rules(draft_of(example, language))
    assert words(sheet) <= MOST[language]
    assert len(pdf_pages(pdf.draw(sheet, OURS))) == 1


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_light_is_as_in_the_policy(example: Path) -> None:
    draft = draft_of(example, length="full")
    assert lights(assemble.rules(draft)) == lights(assemble.policy(draft))
    assert set(lights(assemble.rules(draft)).values()) >= {"red", "yellow"}


def lights(document: Document) -> dict[str, str]:
    """The light of each situation, as the board says it."""
    boards = [block for s in document.sections for block in s.blocks if isinstance(block, Table) and block.tone]
    return {name: board.tone or "" for board in boards for row in board.rows for name in row[0].runs[0].words.split(" · ")}


@pytest.mark.parametrize(("at", "example"), list(enumerate(EXAMPLES)))
def test_the_poster_is_the_same_words_on_one_sheet_of_a3(at: int, example: Path) -> None:
    draft = draft_of(example, LANGUAGES[at % len(LANGUAGES)])
    assert plain.draw(assemble.poster(draft)) == plain.draw(assemble.rules(draft))
    sheet, poster = (PdfReader(BytesIO(pdf.draw(made(draft)))) for made in (assemble.rules, assemble.poster))
    assert [len(poster.pages), *map(round, poster.pages[0].mediabox[2:])] == [1, 842, 1191]
    assert max(_sizes(poster)) >= 1.4 * max(_sizes(sheet)), "at least as large as the sheet would be, grown to A3"


def _sizes(file: PdfReader) -> set[float]:
    """How large the letters of a page are, in points."""
    found: set[float] = set()
    file.pages[0].extract_text(visitor_text=lambda text, cm, tm, font, size: found.add(abs(cm[0] * tm[0]) * size))
    return found


def test_the_strictest_light_stands_first() -> None:
    lights = {"workday": {"light": "red"}, "christmas_party": {"light": "yellow"}, "digital_social": {"light": "green"}}
    boards = [block for block in assemble.rules(draft_of(EXAMPLES[1], lights=lights)).sections[1].blocks if isinstance(block, Table)]
    assert [board.tone for board in boards] == ["red", "yellow", "green", None]
    assert [board.header for board in boards][2:] == [("● Grønt – greit",), ("[ikke bestemt ennå]",)]


def test_those_one_can_talk_to_stand_in_it_with_how_to_reach_them() -> None:
    roles = {"contact": {"name": "Kari", "reach": "55 12 34 56"}, "top_leader": {"name": "Styrelederen", "reach": ""}}
    said = plain.draw(assemble.rules(draft_of(EXAMPLES[0], roles=roles)))
    assert "Kontaktperson | Kari | 55 12 34 56" in said
    assert "Styrelederen" not in said, "the table names its rows"


def test_it_is_a_draft_as_long_as_the_policy_is() -> None:
    done, open_ = draft_of(EXAMPLES[0]), draft_of(EXAMPLES[0], owner_function=None)
    assert [assemble.rules(one).draft for one in (done, open_)] == ["Forslag", "Utkast"]
    assert assemble.rules(replace(done, language="en")).draft == "Proposal"
