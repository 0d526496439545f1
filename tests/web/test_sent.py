"""Files that are sent as they are made: in large pieces, and no further than somebody takes them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from starlette.types import Message

from trucewatch.web.api import answers
from trucewatch.web.api.answers import PIECE, attached

SCOPE = {"type": "http", "asgi": {"spec_version": "2.3"}}
LINE = b"a line of a file\n"
Made = TypeVar("Made")


def _run(coroutine: Coroutine[Any, Any, Made]) -> Made:
    """What a coroutine gives, run in a thread of its own: a browser of another test may have left its loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


class Lines:
    """Lines of a file without end, or so many; and whether nobody waits for more of them."""

    def __init__(self, number: int = 1_000_000) -> None:
        self.is_ended = False
        self.pieces = self._made(number)

    def _made(self, number: int) -> Generator[bytes, None, None]:
        try:
            for _ in range(number):
                yield LINE
        finally:
            self.is_ended = True


async def stays() -> Message:
    await asyncio.sleep(3600)
    raise AssertionError


async def sent(lines: Lines) -> list[bytes]:
    """The bodies that somebody who takes all gets."""
    bodies: list[bytes] = []

    async def send(message: Message) -> None:
        bodies.append(message.get("body", b""))

    await attached("lines.csv", "text/csv", lines.pieces)(SCOPE, stays, send)
    return bodies


def test_lines_are_sent_in_large_pieces_and_as_they_are() -> None:
    lines = Lines(20_000)
    bodies = _run(sent(lines))
    assert b"".join(bodies) == LINE * 20_000
    assert len(bodies) < 2 * len(LINE) * 20_000 / PIECE
    assert lines.is_ended


def test_nothing_is_a_file_too() -> None:
    assert _run(sent(Lines(0))) == [b"", b"", b""]


def test_who_takes_nothing_is_waited_for_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "PATIENCE", 0.05)
    lines = Lines()

    async def stuck(message: Message) -> None:
        if message.get("body"):
            await asyncio.sleep(3600)

    _run(attached("lines.csv", "text/csv", lines.pieces)(SCOPE, stays, stuck))
    assert lines.is_ended


def test_what_makes_a_file_ends_with_who_asked_for_it() -> None:
    lines = Lines()
    taken = 0

    async def leaves() -> Message:
        while taken < 3:
            await asyncio.sleep(0.01)
        return {"type": "http.disconnect"}

    async def take(message: Message) -> None:
        nonlocal taken
        taken += 1
        await asyncio.sleep(0)

    _run(attached("lines.csv", "text/csv", lines.pieces)(SCOPE, leaves, take))
    assert lines.is_ended and taken < 1000
