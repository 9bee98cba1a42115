"""Parsed YAML, kept beside the content: reading 800 kB of YAML takes two seconds, reading the same as JSON takes ten milliseconds.

The snapshot holds only what the YAML parser gave, keyed by the hash of the file's bytes: a changed file is parsed again. All checks run every time.
It is kept when the checks find faults as well, so that whoever mends a file waits for that file alone. A file that JSON would change is never in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

NAME = ".snapshot.json"


class Snapshot:
    """YAML files of one folder, parsed once. A folder that cannot be written to is only slower."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.yaml = YAML(typ="safe", pure=True)
        self.known = self._read()
        self.seen: dict[str, Any] = {}

    def load(self, name: str) -> Any:
        """The data in the file `name`.

        Raises FileNotFoundError, UnicodeDecodeError, and YAMLError for what is not YAML 1.2 (a key that stands twice, for one).
        """
        raw = (self.folder / name).read_bytes()
        key = hashlib.sha256(raw).hexdigest()
        if key in self.known:
            self.seen[key] = self.known[key]
            return self.seen[key]
        found = self.yaml.load(raw.decode("utf-8"))
        if _is_same_as_json(found):
            self.seen[key] = found
        return found

    def keep(self) -> None:
        """Write what was loaded, if it is news, so that the next start is quick."""
        path = self.folder / NAME
        with suppress(OSError):
            if self.seen.keys() == self._read().keys():
                return
            text = json.dumps(self.seen, ensure_ascii=False)
            handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=NAME)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(temporary, path)

    def _read(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            found = json.loads((self.folder / NAME).read_text(encoding="utf-8"))
            return found if isinstance(found, dict) else {}
        return {}


def _is_same_as_json(data: Any) -> bool:
    """Whether reading `data` back from JSON gives the same. It does not for a date, or for a key that is a number and would come back as a text."""
    try:
        return bool(json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8")) == data)
    except (TypeError, ValueError):
        return False
