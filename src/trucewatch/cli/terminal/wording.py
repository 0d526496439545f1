"""The values of a record in a reader's words; what is not known is a question mark."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from trucewatch import english
from trucewatch.nouns import REAL, Claim, Count, Entity, Incident, Period, Place, Report, Status, Toll

if TYPE_CHECKING:
    from trucewatch.outlook.expected import Forecast

UNKNOWN = "?"
WIDTH = 80
"""The width of pages that look the same on every terminal."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: str | None) -> str:
    """The text, unable to steer a terminal."""
    return UNKNOWN if text is None else _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def line(text: str | None) -> str:
    """The text on one line, unable to steer a terminal."""
    return plain(text if text is None else " ".join(text.split()))


def day(date: dt.date | None) -> str:
    """``30 Sep 2021``."""
    return UNKNOWN if date is None else english.day(date)


def kind(one: Claim | Incident | Forecast) -> str:
    """``ASSAULT/aerial``; the type alone where no mode fits or none is said."""
    return f"{one.type}/{one.mode}" if one.mode else one.type


def entity(one: Entity) -> str:
    """``Russian Aerospace Forces (RUS MIL)``; a question mark stands for what is not known."""
    known = " ".join(part or UNKNOWN for part in (one.country, one.sector))
    return f"{line(one.name)} ({UNKNOWN if known == '? ?' else known})"


def names(entities: Sequence[Entity]) -> list[str]:
    """The names alone, but for the country behind one that several bear: ``leaders (UKR)``, ``leaders (RUS)``."""
    times = Counter(one.name for one in entities)
    return [line(one.name) + (f" ({one.country})" if times[one.name] > 1 and one.country else "") for one in entities]


def place(where: Place | None) -> str:
    """``Ras al-Ain (town, SYR, 36.85 40.07)``; a name that was not found in the gazetteer says so."""
    if where is None:
        return f"where {UNKNOWN}"
    if where.precision is None:
        return f"{line(where.name)} (not found)"
    parts = [where.precision, where.country or UNKNOWN]
    if where.is_fine and (at := coordinates(where)):
        parts.append(at)
    if where.precision == "country":
        parts = ["country"]
    return f"{line(where.name)} ({', '.join(parts)})"


def coordinates(where: Place) -> str | None:
    """``36.85 40.07``: degrees north and east."""
    return "{:.2f} {:.2f}".format(*where.point) if where.point else None


def period(when: Period | None, written: dt.date | None = None) -> str:
    """``28 Sep 2021``, ``Sep 2021``, ``1 Aug to 30 Sep 2021``; ``since ...`` up to the day that it was written."""
    if when is None:
        return f"when {UNKNOWN}"
    if when.start == when.end:
        return day(when.start)
    if when.precision == "year" and when.start.year == when.end.year:
        return f"{when.start.year}"
    if when.precision == "month" and (when.start.year, when.start.month) == (when.end.year, when.end.month):
        return f"{when.start:%b %Y}"
    if when.precision == "span" and when.end == written:
        return f"since {day(when.start)}"
    same_year = when.start.year == when.end.year
    start = english.day_of_year(when.start) if same_year else day(when.start)
    return f"{start} to {day(when.end)}"


def time(claim: Claim, report: Report) -> str:
    """When it was; "since ..." only of what still goes on."""
    return period(claim.time, report.written if claim.status is Status.ONGOING else None)


def toll(claim: Claim) -> list[str]:
    """``3–5 killed``, ``12 injured``; of violence of which no figure is given, that it is not known."""
    said = ((claim.killed, "killed"), (claim.injured, "injured"))
    known = [f"{count(people)} {what}" for people, what in said if people is not None]
    told = claim.type == "ASSAULT" and claim.status in REAL
    return known or ([f"toll {UNKNOWN}"] if told else [])


def count(people: Count | Toll) -> str:
    """``3`` or ``3–5``."""
    return f"{people.low}" if people.low == people.high else f"{people.low}–{people.high}"


def voice(claim: Claim) -> str:
    """Who says so."""
    return line(claim.attributed_to) if claim.attributed_to else "the outlet itself"


def folded(lines: Iterable[str]) -> Iterator[str]:
    """Lines that fit the terminal: what is over goes under it, two deeper than the line begins."""
    from rich.console import Console

    width = Console().width
    for one in lines:
        begins = " " * (len(one) - len(one.lstrip(" ")))
        yield from textwrap.wrap(
            one.lstrip(" "),
            width,
            initial_indent=begins,
            subsequent_indent=f"{begins}  ",
            break_on_hyphens=False,
            break_long_words=False,
        ) or [""]


def wrapped(said: str, first: str = "", rest: str = "    ") -> list[str]:
    """Lines of eighty columns: ``first`` begins the first of them, ``rest`` the others."""
    return textwrap.wrap(said, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
