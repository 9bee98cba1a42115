"""A copy of the content with one file changed, for tests of what the loader refuses."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.pack.load import CONTENT, PackError, load, the_pack
from app.pack.yaml_cache import NAME, Snapshot

Edit = Callable[[Any], None]


def copied(folder: Path) -> Path:
    """The content, copied into `folder` with what was parsed of it; not what a neighbour is just writing there."""
    the_pack()
    return Path(shutil.copytree(CONTENT, folder / "pack", ignore=shutil.ignore_patterns(f"{NAME}?*")))


def faults_with(folder: Path, file: str, edit: Edit) -> list[str]:
    """The faults that the loader names in a copy of the content when `edit` has changed the data of `file`.

    The data is written as JSON, which is YAML, and put beside it as parsed: reading long YAML takes half a second, and has tests of its own.
    """
    data = Snapshot(folder).load(file)
    edit(data)
    words, cache = json.dumps(data, ensure_ascii=False).encode(), folder / NAME
    (folder / file).write_bytes(words)
    known = json.loads(cache.read_text("utf-8")) if cache.exists() else {}
    cache.write_text(json.dumps(known | {hashlib.sha256(words).hexdigest(): data}, ensure_ascii=False), "utf-8")
    with pytest.raises(PackError) as found:
        load(folder)
    return found.value.faults
