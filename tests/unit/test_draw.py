"""Pages with holes: cut once, filled many times, every value escaped."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from jinja2 import Environment

from app.steps.compiled_page import Holes, Shown, fill

STATIC = Path(__file__).parents[2] / "app" / "static"
TEMPLATE = """<a href="/p/{{ hole("policy") }}/">{{ hole("value", "name") }}</a>{{ when("chosen", "box", "a&b", then=" checked") }}
{%- call when("faulty", "name") %}<p>{{ hole("fault", "name") }}{% call when("returning") %}!{% endcall %}</p>{% endcall %}"""


def pieces():
    holes = Holes()
    template = Environment(autoescape=True).from_string(TEMPLATE)
    return holes.cut(template.render(hole=holes.hole, when=holes.when))


def shown(**values) -> Shown:
    return Shown(policy="abc", csrf="t", fingerprint="f", form="g", **values)


def test_holes_are_filled_and_escaped() -> None:
    html = fill(pieces(), shown(typed={"name": ['<b>"x"</b>'], "box": ["z"]}))
    assert html == '<a href="/p/abc/">&lt;b&gt;&#34;x&#34;&lt;/b&gt;</a>'


def test_passages_are_there_only_when_their_value_is() -> None:
    html = fill(pieces(), shown(typed={"box": ["z", "a&b"]}, faults={"name": "1 < 2"}, back="check"))
    assert html == '<a href="/p/abc/"></a> checked<p>1 &lt; 2!</p>'


def test_what_looks_like_a_hole_in_an_answer_stays_as_it_is() -> None:
    cut = pieces()
    hole = next(piece for piece in cut if not isinstance(piece, str))
    words = f"{hole} {{{{ 7*7 }}}} x0x"
    assert "49" not in fill(cut, shown(typed={"name": [words]}))
    assert "{{ 7*7 }} x0x" in fill(cut, shown(typed={"name": [words]}))


def test_static_files_are_those_of_the_lock() -> None:
    lock = json.loads((STATIC / "lock.json").read_text("utf-8"))
    for name, mark in lock["files"].items():
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == mark, name
    taken = {str(p.relative_to(STATIC).as_posix()) for folder in ("designsystemet", "fonts") for p in (STATIC / folder).iterdir()}
    assert taken == set(lock["files"])
