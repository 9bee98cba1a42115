"""The file of a backup: a zip with the copy of the database, what it is, and the secret key unless it is kept apart."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from .errors import BackupError

FORMAT = "rusoff-backup"
ABOUT, DATABASE, KEY = "about.json", "database", "secret_key"
BLOCK = 1024 * 1024
LONGEST_ABOUT = 10_000  # bytes


@dataclass(frozen=True, slots=True)
class About:
    """What a backup holds. `kind` is sqlite or postgresql, `revision` the newest migration, `sha256` that of the copy of the database."""

    kind: str
    revision: str
    made_at: str
    sha256: str
    format: str = FORMAT
    version: int = 1


def write(path: Path, kind: str, revision: str, made_at: str, database: Path, key: str | None) -> None:
    """Write the file, for its owner alone, and read it again to see that all of it is there. Raises BackupError, OSError."""
    about = About(kind, revision, made_at, fingerprint_of(database))
    with new_file(path) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr(ABOUT, json.dumps(asdict(about)))
            made.write(database, DATABASE)
            if key:
                made.writestr(KEY, key)
        file.flush()
        os.fsync(file.fileno())
    if read_about(path) != about:
        raise BackupError(f"{path} cannot be read as it was written.")
    _check_whole(path, about)


def read_about(path: Path) -> About:
    """What the file is. Raises BackupError when it is no backup, or one of a newer RusOff."""
    try:
        with zipfile.ZipFile(path) as found, found.open(ABOUT) as file:
            told = json.loads(file.read(LONGEST_ABOUT))
            about = About(**told)
    except OSError as problem:
        raise BackupError(f"{path} cannot be read ({problem.strerror}).") from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, NotImplementedError, RuntimeError):
        raise BackupError(f"{path} is no backup that RusOff has written, or only a part of one.") from None
    if about.format != FORMAT or about.version != 1:
        raise BackupError(f"{path} is no backup that this RusOff can read: update it.")
    return about


def unpack(path: Path, about: About, to: Path) -> None:
    """Write the copy of the database to `to`, for its owner alone. Raises BackupError when it is not whole."""
    try:
        with zipfile.ZipFile(path) as found, found.open(DATABASE) as inner, new_file(to) as file:
            shutil.copyfileobj(inner, file, BLOCK)
            file.flush()
            os.fsync(file.fileno())
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError):
        raise BackupError(f"{path} is damaged: nothing has been changed. Take another backup.") from None
    if fingerprint_of(to) != about.sha256:
        raise BackupError(f"{path} is damaged: nothing has been changed. Take another backup.")


def key_in(path: Path) -> str | None:
    """The secret key in the file, if it is there."""
    with zipfile.ZipFile(path) as found:
        return found.read(KEY).decode("ascii", "replace") if KEY in found.namelist() else None


def _check_whole(path: Path, about: About) -> None:
    with zipfile.ZipFile(path) as found, found.open(DATABASE) as inner:
        if _digest(inner) != about.sha256:
            raise BackupError(f"{path} cannot be read as it was written.")


def new_file(path: Path) -> IO[bytes]:
    """A new file that nobody but the owner can read."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def fingerprint_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return _digest(file)


def _digest(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    while block := file.read(BLOCK):
        found.update(block)
    return found.hexdigest()
