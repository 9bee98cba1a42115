"""The table of contents in Word's files: a field that can be reckoned anew, whose stored page numbers are right to begin with."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.documents import assemble, papers, savefile
from app.documents.draft import Draft
from app.documents.model import Document
from app.documents.render import docx
from app.documents.render.docx.page_estimate import pages
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from tests.heavy.office import converted, headings, with_contents_updated
from tests.unit.sample_record import SAMPLES

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))


def documents() -> Iterator[tuple[str, Document]]:
    """Every example in every language: the whole policy, the record, the policy with the record; and an empty one, and the questions on paper."""
    pack = the_pack()
    for language in LANGUAGES:
        yield f"empty-{language}", assemble.policy(Draft(pack, {}, language))
        yield f"questions-{language}", assemble.questions(Draft(pack, {}, language))
        for example in EXAMPLES:
            policy = assemble.policy(Draft(pack, savefile.read(pack, example.read_text("utf-8")).answers, language).at_length("full"))
            yield f"{example.stem}-{language}", policy
            if example.stem in SAMPLES:
                record = papers.record(pack, SAMPLES[example.stem][0](policy), language)
                yield f"{example.stem}-record-{language}", record
                yield f"{example.stem}-with-record-{language}", papers.with_record(policy, record, pack)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contents")
    for name, document in documents():
        (folder / f"{name}.docx").write_bytes(docx.draw(document))
    return folder


def apart(document: Document, found: list[tuple[str, int]]) -> list[int]:
    """For each section, by how many pages the stored number differs from where its heading came to stand."""
    rest, differences = iter(found), []
    for section, page in zip(document.sections, pages(document)[0], strict=True):
        title = " ".join(section.title.split())
        differences.append(page - next(at for words, at in rest if words == title))
    return differences


def test_stored_numbers_are_right_within_a_page(folder: Path) -> None:
    laid = converted(folder, sorted(folder.glob("*.docx")))
    counted: Counter[int] = Counter()
    for name, document in documents():
        if document.contents:
            differences = apart(document, headings(laid / f"{name}.pdf"))
            assert max(map(abs, differences)) <= 1, (name, differences)
            counted.update(differences)
    assert counted[0] >= 0.85 * counted.total(), counted
    assert abs(counted[1] - counted[-1]) <= 0.15 * counted.total(), counted


def test_libreoffice_reckons_the_contents_anew_with_a_heading_that_somebody_added(folder: Path) -> None:
    name, document = next((name, document) for name, document in documents() if name == "nursing_home-nb")
    added = folder / "added.docx"
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>Vårt eget punkt</w:t></w:r></w:p><w:sectPr>'
    with zipfile.ZipFile(folder / f"{name}.docx") as source, zipfile.ZipFile(added, "w") as target:
        for item in source.infolist():
            part = source.read(item)
            if item.filename == "word/document.xml":
                part = heading.encode().join(part.rsplit(b"<w:sectPr>", 1))
            target.writestr(item, part)
    entries = [words for words, _ in with_contents_updated(folder, added)]
    assert [section.title for section in document.sections if section.title not in entries] == []
    assert "Vårt eget punkt" in entries


def test_libreoffice_keeps_the_field_and_the_links(folder: Path) -> None:
    [name] = [name for name, _ in documents() if name == "consultancy-en"]
    again = converted(folder, [folder / f"{name}.docx"], "docx:MS Word 2007 XML")
    with zipfile.ZipFile(again / f"{name}.docx") as file:
        body = file.read("word/document.xml").decode()
    assert "TOC " in body
    assert body.count("PAGEREF _Toc") + body.count('w:hyperlink w:anchor="_Toc') >= 30
