"""Every setting, read from the environment and nowhere else. Complete and right, or the app refuses to start with one sentence."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from app.secret_key import SHORTEST, SecretKeyError, kept_key
from app.values.email_address import sender_of

PREFIX = "RUSOFF_"


class ConfigError(Exception):
    """A setting is wrong. The message is one sentence that names it and says what would be right."""


def _text(name: str, given: str) -> str:
    if not given.strip():
        raise ConfigError(f"{name} is set but blank: give it a value, or leave it out.")
    return given.strip()


def _folder(name: str, given: str) -> Path:
    return Path(_text(name, given)).expanduser().absolute()


def _number(least: int, most: int) -> Callable[[str, str], int]:
    def read(name: str, given: str) -> int:
        if not (given.isascii() and given.isdigit() and least <= int(given[:12]) <= most):
            raise ConfigError(f"{name} must be a whole number from {least} to {most}, not {given!r}.")
        return int(given)

    return read


def _switch(name: str, given: str) -> bool:
    if given.strip().lower() not in ("yes", "no"):
        raise ConfigError(f"{name} must be yes or no, not {given!r}.")
    return given.strip().lower() == "yes"


def _database(name: str, given: str) -> str:
    try:
        url = make_url(_text(name, given))
    except ArgumentError:
        raise ConfigError(f"{name} is not a database address: write sqlite:////path/to/file or postgresql://user@host/name.") from None
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise ConfigError(f"{name} must begin with sqlite: or postgresql:, not {url.drivername}:.")
    if url.drivername == "sqlite" and url.database in (None, "", ":memory:"):
        raise ConfigError(f"{name} must name a file: a database in memory would lose every draft.")
    return url.render_as_string(hide_password=False)


def _address(name: str, given: str) -> str:
    parts = urlsplit(_text(name, given))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ConfigError(f"{name} must be an address such as https://rusoff.example.no, without a path, not {given!r}.")
    return f"{parts.scheme}://{parts.netloc}"


def _smtp(name: str, given: str) -> str:
    """The address of a mail server. What was given holds a password, so no message quotes it."""
    try:
        parts = urlsplit(_text(name, given))
        is_good = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0 and bool(parts.username) == bool(parts.password)
    except ValueError:
        is_good = False
    if not is_good or parts.path.strip("/") or parts.query or parts.fragment:
        raise ConfigError(f"{name} must be an address such as smtp://user:password@mail.example.no:587, with @ and # in the password as %40 and %23.")
    return given.strip()


def _sender(name: str, given: str) -> str:
    try:
        sender_of(_text(name, given))
    except ValueError:
        raise ConfigError(f"{name} must be a sender such as RusOff <rusoff@example.no>, not {given!r}.") from None
    return given.strip()


def is_loopback(host: str) -> bool:
    """Whether `host` is this very machine, reached from nowhere else."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _register(name: str, given: str) -> str:
    """The base address of a register. What is typed goes there, so it is encrypted on the way, except to this very machine."""
    parts = _url(_text(name, given))
    if parts is None or parts.username is not None or parts.query or parts.fragment:
        raise ConfigError(f"{name} must be an https address such as https://data.brreg.no/enhetsregisteret/api, not {given!r}.")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ConfigError(f"{name} must begin with https: unless it is on this machine, not {given!r}.")
    return given.strip().rstrip("/")


def _url(address: str) -> SplitResult | None:
    """The parts of an address that names a host; None when it names none, or a port that cannot be."""
    try:
        parts = urlsplit(address)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _secret(name: str, given: str) -> str:
    if len(_text(name, given)) < SHORTEST:
        raise ConfigError(f"{name} must have at least {SHORTEST} characters: leave it out, and one is made and kept in the instance folder.")
    return given.strip()


def setting(name: str, default: Any, read: Callable[[str, str], Any], says: str, is_secret: bool = False) -> Any:
    """One setting: its name in the environment, its default, how it is read, and what it is for (one line of the README's table)."""
    return field(default=default, repr=not is_secret, metadata={"name": name, "read": read, "says": says})


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one running app. A test makes one directly; everybody else reads it `from_environment`."""

    instance: Path = setting("RUSOFF_INSTANCE", Path("instance").absolute(), _folder, "Folder for the secret key and the SQLite database.")
    host: str = setting("HOST", "127.0.0.1", _text, "Address to listen on; 0.0.0.0 opens the app to the network.")
    port: int = setting("PORT", 8000, _number(1, 65535), "Port to listen on.")
    threads: int = setting("RUSOFF_THREADS", 8, _number(1, 64), "Requests answered at the same time by `rusoff run`.")
    database_url: str = setting("DATABASE_URL", "", _database, "Database; SQLite in the instance folder unless PostgreSQL is named here.")
    secret_key: str = setting("SECRET_KEY", "", _secret, "Key that signs cookies; made and kept in the instance folder (mode 600) when left out.")
    public_url: str = setting("RUSOFF_PUBLIC_URL", "", _address, "Address that people use; with https, cookies are sent over https alone.")
    contact: str = setting("RUSOFF_CONTACT", "", _text, "Who answers for privacy and accessibility (e-mail or telephone); shown on those pages.")
    trusted_proxies: int = setting("RUSOFF_TRUSTED_PROXIES", 0, _number(0, 5), "Number of proxies in front whose X-Forwarded headers are believed.")
    smtp: str = setting("RUSOFF_SMTP", "", _smtp, "Mail server: smtp://user:password@host:587 (STARTTLS) or smtps://host:465.", is_secret=True)
    mail_from: str = setting("RUSOFF_MAIL_FROM", "", _sender, "Sender of all mail, such as RusOff <rusoff@example.no>; goes with RUSOFF_SMTP.")
    show_letters: bool = setting(
        "RUSOFF_SHOW_LETTERS", False, _switch, "Letters, with their sign-in links, at `/nb/outbox` for this machine: to try it out."
    )
    enhetsregisteret: str = setting(
        "RUSOFF_ENHETSREGISTERET",
        "",
        _register,
        "Where to look organisations up: https://data.brreg.no/enhetsregisteret/api; nowhere when left out.",
    )
    lookups_per_hour: int = setting(
        "RUSOFF_LOOKUPS_PER_HOUR",
        60,
        _number(1, 10**6),
        "Look-ups of organisations per browser or account and hour; 20 times as many per network address.",
    )
    starts_per_hour: int = setting(
        "RUSOFF_STARTS_PER_HOUR", 60, _number(1, 10**6), "New drafts per browser or account and hour; ten times as many per network address."
    )
    uploads_per_hour: int = setting(
        "RUSOFF_UPLOADS_PER_HOUR",
        60,
        _number(1, 10**6),
        "Uploads (answers, logo, Word template) per browser or account and hour; five times as many per network address.",
    )
    documents_per_hour: int = setting(
        "RUSOFF_DOCUMENTS_PER_HOUR", 600, _number(1, 10**6), "Documents drawn per browser or account and hour; 20 times as many per network address."
    )
    continuations_per_hour: int = setting(
        "RUSOFF_CONTINUATIONS_PER_HOUR",
        30,
        _number(1, 10**6),
        "Failed links to another browser per browser and hour; 20 times as many per network address.",
    )
    sign_ins_per_hour: int = setting(
        "RUSOFF_SIGN_INS_PER_HOUR",
        30,
        _number(1, 10**6),
        "Sign-in mails per browser or account, and per recipient, and hour; 20 times as many per network address.",
    )
    codes_per_hour: int = setting(
        "RUSOFF_CODES_PER_HOUR",
        60,
        _number(1, 10**6),
        "Failed sign-in codes, links and passkeys per browser and hour; 20 times as many per network address.",
    )
    letters_per_hour: int = setting(
        "RUSOFF_LETTERS_PER_HOUR", 300, _number(1, 10**6), "Letters to readers and members per account, and per workplace, and hour."
    )
    letters_of_a_new_account: int = setting(
        "RUSOFF_LETTERS_OF_NEW_ACCOUNT", 50, _number(1, 10**6), "The same per day, in the first week of an account."
    )
    letters_per_recipient: int = setting(
        "RUSOFF_LETTERS_PER_RECIPIENT", 20, _number(1, 10**6), "The same to one recipient per workplace and hour; three times as many from all."
    )
    comments_per_hour: int = setting(
        "RUSOFF_COMMENTS_PER_HOUR", 3000, _number(1, 10**6), "Comments saved per browser or account and hour; 20 times as many per network address."
    )
    sections_per_hour: int = setting(
        "RUSOFF_SECTIONS_PER_HOUR",
        6000,
        _number(1, 10**6),
        "Sections shown beside the form per browser or account and hour; 20 times as many per network address.",
    )
    saves_per_minute: int = setting("RUSOFF_SAVES_PER_MINUTE", 300, _number(1, 10**6), "Saves per draft and minute.")

    def __post_init__(self) -> None:
        if self.smtp and not self.mail_from:
            raise ConfigError("RUSOFF_MAIL_FROM must be set when RUSOFF_SMTP is: say who sends, such as RusOff <rusoff@example.no>.")
        if self.smtp and not self.public_url:  # or links that let people in would go to whatever host a request claims to be for
            raise ConfigError(
                "RUSOFF_PUBLIC_URL must be set when RUSOFF_SMTP is: say where links in letters lead, such as https://rusoff.example.no."
            )

        if self.show_letters and (self.smtp or not self.is_local):
            raise ConfigError(
                "RUSOFF_SHOW_LETTERS shows letters that let people in: leave it out together with RUSOFF_SMTP, RUSOFF_PUBLIC_URL, "
                "RUSOFF_TRUSTED_PROXIES, or a HOST that others can reach."
            )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Config:
        """The settings that `environment` (the process's own when left out) gives, and the defaults of the rest.

        Raises ConfigError for a value that cannot be used and for a RUSOFF_ name that does not exist.
        """
        given = os.environ if environment is None else environment
        known = {f.metadata["name"]: f for f in fields(cls)}
        unknown = sorted(name for name in given if name.startswith(PREFIX) and name not in known)
        if unknown:
            raise ConfigError(f"{unknown[0]} is no setting of RusOff: the settings are {', '.join(sorted(known))}.")
        return cls(**{f.name: f.metadata["read"](name, given[name]) for name, f in known.items() if name in given})

    @property
    def database(self) -> str:
        """The address of the database, the default worked out."""
        return self.database_url or f"sqlite:///{(self.instance / 'rusoff.sqlite3').as_posix()}"

    @property
    def is_https(self) -> bool:
        """Whether people reach the app by https."""
        return self.public_url.startswith("https:")

    @property
    def is_local(self) -> bool:
        """Whether the app serves this very machine alone, to one who tries it out."""
        return is_loopback(self.host) and not self.public_url and not self.trusted_proxies

    def secret(self) -> str:
        """The key that signs cookies; made on the first call, readable by the owner alone.

        Raises ConfigError when the instance folder cannot be written or the file holds no key.
        """
        try:
            return self.secret_key or kept_key(self.key_file)
        except SecretKeyError as problem:
            raise ConfigError(str(problem)) from None

    @property
    def key_file(self) -> Path:
        """Where the secret key is kept when it is not a setting."""
        return self.instance / "secret_key"


def make_instance(config: Config) -> None:
    """Make the instance folder, for its owner alone. Raises ConfigError when that cannot be done."""
    try:
        config.instance.parent.mkdir(parents=True, exist_ok=True)
        config.instance.mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise ConfigError(f"RUSOFF_INSTANCE: the folder {config.instance} cannot be made ({problem.strerror}).") from None
