"""What a letter says and to whom, sealed with a key made from the app's own: in the database it can be read by nobody else."""

from __future__ import annotations

import base64
import json
from functools import lru_cache
from typing import NamedTuple

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"rusoff outbox 1"


class DecryptionError(Exception):
    """The letter was sealed with another key than ours, or is no letter."""


class Contents(NamedTuple):
    """The part of a letter that is nobody else's business. `unsubscribe` is the address where one press turns such letters off, where one does."""

    to: str
    subject: str
    text: str
    unsubscribe: str = ""


def encrypt(contents: Contents, secret: str) -> bytes:
    """Sealed with the app's secret key."""
    return _lock(secret).encrypt(json.dumps(contents).encode("utf-8"))


def decrypt(sealed: bytes, secret: str) -> Contents:
    """What was sealed. Raises SealError when the secret key is another one now."""
    try:
        return Contents(*json.loads(_lock(secret).decrypt(sealed)))
    except InvalidToken:
        raise DecryptionError from None


@lru_cache(maxsize=4)
def _lock(secret: str) -> Fernet:
    """A key of its own for this purpose: the one that signs cookies never encrypts anything."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode("utf-8"))
    return Fernet(base64.urlsafe_b64encode(key))
