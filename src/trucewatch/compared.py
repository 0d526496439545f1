"""Our incidents beside the rows of a dataset that others coded: which tell of one event, and which only one side has.

A row and an incident may be one event where their days touch, give or take a day, and their places do within their
precisions. One thing may differ, the sides only on the very day. The sides must speak for it where a place is told no
finer than a region, or a time is ten days long or longer, and long times must be much the same. Each is paired once,
the best pairs first. Tolls stand side by side and are never added; nothing is taken over from a dataset.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from trucewatch import codebook, derive
from trucewatch.codebook import Codebook, fold
from trucewatch.datasets.ged import VIOLENCE
from trucewatch.desk import Desk, EntryFilter, IncidentFilter
from trucewatch.errors import DeskError
from trucewatch.export import acled, ged
from trucewatch.incidents.face import AGGREGATE, FINE, RADIUS, kilometres, reality
from trucewatch.incidents.parties import party
from trucewatch.nouns import Entity, Entry, Incident, Noun, Period, Place

DAYS = 1
"""By how many days the same event may be told apart: of a night, one writes the day before and one the day after."""
CIVILIANS = "civilians"
TYPES = {"ged": VIOLENCE, "acled": tuple(acled.EVENTS)}
"""Of a dataset's form."""
_STATE = re.compile(r"(?:Government|(?:Military|Police) Forces) of (.+)")
_BRACKETS = re.compile(r"\s*\([^)]*\)$")
_SIDES = {
    "ged": (("side_a", "side_a_new_id"), ("side_b", "side_b_new_id")),
    "acled": (("actor1", ""), ("assoc_actor_1", ""), ("actor2", ""), ("assoc_actor_2", "")),
}
_NUMBER = re.compile(r"UCDP (\d+)")
_One = TypeVar("_One", Incident, Entry)


class Wish(Noun):
    """What to compare; what is None does not matter."""

    dataset: str
    since: dt.date | None = None
    """Else the later of both first days."""
    until: dt.date | None = None
    """Else the earlier of both last days."""
    place: str | None = None
    """Words of a place's name, or a country."""


class Pair(Noun):
    """An incident and a row that tell of one event."""

    incident: Incident
    entry: Entry
    kilometres: float | None
    """Between their points; None where one has none."""
    agree: tuple[str, ...]
    """Of day, place, type and sides those that are the same on both sides."""
    differ: tuple[str, ...]
    """Those that are not; what is in neither cannot be told."""


class Compared(Noun, omit_defaults=False):
    """Our incidents beside a dataset's rows, between two days and in the dataset's countries."""

    dataset: str
    form: str
    """``ged`` or ``acled``."""
    since: dt.date
    until: dt.date
    place: str | None
    countries: tuple[str, ...]
    matched: tuple[Pair, ...]
    only_ours: tuple[Incident, ...]
    """That the dataset's own rules would have."""
    beyond: int
    """Unmatched incidents of ours that its rules would not have: UCDP counts only those in which somebody died."""
    untold: int
    """Incidents of ours that cannot be compared: no day is told, or no place that could be found."""
    only_theirs: tuple[Entry, ...]
    sums: int
    """How many of them are of ten days or more, which only such incidents of ours could be."""


class Likeness(NamedTuple):
    """How well a pair fits; the larger, the better."""

    agree: tuple[str, ...]
    differ: tuple[str, ...]
    kilometres: float | None
    days: int
    """Between their times; 0 where they touch."""

    @property
    def rank(self) -> tuple[float, ...]:
        """Fewest differences, most agreements, nearest days, nearest points."""
        return len(self.differ) - len(self.agree), self.days, self.kilometres or 0.0


def compare(desk: Desk, wish: Wish) -> Compared:
    """Hold incidents against a dataset's rows; raises DeskError where there is no such dataset, or no day in common."""
    derive.add(desk)  # what a stop has left
    with desk.datasets() as held:
        imports = held.imports(wish.dataset)
        if not imports:
            raise DeskError(f"no dataset {wish.dataset!r} is here; `trucewatch import` takes one in")
        form = imports[0].form
        wanted = EntryFilter(dataset=wish.dataset, types=TYPES[form], since=wish.since, until=wish.until)
        rows = [entry for entry in held.entries(wanted) if _is_there(entry, wish.place)]
        countries = {entry.place.country for entry in rows if entry.place.country}
        found = [one for one in _deeds(desk, form, wish) if one.place is None or one.place.country in countries]
        ours = [one for one in found if one.time is not None and _is_found(one.place)]
        days = _days(wish, ours, rows)
        rows = sorted(
            (entry for entry in rows if _touch(entry.time, days)), key=lambda entry: (entry.time.start, entry.id)
        )
        ours = [one for one in ours if one.time is not None and _touch(one.time, days)]
        judge = Judge(form, lambda entry: held.entry(wish.dataset, entry.id).content)
        pairs = tuple(paired(ours, rows, judge))
    left = _without(ours, {one.incident.id for one in pairs})
    theirs = tuple(one for one in left if _would_have(one, form, judge.book))
    others = _without(rows, {one.entry.id for one in pairs})
    return Compared(
        dataset=wish.dataset,
        form=form,
        since=days.start,
        until=days.end,
        place=wish.place,
        countries=tuple(sorted(countries)),
        matched=pairs,
        only_ours=theirs,
        beyond=len(left) - len(theirs),
        untold=sum(one.time is None or (_touch(one.time, days) and not _is_found(one.place)) for one in found),
        only_theirs=others,
        sums=sum(_is_long(entry.time) for entry in others),
    )


class Judge:
    """Whether an incident and a row of a form may be one event; ``content`` gives a row's cells."""

    def __init__(self, form: str, content: Callable[[Entry], Mapping[str, str]]) -> None:
        self.book = codebook.load()
        self._form = form
        self._content = content
        self._camps: dict[str, frozenset[str]] = {}

    def likeness(self, incident: Incident, entry: Entry) -> Likeness | None:
        """How well they fit; None where they are two events, or nothing tells."""
        if incident.time is None or incident.place is None:
            return None
        days, near = _apart(incident.time, entry.time), _near(incident.place, entry.place)
        type_ = _type_agrees(incident, entry, self._form, self.book)
        if days > DAYS or near is False or type_ is False or not _one_time(incident.time, entry.time):
            return None
        told = {"day": days == 0 if _is_day(incident.time) and _is_day(entry.time) else None, "place": near}
        told |= {"type": None if type_ is None else type_ == "same", "sides": self._sides_agree(incident, entry)}
        vague = not (_is_fine(incident.place) and _is_fine(entry.place))
        vague |= _is_long(incident.time) or _is_long(entry.time)
        agree = tuple(name for name, same in told.items() if same)
        differ = tuple(name for name, same in told.items() if same is False)
        blamed = "sides" in differ and "day" not in agree  # then they are rather two events than one laid to two
        if len(differ) > 1 or blamed or (vague and "sides" not in agree):
            return None
        return Likeness(agree, differ, _km(incident, entry), days)

    def _sides_agree(self, incident: Incident, entry: Entry) -> bool | None:
        ours, theirs = camps((*incident.actors, *incident.recipients)), self._theirs(entry)
        if ours & theirs - {CIVILIANS} or ours == theirs == {CIVILIANS}:
            return True
        return False if ours - {CIVILIANS} and theirs - {CIVILIANS} else None

    def _theirs(self, entry: Entry) -> frozenset[str]:
        if entry.id not in self._camps:
            self._camps[entry.id] = camps(sides(self._content(entry), self._form, entry.time.start, self.book))
        return self._camps[entry.id]


def paired(ours: Sequence[Incident], rows: Sequence[Entry], judge: Judge) -> Iterator[Pair]:
    """The pairs by day: of all that may be one event the likeliest first, each incident and each row once."""
    index: dict[int, list[Entry]] = defaultdict(list)
    for entry in rows:
        for day in _ordinals(entry.time):
            index[day].append(entry)
    fits: list[tuple[tuple[float, ...], str, str, Incident, Entry, Likeness]] = []
    for one in ours:
        assert one.time is not None
        near = {entry.id: entry for day in _ordinals(one.time, DAYS) for entry in index[day]}
        for entry in near.values():
            if likeness := judge.likeness(one, entry):
                fits.append((likeness.rank, one.id, entry.id, one, entry, likeness))
    found: list[Pair] = []
    taken: set[str] = set()
    for _, mine, its, one, entry, likeness in sorted(fits, key=lambda fit: fit[:3]):
        if not taken & {f"ours {mine}", f"theirs {its}"}:
            taken |= {f"ours {mine}", f"theirs {its}"}
            pair = Pair(
                incident=one,
                entry=entry,
                kilometres=likeness.kilometres,
                agree=likeness.agree,
                differ=likeness.differ,
            )
            found.append(pair)
    yield from sorted(found, key=lambda pair: (pair.entry.time.start, pair.entry.id))


def camps(side: Iterable[Entity]) -> frozenset[str]:
    """The camps of those who take part, as merging has them; people without arms are one."""
    known = (party(one.country, one.sector, one.actor, one.name) for one in side)
    return frozenset(camp for one in known if (camp := CIVILIANS if one.kind == "society" else one.camp))


def sides(content: Mapping[str, str], form: str, day: dt.date, book: Codebook) -> Iterator[Entity]:
    """Who takes part in a row, as far as the codebook knows their names."""
    for column, number in _SIDES[form]:
        for name in content.get(column, "").split(";"):
            if one := _known(name.strip(), content.get(number, "").removesuffix(".0"), day, book):
                yield one


def _known(name: str, number: str, day: dt.date, book: Codebook) -> Entity | None:
    bare = _BRACKETS.sub("", name)
    if bare.lower().startswith(CIVILIANS):
        return Entity(text=name, name=CIVILIANS, sector="CVL")
    if state := _STATE.fullmatch(bare):
        country = book.find_country(_BRACKETS.sub("", state[1]))
        return Entity(text=name, name=bare, country=country.country, sector="GOV") if country else None
    actor = book.actors.get(_numbered().get(number, "")) or book.find_actor(bare, day)
    if actor is None and ": " in bare:  # ACLED writes "HTS: Hayat Tahrir al Sham"
        actor = book.find_actor(bare.partition(": ")[2], day) or book.find_actor(bare.partition(": ")[0], day)
    if actor is None:
        return None
    return Entity(text=name, name=actor.name, country=actor.country, sector=actor.sector, actor=actor.id)


@functools.cache
def _numbered() -> Mapping[str, str]:
    """Rows of actors.csv by UCDP's number; the first of those that have one."""
    found: dict[str, str] = {}
    for actor in codebook.load().actors.values():
        for number in _NUMBER.findall(actor.source or ""):
            found.setdefault(number, actor.id)
    return found


def _type_agrees(incident: Incident, entry: Entry, form: str, book: Codebook) -> str | bool | None:
    """``same`` or ``other`` kind of one family; None where ours is not known well enough, False for two families."""
    if form == "ged":
        kind = ged.violence(incident, book)
        return None if kind is None else "same" if f"{kind}" == entry.type else "other"
    event, sub = acled.kind(incident, book)
    if event is None:
        return None if entry.type in acled.VIOLENT else False
    if event != entry.type:
        return "other" if {event, entry.type} <= {*acled.VIOLENT} else False
    return "same" if event in acled.VIOLENT or sub in (None, entry.subtype) else False


def _deeds(desk: Desk, form: str, wish: Wish) -> Iterator[Incident]:
    wanted = IncidentFilter(type="ASSAULT" if form == "ged" else None, place=wish.place)
    return (one for one in desk.incidents(wanted) if reality(one.status) == "deed")


def _would_have(incident: Incident, form: str, book: Codebook) -> bool:
    """Whether a dataset's own rules would have an incident: deadly force for UCDP, for ACLED no mere words."""
    if form == "ged":
        return ged.holds(incident)
    event, sub = acled.kind(incident, book)
    return acled.holds(incident) and not (event == "Strategic developments" and sub in (None, "Other"))


def _is_there(entry: Entry, words: str | None) -> bool:
    """Whether a row is of a place: a country by its name or code, or words of a place's, a district's, a province's name."""
    if words is None:
        return True
    named = codebook.load().find_country(words)
    if entry.place.country in (words.upper(), named.country if named and named.kind == "name" else None):
        return True
    places = (entry.place.name, entry.admin2, entry.admin1)
    return any(f" {fold(words)}" in f" {fold(place)}" for place in places if place)


def _is_fine(place: Place) -> bool:
    return place.precision in FINE


def _is_found(place: Place | None) -> bool:
    return place is not None and place.precision is not None


def _days(wish: Wish, ours: Sequence[Incident], rows: Sequence[Entry]) -> Period:
    """The days that are compared: as wished, else those on which both sides have something."""
    times = [one.time for one in ours if one.time], [entry.time for entry in rows]
    if not all(times):
        raise DeskError(f"nothing to compare with {wish.dataset}: {'it' if times[0] else 'the desk'} has nothing there")
    start = wish.since or max(min(time.start for time in some) for some in times)
    end = wish.until or min(max(time.end for time in some) for some in times)
    if start > end:
        raise DeskError(f"no day in common with {wish.dataset}: {start} is after {end}")
    return Period(start=start, end=end, precision="span")


def _near(one: Place, other: Place) -> bool | None:
    """Whether they may be one place, by distance against precision; None where one is told no finer than its country."""
    if one.country and other.country and one.country != other.country:
        return False
    points = _points(one, other)
    if points is None:
        return None
    reach = points[0][2], points[1][2]
    return kilometres(*points) <= (sum(reach) if _is_fine(one) and _is_fine(other) else max(reach))


def _points(one: Place, other: Place) -> tuple[tuple[float, float, float], tuple[float, float, float]] | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    if one.precision not in RADIUS or other.precision not in RADIUS:
        return None
    return (one.lat, one.lon, RADIUS[one.precision]), (other.lat, other.lon, RADIUS[other.precision])


def _km(incident: Incident, entry: Entry) -> float | None:
    points = _points(incident.place, entry.place) if incident.place else None
    return round(kilometres(*points), 1) if points else None


def _apart(one: Period, other: Period) -> int:
    """Days between two times; 0 where they touch."""
    return max((one.start - other.end).days, (other.start - one.end).days, 0)


def _touch(one: Period, other: Period) -> bool:
    return _apart(one, other) == 0


def _one_time(one: Period, other: Period) -> bool:
    """Whether times are much the same where one of them is long: a day of a year's siege is not the siege."""
    if not (_is_long(one) or _is_long(other)):
        return True
    shared = (min(one.end, other.end) - max(one.start, other.start)).days + 1
    return 2 * shared >= (max(one.end, other.end) - min(one.start, other.start)).days + 1


def _is_day(time: Period) -> bool:
    return time.start == time.end


def _is_long(time: Period) -> bool:
    return (time.end - time.start).days >= AGGREGATE


def _ordinals(time: Period, more: int = 0) -> range:
    return range(time.start.toordinal() - more, time.end.toordinal() + more + 1)


def _without(some: Sequence[_One], ids: set[str]) -> tuple[_One, ...]:
    return tuple(one for one in some if one.id not in ids)
