"""A pack as the key of what is worked out of it once."""

from __future__ import annotations

from app.pack.model import Pack


class PackKey:
    """A pack by its identity, which a cache can keep."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __hash__(self) -> int:
        return id(self.pack)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PackKey) and other.pack is self.pack
