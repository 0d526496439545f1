"""What callers ask with: options and filters, whose values are put right or refused when they are made."""

from __future__ import annotations

import datetime as dt

import msgspec

from trucewatch.errors import WrongCallError
from trucewatch.nouns import Noun


class Checked(Noun):
    """Base of options and filters: a day or a status as text becomes what it names. Raises WrongCallError for what is none."""

    def __post_init__(self) -> None:
        for field in msgspec.structs.fields(self):
            given = getattr(self, field.name)
            try:
                right = msgspec.convert(given.date() if isinstance(given, dt.datetime) else given, field.type)
            except msgspec.ValidationError as error:
                raise WrongCallError(f"{field.name}: {given!r} will not do ({error})") from None
            msgspec.structs.force_setattr(self, field.name, right)
