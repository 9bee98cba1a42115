"""What became of a letter, for whoever it was about: the worker tells those who listen, in its own transaction."""

from __future__ import annotations

from collections.abc import Callable

from app.models.outbox import Letter

Listener = Callable[[Letter, bool], None]
_listeners: list[Listener] = []


def on_delivery(hears: Listener) -> Listener:
    """Decorate a function: it hears of each letter that was sent (True) or that will never arrive (False). It does not commit."""
    _listeners.append(hears)
    return hears


def notify(letter: Letter, has_gone: bool) -> None:
    """Tell those who listen."""
    for hears in _listeners:
        hears(letter, has_gone)
