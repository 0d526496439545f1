"""What is not granted: raised anywhere below a route, answered in one place."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TypeVar

from starlette.exceptions import HTTPException

_Kind = TypeVar("_Kind", bound=enum.StrEnum)
API = "/api/"
"""Paths below it are answered in JSON."""
FEEDS = "/feeds/"
NO_TOKEN = "Show a token in force: Authorization: Bearer TOKEN."
"""What a program is told, in English like all that it is."""


class Refused(HTTPException):
    """A request that is not granted; the text is a key of the interface's languages."""


UNFIT = 422
"""The status of a form that lacks something, or holds what does not fit."""


def one_of(kind: type[_Kind], written: str) -> _Kind | None:
    """The status or verdict that somebody typed; None for nothing typed. Refuses what is none."""
    if written and written not in set(kind):
        raise Refused(400, f"{written!r} is none of {', '.join(kind)}")
    return kind(written) if written else None


def day(written: str, status: int = 400) -> dt.date | None:
    """The day that somebody typed; None for nothing typed. Refuses what is none."""
    try:
        return dt.date.fromisoformat(written) if written else None
    except ValueError:
        raise Refused(status, "A date is written 2021-09-30.") from None
