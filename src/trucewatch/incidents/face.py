"""What scoring sees of an account: its face. Accounts with one face are scored once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Hashable
from typing import Literal

from trucewatch import codebook
from trucewatch.codebook.spelling import smooth
from trucewatch.incidents.parties import Party, parties
from trucewatch.nouns import Account, Count, Period, Place, Status

RADIUS = {"site": 2.0, "town": 6.0, "district": 25.0, "region": 90.0}
"""Kilometres around its point in which a place of that precision may lie."""
AGGREGATE = 10
"""Days from which on a period is no event's time: what is told of it is a sum of events."""
LAG = 3
"""Days before its report in which an event lies of which no time is told."""

_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    "a an and are as at been by for from had has have in into is it its of on or said says some that the their there "
    "they this to was were which who will with".split()
)

Reality = Literal["deed", "denied", "possible", "expected"]
Dated = Literal["day", "days", "sum", "told", "never"]
"""How its time is known: a day, up to ten, more; only its report's; not at all."""
_REALITIES: dict[Status, Reality] = {
    Status.HAPPENED: "deed",
    Status.ONGOING: "deed",
    Status.DENIED: "denied",
    Status.POSSIBLE: "possible",
    Status.EXPECTED: "expected",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Face:
    """The comparable part of an account."""

    family: str
    """Types of one family may tell of one event: they share a quad class."""
    type: str
    mode: str | None
    reality: Reality
    goes_on: bool
    """Whether it is told as going on, or as a habit: "*continue* shelling"."""
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: tuple[float, float, float] | None
    """Latitude, longitude, radius in kilometres; None for countries and names that were not resolved."""
    place_name: str | None
    """The gazetteer's row, or the folded name where there is none."""
    country: str | None
    fine: bool
    """Whether its place is a district or finer, and has coordinates."""
    first: int | None
    """Ordinal of the first day on which it may have happened; None where nothing is known."""
    last: int
    dated: Dated
    published: int | None
    """Ordinal of its report's day: of two tolls the later may be the higher."""
    killed: tuple[int, int] | None
    injured: tuple[int, int] | None
    trigger: str
    words: frozenset[str]

    @property
    def scene(self) -> Hashable:
        """What it is, when and where, as roughly as tells two events apart: many faces have one scene."""
        return self.family, self.first, self.last, self.dated == "sum", self.country, self.place


def face(account: Account) -> Face:
    """The face of an account."""
    claim = account.claim
    first, last, dated = window(claim.time, account.published)
    return Face(
        family=codebook.load().types[claim.type].quad,
        type=claim.type,
        mode=claim.mode,
        reality=reality(claim.status),
        goes_on=claim.status is Status.ONGOING,
        actors=parties(claim.actors),
        recipients=parties(claim.recipients),
        place=_point(claim.place),
        place_name=None if claim.place is None else claim.place.gazetteer or smooth(codebook.fold(claim.place.name)),
        country=claim.place.country if claim.place else None,
        fine=claim.place is not None and claim.place.is_fine and claim.place.lat is not None,
        first=first,
        last=last,
        dated=dated,
        published=account.published.toordinal() if account.published and (claim.killed or claim.injured) else None,
        killed=_range(claim.killed),
        injured=_range(claim.injured),
        trigger=stem(account.trigger),
        words=words(account.sentence),
    )


def reality(status: Status) -> Reality:
    """``deed`` for what is told as done or going on, else the status."""
    return _REALITIES[status]


def window(time: Period | None, published: dt.date | None) -> tuple[int | None, int, Dated]:
    """First and last day (ordinals) on which it may have happened, and how that is known."""
    if time is not None:
        first, last = time.start.toordinal(), time.end.toordinal()
        return first, last, "day" if first == last else "days" if last - first < AGGREGATE else "sum"
    if published is not None:
        return published.toordinal() - LAG, published.toordinal(), "told"
    return None, 0, "never"


@functools.lru_cache(maxsize=8192)
def words(sentence: str) -> frozenset[str]:
    """Stems of the words that carry meaning; figures stay, for they are telling."""
    return frozenset(stem(word) for word in _WORD.findall(sentence.lower()) if word not in _STOP)


def stem(word: str) -> str:
    """A word without the endings of English verbs and nouns, at most seven letters."""
    word = word.lower()
    for ending in ("ings", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word[:7]


def _point(place: Place | None) -> tuple[float, float, float] | None:
    if place is None or place.point is None or place.precision not in RADIUS:
        return None
    return *place.point, RADIUS[place.precision]


def _range(count: Count | None) -> tuple[int, int] | None:
    return None if count is None else (count.low, count.high)
