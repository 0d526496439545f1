"""The words of time, from ``codebook/times.toml``: their classes and their values."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence

import msgspec

from trucewatch.claims.lexicon import Lexicon, table

_WHOLE = ("May", "June", "July")
"""Short names of months that are no abbreviations."""


class TimeTables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tables of ``times.toml``."""

    classes: Mapping[str, Sequence[str]]
    months: Mapping[str, int]
    decades: Mapping[str, int]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    """First and last month."""
    holidays: Mapping[str, Sequence[int]]
    """Month and day; or month, n and weekday; or days after Easter; or nothing."""
    hijri: Mapping[str, tuple[int, int, int]]
    """Month and day of the Islamic year, and how many days."""
    eras: Mapping[str, tuple[dt.date, dt.date]]
    masks: Mapping[str, Sequence[str]]

    def lexicon(self) -> Lexicon:
        """The words with their classes."""
        short = [name for name in self.months if len(name) < 5 and name.title() not in _WHOLE]
        classes: dict[str, Sequence[str]] = {
            **self.classes,
            "monthname": list(self.months),
            "short_month": short,
            "number": list(self.numbers),
            "ordinal": list(self.ordinals),
            "decade_word": list(self.decades),
            "unit": list(self.units),
            "units": [word for word in self.units if word.endswith("s")],
            **{f"u_{unit}": [w for w, u in self.units.items() if u == unit] for unit in self.units.values()},
        }
        return Lexicon(
            classes, {"holiday": [*self.holidays, *self.hijri], "era": self.eras, None: self.masks["phrases"]}, _figure
        )


def _figure(digits: str, suffix: str) -> frozenset[str]:
    """A number may be a day of the month or a year; "1990s" and "90s" are decades, "28th" is an ordinal."""
    day = len(digits) <= 2 and 1 <= int(digits) <= 31
    if suffix == "s":
        return frozenset(["decade"] if len(digits) in (2, 4) and digits.endswith("0") else ["number"])
    if suffix:
        return frozenset(["ordinal", "dayno"] if day else ["ordinal"])
    if day:
        return frozenset(["number", "dayno"])
    if len(digits) == 4 and "1900" <= digits <= "2035":
        return frozenset(["number", "year", "likely_year"])
    return frozenset(["number", "year"] if len(digits) == 4 and "1000" <= digits <= "2199" else ["number"])


@functools.cache
def tables() -> TimeTables:
    """The tables, read once."""
    read = table("times.toml", TimeTables)
    # headings write "MARCH 3"
    return msgspec.structs.replace(read, months={**read.months, **{name.upper(): n for name, n in read.months.items()}})


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon, made once."""
    return tables().lexicon()
