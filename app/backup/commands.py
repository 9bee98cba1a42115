"""`rusoff backup` and `rusoff restore`: what both databases have in common."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from app.clock import now
from app.config import Config
from app.models.db import Base
from app.secret_key import SecretKeyError, put_key, read_key, sync_folder

from . import archive, postgres, sqlite
from .errors import BackupError

WORK = ".rusoff-backup-"
LEFT_OVER = 86400.0  # seconds after which a folder that a killed command left behind is cleared away


def backup(config: Config, out: Path, with_key: bool = True) -> str:
    """Write a backup of everything to the file `out`, also while the server runs; what was done, in words.

    The file gets its name when it is whole and was read again; one that was there before stays until then. Raises BackupError.
    """
    try:
        with _workshop(out.absolute().parent) as folder:
            revision = _copy(config, folder / "database")
            key = _key(config) if with_key else None
            archive.write(folder / "backup", _kind(config), revision, now().isoformat(timespec="seconds"), folder / "database", key)
            os.replace(folder / "backup", out)
            sync_folder(out.absolute().parent)
    except OSError as problem:
        raise BackupError(f"{out} cannot be written ({problem.strerror}).") from None
    told = "with the secret key: keep it as safe as the database" if key else "without the secret key: keep that too"
    return f"{out}: {out.stat().st_size:,} bytes, migration {revision}, checked, {told}."


def restore(config: Config, file: Path) -> str:
    """Put a backup in the place of what is stored, which is kept aside; what was done, in words. Raises BackupError."""
    about, stamp = archive.read_about(file), now().strftime("%Y%m%dT%H%M%S")
    if about.kind != _kind(config):
        raise BackupError(f"{file} is a backup of {about.kind}, and DATABASE_URL names {_kind(config)}: nothing has been changed.")
    sqlite.known_revision(about.revision)
    try:
        config.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _workshop(_place(config).parent) as folder:
            archive.unpack(file, about, folder / "database")
            aside = _put(config, folder / "database", stamp)
        key = _put_key(config, archive.key_in(file), stamp)
    except OSError as problem:
        raise BackupError(f"{file} cannot be restored ({problem.strerror}).") from None
    kept = f" What it replaced is kept as {aside}." if aside else ""
    onward = "Now start the server; where gunicorn serves, run `rusoff migrate` first."
    return f"Restored from {about.made_at}, migration {about.revision}.{kept}{key} {onward}"


def _kind(config: Config) -> str:
    return make_url(config.database).get_backend_name()


def _place(config: Config) -> Path:
    """The file of the database; of PostgreSQL a name in the instance folder, beside which there is room to work."""
    return Path(make_url(config.database).database or "").absolute() if _kind(config) == "sqlite" else config.instance / "replaced"


def _copy(config: Config, to: Path) -> str:
    return sqlite.copy(_place(config), to) if _kind(config) == "sqlite" else postgres.copy(config.database, to)


def _put(config: Config, new: Path, stamp: str) -> Path | None:
    if _kind(config) == "sqlite":
        sqlite.checked(new)
        return sqlite.put(new, _place(config), stamp)
    postgres.checked(new)
    postgres.check_free(config.database, frozenset(Base.metadata.tables) | {"alembic_version"})
    aside = None if postgres.is_empty(config.database) else _place(config).with_name(f"replaced-{stamp}.zip")
    if aside:
        backup(config, aside)
    postgres.put(new, config.database)
    return aside


def _key(config: Config) -> str | None:
    """The secret key in the instance folder; None when it is a setting, which is kept where settings are."""
    if config.secret_key:
        return None
    try:
        return read_key(config.key_file)
    except (OSError, SecretKeyError):
        raise BackupError(f"The secret key in {config.key_file} cannot be read: mend that, or leave it out with --without-key.") from None


def _put_key(config: Config, key: str | None, stamp: str) -> str:
    """Put the key of the backup in the instance folder; the one that was there is kept aside. What was done, in words."""
    if key is None:
        return " The backup holds no secret key: put back the one that belongs to it."
    if config.secret_key:
        return " The key of the backup was left alone, for SECRET_KEY is set."
    path = config.key_file
    if path.exists():
        if path.read_bytes().strip() == key.encode():
            return ""
        path.replace(path.with_name(f"{path.name}.replaced-{stamp}"))
    put_key(path, key)
    return " The secret key was restored too."


@contextmanager
def _workshop(beside: Path) -> Iterator[Path]:
    """A folder for the owner alone, on the same disk as what is to be replaced. What a killed command left there long ago goes."""
    for left in beside.glob(f"{WORK}*"):
        if time.time() - left.stat().st_mtime > LEFT_OVER:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=WORK, dir=beside) as folder:
        yield Path(folder)
