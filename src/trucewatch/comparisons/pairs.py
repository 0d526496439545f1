"""Whether an incident of ours and a row of others may be one event, and which of them are paired.

They may be where their days are at most one apart and their places lie within their precisions. Where the day is
not the same on both sides, type and sides must be; where the sides are not, day and type must be, for then it is one
deed blamed on two. The sides must speak for it where a place is told no finer than a region, or a time is longer than ten
days, and long times must be much the same.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from trucewatch import codebook
from trucewatch.codebook import ACLED_EVENTS, UCDP_VIOLENCE, Codebook
from trucewatch.codebook.globe import flat_distance
from trucewatch.export import acled, ged
from trucewatch.incidents.face import AGGREGATE, RADIUS
from trucewatch.incidents.parties import party
from trucewatch.nouns import Entity, Entry, Incident, Noun, Period, Place

DAYS = 1
"""How many days apart two dates of one event may be: a night has the day before it, or the day after."""
CIVILIANS = "civilians"
_STATE = re.compile(r"(?:Government|(?:Military|Police) Forces) of (.+)")
_BRACKETS = re.compile(r"\s*\([^)]*\)$")
Likeness = Literal["same", "other", "two"]
"""The same kind, another one that the same event may be taken for, or two events."""


class Form(NamedTuple):
    """A form of datasets, beside our incidents."""

    types: tuple[str, ...]
    """Of its rows that can be compared."""
    ours: str | None
    """The only type of our incidents that it can have; None where there are others."""
    sides: tuple[tuple[str, str], ...]
    """The columns of those who take part, each with that of UCDP's number."""
    likeness: Callable[[Incident, Entry, Codebook], Likeness | None]
    """None where our kind is not known."""
    would_have: Callable[[Incident, Codebook], bool]
    """Whether its own rules would have an incident."""


class Pair(Noun):
    """An incident and a row that tell of one event."""

    incident: Incident
    entry: Entry
    agree: tuple[str, ...]
    """Of day, place, type and sides those that are the same on both sides."""
    differ: tuple[str, ...]
    """Those that are not; what is in neither cannot be told."""
    days: int
    """Between their times; 0 where they touch."""
    kilometres: float | None = None
    """Between their points; None where one has none."""

    @property
    def rank(self) -> tuple[float, int, float, str, str]:
        """The likeliest first: by what agrees and differs, by days, by distance, and at last by id."""
        fit = len(self.differ) - len(self.agree)
        return fit, self.days, self.kilometres or 0.0, self.incident.id, self.entry.id


class Judge:
    """Judges incidents and rows of a form; ``content`` gives a row's cells."""

    def __init__(self, form: Form, content: Callable[[Entry], Mapping[str, str]]) -> None:
        self.book = codebook.load()
        self._form = form
        self._content = content
        self._camps: dict[str, frozenset[str]] = {}

    def pair(self, incident: Incident, entry: Entry) -> Pair | None:
        """Both as one event; None where they are two, or nothing tells."""
        time, place = incident.time, incident.place
        if time is None or place is None or not _one_time(time, entry.time):
            return None
        days, type_ = apart(time, entry.time), self._form.likeness(incident, entry, self.book)
        if days > DAYS or type_ == "two" or not _near(place, entry.place):
            return None
        told = {
            "day": days == 0 if time.start == time.end and entry.time.start == entry.time.end else None,
            "place": True,
            "type": None if type_ is None else type_ == "same",
            "sides": self._sides_agree(incident, entry),
        }
        agree = tuple(name for name, same in told.items() if same)
        differ = tuple(name for name, same in told.items() if same is False)
        vague = not (place.is_fine and entry.place.is_fine) or is_long(time) or is_long(entry.time)
        if not _is_enough(agree, differ) or (vague and "sides" not in agree):
            return None
        gap = _gap(place, entry.place)
        km = None if gap is None else round(gap, 1)
        return Pair(incident=incident, entry=entry, agree=agree, differ=differ, days=days, kilometres=km)

    def _sides_agree(self, incident: Incident, entry: Entry) -> bool | None:
        if entry.id not in self._camps:
            self._camps[entry.id] = camps(sides(self._content(entry), self._form, entry.time.start, self.book))
        ours, theirs = camps((*incident.actors, *incident.recipients)), self._camps[entry.id]
        if ours & theirs - {CIVILIANS} or ours == theirs == {CIVILIANS}:
            return True
        return False if ours - {CIVILIANS} and theirs - {CIVILIANS} else None


def paired(ours: Iterable[Incident], rows: Iterable[Entry], judge: Judge) -> list[Pair]:
    """The pairs, by the rows' days: of all that may be one event the likeliest first, each incident and each row once."""
    index: dict[int, list[Entry]] = defaultdict(list)
    for entry in rows:
        for day in _ordinals(entry.time):
            index[day].append(entry)
    possible = []
    for one in ours:
        near = {entry.id: entry for day in _ordinals(one.time, DAYS) for entry in index[day]}
        possible += [pair for entry in near.values() if (pair := judge.pair(one, entry))]
    found: list[Pair] = []
    mine, its = set(), set()
    for pair in sorted(possible, key=lambda pair: pair.rank):
        if pair.incident.id not in mine and pair.entry.id not in its:
            mine.add(pair.incident.id)
            its.add(pair.entry.id)
            found.append(pair)
    return sorted(found, key=lambda pair: (pair.entry.time.start, pair.entry.id))


def _is_enough(agree: Collection[str], differ: Collection[str]) -> bool:
    """Whether what is the same, the place besides, makes one event of two, in spite of what is not."""
    if "day" not in agree:
        return "sides" in agree and "type" in agree
    return "type" in agree or "sides" not in differ


# ---------------------------------------------------------------- times and places


def apart(one: Period, other: Period) -> int:
    """Days between two times; 0 where they touch."""
    return max((one.start - other.end).days, (other.start - one.end).days, 0)


def is_long(time: Period) -> bool:
    """Whether a time is so long that what is told of it is a sum of many events."""
    return time.days > AGGREGATE


def _one_time(one: Period, other: Period) -> bool:
    """Whether two times overlap by half or more, where one of them is long: a day of a year's siege is not the siege."""
    if not (is_long(one) or is_long(other)):
        return True
    shared = (min(one.end, other.end) - max(one.start, other.start)).days + 1
    return 2 * shared >= (max(one.end, other.end) - min(one.start, other.start)).days + 1


def _ordinals(time: Period | None, more: int = 0) -> Sequence[int]:
    return range(time.start.toordinal() - more, time.end.toordinal() + more + 1) if time else ()


def _near(one: Place, other: Place) -> bool:
    """Whether they may be one place, by distance against precision; a country is no place to compare by."""
    if one.country and other.country and one.country != other.country:
        return False
    gap, reach = _gap(one, other), [RADIUS.get(place.precision or "", 0.0) for place in (one, other)]
    return gap is not None and gap <= (sum(reach) if one.is_fine and other.is_fine else max(reach))


def _gap(one: Place, other: Place) -> float | None:
    """Kilometres from one to the other; None where one of them is told too coarsely, or was not found."""
    if one.point is None or other.point is None or not {one.precision, other.precision} <= RADIUS.keys():
        return None
    return flat_distance(one.point, other.point)


def is_told(place: Place | None) -> bool:
    """Whether a place is told more finely than by its country, and was found."""
    return place is not None and place.lat is not None and place.precision in RADIUS


# ---------------------------------------------------------------- types and sides


def _by_violence(incident: Incident, entry: Entry, book: Codebook) -> Likeness | None:
    kind = ged.violence(incident, book)
    return None if kind is None else "same" if f"{kind}" == entry.type else "other"


def _by_event(incident: Incident, entry: Entry, book: Codebook) -> Likeness | None:
    event, sub = acled.kind(incident, book)
    if event is None:
        return None if entry.type in acled.VIOLENT else "two"
    akin = any({event, entry.type} <= {*kinds} for kinds in (acled.VIOLENT, acled.DEMONSTRATIONS))
    if event != entry.type:
        return "other" if akin else "two"
    return "same" if akin or sub in (None, entry.subtype) else "two"


def _is_deed(incident: Incident, book: Codebook) -> bool:
    """Whether ACLED would have it: no mere words."""
    event, sub = acled.kind(incident, book)
    return acled.lacks(incident) is None and not (event == "Strategic developments" and sub in (None, "Other"))


FORMS: Mapping[str, Form] = {
    "ged": Form(
        types=UCDP_VIOLENCE,
        ours="ASSAULT",
        sides=(("side_a", "side_a_new_id"), ("side_b", "side_b_new_id")),
        likeness=_by_violence,
        would_have=lambda incident, book: ged.lacks(incident) is None,
    ),
    "acled": Form(
        types=tuple(ACLED_EVENTS),
        ours=None,
        sides=(("actor1", ""), ("assoc_actor_1", ""), ("actor2", ""), ("assoc_actor_2", "")),
        likeness=_by_event,
        would_have=_is_deed,
    ),
}


def camps(side: Iterable[Entity]) -> frozenset[str]:
    """The camps of those who take part, as merging has them; people without arms are one."""
    known = (party(one.country, one.sector, one.actor, one.name) for one in side)
    return frozenset(camp for one in known if (camp := CIVILIANS if one.kind == "society" else one.camp))


def sides(content: Mapping[str, str], form: Form, day: dt.date, book: Codebook) -> Iterator[Entity]:
    """Who takes part in a row, as far as the codebook knows their names."""
    for column, number in form.sides:
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
        for number in actor.ucdp:
            found.setdefault(number, actor.id)
    return found
