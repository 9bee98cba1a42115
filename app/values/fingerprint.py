"""A short hash of something that is stored, by which a later look tells whether it is still the same."""

from __future__ import annotations

import hashlib
import json

LENGTH = 16


def fingerprint(stored: object) -> str:
    """Of plain JSON values. The order of the keys of a dict does not count."""
    return hashlib.sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()[:LENGTH]
