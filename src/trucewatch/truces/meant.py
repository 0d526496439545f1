"""Of which truce something is said, where a country has several: "the truce in Daraa" is not the one of Idlib, and where one city has a
truce of its own, what is said of that city's is not said of the whole country's.
"""

from __future__ import annotations

from trucewatch.codebook import Codebook
from trucewatch.truces.declared import Announcement
from trucewatch.truces.ground import Ground
from trucewatch.truces.terms import Truce, Zone


def is_of_another(truce: Truce, book: Codebook, one: Announcement) -> bool:
    """Whether it is said of another truce of these countries: of one that is in force after this one has ended, an extension
    of one that has a last day, where this one has none, or a word on a truce that holds elsewhere."""
    of_next = truce.end is not None and one.day > truce.end.last
    if (of_next or one.act == "extension") and any(one.day in days for days in truce.beside):
        return True
    own = _fit(one, truce.whole, book)
    if own == 0 and one.place and one.place.country in truce.countries:
        return True
    return any(one.day in other and _fit(one, other.zone, book) > own for other in truce.others)


def _fit(one: Announcement, zone: Zone | None, book: Codebook) -> int:
    """How well a zone is the place of the truce that something is said of: 0 where that lies elsewhere, 1 where it may be or is not
    named, 2 where it lies in the zone, 3 where the zone is a part of a country as the place is."""
    if one.place is None or zone is None:
        return 1
    inside = Ground(book).ask(one.place, zone).inside
    if not inside:
        return 1 if inside is None else 0
    return 2 if zone.countries or one.place.precision == "country" else 3
