"""The Word files, opened by others: Microsoft's own validator, and LibreOffice."""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.documents import assemble, papers, savefile
from app.documents.draft import Draft
from app.documents.look import Look
from app.documents.model import Document
from app.documents.outputs import outputs_of
from app.documents.record import Decided, Meeting, Record, Remark, Voice
from app.documents.render import docx, pdf, plain
from app.documents.word_template import taken
from app.pack.engine import LENGTHS
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from tests import word_templates
from tests.heavy.office import converted
from tests.heavy.paper import page_faults
from tests.unit.drawn import pdf_pages, picture
from tests.unit.sample_document import sample
from tests.unit.sample_record import LANGUAGE, SAMPLES

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
HOSTILE = "\x0b\x00<b> & ]]> {{ 7*7 }} $x$ #read(\"/etc/passwd\") 'æøå' “„ " + "x" * 60


def documents() -> Iterator[tuple[str, Document]]:
    """One of everything: each example in a language of its own and in every length, every kind of document, an empty policy and a hostile one."""
    pack = the_pack()
    for at, example in enumerate(EXAMPLES):
        loaded = savefile.read(pack, example.read_text("utf-8"))
        language = LANGUAGES[at % 3]
        lengths = {length: Draft(pack, loaded.answers, language, loaded.own_words).at_length(length) for length in LENGTHS}
        yield from ((f"{example.stem}-{length}-{language}", assemble.policy(draft)) for length, draft in lengths.items())
        yield f"{example.stem}-sheet-{language}", assemble.rules(lengths["full"])
        if at == 0:
            yield from ((output.id, output.assemble(Draft(pack, loaded.answers, "nn"))) for output in outputs_of(pack) if output.assemble)
    hostile = {q.id: HOSTILE for q in pack.questions.values() if q.kind in ("text", "long_text") and not q.format}
    yield "hostile", assemble.policy(Draft(pack, hostile, "nb"))
    yield from of_reviews()


def of_reviews() -> Iterator[tuple[str, Document]]:
    """The papers of every sample review, the policy with the record at its end, and papers in which every text is hostile."""
    pack = the_pack()
    for name, (make, decide) in SAMPLES.items():
        answers = savefile.read(pack, next(e for e in EXAMPLES if e.stem == name).read_text("utf-8")).answers
        policy, language = assemble.policy(Draft(pack, answers, LANGUAGE[name])), LANGUAGE[name]
        record, decided = make(policy), decide()
        yield f"{name}-statement", papers.statement(pack, record, "a", language)
        yield f"{name}-record", papers.record(pack, record, language, decided)
        yield f"{name}-case-paper", papers.case_paper(pack, record, policy, language, draft=Draft(pack, answers, language))
        yield f"{name}-decision", papers.decision(pack, record, decided, language, policy_document=policy)
        yield f"{name}-with-record", papers.with_record(policy, papers.record(pack, record, language), pack)
    voice = Voice("a", HOSTILE, "verneombud", statement=HOSTILE, checklist=(("enough_time", "yes", HOSTILE),))
    remark = Remark(1, "x", HOSTILE, "a", "disagreement", HOSTILE * 40, HOSTILE, "not_taken_in", HOSTILE, None, HOSTILE, True)
    hostile = Record(HOSTILE, HOSTILE, HOSTILE, voices=(voice,), remarks=(remark,), meetings=(Meeting(None, "", HOSTILE, HOSTILE),))
    yield "hostile-statement", papers.statement(pack, hostile, "a", "nb")
    yield "hostile-record", papers.record(pack, hostile, "nb")
    yield "hostile-decision", papers.decision(pack, hostile, Decided(body_name=HOSTILE, dissent=HOSTILE, present=HOSTILE), "nb")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    for name, document in documents():
        (folder / f"{name}.docx").write_bytes(docx.draw(document))
    for name, template in (("plain", word_templates.plain()), ("norwegian", word_templates.norwegian()), ("poor", word_templates.poor())):
        (folder / f"in-template-{name}.docx").write_bytes(docx.draw(sample(), Look(picture(), template=taken(template).data)))
    return folder


def faults(file: Path) -> list[object]:
    """What the Open XML SDK finds wrong. The command exits with 0 whatever it finds: only an empty list counts."""
    made = subprocess.run([os.environ["OOXML_VALIDATE"], "--of", "json", str(file)], capture_output=True, text=True, timeout=300, check=True)
    found: list[object] = json.loads(made.stdout)
    return found


def test_the_open_xml_sdk_finds_nothing(folder: Path) -> None:
    files = sorted(folder.glob("*.docx"))
    with ThreadPoolExecutor(2) as pool:
        assert {file.name: found for file, found in zip(files, pool.map(faults, files), strict=True) if found} == {}


def test_the_validator_can_find_something(folder: Path, tmp_path: Path) -> None:
    """A file made wrong on purpose: a paragraph's properties after its words."""
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(folder / "questionnaire.docx") as good, zipfile.ZipFile(broken, "w") as bad:
        for item in good.infolist():
            part = good.read(item)
            if item.filename == "word/document.xml":
                part = part.replace(b"</w:body>", b"<w:p><w:r><w:t>x</w:t></w:r><w:pPr/></w:p></w:body>")
            bad.writestr(item, part)
    assert faults(broken)


@pytest.fixture(scope="module")
def laid(folder: Path) -> Path:
    """Every file as LibreOffice lays it out."""
    return converted(folder, sorted(folder.glob("*.docx")))


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_no_page_is_nearly_empty_and_no_heading_stands_at_its_foot(laid: Path, tmp_path: Path, kind: str) -> None:
    found = {}
    for name, document in documents():
        if document.kind in ("policy", "rules") and "hostile" not in name and "record" not in name:
            file = laid / f"{name}.pdf"
            if kind == "pdf":
                file = tmp_path / f"{name}.pdf"
                file.write_bytes(pdf.draw(document))
            found[name] = list(page_faults(document, file))
    assert {name: said for name, said in found.items() if said} == {}


def test_the_short_policy_is_short_in_word_too(laid: Path) -> None:
    pages = {file.stem: len(pdf_pages(file.read_bytes())) for file in laid.glob("*-policy-??.pdf")}
    assert len(pages) == len(EXAMPLES)
    assert {name: number for name, number in pages.items() if number > (3 if "consultancy" in name else 5) + name.endswith("-en")} == {}


def test_libreoffice_opens_every_file_and_loses_no_word(laid: Path) -> None:
    for name, document in documents():
        text = subprocess.run(["pdftotext", "-layout", str(laid / f"{name}.pdf"), "-"], check=True, capture_output=True, text=True).stdout
        shown = set(re.findall(r"\w{3,}", text))
        meant = {word for section in document.sections for word in re.findall(r"\w{3,}", section.title)}
        assert meant - shown == set(), name
        words = re.findall(r"\b[a-zæøå]{4,12}\b", plain.draw(document))
        lost = [word for word in words if word not in shown]
        assert len(lost) <= len(words) * 0.02, (name, lost[:20])  # a few are cut in two at the end of a line
        assert "[object" not in text
        assert "Error!" not in text
