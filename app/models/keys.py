"""Ids and keys: random, and stored as a hash where they let somebody in."""

from __future__ import annotations

import base64
import hashlib
import secrets

ID_LENGTH = 26
HASH_LENGTH = 64


def new_id() -> str:
    """128 random bits as 26 small letters and digits: nothing to count up, nothing to guess."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def new_key() -> str:
    """256 random bits for a browser, or for a link to another browser."""
    return secrets.token_urlsafe(32)


def hashed(key: str) -> str:
    """What is stored of a key. A plain hash will do: 256 random bits cannot be guessed."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
