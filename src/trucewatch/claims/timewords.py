"""The words of time, from ``codebook/times.toml``: their classes and their values."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from trucewatch.claims.lexicon import Lexicon


class TimeTables:
    """The tables of ``times.toml`` and the lexicon made of them."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        named: Mapping[str, int] = tables["months"]
        # headings write "MARCH 3"
        self.months: Mapping[str, int] = {**named, **{name.upper(): number for name, number in named.items()}}
        self.decades: Mapping[str, int] = tables["decades"]
        self.numbers: Mapping[str, float] = tables["numbers"]
        self.ordinals: Mapping[str, int] = tables["ordinals"]
        self.units: Mapping[str, str] = tables["units"]
        self.seasons: Mapping[str, Sequence[int]] = tables["seasons"]
        self.holidays: Mapping[str, Sequence[int]] = tables["holidays"]
        self.eras: Mapping[str, Sequence[str]] = tables["eras"]
        classes: dict[str, Sequence[str]] = {
            **tables["classes"],
            "monthname": list(self.months),
            "number": list(self.numbers),
            "ordinal": list(self.ordinals),
            "decade_word": list(self.decades),
            "unit": list(self.units),
            "units": [word for word in self.units if word.endswith("s")],
            **{f"u_{unit}": [w for w, u in self.units.items() if u == unit] for unit in self.units.values()},
        }
        phrases = {"holiday": self.holidays, "era": self.eras, None: tables["masks"]["phrases"]}
        self.lexicon = Lexicon(classes, phrases, _figure)


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
    return TimeTables(tomllib.loads((files("trucewatch.codebook") / "times.toml").read_text(encoding="utf-8")))
