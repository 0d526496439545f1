"""What is not granted: raised anywhere below a route, answered in one place."""

from __future__ import annotations

from starlette.exceptions import HTTPException

API = "/api/"
"""Paths below it are answered in JSON."""


class Refused(HTTPException):
    """A request that is not granted; the text is a key of the interface's languages."""


UNFIT = 422
"""The status of a form that lacks something, or holds what does not fit."""
