"""The `rusoff` command writes what it says, and names each fault in one line."""

import json
import zipfile
from pathlib import Path

import pytest

from app import cli
from app.documents.outputs import annex_files, files_from
from app.pack.load import the_pack
from tests import word_templates
from tests.unit.drawn import html_text

EXAMPLES = Path(__file__).parents[2] / "examples"
DOCUMENTS = {*files_from(the_pack(), "draft"), *annex_files(the_pack())}
STARTS = {".docx": b"PK", ".pdf": b"%PDF", ".html": b"<!doctype html>"}


def answers(tmp_path: Path, **changed) -> str:
    file = json.loads((EXAMPLES / "consultancy.json").read_text("utf-8"))
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({**file, **changed}), "utf-8")
    return str(path)


def test_build_writes_every_document(tmp_path, capsys) -> None:
    out = tmp_path / "new" / "folder"
    assert cli.main(["build", str(EXAMPLES / "consultancy.json"), "--language", "nn", "--out", str(out)]) == 0
    assert {path.name for path in out.iterdir()} == DOCUMENTS
    for path in out.iterdir():
        assert path.read_bytes().lower().startswith(STARTS[path.suffix].lower())
    assert len(capsys.readouterr().out.splitlines()) == len(DOCUMENTS)


def test_build_writes_the_length_that_is_asked_for(tmp_path) -> None:
    texts = {}
    for length in ("rules", "policy", "full"):
        out = tmp_path / length
        assert cli.main(["build", str(EXAMPLES / "building_firm.json"), "--length", length, "--out", str(out)]) == 0
        texts[length] = html_text((out / "policy.html").read_text("utf-8"))
        assert (out / "rules.pdf").read_bytes().startswith(b"%PDF")
    assert len(texts["rules"]) < len(texts["policy"]) < len(texts["full"])
    with pytest.raises(SystemExit):
        cli.main(["build", str(EXAMPLES / "building_firm.json"), "--length", "short", "--out", str(tmp_path)])


def test_build_draws_in_the_colour_that_is_asked_for_and_names_a_darker_one(tmp_path, capsys) -> None:
    given = answers(tmp_path, colour="#00594f")
    for asked, accent in (([], "00594F"), (["--colour", "#7a1fa2"], "7A1FA2")):
        assert cli.main(["build", given, *asked, "--out", str(tmp_path / "out")]) == 0
        assert f"--accent: #{accent}" in (tmp_path / "out" / "policy.html").read_text("utf-8")
    assert capsys.readouterr().err == ""
    assert cli.main(["build", given, "--colour", "fc0", "--out", str(tmp_path / "out")]) == 0
    assert "#ffcc00: contrast 1.51 to white, and text needs 4.5; drawn in the darker #" in capsys.readouterr().err


def test_build_draws_in_a_template_and_names_what_it_lacks(tmp_path, capsys) -> None:
    template = tmp_path / "mal.docx"
    template.write_bytes(word_templates.poor())
    assert cli.main(["build", answers(tmp_path), "--template", str(template), "--out", str(tmp_path / "out")]) == 0
    assert "not in the template – Title: our title" in capsys.readouterr().err
    assert b"RusOffNote" in zipfile.ZipFile(tmp_path / "out" / "policy.docx").read("word/styles.xml")
    template.write_bytes(b"no Word file")
    assert cli.main(["build", answers(tmp_path), "--template", str(template), "--out", str(tmp_path / "out")]) == 2
    assert "The file is not a Word document" in capsys.readouterr().err


def test_an_older_file_is_built_whole_and_that_is_said(tmp_path, capsys) -> None:
    assert cli.main(["build", answers(tmp_path, edition="2026.2"), "--out", str(tmp_path / "out")]) == 0
    assert "Akuttrutine" in html_text((tmp_path / "out" / "policy.html").read_text("utf-8"))
    assert "length: The policy can now have three lengths." in capsys.readouterr().err


def test_building_twice_gives_the_same_bytes(tmp_path) -> None:
    built = []
    for name in ("one", "two"):
        assert cli.main(["build", str(EXAMPLES / "shipping.json"), "--out", str(tmp_path / name)]) == 0
        built.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert built[0] == built[1]


def test_questions_writes_one_document(tmp_path) -> None:
    assert cli.main(["questions", "--language", "en", "--out", str(tmp_path / "all.docx")]) == 0
    assert (tmp_path / "all.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("text", ["", "{", "[]", "0", '{"format": "something else"}', "\x00", '{"answers": {}}', "[" * 100000])
def test_what_are_no_answers_is_refused_in_one_line(tmp_path, capsys, text) -> None:
    path = tmp_path / "answers.json"
    path.write_text(text, "utf-8")
    assert cli.main(["build", str(path), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert str(path) in said
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path, capsys) -> None:
    (tmp_path / "latin.json").write_bytes(b"\xe6\xf8\xe5")
    for name in ("missing.json", "latin.json", "."):
        assert cli.main(["build", str(tmp_path / name), "--out", str(tmp_path / "out")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_every_bad_answer_has_its_own_line(tmp_path, capsys) -> None:
    bad = {"size": "enormous", "no_such_question": 1, "situations": ["workday", "moon_landing"], "event_units": "many"}
    assert cli.main(["build", answers(tmp_path, answers=bad), "--out", str(tmp_path / "out")]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    for key in ("size", "no_such_question", "moon_landing", "event_units"):
        assert any(key in line for line in lines)


def test_a_folder_that_cannot_be_written_is_refused(tmp_path, capsys) -> None:
    (tmp_path / "file").write_text("")
    assert cli.main(["questions", "--out", str(tmp_path / "file" / "all.docx")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_show_says_what_each_answer_brings_about(capsys) -> None:
    assert cli.main(["show", "event_pays", "--language", "nn", "--answers", str(EXAMPLES / "consultancy.json")]) == 0
    shown = capsys.readouterr().out
    assert "Alle betaler alkoholen sjølve." in shown
    assert "Alle betaler alkoholen selv." not in shown


def test_show_refuses_an_unknown_id_in_one_line(capsys) -> None:
    assert cli.main(["show", "own_event"]) == 2
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert "own_events" in said.err


def test_the_content_has_no_faults(capsys) -> None:
    assert cli.main(["check-content"]) == 0
    assert "no faults" in capsys.readouterr().out


@pytest.mark.parametrize("given", [[], ["dance"], ["build"], ["build", "x.json", "--out", "y", "--language", "sv"]])
def test_a_command_that_is_wrong_is_explained(given, capsys) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(given)
    assert left.value.code == 2
    assert "usage: rusoff" in capsys.readouterr().err


def test_migrate_and_purge_work_from_an_empty_folder(tmp_path, monkeypatch, capsys, new_database) -> None:
    monkeypatch.setenv("RUSOFF_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("DATABASE_URL", new_database())
    assert cli.main(["migrate"]) == 0
    assert cli.main(["migrate"]) == 0
    assert cli.main(["purge"]) == 0
    assert "Drafts deleted: 0" in capsys.readouterr().out


def test_build_names_what_is_too_long_and_cuts_nothing(tmp_path, capsys) -> None:
    given = {"acute_contact": "x" * 130, "own_values": "y" * 5001, "own_links": [{"title": "z" * 201, "address": "S:\\HMS"}]}
    assert cli.main(["build", answers(tmp_path, answers=given, logo="no picture!"), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert [line.split(": ", 1)[1] for line in said.splitlines()] == [
        "acute_contact: this is 10 characters too long",
        "own_values: this is 1 characters too long",
        "own_links.1.title: this is 1 characters too long",
        "logo: this is no picture written as base64",
    ]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_build_reads_the_encodings_that_the_wizard_reads(tmp_path, encoding) -> None:
    file = json.loads((EXAMPLES / "consultancy.json").read_text("utf-8"))
    path = tmp_path / "answers.json"
    path.write_bytes(json.dumps({**file, "answers": {"workplace_name": "Blåbærøya"}}, ensure_ascii=False).encode(encoding))
    assert cli.main(["build", str(path), "--out", str(tmp_path / "out")]) == 0
    assert "Blåbærøya" in (tmp_path / "out" / "policy.html").read_text("utf-8")


def test_build_says_what_an_older_file_held_that_is_asked_no_more(tmp_path, capsys) -> None:
    file = json.loads((EXAMPLES / "consultancy.json").read_text("utf-8"))
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({**file, "answers": {**file["answers"], "case_number": "4/26", "decision_date": "2027-01-20"}}), "utf-8")
    assert cli.main(["build", str(path), "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().err.splitlines()
    assert [line.removeprefix(f"{path}: ").partition(":")[0] for line in told] == ["decision_date", "case_number"]
    assert "belongs to the decision" in told[1]
