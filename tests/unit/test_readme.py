"""The README says what is so."""

import re
from dataclasses import fields
from pathlib import Path

from app.cli import parser
from app.config import Config

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_every_setting_is_in_the_table_as_the_code_says_it() -> None:
    for field in fields(Config):
        row = next(line for line in README.splitlines() if line.startswith(f"| `{field.metadata['name']}` |"))
        assert row.endswith(f"| {field.metadata['says']} |")
        default = {False: "no", "": "–"}.get(field.default, field.default) if isinstance(field.default, bool | str) else field.default
        shown = "`instance/`" if field.name == "instance" else f"`{default}`" if field.default != "" else "–"
        assert f"| {shown} |" in row


def test_every_command_is_named() -> None:
    commands = re.findall(r"\{(.*?)\}", parser().format_usage()) or re.findall(r"^    ([a-z-]+) ", parser().format_help(), re.MULTILINE)
    assert commands
    assert [name for name in commands if f"rusoff {name}" not in README] == []


def test_every_link_leads_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "content/rusoff/README.md"):
        page = ROOT / name
        links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text("utf-8"))
        assert [link for link in links if not (page.parent / link).exists()] == [], name
