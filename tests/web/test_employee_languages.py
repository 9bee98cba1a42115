"""The questionnaire in a language that the pack declares for the employees alone: whole, or refused by name; and nothing else in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from ruamel.yaml import YAML

from app import cli
from app.documents import assemble
from app.documents.draft import Draft
from app.documents.frozen import FrozenError, freeze, thaw
from app.documents.outputs import annex_files, files_from
from app.pack import load
from app.pack.languages import further_fault, locale_of, own_name, tag_of
from app.pack.load import CONTENT, PackError, the_pack
from app.pack.model import Pack
from app.pack.text import LANGUAGES, LanguageError
from tests.conftest import start_policy
from tests.web.test_pages import address

CONSULTANCY = Path(__file__).parents[2] / "examples" / "consultancy.json"
PRINTED = ("draft", "edition", "in_own_words", "open_point", "page_of", "statement")
ANSWERS = {"workplace_name": "Solbakken", "work_features": ["travel", "on_call"]}
Edit = Callable[[Any, Any], object]


def add_polish(data: Any) -> None:
    """Give every text below `data` placeholder words."""
    if isinstance(data, dict) and isinstance(data.get("nb"), str):
        data["pl"] = f"pl: {data['nb']}"
        return
    for item in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        add_polish(item)


def with_polish(folder: Path, edit: Edit = lambda _manifest, _questionnaire: None) -> Path:
    """A copy of the content that declares Polish for the employees and has it in every text of the questionnaire; then edited."""
    copy = Path(shutil.copytree(CONTENT, folder / "rusoff"))
    yaml = YAML(typ="safe", pure=True)
    manifest, questionnaire = (yaml.load((copy / name).read_text("utf-8")) for name in ("pack.yaml", "questionnaire.yaml"))
    manifest["employee_languages"] = ["pl"]
    for text in (manifest["questionnaire_title"], manifest["origin"], *(manifest["words"][id] for id in PRINTED)):
        add_polish(text)
    add_polish(questionnaire)
    edit(manifest, questionnaire)
    for name, data in (("pack.yaml", manifest), ("questionnaire.yaml", questionnaire)):
        with (copy / name).open("w", encoding="utf-8") as file:
            yaml.dump(data, file)
    return copy


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pack]:
    """The content with Polish for the employees, in use everywhere."""
    the_pack()  # so that what was parsed is copied as well
    monkeypatch.setattr(load, "CONTENT", with_polish(tmp_path))
    the_pack.cache_clear()
    yield the_pack()
    the_pack.cache_clear()


def words_of(file: bytes) -> list[str]:
    """Every paragraph of a Word file, those of its tables and its footer as well."""
    read = docx.Document(BytesIO(file))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in read.paragraphs), *cells, *(paragraph.text for paragraph in read.sections[0].footer.paragraphs)]


def test_the_questionnaire_is_made_in_it_on_the_page(client, pack: Pack) -> None:
    id = start_policy(client, ANSWERS)
    page = client.get(address(id, "documents")).text
    assert re.search(r'/documents/questionnaire\.docx">Word<', page)
    assert re.search(r'/documents/questionnaire-pl\.docx">Word, polski<', page)
    file = client.get(address(id, "documents/questionnaire-pl.docx"))
    assert "Sp%C3%B8rreskjema%20%28polski%29%20-%20Solbakken.docx" in file.headers["Content-Disposition"]
    words = [line for line in words_of(file.data) if any(one.isalpha() for one in line)]
    assert any("Hvordan vil vi ha det hos oss? Spørreskjema for Solbakken" in line for line in words)
    assert [line for line in words if "pl: " not in line.replace("Pl: ", "pl: ") and line != "Solbakken"] == []
    styles = docx.Document(BytesIO(file.data)).styles.element
    assert styles.find(".//" + qn("w:lang")).get(qn("w:val")) == "pl-PL"


def test_nothing_else_is_made_in_it(client, pack: Pack) -> None:
    id = start_policy(client, ANSWERS)
    assert client.get(address(id, "documents")).text.count("polski") == 1
    assert client.get(address(id, "documents/policy-pl.docx")).status_code == 404
    assert client.get(address(id, "documents/questionnaire-se.docx")).status_code == 404
    assert client.post(address(id, "documents"), data={"document_language": "pl"}).status_code == 400
    assert client.get("/pl/").status_code == 404
    for make in (assemble.policy, assemble.questions):
        with pytest.raises(LanguageError, match="no words in pl"):
            make(Draft(pack, ANSWERS, "pl"))
    with pytest.raises(FrozenError):
        thaw(freeze(assemble.questionnaire(Draft(pack, ANSWERS, "pl"))))


def test_an_answer_that_is_open_is_marked_in_it(pack: Pack) -> None:
    document = assemble.questionnaire(Draft(pack, {}, "pl"))
    assert (document.draft, document.language) == ("pl: Utkast", "pl")
    assert "[pl: ikke bestemt ennå]" in document.title


def test_the_other_languages_are_as_they_were(pack: Pack) -> None:
    ours = load.load(CONTENT)
    for language in LANGUAGES:
        for make in (assemble.policy, assemble.questionnaire):
            assert make(Draft(pack, ANSWERS, language)) == make(Draft(ours, ANSWERS, language))


def test_the_command_line_makes_it(tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert cli.main(["build", str(CONSULTANCY), "--language", "pl", "--out", str(out)]) == 0
    assert [path.name for path in out.iterdir()] == ["questionnaire-pl.docx"]
    assert cli.main(["build", str(CONSULTANCY), "--language", "nn", "--out", str(tmp_path / "nn")]) == 0
    made = {path.name for path in (tmp_path / "nn").iterdir()}
    assert made - set(annex_files(pack)) == {name for name, file in files_from(pack, "draft").items() if not file.language}
    with pytest.raises(SystemExit):
        cli.main(["build", str(CONSULTANCY), "--language", "se", "--out", str(out)])
    assert "nothing is made in se; choose from nb, nn, en, pl" in capsys.readouterr().err


def test_what_no_pack_declares_is_not_offered(client) -> None:
    assert the_pack().manifest.employee_languages == []
    assert not any(file.language for file in files_from(the_pack(), "draft").values())
    with pytest.raises(SystemExit):
        cli.main(["build", str(CONSULTANCY), "--language", "pl", "--out", "nowhere"])


REFUSALS: dict[str, tuple[Edit, str]] = {
    "a statement": (
        lambda _, q: q["themes"][0]["statements"][1]["text"].pop("pl"),
        "questionnaire.yaml: themes.culture.statements.free_choice.text.pl: missing; pack.yaml says employee_languages: pl",
    ),
    "a point of the scale": (lambda _, q: q["scale"][0]["label"].pop("pl"), "questionnaire.yaml: scale.a1.label.pl: missing; "),
    "a paragraph": (lambda _, q: q["intro"][2].pop("pl"), "questionnaire.yaml: intro.2.pl: missing; "),
    "a fixed word": (lambda m, _: m["words"]["statement"].pop("pl"), "pack.yaml: words.statement.pl: missing; "),
    "an empty text": (lambda _, q: q["closing"].update(pl=" "), "questionnaire.yaml: closing.pl: String should have at least 1 character"),
    "a hole that nothing fills": (lambda _, q: q["closing"].update(pl="{no_such}"), "questionnaire.yaml: closing: no question fills {no_such}"),
    "an answer with words in three languages": (
        lambda _, q: q["closing"].update(pl="{decides}"), "questionnaire.yaml: closing: {decides} has words in nb, nn, en alone",
    ),
    "a language that is not declared": (
        lambda _, q: q["closing"].update(se="x"), "questionnaire.yaml: closing.se: pack.yaml does not declare this language in employee_languages",
    ),
    "a word that the questionnaire does not print": (
        lambda m, _: m["words"]["contents"].update(pl="x"), "pack.yaml: words.contents.pl: the questionnaire does not print this, ",
    ),
    "a text of the policy": (lambda m, _: m["title"].update(pl="x"), "pack.yaml: title.pl: Extra inputs are not permitted"),
    "a language of the screen": (lambda m, _: m.update(employee_languages=["pl", "nn"]), "employee_languages: nn is a language of the screen"),
    "a language that nobody knows": (lambda m, _: m.update(employee_languages=["pl", "xx"]), "employee_languages: xx is not the code of a language"),
    "a language twice": (lambda m, _: m.update(employee_languages=["pl", "pl"]), "employee_languages: pl is there 2 times"),
    "a screen that lacks a language": (lambda m, _: m.update(languages=["nb", "en"]), "languages: nn is missing, and the screen speaks it"),
    "a screen that has one more": (lambda m, _: m.update(languages=["nb", "nn", "en", "pl"]), "languages.3: Input should be 'nb', 'nn' or 'en'"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSALS)
def test_what_is_not_whole_is_refused_by_name(tmp_path: Path, what: str) -> None:
    edit, expected = REFUSALS[what]
    with pytest.raises(PackError) as refused:
        load.load(with_polish(tmp_path, edit))
    assert expected in "\n".join(refused.value.faults)


def test_one_missing_text_is_one_fault(tmp_path: Path) -> None:
    with pytest.raises(PackError) as refused:
        load.load(with_polish(tmp_path, REFUSALS["a statement"][0]))
    assert refused.value.faults == [REFUSALS["a statement"][1]]


def test_what_babel_says_of_a_language() -> None:
    assert [tag_of(one) for one in ("nb", "en", "pl", "se", "fi")] == ["nb-NO", "en-GB", "pl-PL", "se-NO", "fi-FI"]
    assert [locale_of(one) for one in ("nn", "pl")] == ["nn_NO", "pl"]
    assert (own_name("se"), own_name("pl")) == ("davvisámegiella", "polski")
    assert further_fault("pl") == further_fault("se") == ""
    assert "right to left" in further_fault("ar")
    assert all("Babel knows" in further_fault(wrong) for wrong in ("", "PL", "pl_PL", "../pl", "fkv"))
