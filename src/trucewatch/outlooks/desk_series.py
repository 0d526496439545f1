"""Series from a desk: of its incidents, or of a dataset that was imported onto it.

No incident counts as 0 only where the observer was looking. A desk looks from its first report, or the first incident in the
area's countries, to its last report; a dataset from the first to the last row of the files that cover the countries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from trucewatch import codebook, datasets, derive, ledger, truces, versions
from trucewatch.codebook import Indicator
from trucewatch.codebook.globe import KM_A_DEGREE
from trucewatch.codebook.rows import NONE
from trucewatch.codebook.units import Area, Drawn, Spot, names
from trucewatch.desk import Desk, Entries, EntryFilter, Import, Near, TellFilter, Told
from trucewatch.errors import DeskError, WrongCallError
from trucewatch.nouns import REAL, Incident, Place, reports_of
from trucewatch.outlook import areas, deeds, indicators
from trucewatch.outlook.deeds import Deed
from trucewatch.outlook.neighbours import side_by_side
from trucewatch.outlook.series import DESK, Asked, Covered, Series, count, narrowed
from trucewatch.truces import Truce
from trucewatch.truces.ground import Ground

TRUCE = "truce:"
_Dates = Mapping[str, dt.date | None]
_Made = TypeVar("_Made")
_Tally = Callable[[Iterable[Deed], Area, Asked, Covered], _Made]


def series(desk: Desk, asked: Asked, tables: Path | None = None) -> Series:
    """What was asked for, from what the desk holds now; ``tables`` is a folder of truces of your own.

    Raises WrongCallError for an area or indicator that is none, or that the observer does not tell apart; DeskError for
    a dataset that is not here, or where there is nothing to count.
    """
    return _of(desk, asked, tables, count)


def beside(desk: Desk, asked: Asked, tables: Path | None = None) -> tuple[Series, ...]:
    """The same, then the series of each province of the same countries that has deeds outside the area."""
    return _of(desk, asked, tables, side_by_side)


def _of(desk: Desk, asked: Asked, tables: Path | None, tally: _Tally[_Made]) -> _Made:
    asked = msgspec.structs.replace(asked, area=areas.one_meant(asked.area))
    where, row = area(asked.area, tables), indicators.indicator(asked.indicator)
    of = _of_desk if asked.observer == DESK else _of_dataset
    return of(desk, asked, where, row, tally)


def area(written: str, tables: Path | None = None) -> Area:
    """The area that is written so; see ``outlook.areas.area``. ``truce:ID`` is the zone of a truce."""
    if not written.startswith(TRUCE):
        return areas.area(written)
    name, every = written.removeprefix(TRUCE), truces.load(tables)
    if name not in every:
        raise WrongCallError(f"no truce has the id {name!r}; `trucewatch truce list` shows those there are")
    return TruceArea(every[name])


class TruceArea(Area):
    """The zone of a truce, or all its countries where it names no zone."""

    def __init__(self, truce: Truce) -> None:
        self.truce = truce
        self.countries: tuple[str, ...] = truce.countries
        self._zone = truce.whole
        self._ground = Ground(codebook.load())
        rings = self._ground.outlines(self._zone) if self._zone and not self._zone.line else ()
        beyond = ((self._zone and self._zone.within_km) or 0.0) / KM_A_DEGREE
        self._drawn = Drawn(tuple((ring,) for ring in rings), beyond) if rings else None

    def holds(self, spot: Spot) -> bool | None:
        """Whether a place lies in it, by the rules of the truce's ledger; a wide place also by how far it may extend."""
        place = spot.place
        if place.country is not None and place.country not in self.countries:
            return False
        if self._zone is None:
            return True if place.country else None
        if place.country and spot.admin1 and names(place.country, "admin1", spot.admin1) & {*self._zone.places}:
            return True
        if place.gazetteer is None and self._drawn is not None and self._drawn.misses(place):
            return False
        inside = self._ground.ask(place, self._zone).inside
        return self._drawn.holds(spot) if inside is None and self._drawn else inside


# ---------------------------------------------------------------- the desk's own incidents


def _of_desk(desk: Desk, asked: Asked, where: Area, row: Indicator, tally: _Tally[_Made]) -> _Made:
    derive.catch_up(desk)
    mark = desk.mark()
    with desk.telling() as telling:
        dates = telling.dates()
        told = sorted(day for day in dates.values() if day and (asked.known is None or day <= asked.known))
        first = telling.first(where.countries, told[0]) if told else None
        if told and first is None and telling.first(where.countries, dt.date.min):
            first = told[-1]  # all that is told happened before anybody looked
        if mark is None or first is None:
            raise DeskError(f"nothing on the desk tells of {asked.area}, so that there is nothing to count")
        version = f"desk {mark.version} coding {mark.coding} judgement {mark.judgement} {versions.of_indicators()}"
        elsewhere = telling.elsewhere(where.countries) if where.countries else set()
        looking = (day for report, day in dates.items() if day and day <= told[-1] and report not in elsewhere)
        covered = Covered(first, told[-1], version, tuple(looking))
        asked = narrowed(asked, covered)
        wanted = TellFilter(
            kinds=indicators.kinds(row), statuses=REAL, countries=where.countries, since=asked.since, until=asked.until
        )
        if isinstance(where, TruceArea):
            found: Iterable[Deed] = _of_truce(desk, where, _whole(desk, asked, where, dates), row)
        elif asked.known is None:
            found = (_deed(one, row) for one in telling.told(wanted) if indicators.is_meant(row, _sectors(one)))
        else:
            found = (_deed(one, row) for one in of_kind(_whole(desk, asked, where, dates), row))
        return tally(found, where, asked, covered)


def _whole(desk: Desk, asked: Asked, where: Area, dates: _Dates) -> Iterable[Incident]:
    """The incidents of an area's countries, as the reports that had come in by a day tell of them."""
    known = asked.known
    if known is not None:  # the reports of that day may tell of another place or time
        return derive.told_by(desk, desk.incidents(), {report for report, day in dates.items() if day and day <= known})
    since, until = asked.since or dt.date.min, asked.until or dt.date.max
    return desk.incidents_near(Near(countries=where.countries or (), since=since, until=until))


def _of_truce(desk: Desk, where: TruceArea, found: Iterable[Incident], row: Indicator) -> Iterator[Deed]:
    """The incidents, those in a truce's area told apart by whether the truce is about them."""
    every = list(of_kind(found, row))
    near = [one for one in every if one.place is None or where.holds(Spot(one.place)) is not False]
    apart = ledger.beside(desk, where.truce, near)
    return (_deed(one, row)._replace(is_beside=one.id in apart) for one in every)


def _deed(one: Told | Incident, row: Indicator) -> Deed:
    spot = Spot(one.place) if one.place else None
    return Deed(indicators.number(row, one.killed), one.time, spot, tuple(reports_of(one.claims)))


def _sectors(one: Told | Incident) -> list[str | None]:
    return [recipient.sector for recipient in one.recipients]


def of_kind(told: Iterable[Incident], row: Indicator) -> Iterator[Incident]:
    """The incidents that an indicator counts, wherever and whenever they were."""
    kinds = set(indicators.kinds(row))
    for one in told:
        fits = (one.type, None) in kinds or (one.type, one.mode or NONE) in kinds
        if fits and one.status in REAL and indicators.is_meant(row, _sectors(one)):
            yield one


# ---------------------------------------------------------------- others' datasets


def _of_dataset(desk: Desk, asked: Asked, where: Area, row: Indicator, tally: _Tally[_Made]) -> _Made:
    with desk.datasets() as held:
        known = asked.known or dt.date.max
        imports = [one for one in held.imports(asked.observer) if one.at.astimezone(dt.UTC).date() <= known]
        if not imports:
            others = ", ".join(dict.fromkeys(one.dataset for one in held.imports())) or "none"
            raise DeskError(f"no dataset {asked.observer!r} is on the desk; there are: {others}")
        if isinstance(where, TruceArea):
            where.notes = (
                "rows of a dataset count by their place alone, whoever fought: not all need be about the truce",
            )
        covered = _covered(imports, where, asked)
        asked = narrowed(asked, covered)
        wanted = EntryFilter(
            dataset=asked.observer,
            types=indicators.in_dataset(row, imports[0].form, asked.observer),
            countries=where.countries,
            elsewhere=tuple(_elsewhere(held, asked.observer, where)) if tally is count else (),
            since=asked.since,
            until=asked.until,
            known=asked.known,
        )
        found = (deeds.of_entry(entry, row) for entry in held.entries(wanted))
        return tally(found, where, asked, covered)


def _elsewhere(held: Entries, dataset: str, where: Area) -> Iterator[str]:
    """The provinces that lie outside, so that their rows need not be read."""
    for country, province in held.provinces(dataset, where.countries or ()):
        if where.holds(Spot(Place(text=province, name=province, country=country), province)) is False:
            yield province


def _covered(imports: Sequence[Import], where: Area, asked: Asked) -> Covered:
    wholes = [one.counted for one in imports if one.counted and one.counted.first and one.counted.last]
    if where.countries is not None:
        wholes = [whole for whole in wholes if set(where.countries) & set(whole.countries)]
    if not wholes:
        raise DeskError(f"the dataset {asked.observer!r} has no row of {asked.area}, so that there is nothing to count")
    first = min(whole.first for whole in wholes if whole.first)
    last = max(whole.last for whole in wholes if whole.last)
    return Covered(
        *datasets.covered(imports[0].form, first, last),
        f"{asked.observer} import {imports[-1].number} {versions.of_indicators()}",
    )
