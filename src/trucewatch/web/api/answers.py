"""How the API answers: records as JSON, pages with a cursor, tags by which a client knows that nothing has changed."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import hashlib
import itertools
import logging
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Annotated, Any, TypeVar

import anyio
import msgspec
from fastapi import Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Send

from trucewatch.web.refusals import Refused
from trucewatch.web.view import View

MOST = 500
"""Items of a page, at most."""
Limit = Annotated[int, Query(ge=1, le=MOST, description="Items of a page.")]
Cursor = Annotated[str | None, Query(max_length=200, description="`next` of the page before.")]
Id = Annotated[str, Path(max_length=80, description="A whole id, or its beginning where no other begins so.")]
JSON = "application/json"
PIECE = 1 << 16
"""Bytes of a file that are sent at once."""
PATIENCE = 60.0
"""Seconds in which whoever asked for a file must take a piece of it."""

_One = TypeVar("_One")
_log = logging.getLogger(__name__)


def tagged(view: View, make: Callable[[], Response]) -> Response:
    """The answer, or 304 where the client has it. The tag is a hash of all that an answer depends on: desk, truces, day, request."""
    request = view.request
    asked = (str(request.url), request.headers.get("accept", ""), view.someone.role)
    of = (*map(repr, view.desk.state()), view.ledgers.edited(), f"{dt.date.today()}", *asked)
    tag = f'W/"{hashlib.sha256(repr(of).encode()).hexdigest()[:20]}"'
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    response = Response(status_code=304) if known & {"*", tag.removeprefix("W/")} else make()
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"  # keep it, and ask each time whether it still holds
    response.headers["Vary"] = "Accept, Authorization, Cookie"
    return response


def record(found: Any, status: int = 200) -> Response:
    """One record, or any plain value, as JSON."""
    return Response(msgspec.json.encode(found), status_code=status, media_type=JSON)


def page(items: Sequence[Any], cursor: str | None) -> Response:
    """A page of records, and the cursor by which the next one is asked for; None after the last."""
    return record({"items": items, "next": cursor})


def written(place: str | int) -> str:
    """A cursor that stands for a place in a list."""
    return base64.urlsafe_b64encode(str(place).encode()).decode().rstrip("=")


def place_of(cursor: str) -> str:
    """The place that a cursor stands for. Raises Refused for one that is none."""
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except ValueError:
        raise Refused(400, "That is no cursor of this desk.") from None


def gone() -> Refused:
    """What is told of a cursor that points at nothing any more."""
    return Refused(410, "What the cursor points at is no more. Start again.")


def numbered(cursor: str | None) -> int:
    """The number that a cursor stands for; 0 without one. Raises Refused."""
    place = place_of(cursor) if cursor else "0"
    if not place.isascii() or not place.isdigit() or len(place) > 15:
        raise Refused(400, "That is no cursor of this desk.")
    return int(place)


def cut(some: Sequence[tuple[int, _One]], most: int) -> tuple[list[_One], str | None]:
    """A page out of one thing more than it holds: what it shows, and the next cursor if there is more."""
    shown = [one for _, one in some[:most]]
    return shown, written(some[most - 1][0]) if len(some) > most else None


def counted(found: Iterable[Any], after: int, limit: int) -> Response:
    """A page of things without numbers of their own; the cursor is their position."""
    return page(*cut(list(itertools.islice(enumerate(found, start=1), after, after + limit + 1)), limit))


def behind(found: Iterable[Any], after: str | None, limit: int) -> Response:
    """A page of things with ids."""
    return page(*following(found, after, limit, lambda one: one.id))


def following(
    found: Iterable[_One], after: str | None, limit: int, name: Callable[[_One], str]
) -> tuple[list[_One], str | None]:
    """The things of a page, each with a name of its own, and the next cursor if there is more.

    The cursor is the last one's name, so what comes in meanwhile moves nothing. Refuses one that is gone.
    """
    left, last = iter(found), place_of(after) if after else None
    if last is not None and not any(name(one) == last for one in left):
        raise gone()
    some = list(itertools.islice(left, limit + 1))
    return some[:limit], written(name(some[limit - 1])) if len(some) > limit else None


def attached(name: str, media: str, pieces: Generator[bytes, None, None]) -> Response:
    """A file, sent as it is made. Its beginning is made at once, so that an error is still an error page."""
    return _File(_gathered(pieces), media, {"Content-Disposition": f'attachment; filename="{name}"'})


class _File(StreamingResponse):
    """Pieces that are sent as they are made. When they are sent, or nobody takes them any more, what makes them is ended: it may
    hold what others wait for."""

    def __init__(self, pieces: Generator[bytes, None, None], media: str, headers: dict[str, str]) -> None:
        self._pieces = pieces
        first = next(pieces, b"")
        super().__init__(itertools.chain([first], pieces), media_type=media, headers=headers)

    async def stream_response(self, send: Send) -> None:
        async def sending(message: Message) -> None:
            with anyio.fail_after(PATIENCE):
                await send(message)

        try:
            await super().stream_response(sending)
        except TimeoutError:
            _log.warning("a file was not taken for %.0f seconds, and is sent no further", PATIENCE)
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._pieces.close)


def _gathered(pieces: Generator[bytes, None, None]) -> Generator[bytes, None, None]:
    """The same bytes in larger pieces: each is handed from thread to thread, which takes as long as to make a line."""
    some = bytearray()
    with contextlib.closing(pieces):
        for piece in pieces:
            some += piece
            if len(some) >= PIECE:
                yield bytes(some)
                some.clear()
        yield bytes(some)
