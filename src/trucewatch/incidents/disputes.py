"""Where the claims of an incident differ: who did it, to whom, what, whether at all, where, when, how many.

A claim that says nothing on a point takes no side, and one that is only less exact agrees: "the province" with a town
in it, "this week" with a day in it, "gunmen" with any armed group. Fighters and civilians as victims do differ. A claim that
denies the deed names no actor.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from trucewatch.codebook.globe import flat_distance
from trucewatch.incidents import figures
from trucewatch.incidents.face import RADIUS, reality
from trucewatch.incidents.parties import KIND, OTHER, agreement, parties
from trucewatch.incidents.score import TWO_TOWNS_KM
from trucewatch.nouns import Account, Claim, Count, Disagreement, Entity, Figure, Period, Place, Status

SLACK_KM = 5.0
"""Districts this near beyond their precision are no disagreement on where."""


class Point(NamedTuple):
    """A field on which claims can differ."""

    field: str
    differ: Callable[[Any, Any], bool]
    shown: Callable[[Any], str]


def disagreements(accounts: Sequence[Account]) -> tuple[Disagreement, ...]:
    """The fields in which the accounts differ, in the order of the questions above."""
    found = []
    for point, value in _POINTS:
        found.append(_sides(point, [(value(account.claim), account.claim.id) for account in accounts]))
    for field in figures.FIELDS:
        current = [one.figure for one in figures.newest(figures.told(accounts, field))]
        point = Point(field, lambda one, two: one.count.low > two.count.high or two.count.low > one.count.high, _figure)
        found.append(_sides(point, [(figure, figure.claim) for figure in current]))
    return tuple(one for one in found if one is not None)


def _sides(point: Point, told: Sequence[tuple[Any, str]]) -> Disagreement | None:
    """Claims in sides: each joins the first side whose first value it does not differ from."""
    sides: list[tuple[Any, list[str]]] = []
    for value, claim in told:
        if not value:
            continue
        its = next((members for first, members in sides if not point.differ(first, value)), None)
        if its is None:
            sides.append((value, [claim]))
        else:
            its.append(claim)
    if len(sides) < 2:
        return None
    return Disagreement(field=point.field, sides=tuple((point.shown(first), tuple(ids)) for first, ids in sides))


def _unequal(one: object, two: object) -> bool:
    return one != two


def _victims_differ(one: tuple[Entity, ...], two: tuple[Entity, ...]) -> bool:
    """Whether a deed was done to fighters or to civilians is what sides of a war differ on most."""
    return agreement(parties(one), parties(two)) in (KIND, OTHER)


def _places_differ(one: Place, two: Place) -> bool:
    if one.country is not None and two.country is not None and one.country != two.country:
        return True
    if one.point is None or two.point is None or not {one.precision, two.precision} <= RADIUS.keys():
        return False
    distance, reach = flat_distance(one.point, two.point), [RADIUS[place.precision or ""] for place in (one, two)]
    if max(reach) <= RADIUS["town"]:
        return distance > TWO_TOWNS_KM
    return distance > sum(reach) + (SLACK_KM if one.is_fine and two.is_fine else sum(reach))


def _names(entities: tuple[Entity, ...]) -> str:
    return ", ".join(entity.name for entity in entities)


def _days(time: Period) -> str:
    return f"{time.start}" if time.start == time.end else f"{time.start} to {time.end}"


def _figure(figure: Figure) -> str:
    count: Count = figure.count
    return f"{count.low}" if count.low == count.high else f"{count.low}–{count.high}"


_POINTS: tuple[tuple[Point, Callable[[Claim], Any]], ...] = (
    (
        Point("actors", lambda one, two: agreement(parties(one), parties(two)) == OTHER, _names),
        lambda claim: () if claim.status is Status.DENIED else claim.actors,
    ),
    (Point("recipients", _victims_differ, _names), lambda claim: claim.recipients),
    (Point("type", _unequal, str), lambda claim: claim.type),
    (Point("mode", _unequal, str), lambda claim: claim.mode),
    (Point("status", lambda one, two: reality(one) != reality(two), str), lambda claim: claim.status),
    (Point("place", _places_differ, lambda place: str(place.name)), lambda claim: claim.place),
    (Point("time", lambda one, two: not one.touches(two), _days), lambda claim: claim.time),
)
"""Each with what a claim says on it: None, or nothing, where it takes no side."""
