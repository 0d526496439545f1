"""What callers ask with: options and filters, whose values are put right or refused when they are made."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any, get_args

import msgspec

from trucewatch.errors import WrongCallError
from trucewatch.nouns import Noun


class Checked(Noun):
    """Base of options and filters: a day or a status as text becomes what it names. Raises WrongCallError for what is none, and
    for days in the wrong order."""

    def __post_init__(self) -> None:
        for field in msgspec.structs.fields(self):
            given = getattr(self, field.name)
            try:
                right = msgspec.convert(given.date() if isinstance(given, dt.datetime) else given, field.type)
            except msgspec.ValidationError as error:
                raise WrongCallError(f"{field.name}: {given!r} will not do; {_form(field.type) or error}") from None
            msgspec.structs.force_setattr(self, field.name, right)
        since, until = getattr(self, "since", None), getattr(self, "until", None)
        if since and until and until < since:
            raise WrongCallError(f"until {until} is before since {since}")


def _form(kind: Any) -> str | None:
    """How days, and words of a list, are written."""
    kinds = get_args(kind) or (kind,)
    if dt.date in kinds:
        return "write 2021-09-30"
    listed = (one for one in kinds if isinstance(one, type) and issubclass(one, enum.StrEnum))
    words = [one for one in kinds if isinstance(one, str)] or next(map(list, listed), [])
    return f"it is one of {', '.join(words)}" if words else None
