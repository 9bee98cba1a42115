"""No pattern of the app takes more than linear time, and no reader of typed values does."""

from __future__ import annotations

import ast
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from app.config import ConfigError, _sender
from app.documents import findings
from app.documents.characters import _unknown
from app.documents.savefile.encodings import picture_bytes, text_of
from app.pack.load import the_pack
from app.pack.text import _too_many_marks, clean_text, parts_of
from app.values.contact_ways import contacts_in
from app.values.email_address import bare_address, mail_address
from app.values.parsing import date_fault, fold, read_date, read_number, read_orgnr, read_time
from app.values.web_address import links_in, read_address, target_of
from app.workplaces.views_log import harmless
from tests.unit.ambiguity import slow

ROOT = Path(__file__).parents[2]
ANYWHERE = ("search", "sub", "subn", "split", "findall", "finditer")
LOOKED = {"compile": "", "fullmatch": "whole", "match": "start"} | dict.fromkeys(ANYWHERE, "anywhere")
Found = tuple[str, str, int, set[str]]


def files() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "app").rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def is_of_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in LOOKED
    )


def uses() -> dict[str, set[str]]:
    """How the patterns that have a name are looked for, by that name."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, tree in files():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and LOOKED.get(node.attr):
                owner = node.value
                name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
                found[name].add(LOOKED[node.attr])
    return found


# Patterns that are put together while running, by file and function: as they are then.
PUT_TOGETHER: dict[tuple[str, str], Callable[[], list[re.Pattern[str]]]] = {
    ("app/pack/text.py", "_too_many_marks"): lambda: [_too_many_marks()],
    ("app/documents/characters.py", "_unknown"): lambda: [_unknown()],
    ("app/documents/findings.py", "_pattern"): lambda: [
        findings._pattern(tuple(word for words in check.words.values() for word in words)) for check in the_pack().checks if check.words
    ],
    ("app/documents/render/docx/__init__.py", "_filled"): lambda: [re.compile("@workplace@|@draft@|@page_of@|</w:numbering>|</Relationships>")],
}


def patterns() -> Iterator[Found]:
    """Every pattern in the app: where it stands, its words, its flags, and how it is looked for."""
    used = uses()
    for file, tree in files():
        module = import_module(file.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        inside = {id(node): outer.name for outer in ast.walk(tree) if isinstance(outer, ast.FunctionDef) for node in ast.walk(outer)}
        assigned = (node for node in ast.walk(tree) if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name))
        named = {id(node.value): node.targets[0].id for node in assigned}
        for node in ast.walk(tree):
            if is_of_re(node):
                yield from _patterns(file, node, module, inside.get(id(node), ""), named.get(id(node), ""), used)


def _patterns(file: str, node: ast.Call, module: Any, function: str, name: str, used: dict[str, set[str]]) -> Iterator[Found]:
    where = f"{file}:{node.lineno}"
    how = {LOOKED[node.func.attr]} - {""} or used.get(name) or {"whole", "anywhere"}
    if (file, function) in PUT_TOGETHER:
        yield from ((where, made.pattern, made.flags & ~re.UNICODE, how) for made in PUT_TOGETHER[file, function]())
        return
    words = eval(compile(ast.Expression(node.args[0]), where, "eval"), vars(module))  # a NameError: add it to PUT_TOGETHER
    flags = [ast.unparse(one) for one in (*node.args[1:], *(k.value for k in node.keywords)) if "re." in ast.unparse(one)]
    yield where, words, eval(" | ".join(flags) or "0", {"re": re}), how


ALL = list(patterns())


def test_the_patterns_are_found() -> None:
    assert len(ALL) > 25
    assert {where.split(":")[0] for where, *_ in ALL} >= {
        "app/values/parsing.py",
        "app/values/web_address.py",
        "app/values/email_address.py",
        "app/web/urls.py",
    }


@pytest.mark.parametrize(("where", "words", "flags", "how"), ALL, ids=[where for where, *_ in ALL])
def test_no_pattern_can_share_a_stretch_of_text_in_many_ways(where, words, flags, how) -> None:
    assert [f"{looked}: {fault}" for looked in sorted(how) if (fault := slow(words, flags, looked))] == []


def test_patterns_are_asked_of_re_alone_and_under_its_own_name() -> None:
    """Or the search above would not see them. What pydantic is given runs in an engine that is linear by nature."""
    for file, tree in files():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "re", file
            if isinstance(node, ast.Import):
                assert not any(one.name in ("re", "regex", "fnmatch") and (one.asname or one.name != "re") for one in node.names), file


@pytest.mark.parametrize(
    ("words", "flags", "looked"),
    [
        (r"(\d{1,2})\s*[./\- ]\s*(\d{1,2})", 0, "whole"),
        (r"(\d{1,2})(?:\s*[.: ]?\s*(\d{2}))?", 0, "whole"),
        (r"(?:aa?)*b", 0, "whole"),
        (r"(a+)+b", 0, "whole"),
        (r"(a*)*b", 0, "whole"),
        (r"(?:a|ab|b)*c", 0, "whole"),
        (r"a*b?a*c", 0, "whole"),
        (r"x[a-z]{0,400}[a-m]{0,400}y", 0, "whole"),
        (r"[A-Z]*a*!", re.IGNORECASE, "whole"),
        (r"\s*$", 0, "anywhere"),
        (r"\s*=", 0, "anywhere"),
        (r"(?:^|(?<=[,\t]))(?=\s*[=\t])", 0, "anywhere"),
        (r".*\w*@", 0, "start"),
    ],
)
def test_slow_patterns_are_seen(words, flags, looked) -> None:
    assert slow(words, flags, looked)


@pytest.mark.parametrize(
    ("words", "flags", "looked"),
    [
        (r"[a-z]+(\.[a-z]+)*", 0, "whole"),
        (r"[a-z]([a-z-]*[a-z])?(\.[a-z]([a-z-]*[a-z])?)*", 0, "whole"),
        (r"\s+", 0, "anywhere"),
        (r"\n{3,}", 0, "anywhere"),
        (r"^#+ ", re.MULTILINE, "anywhere"),
        (r"https?://[^\s]*", 0, "anywhere"),
        (r"\d{1,2}[ .]\d{4}", 0, "anywhere"),
    ],
)
def test_quick_patterns_pass(words, flags, looked) -> None:
    assert slow(words, flags, looked) == ""


def _refused(read: Callable[[str], Any], error: type[Exception]) -> Callable[[str], Any]:
    def read_or_not(words: str) -> Any:
        try:
            return read(words)
        except error:
            return None

    return read_or_not


READERS: dict[str, Callable[[str], Any]] = {
    "fold": fold,
    "clean_text": clean_text,
    "date": read_date,
    "why no date": date_fault,
    "time": read_time,
    "number": read_number,
    "organisation number": read_orgnr,
    "bare mail address": bare_address,
    "mail address": _refused(mail_address, ValueError),
    "web address": read_address,
    "links in wording": links_in,
    "numbers and addresses in wording": contacts_in,
    "target of a link": target_of,
    "base64": picture_bytes,
    "encoding": lambda words: text_of(words.encode("cp1252", "replace")),
    "spreadsheet": harmless,
    "sender": _refused(lambda words: _sender("RUSOFF_MAIL_FROM", words), ConfigError),
    "parts of a sentence": parts_of.__wrapped__,
}
PIECES = [
    " ",
    "1 ",
    "1.",
    "\u00a0",
    "a",
    "a.",
    "@",
    "<",
    "a <",
    "http://",
    "http://a.",
    "(",
    ")",
    "**",
    "{a",
    "*a*",
    "\t",
    "kl ",
    "mars ",
    "ø",
    "\u200b",
    "-",
]
N = 500


def _seconds(read: Callable[[str], Any], words: str) -> float:
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        read(words)
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize("reader", READERS)
def test_the_time_of_a_reader_grows_with_the_length_and_no_faster(reader) -> None:
    """Sixteen times as long takes about sixteen times as long; a reader of quadratic time takes 256 times."""
    read = READERS[reader]
    for piece in PIECES:
        for begin, end in (("", ""), ("1", "1x"), ("https://a.no/", "!")):
            short, long = (_seconds(read, begin + piece * n + end) for n in (N, 16 * N))
            assert long < 80 * max(short, 0.00002), (piece, begin, short, long)
