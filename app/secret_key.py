"""The secret key in the instance folder: written whole or not at all, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

SHORTEST, LONGEST = 32, 1024  # characters


class SecretKeyError(Exception):
    """The file cannot be made, cannot be read, or holds no key. The message is one sentence."""


def kept_key(path: Path) -> str:
    """The key in the file; made on the first call. Raises SecretKeyError."""
    try:
        if not path.exists():
            put_key(path, secrets.token_hex(SHORTEST))
        path.chmod(0o600)
        return read_key(path)
    except OSError as problem:
        raise SecretKeyError(f"The secret key in {path} cannot be written or read ({problem.strerror}).") from None


def read_key(path: Path) -> str:
    """The key in the file. Raises SecretKeyError for what cannot be one, OSError when there is nothing to read."""
    with path.open("rb") as file:
        found = file.read(LONGEST + 1).strip()
    if len(found) < SHORTEST:
        raise SecretKeyError(f"The secret key in {path} is too short: put the right file back, or delete it and everybody is signed out.")
    if len(found) > LONGEST or not all(0x20 < byte < 0x7F for byte in found):
        raise SecretKeyError(f"The file {path} holds no secret key: put the right file back, or delete it and everybody is signed out.")
    return found.decode("ascii")


def put_key(path: Path, key: str) -> None:
    """Write a key where there is none. It gets its name when all of it is on the disk; of several workers starting at once one alone gives it.

    Raises OSError.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write(draft, key)
        _name(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def _write(path: Path, key: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())


def _name(draft: Path, path: Path) -> None:
    """Give it its name, unless somebody else was quicker. A link never replaces; where a disk has no links, a new name has to do."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:
        if not path.exists():
            draft.replace(path)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk. Windows does so by itself and knows no other way."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
