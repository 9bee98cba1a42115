"""Nothing refers to a file that is not here: every document and path named in code, content and docs exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("app", "benchmarks", "content", "docs", "examples", "findings", "migrations", "tests", ".ci")
TOLD = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "Makefile", ROOT / "pyproject.toml"]  # the CHANGELOG tells of what once was
ENDINGS = {".py", ".md", ".yaml", ".html", ".css", ".js", ".typ", ".sh", ".mako", ""}
FILES = [
    *TOLD,
    *(
        file
        for folder in FOLDERS
        for file in sorted((ROOT / folder).rglob("*"))
        if file.is_file() and file.suffix in ENDINGS and not {"__pycache__", "vendor", "designsystemet", "golden"} & {*file.parts}
    ),
]
NAMES = {file.name for file in FILES}
# A module or a document by its name, or a path from the root. What stands after a slash, a hyphen or a brace is part of something else.
NAMED = re.compile(
    r"(?<![\w%/{}<.-])(?:\w[\w.-]*\.(?:md|py)\b|(?:app|benchmarks|content|docs|examples|findings|migrations|tests)/[\w./-]+\.\w+\b(?![\w*{(]))"
)
MADE = {"content/rusoff/.snapshot.json", "findings/NAME.sh", "x.py"}  # written while running; what stands for any name


def missing(words: str, beside: Path) -> set[str]:
    """The files that `words` name and that stand neither at the root nor in the folder `beside`, nor anywhere under their bare name."""
    named = {name for name in NAMED.findall(words) if name not in NAMES | MADE}
    return {name for name in named if not any((place / name).exists() for place in (ROOT, beside))}


def test_every_file_that_is_named_is_here() -> None:
    found = {str(file.relative_to(ROOT)): missing(file.read_text("utf-8"), file.parent) for file in FILES if file != Path(__file__)}
    assert {name: names for name, names in found.items() if names} == {}
    assert len(FILES) > 300


@pytest.mark.parametrize(
    "words", ["see ecosystem.md, “Text”", "domain.md C10", "`app/pack/none.py`", "[it](docs/decisions/9999-none.md)", "the spacing of docx_none.py"]
)
def test_what_is_not_here_is_found(words: str) -> None:
    assert missing(words, ROOT)


@pytest.mark.parametrize(
    "words", ["README.md", "`app/pack/load.py` reads it", "https://example.org/app/pack/none.py", "examples/*.json", "policy.docx"]
)
def test_what_is_here_or_is_no_file_of_ours_is_not(words: str) -> None:
    assert not missing(words, ROOT)
