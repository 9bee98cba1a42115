"""What was asked lately, for some minutes and no more than so many: kept in the memory of this process alone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")


class Lately(Generic[T]):
    """Answers by what was asked: the last `most`, each for `seconds`."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self.most, self.seconds, self.clock = most, seconds, clock
        self._kept: OrderedDict[str, tuple[float, T]] = OrderedDict()
        self._lock = Lock()

    def get(self, asked: str, ask: Callable[[str], T]) -> T:
        """What was answered, while it is fresh; else what is answered now, which is kept. Nothing is kept of an `ask` that fails."""
        with self._lock:
            found = self._kept.get(asked)
        if found and self.clock() < found[0]:
            return found[1]
        answer = ask(asked)
        self._keep(asked, answer)
        return answer

    def _keep(self, asked: str, answer: T) -> None:
        with self._lock:
            self._kept[asked] = (self.clock() + self.seconds, answer)
            self._kept.move_to_end(asked)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
