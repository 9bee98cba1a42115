"""A mutation run: small faults are put into copies of the modules, a sample of them by a fixed seed, and the tests must notice.

Give names of groups or modules to run those alone: python -m tests.mutation answers app/services/versions/workflow.py --number 60
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from .mutants import Mutant, mutants
from .run import ROOT, Result, check, run

HERE = Path(__file__).parent


def read(name: str) -> Any:
    """One of the tables beside this file."""
    return YAML(typ="safe").load((HERE / name).read_text("utf-8"))


def equivalents() -> set[tuple[str, str, str, str]]:
    """The mutants that were looked at and found to change nothing."""
    return {(one["module"], one["line"], one["was"], one["now"]) for one in read("equivalent.yaml")}


def chosen(wanted: list[str]) -> dict[str, tuple[str, list[str]]]:
    """The modules to mutate, each with its group and its tests."""
    every = {path: (group, tests) for group, modules in read("modules.yaml")["groups"].items() for path, tests in modules.items()}
    return {path: found for path, found in every.items() if not wanted or path in wanted or found[0] in wanted}


def sample(path: str, number: int, seed: int) -> list[Mutant]:
    """So many mutants of a module, the same ones each time."""
    every = mutants(path, (ROOT / path).read_text("utf-8"))
    return every if len(every) <= number else Random(f"{seed} {Path(path).name}").sample(every, number)


def told(result: Result) -> str:
    """A mutant that is alive, or took too long, as one finds it in the source."""
    mutant = result.mutant
    return f"  {result.outcome}  {mutant.path}:{mutant.line}\n         {mutant.context}\n         {mutant.was}\n         → {mutant.now}"


def score(counted: Counter[str]) -> str:
    """The share that was killed, of all that could be."""
    killed, alive = counted["killed"] + counted["timeout"], counted["alive"]
    return f"{100 * killed / (killed + alive):.0f} %" if killed + alive else "–"


def tell(results: list[Result], modules: dict[str, tuple[str, list[str]]]) -> Counter[str]:
    """Print the figures by module and by group. All of them together."""
    whole: Counter[str] = Counter()
    for group in dict.fromkeys(group for group, _ in modules.values()):
        of_group: Counter[str] = Counter()
        for path in (path for path, (its, _) in modules.items() if its == group):
            counted = Counter(str(one.outcome) for one in results if one.mutant.path == path)
            print(f"{score(counted):>6}  {path:32} {dict(counted)}")
            of_group += counted
        print(f"{score(of_group):>6}  {group}")
        whole += of_group
    return whole


def main() -> int:
    """Run, print what is alive at once, and the figures at the end; 1 when too few were killed."""
    parser = argparse.ArgumentParser("tests.mutation", description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--number", type=int, default=25, help="mutants of each module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--limit", type=int, default=300, help="seconds for the tests of one mutant")
    given = parser.parse_args()
    began, modules, known = time.monotonic(), chosen(given.names), equivalents()
    check(list(dict.fromkeys(test for _, tests in modules.values() for test in tests)), 4 * given.limit)
    every = [(mutant, modules[path][1]) for path in modules for mutant in sample(path, given.number, given.seed)]
    results = [Result(mutant, "equivalent", 0) for mutant, _ in every if mutant.name in known]
    for result in run([one for one in every if one[0].name not in known], given.processes, given.limit):
        results.append(result)
        if result.outcome != "killed":
            print(told(result), flush=True)
    whole = tell(results, modules)
    print(f"{score(whole):>6}  of {len(results)} mutants, {dict(whole)}, in {(time.monotonic() - began) / 60:.0f} minutes")
    return int(100 * (whole["killed"] + whole["timeout"]) < read("modules.yaml")["least"] * (len(results) - whole["equivalent"]))


if __name__ == "__main__":
    sys.exit(main())
