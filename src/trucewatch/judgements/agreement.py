"""How far two coders agree: Krippendorff's alpha and the share of equal values, field by field.

Krippendorff, K. (2011): Computing Krippendorff's alpha-reliability. Alpha is 1 where all agree and 0 where they agree as
often as chance would have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NotRequired, TypedDict

import msgspec

from trucewatch.codebook import fold
from trucewatch.judgements.rulings import PAIRS, VERDICTS, in_force, judged
from trucewatch.nouns import Claim, Judgement, Noun

Value = Hashable
Values = dict[str, Value]
"""A unit's values by field; a field that a coder left out is missing, one that he found empty is None."""


class Stretch(TypedDict):
    """Where words stand."""

    start: int
    end: int


class Line(TypedDict):
    """What is compared of a line of ``code --jsonl``, or of another program that writes such."""

    report: str
    type: str
    status: str
    mentions: list[Stretch]
    trigger: NotRequired[Stretch]
    mode: NotRequired[str | None]
    actors: NotRequired[list[dict[str, str | None]] | None]
    recipients: NotRequired[list[dict[str, str | None]] | None]
    place: NotRequired[dict[str, str | float | None] | None]
    time: NotRequired[dict[str, str] | None]
    attributed_to: NotRequired[str | None]
    killed: NotRequired[list[int] | dict[str, int] | None]
    injured: NotRequired[list[int] | dict[str, int] | None]


class Agreement(Noun):
    """How far two coders agree in one field."""

    field: str
    units: int
    """How many both coded."""
    equal: int
    """In how many of them both have the same value."""
    alpha: float | None
    """None where all values are the same, so that chance cannot be told from skill, or where nothing can be paired."""


def nominal(one: Any, other: Any) -> float:
    """0 for the same value, else 1."""
    return float(one != other)


def interval(one: Any, other: Any) -> float:
    """The squared difference of numbers."""
    return float((one - other) ** 2)


def overlap(one: Any, other: Any) -> float:
    """For sets: the share of all members that only one has (Jaccard's distance)."""
    return 1.0 - len(one & other) / len(one | other) if one or other else 0.0


DIFFERENCES: Mapping[str, Callable[[Any, Any], float]] = {
    "actors": overlap,
    "recipients": overlap,
    "killed": interval,
    "injured": interval,
}
"""Fields whose values may differ by more or less; of the others, all different values differ alike."""


def alpha(units: Iterable[Sequence[Value]], difference: Callable[[Any, Any], float] = nominal) -> float | None:
    """Krippendorff's alpha; a unit is the values that coders gave it, missing ones left out.

    ``difference`` gives the squared difference of two values. None where alpha is not defined.
    """
    pairable = [unit for unit in units if len(unit) > 1]
    every = Counter(value for unit in pairable for value in unit)
    count = every.total()
    observed = sum(sum(difference(one, other) for one in unit for other in unit) / (len(unit) - 1) for unit in pairable)
    expected = sum(many * more * difference(one, other) for one, many in every.items() for other, more in every.items())
    return 1.0 - (count - 1) * observed / expected if expected else None


def compared(pairs: Sequence[tuple[Values, Values]]) -> list[Agreement]:
    """How far two coders agree in each field of the units that both coded. A toll counts where both give one."""
    found = []
    for field in dict.fromkeys(field for pair in pairs for values in pair for field in values):
        both = [(one[field], other[field]) for one, other in pairs if field in one and field in other]
        difference = DIFFERENCES.get(field, nominal)
        told = [pair for pair in both if None not in pair] if difference is interval else both
        equal = sum(one == other for one, other in both)
        found.append(Agreement(field=field, units=len(both), equal=equal, alpha=alpha(told, difference)))
    return found


def of_judgements(
    claims: Iterable[Claim], judgements: Sequence[Judgement], coders: tuple[str, str]
) -> list[tuple[Values, Values]]:
    """What two people ruled on the claims, and on the pairs of claims, that both judged.

    A unit has the ``verdict`` and the claim's fields as each has them, or, for two claims, ``one event``.
    """
    force = in_force(judgements)
    by = [[one for one in force if one.by == coder] for coder in coders]
    verdicts = [{one.claims[0]: one for one in ours if one.ruling in VERDICTS} for ours in by]
    units = []
    for claim in claims:
        if all(claim.id in ruled for ruled in verdicts):
            one, other = (_ruled(claim, ours, ruled[claim.id]) for ours, ruled in zip(by, verdicts, strict=True))
            units.append((one, other))
    rulings = [{tuple(sorted(one.claims)): one.ruling.value for one in ours if one.ruling in PAIRS} for ours in by]
    both = sorted(set(rulings[0]) & set(rulings[1]))
    return units + [({"one event": rulings[0][pair]}, {"one event": rulings[1][pair]}) for pair in both]


def of_lines(ours: Iterable[Mapping[str, Any]], theirs: Iterable[Mapping[str, Any]]) -> list[tuple[Values, Values]]:
    """Claims as JSON lines of two coders, those of one event beside each other.

    Claims of one report are paired by their triggers, else by the sentences they stand in, the nearest first. A claim
    that only one coder has is a unit whose only field is ``found``.
    """
    left, right = _by_report(ours), _by_report(theirs)
    units: list[tuple[Values, Values]] = []
    for report in dict.fromkeys([*left, *right]):
        mine, yours = left.get(report, []), right.get(report, [])
        paired = _paired(mine, yours)
        units += [({"found": True, **values(mine[i])}, {"found": True, **values(yours[j])}) for i, j in paired.items()]
        units += [({"found": True}, {"found": False})] * (len(mine) - len(paired))
        units += [({"found": False}, {"found": True})] * (len(yours) - len(paired))
    return units


def values(line: Mapping[str, Any]) -> Values:
    """What is compared of a claim, from its JSON: the same thing said in other words is the same value."""
    place, time = line.get("place"), line.get("time")
    return {
        "type": line["type"],
        "mode": line.get("mode"),
        "status": line["status"],
        "actors": _parties(line.get("actors")),
        "recipients": _parties(line.get("recipients")),
        "place": (place.get("gazetteer") or fold(place["name"])) if place else None,
        "time": (time["start"], time["end"]) if time else None,
        "attributed_to": fold(line["attributed_to"]) if line.get("attributed_to") else None,
        "killed": _middle(line.get("killed")),
        "injured": _middle(line.get("injured")),
    }


def _ruled(claim: Claim, judgements: Sequence[Judgement], last: Judgement) -> Values:
    found = judged(claim, judgements)
    verdict: Values = {"verdict": last.ruling.value}
    return verdict if found is None else verdict | values(msgspec.to_builtins(found))


def _parties(parties: Sequence[Mapping[str, Any]] | None) -> frozenset[str]:
    return frozenset(party.get("actor") or fold(party["name"]) for party in parties or ())


def _middle(count: Any) -> float | None:
    """The middle of lowest and highest, from ``[3, 5]`` or ``{"low": 3, "high": 5}``."""
    low_high = list(count.values()) if isinstance(count, Mapping) else count
    return sum(low_high) / 2 if low_high else None


def _by_report(lines: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for line in lines:
        found.setdefault(line["report"], []).append(line)
    return found


def _paired(mine: Sequence[Mapping[str, Any]], yours: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Which of mine is which of yours, by number."""
    near = sorted(((-_nearness(one, other), i, j) for i, one in enumerate(mine) for j, other in enumerate(yours)))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for nearness, i, j in near:
        if nearness < 0 and i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def _nearness(one: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    """3 for triggers that overlap, 1 for mentions that do, 1 more for the same type; 0 for what cannot be one event."""
    if "trigger" in one and "trigger" in other and _meet(one["trigger"], other["trigger"]):
        return 3 + int(one["type"] == other["type"])
    touching = any(_meet(ours, theirs) for ours in one["mentions"] for theirs in other["mentions"])
    return 1 + int(one["type"] == other["type"]) if touching else 0


def _meet(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])
