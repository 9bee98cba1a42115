"""Everything that is made stands in one table, and a further guide is one file of content."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from app import cli
from app.documents import outputs
from app.pack import load
from app.pack.load import CONTENT, PackError, the_pack
from app.pack.model import Pack
from tests.conftest import start_policy
from tests.unit.test_golden import golden_names
from tests.web.test_pages import address

EXAMPLES = Path(__file__).parents[2] / "examples"
ALL = {
    "policy.docx", "policy.pdf", "policy.html", "rules.docx", "rules.pdf", "poster.pdf", "questionnaire.docx", "facilitator-guide.docx",
    "questions.docx", "statement.docx", "record.docx", "case-paper.docx", "decision.docx",
}  # fmt: skip


def text(words: str) -> dict[str, str]:
    return dict.fromkeys(("nb", "nn", "en"), words)


DOWNLOAD = {"name": text("For alle"), "heading": text("Kortversjonen"), "text": text("En side."), "button": text("Last ned ({format})")}
EMPLOYEES = {
    "id": "employees",
    "title": text("For alle i {workplace_name}"),
    "download": DOWNLOAD,
    "sections": [
        {"id": "short", "level": 1, "heading": text("Kort sagt"), "sources": ["own"], "blocks": [{"paragraph": text("Spør {workplace_name}.")}]}
    ],
}


def with_guide(folder: Path, guide: object) -> Path:
    """A copy of the content with one more guide."""
    copy = Path(shutil.copytree(CONTENT, folder / "rusoff"))
    with (copy / "guides" / "employees.yaml").open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(guide, file)
    return copy


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pack]:
    """The content with an eighth output, in use everywhere."""
    monkeypatch.setattr(load, "CONTENT", with_guide(tmp_path, EMPLOYEES))
    the_pack.cache_clear()
    yield the_pack()
    the_pack.cache_clear()


def test_the_table_names_every_file_once() -> None:
    names = [file.name for output in outputs.outputs_of(the_pack()) for file in output.files]
    assert sorted(names) == sorted(ALL)
    ids = [output.id for output in outputs.outputs_of(the_pack())]
    assert len(set(ids)) == len(ids)


def test_what_a_draft_or_nothing_gives_can_be_assembled() -> None:
    for output in outputs.outputs_of(the_pack()):
        assert (output.assemble is not None) == bool(output.sources & {"draft", "nothing"}), output.id


def test_a_further_guide_is_one_file_of_content(client, pack: Pack, tmp_path: Path) -> None:
    assert "employees" in {output.id for output in outputs.outputs_from(pack, "draft")}
    id = start_policy(client, {"workplace_name": "Solbakken"})
    page = client.get(address(id, "documents")).text
    assert "<strong>Kortversjonen</strong>" in page
    assert "employees-guide.docx" in page
    file = client.get(address(id, "documents/employees-guide.docx"))
    assert file.data.startswith(b"PK")
    assert "For%20alle%20-%20Solbakken.docx" in file.headers["Content-Disposition"]
    assert cli.main(["build", str(EXAMPLES / "consultancy.json"), "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "employees-guide.docx").exists()
    assert "consultancy-employees-nn" in golden_names(pack), "it has no golden text, and the golden tests say so"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"id": "guide"}, "guides: guide: this id is there 2 times"),
        ({"title": text("For {nobody}")}, "guides/employees.yaml: title: no question fills {nobody}"),
        ({"download": {**DOWNLOAD, "text": text("{size}")}}, "guides/employees.yaml: download.text: nothing fills {size}"),
    ],
)  # fmt: skip
def test_a_guide_that_would_break_is_refused(tmp_path: Path, changed: dict[str, object], expected: str) -> None:
    with pytest.raises(PackError) as refused:
        load.load(with_guide(tmp_path, EMPLOYEES | changed))
    assert expected in refused.value.faults
