"""What is not granted: raised anywhere below a route, answered in one place."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response

if TYPE_CHECKING:
    from trucewatch.web.view import View

API = "/api/"
"""Paths below it are answered in JSON."""


class Refused(HTTPException):
    """A request that is not granted; the text is a key of the interface's languages."""


UNFIT = 422
"""The status of a form that lacks something, or holds what does not fit."""


def given_back(
    page: Callable[[View, str], Response],
) -> Callable[[Callable[[View], Response]], Callable[[View], Response]]:
    """Has a form that is refused as ``UNFIT`` come back with what it lacks: ``page`` shows it, given the fault."""

    def around(route: Callable[[View], Response]) -> Callable[[View], Response]:
        @functools.wraps(route)
        def tried(view: View) -> Response:
            try:
                return route(view)
            except Refused as refused:
                if refused.status_code != UNFIT:
                    raise
                return page(view, str(refused.detail))

        return tried

    return around
