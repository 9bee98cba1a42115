"""The app's words come from every file of a folder, and what is wrong is named by file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.ui_texts import WordsError, read_words, the_words

GOOD = "{key}:\n  nb: norsk\n  nn: norsk\n  en: English\n"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(WordsError) as refused:
        read_words(folder)
    return refused.value.faults


def test_the_words_of_all_files_stand_together(tmp_path) -> None:
    write(tmp_path, one=GOOD.format(key="one_title"), two=GOOD.format(key="two_title"))
    assert read_words(tmp_path) == {key: {"nb": "norsk", "nn": "norsk", "en": "English"} for key in ("one_title", "two_title")}
    assert read_words(tmp_path).keys() == {"one_title", "two_title"}, "read again, from what was kept"


def test_a_key_in_two_files_is_a_fault(tmp_path) -> None:
    write(tmp_path, one=GOOD.format(key="title"), two=GOOD.format(key="title"))
    assert faults(tmp_path) == ["two.yaml: title: stands in one.yaml as well"]


def test_every_fault_of_every_file_is_named(tmp_path) -> None:
    write(tmp_path, one="a: {nb: x, nn: x}\n", two="- no keys\n", three=GOOD.format(key="b") * 2, four="")
    found = faults(tmp_path)
    assert [fault.partition(":")[0] for fault in found] == ["four.yaml", "one.yaml", "three.yaml", "two.yaml"]
    assert found[1].startswith("one.yaml: a: ")
    assert faults(tmp_path) == found, "read again, from what was kept"


def test_the_words_of_the_app_are_read() -> None:
    assert "accessibility_title" in the_words()
