"""A server that is killed in the middle of saving loses nothing that it has acknowledged, and starts again as if nothing had been."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.heavy.serving import Server, Visitor

TIMES, WRITERS = 20, 3
QUESTION = "mapping_notes"


class Writer(threading.Thread):
    """Saves one number after the other until the server is gone. Remembers the last that was acknowledged and the last that was sent."""

    def __init__(self, visitor: Visitor, acknowledged: int) -> None:
        super().__init__()
        self.visitor, self.acknowledged, self.sent = visitor, acknowledged, acknowledged
        self.refused: list[int] = []

    def run(self) -> None:
        try:
            while True:
                self.sent += 1
                status = self.visitor.save(QUESTION, f"number {self.sent}")
                if status != 200:
                    self.refused.append(status)
                    return
                self.acknowledged = self.sent
        except (OSError, http.client.HTTPException):
            return


def number_in(words: str) -> int:
    return int(words.removeprefix("number ")) if words else 0


def test_nothing_acknowledged_is_lost(tmp_path: Path, new_database: Callable[[], str]) -> None:
    database, chance = new_database(), random.Random(20)
    server = Server(tmp_path, database)
    visitors = [Visitor(server) for _ in range(WRITERS)]
    assert [visitor.begin() for visitor in visitors] == [303] * WRITERS
    kept = [number_in(visitor.read(QUESTION)) for visitor in visitors]
    saves = 0
    try:
        for _ in range(TIMES):
            writers = [Writer(visitor, number) for visitor, number in zip(visitors, kept, strict=True)]
            for writer in writers:
                writer.start()
            newcomer = Visitor(server)
            assert newcomer.begin() == 303
            time.sleep(chance.uniform(0.05, 0.5))
            server.kill()
            for writer in writers:
                writer.join(60)
            server = Server(tmp_path, database)
            for visitor in (*visitors, newcomer):
                visitor.go_to(server)
            found = [number_in(visitor.read(QUESTION)) for visitor in visitors]
            for writer, number in zip(writers, found, strict=True):
                assert writer.refused == []
                assert number in (writer.acknowledged, writer.sent)
            assert newcomer.read(QUESTION) == ""
            newcomer.connection.close()
            saves += sum(found) - sum(kept)
            kept = found
    finally:
        server.stop()
    assert saves > TIMES * WRITERS, "too few saves to prove anything"
    is_whole(database)


def is_whole(database: str) -> None:
    if make_url(database).get_backend_name() != "sqlite":
        return
    engine = create_engine(database)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    engine.dispose()
