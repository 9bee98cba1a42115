"""Reading a content pack from its folder, or refusing with every fault named by file and key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml.error import YAMLError

from .engine import LENGTH, LENGTHS
from .launch import LaunchItem
from .manager import ManagerPages
from .model import Check, Clause, Dilemma, Guide, Manifest, Model, Option, Pack, Questionnaire, Reference, Sheet, Step
from .page import ShortPath
from .papers import Papers
from .public import PublicRules
from .register import RegisterRules
from .review import ForHr, Looking, Process, Readers, Responses, ReviewWords, Ways
from .sector import Sector
from .validate import faults_of
from .validate_languages import language_faults
from .validate_papers import papers_faults
from .validate_public import public_faults
from .validate_register import register_faults
from .validate_review import review_faults
from .validate_sectors import sector_faults
from .validate_short_path import short_path_faults
from .yaml_cache import Snapshot

LONGER = (*LENGTHS[1:], "undecided", "blank")
CONTENT = Path(__file__).resolve().parents[2] / "content" / "rusoff"

M = TypeVar("M", bound=BaseModel)


class PackError(Exception):
    """The content is not fit for use. `faults` has one line for each fault: file, key and what is wrong."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


class _References(Model):
    references: list[Reference]


class _Checks(Model):
    checks: list[Check]


class _Dilemmas(Model):
    dilemmas: list[Dilemma]


@lru_cache(maxsize=1)
def the_pack() -> Pack:
    """The pack that the product ships with, read once.

    Raises PackError.
    """
    return load(CONTENT)


def load(folder: Path) -> Pack:
    """Read and check the pack in `folder`.

    Raises PackError with all faults found, each naming its file and key.
    """
    reader = _Reader(folder)
    parts = _parts(reader)
    reader.snapshot.keep()
    if reader.faults:
        raise PackError(reader.faults)
    pack = _whole(parts)
    proofs = (sector_faults, short_path_faults, register_faults, public_faults, review_faults, papers_faults, language_faults)
    faults = [*faults_of(pack, reader.files), *(fault for proof in proofs for fault in proof(pack))]
    if faults:
        raise PackError(faults)
    return pack


def _whole(parts: dict[str, Any]) -> Pack:
    """The pack of these parts, with what one part takes from another put in its place."""
    steps = [_with_references(step, parts["references"]) for step in parts["steps"]]
    questions = {q.id: q for step in steps for page in step.pages for q in page.questions}
    sectors = {name: sector.over(questions) for name, sector in parts["sectors"].items()}
    clauses = _by_length(parts["rules"], parts["clauses"])
    return Pack.model_construct(**parts | {"steps": steps, "sectors": sectors, "clauses": clauses})


def _parts(reader: _Reader) -> dict[str, Any]:
    """Everything in the folder, by its name in Pack; what cannot be read is among the reader's faults."""
    dilemmas = reader.one(_Dilemmas, "dilemmas.yaml")
    checks = reader.one(_Checks, "checks.yaml")
    references = reader.one(_References, "references.yaml")
    return {
        "steps": reader.all(Step, "steps"),
        "clauses": reader.all(Clause, "policy"),
        "rules": reader.one(Sheet, "rules.yaml"),
        "manifest": reader.one(Manifest, "pack.yaml"),
        "questionnaire": reader.one(Questionnaire, "questionnaire.yaml"),
        "guides": reader.by_name(Guide, "guides"),
        "dilemmas": dilemmas.dilemmas if dilemmas else [],
        "checks": checks.checks if checks else [],
        "references": references.references if references else [],
        "review": reader.review(),
        "papers": reader.one(Papers, "papers.yaml"),
        "short_path": reader.one(ShortPath, "short_path.yaml"),
        "sectors": reader.by_name(Sector, "sectors"),
        "register_rules": reader.one(RegisterRules, "register.yaml"),
        "public": reader.one(PublicRules, "public.yaml"),
        "manager": reader.one(ManagerPages, "manager.yaml"),
        "launch": reader.by_name(LaunchItem, "launch"),
    }


class _Reader:
    """Reads files of one folder, collecting faults rather than stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.files: dict[str, str] = {}
        self.snapshot = Snapshot(folder)

    def all(self, shape: type[M], under: str) -> list[M]:
        names = sorted(path.name for path in (self.folder / under).glob("*.yaml"))
        found = [self.one(shape, f"{under}/{name}") for name in names]
        if not names:
            self.faults.append(f"{under}/: no files")
        return [item for item in found if item is not None]

    def by_name(self, shape: type[M], under: str) -> dict[str, M]:
        """The files of a folder, each under its name without the ending. There may be none."""
        names = sorted(path.stem for path in (self.folder / under).glob("*.yaml"))
        return {name: item for name in names if (item := self.one(shape, f"{under}/{name}.yaml")) is not None}

    def one(self, shape: type[M], name: str) -> M | None:
        try:
            data = self.snapshot.load(name)
            item = shape.model_validate(data)
        except FileNotFoundError:
            self.faults.append(f"{name}: the file is missing")
        except (YAMLError, UnicodeDecodeError) as error:
            self.faults.append(f"{name}: {' '.join(str(error).split())}")
        except ValidationError as error:
            self.faults += _faults(name, error, data)
        else:
            self.files[f"{shape.__name__}:{getattr(item, 'id', name)}"] = name
            return item
        return None

    def review(self) -> ReviewWords | None:
        """The files of review/ as one, for they are read together and written apart."""
        shapes: list[tuple[type[BaseModel], str]] = [
            (Readers, "readers"), (Looking, "look-for"), (Process, "process"), (Responses, "words"), (ForHr, "hr"), (Ways, "ways"),
        ]  # fmt: skip
        parts = [self.one(shape, f"review/{name}.yaml") for shape, name in shapes]
        values = {key: value for part in parts if part for key, value in part}
        return ReviewWords.model_construct(None, **values) if all(parts) else None


def _faults(name: str, error: ValidationError, data: Any) -> Iterator[str]:
    for fault in error.errors(include_url=False):
        yield f"{name}: {_key(fault['loc'], data)}: {fault['msg']}"


def _key(loc: tuple[int | str, ...], data: Any) -> str:
    """The path to a fault, with ids in place of list numbers where there are any."""
    names: list[str] = []
    for part in loc:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            data = None
        id = data.get("id") if isinstance(data, dict) else None
        names.append(str(id) if isinstance(part, int) and id else str(part))
    return ".".join(names) or "(file)"


def _by_length(rules: Sheet, clauses: list[Clause]) -> list[Clause]:
    """The clauses of the policy in every length: the ground rules in the shortest, all others in the longer ones; what stands at the end in each."""
    short = [_in_lengths(clause, LENGTHS[:1]) for clause in rules.sections]
    return [*short, *(clause if clause.part == "end" or LENGTH in clause.when else _in_lengths(clause, LONGER) for clause in clauses)]


def _in_lengths(clause: Clause, lengths: tuple[str, ...]) -> Clause:
    return clause.model_copy(update={"when": clause.when | {LENGTH: list(lengths)}})


def _with_references(step: Step, references: list[Reference]) -> Step:
    """The step with the options of `options_from: references` filled in."""
    options = [
        Option.model_construct(
            id=r.id,
            label=r.title,
            help=r.propose.why,
            text=None,
            value=None,
            tone=None,
            when=r.propose.when,
            refused=None,
            group=None,
            counts_as=None,
        )
        for r in references
        if r.propose
    ]
    pages = [
        page.model_copy(update={"questions": [q.model_copy(update={"options": options}) if q.options_from else q for q in page.questions]})
        for page in step.pages
    ]
    return step.model_copy(update={"pages": pages})
