"""Several processes serve one database: nothing is lost between them, and limits hold for all of them together."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.heavy.serving import Server, Visitor

FIRST, SECOND = "workplace_name", "own_values"
ROUNDS = 40
STARTS, SAVES, SIGN_INS, CODES = 12, 200, 10, 8


@pytest.fixture
def servers(tmp_path: Path, new_database: Callable[[], str]) -> Iterator[list[Server]]:
    database = new_database()
    limits = {"starts_per_hour": STARTS, "saves_per_minute": SAVES, "sign_ins_per_hour": SIGN_INS, "codes_per_hour": CODES}
    both = [Server(tmp_path, database, **limits), Server(tmp_path, database, **limits)]
    yield both
    for server in both:
        server.stop()


@pytest.fixture
def pair(servers: list[Server]) -> list[Visitor]:
    """Two windows on one draft, each at a server of its own."""
    visitor = Visitor(servers[0])
    assert visitor.begin() == 303
    other = Visitor(servers[1], like=visitor)
    return [visitor, other]


def at_once(*deeds: Callable[[], int]) -> list[int]:
    with ThreadPoolExecutor(len(deeds)) as pool:
        return [done.result() for done in [pool.submit(deed) for deed in deeds]]


def test_saves_of_different_pages_at_once_lose_nothing(pair: list[Visitor]) -> None:
    first, second = pair
    first.read(FIRST)
    second.read(SECOND)

    def write(visitor: Visitor, question: str) -> int:
        return Counter(visitor.save(question, f"{question} {n}") for n in range(ROUNDS))[200]

    assert at_once(lambda: write(first, FIRST), lambda: write(second, SECOND)) == [ROUNDS, ROUNDS]
    for visitor in pair:
        assert visitor.read(FIRST) == f"{FIRST} {ROUNDS - 1}"
        assert visitor.read(SECOND) == f"{SECOND} {ROUNDS - 1}"


def test_of_two_saves_of_one_page_at_once_one_is_stale(pair: list[Visitor]) -> None:
    first, second = pair
    for n in range(ROUNDS):
        assert first.read(FIRST) == second.read(FIRST)
        answered = at_once(lambda n=n: first.save(FIRST, f"first {n}"), lambda n=n: second.save(FIRST, f"second {n}"))
        assert sorted(answered) == [200, 409]
        assert first.read(FIRST) == (f"first {n}" if answered[0] == 200 else f"second {n}")


def test_limits_are_counted_together(servers: list[Server]) -> None:
    wait_for_room()
    visitors = of_one_browser(servers, STARTS * 2)
    assert Counter(at_once(*(visitor.begin for visitor in visitors))) == {303: STARTS, 429: STARTS}
    holder = next(visitor for visitor in visitors if visitor.id)
    windows = [Visitor(server, like=holder) for server in servers]
    for window in windows:
        window.read(FIRST)
    answered = Counter(window.save(FIRST, "the same") for _ in range(SAVES) for window in windows)
    assert answered == {200: SAVES, 429: SAVES}


def test_asking_to_be_let_in_is_counted_together(servers: list[Server]) -> None:
    wait_for_room()
    visitors = of_one_browser(servers, SIGN_INS * 2)
    assert Counter(at_once(*(lambda v=v: v.send("sign-in", email="kari@example.no") for v in visitors))) == {303: SIGN_INS, 429: SIGN_INS}
    guessed = Counter(at_once(*(lambda v=v: v.send("sign-in/code", code="12345678") for v in visitors)))
    assert guessed == {422: CODES, 429: SIGN_INS * 2 - CODES}


def of_one_browser(servers: list[Server], many: int) -> list[Visitor]:
    """So many windows of one browser, half of them at each server: what one may do is counted by browser first."""
    first = Visitor(servers[0])
    first.ask("GET", "/nb/")
    return [Visitor(servers[n % 2], like=first) for n in range(many)]


def wait_for_room() -> None:
    """Let an hour that is about to end do so: the counts begin anew with each."""
    if time.time() % 3600 > 3540:
        time.sleep(61)
