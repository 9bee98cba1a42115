"""The letters of the last hour where no mail server takes them: for a page, and for the command `rusoff letters`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from flask import current_app

from app.clock import now
from app.models.outbox import Letter

from .encryption import Contents, DecryptionError, decrypt

MOST = 20


def recent_letters() -> Iterator[tuple[Letter, Contents]]:
    """The last letters that can still be read, newest first."""
    for letter in Letter.lately_shown(now(), MOST):
        with suppress(DecryptionError):  # written before the secret key became another one
            yield letter, decrypt(letter.sealed or b"", str(current_app.secret_key))
