"""How likely two accounts are of one event: a readable list of features, each with a weight (weights.csv).

Most weights are learned on pairs made from UCDP GED (training/pairs.py); the rest, of what that data does not tell of,
are set by hand, and the table says which. The same list is what ``trucewatch incident --why`` prints.
"""

from __future__ import annotations

import csv
import math
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from trucewatch.codebook.globe import flat_distance
from trucewatch.codebook.rows import MEETING
from trucewatch.incidents.face import RADIUS, Face
from trucewatch.incidents.parties import KIN, KIND, OPEN, OTHER, SAME, Party, agreement, other_things

WEIGHTS = Path(__file__).with_name("weights.csv")
THRESHOLDS = Path(__file__).with_name("thresholds.csv")

SLACK_KM = 15.0
"""How far two places may lie apart beyond their precisions, since maps differ."""
SAME_KM = 3.0
TWO_TOWNS_KM = 5.0
"""Towns of two names that lie farther apart are two; nearer ones may be the village and the town that it belongs to."""
NEIGHBOURS = 1
"""Days between two tellings of one event that are off by a night."""
LOW_TOLL = 2
"""Up to so many dead, an equal number says little."""
MOST = 3.0
"""The feature of differing figures stops growing at so many doublings."""
USUAL = 0.3
"""Share of words that sentences of two events of one war have in common."""
SENTENCE = 6
"""Words from which on two equal sentences are one text."""
_ABOVE_AND_BELOW = [
    {above, below} for above in ("aerial", "drone") for below in ("firearms", "primitive", "beat", "abduct")
]
"""Modes that nobody takes for each other, as shells are taken for bombs."""
_FROM_AFAR = frozenset({"aerial", "drone", "heavy-weapons", "explosives", "suicide-attack"})
"""Modes in which one side attacks and the other is hit; of shots, each side may say that the other fired them."""
_ANSWERS = frozenset({"return", "respond", "respons", "retalia", "answer"})
"""Stems of words for what answers an attack."""
_LAGS = {0: "reported that day", 1: "reported the next day"}
POINTS = {
    *("same mode", "same actor", "kin actor", "same recipient", "kin recipient", "same place", "place within 3 km"),
    *("same killed, large", "same injured, large", "same trigger", "wording"),
}
"""What two tellings of one event are known by, besides their day: a day and a district alone make no event."""
_NOWHERE, _NO_DAY = {"place unknown", "place coarse"}, {"time unknown", "both undated"}

_distance = lru_cache(maxsize=1 << 16)(flat_distance)
"""Claims are compared where they tell of the same few places."""
Features = dict[str, float]
Sides = tuple[tuple[Party, ...], tuple[Party, ...]]
"""Actors and recipients."""


class Thresholds(NamedTuple):
    """Log-odds: from ``same`` on two accounts are one event, up to ``different`` they are two, between them unsure."""

    sure: float
    """From here on they are one event, however like others they are; from ``same`` on if they are like no other as much."""
    same: float
    different: float
    whole: float
    """Mean log-odds from which on two groups of accounts may become one."""


@cache
def weights() -> dict[str, float]:
    """Feature -> weight; positive speaks for one event."""
    return {row["feature"]: float(row["weight"]) for row in _rows(WEIGHTS)}


@cache
def questions() -> dict[str, str]:
    """Feature -> the field of a claim that it is about; empty for what speaks of the whole pair."""
    return {row["feature"]: row["of"] for row in _rows(WEIGHTS)}


@cache
def thresholds() -> Thresholds:
    """The limits between same, unsure and different."""
    return Thresholds(**{row["verdict"]: float(row["log_odds"]) for row in _rows(THRESHOLDS)})


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def score(one: Face, two: Face) -> float:
    """Log-odds that two accounts, not ``apart``, are of one event."""
    known = weights()
    return sum(known[name] * value for name, value in features(one, two).items())


def verdict(log_odds: float) -> str:
    """``same``, ``unsure`` or ``different``."""
    limits = thresholds()
    return "same" if log_odds >= limits.same else "different" if log_odds <= limits.different else "unsure"


def least(one: Face, two: Face) -> float:
    """Log-odds from which on two accounts are linked: ``same``, or ``sure`` where they contradict each other.

    Being the likeliest partner makes up for what an account leaves out, but not for two different towns, days, things, guests or sides
    that were hit.
    """
    return thresholds().sure if _contradict(one, two) else thresholds().same


def _contradict(one: Face, two: Face) -> bool:
    if other_things(one.recipients, two.recipients) or _other_guests(one, two) or _other_side_hit(one, two):
        return True
    if one.dated == two.dated == "day" and gap(one, two) > 0:
        return True
    if one.place is None or two.place is None or one.place_name == two.place_name:
        return False
    towns = max(one.place[2], two.place[2]) <= RADIUS["town"]
    return towns and _distance(one.place, two.place) > TWO_TOWNS_KM


def apart(one: Face, two: Face) -> str | None:
    """Why two accounts cannot be of one event, whatever else agrees; None where they can."""
    return elsewhere(one, two) or at_odds(one, two)


def elsewhere(one: Face, two: Face) -> str | None:
    """Why two accounts cannot, by their ``Face.scene`` alone."""
    if one.family != two.family:
        return "other kind of event"
    if not _may_be_simultaneous(one, two):
        return "other time"
    if one.country is not None and two.country is not None and one.country != two.country:
        return "other country"
    if one.place is not None and two.place is not None and beyond(one, two) > SLACK_KM:
        return "other place"
    return None


def at_odds(one: Face, two: Face) -> str | None:
    """Why two accounts of one scene cannot."""
    if one.reality != two.reality and not _one_deed(one, two):
        return "not surely about the same deed"
    if one.reality == two.reality == "denied" and agreement(one.actors, two.actors) == OTHER:
        return "each denies a deed of its own"
    return None


def features(one: Face, two: Face) -> Features:
    """What speaks for or against one event: every feature that is not zero, in the order of weights.csv."""
    found: Features = {"always": 1.0}
    _what(one, two, found)
    _who(one, two, found)
    _where(one, two, found)
    _when(one, two, found)
    _toll(one, two, found)
    _words(one, two, found)
    if POINTS.isdisjoint(found):
        found["nothing telling agrees"] = 1.0
    if not (_NOWHERE.isdisjoint(found) or _NO_DAY.isdisjoint(found)):
        found["neither place nor day"] = 1.0
    if one.goes_on != two.goes_on and not _NOWHERE.isdisjoint(found):
        found["only one goes on"] = 1.0
    return found


def beyond(one: Face, two: Face) -> float:
    """Kilometres between two places that their precisions do not explain; 0 where they may be one."""
    assert one.place is not None and two.place is not None
    return max(0.0, _distance(one.place, two.place) - one.place[2] - two.place[2])


def gap(one: Face, two: Face) -> int:
    """Days between two times; 0 where they overlap. Both must have one."""
    assert one.first is not None and two.first is not None
    return max(0, one.first - two.last, two.first - one.last)


def _may_be_simultaneous(one: Face, two: Face) -> bool:
    if one.first is None or two.first is None:
        return one.first is None and two.first is None
    if (one.dated == "sum") != (two.dated == "sum"):
        return False
    return gap(one, two) <= NEIGHBOURS


def _other_guests(one: Face, two: Face) -> bool:
    """Whether each tells who met, and each of somebody whom the other has not."""
    if one.type != two.type or one.type != MEETING:
        return False
    ours, theirs = ({party.camp for party in (*seen.actors, *seen.recipients) if party.camp} for seen in (one, two))
    return min(len(ours), len(theirs)) > 1 and bool(ours - theirs and theirs - ours)


def _other_side_hit(one: Face, two: Face) -> bool:
    """Whether one side was hit by the one and another by the other, and nobody who is told to have done it ties them together."""
    pairs = ((one.actors, two.actors), (one.actors, two.recipients), (one.recipients, two.actors))
    return agreement(one.recipients, two.recipients) == OTHER and not any(
        agreement(*its) in (SAME, KIN) for its in pairs
    )


def _one_deed(one: Face, two: Face) -> bool:
    """Whether what one denies or expects is surely what the other tells: same type, place, day and a party."""
    sides = ((one.actors, two.actors), (one.recipients, two.recipients))
    # A name that the gazetteer lacks has no country; two that are told of one are no towns of one name far apart.
    one_name = one.place_name is not None and one.place_name == two.place_name and one.country is None
    known = one.type == two.type and (one_name or (one.fine and two.fine)) and "day" in (one.dated, two.dated)
    return known and any(agreement(*side) in (SAME, KIN) for side in sides)


def _what(one: Face, two: Face, found: Features) -> None:
    if one.type != two.type:
        found["other type"] = 1.0
    elif one.mode is not None and two.mode is not None:
        found["same mode" if one.mode == two.mode else "other mode"] = 1.0
        if one.mode != two.mode and {one.mode, two.mode} in _ABOVE_AND_BELOW:
            found["from the air or on foot"] = 1.0
    realities = {one.reality, two.reality}
    if len(realities) > 1:
        for reality in sorted(realities - {"deed"}):
            found[f"only one {reality}"] = 1.0


def _who(one: Face, two: Face, found: Features) -> None:
    found.update(dict.fromkeys(_sides((one.actors, one.recipients), (two.actors, two.recipients)), 1.0))
    answered = (one.trigger in _ANSWERS) != (two.trigger in _ANSWERS)
    if "sides swapped" in found and (answered or {one.mode, two.mode} <= _FROM_AFAR):
        found["each other's fire"] = 1.0
    if other_things(one.recipients, two.recipients):
        found["other thing"] = 1.0
    if _other_guests(one, two):
        found["other guest"] = 1.0


@lru_cache(maxsize=8192)
def _sides(one: Sides, two: Sides) -> tuple[str, ...]:
    """The features of who did it to whom."""
    straight = agreement(one[0], two[0]), agreement(one[1], two[1])
    crossed = agreement(one[0], two[1]), agreement(one[1], two[0])
    if not _any_agree(straight) and _any_agree(crossed) and OTHER not in crossed:
        return ("sides swapped",)  # in a fight each attacks the other
    found = [
        "fighters or civilians" if level == KIND else f"{level} {role}"
        for role, level in zip(("actor", "recipient"), straight, strict=True)
        if level is not None and level != OPEN
    ]
    if all(level in (SAME, KIN) for level in straight):
        found.append("both sides agree")
    elif {*straight, *crossed} - {None} == {OTHER}:
        found.append("no party in common")
    return tuple(found)


def _any_agree(levels: tuple[str | None, str | None]) -> bool:
    return any(level in (SAME, KIN) for level in levels)


def _where(one: Face, two: Face, found: Features) -> None:
    if one.place is None or two.place is None:
        both_coarse = one.place is None and two.place is None
        if both_coarse and one.place_name is not None and one.place_name == two.place_name:
            found["same place name"] = 1.0
        elif one.place_name is None or two.place_name is None:
            found["place unknown"] = 1.0
        else:
            found["place coarse"] = 1.0
        return
    distance = _distance(one.place, two.place)
    same, vaguer = one.place_name == two.place_name, max(one.place[2], two.place[2])
    if not (one.fine and two.fine):
        found["same region" if same else "place coarse"] = 1.0
        found["30 km off in a region"] = distance / 30.0
    elif vaguer > RADIUS["town"]:
        found["same district" if same else "district fits"] = 1.0
        found["10 km off in a district"] = distance / 10.0
    elif same:
        found["same place"] = 1.0
    elif distance <= SAME_KM:
        found["place within 3 km"] = 1.0
    else:
        found["place near, doublings of 3 km"] = math.log2(distance / SAME_KM)
    if excess := beyond(one, two):
        found["10 km beyond precision"] = excess / 10.0


def _when(one: Face, two: Face, found: Features) -> None:
    undated = [seen for seen in (one, two) if seen.dated == "told"]
    if one.first is None or two.first is None:
        found["time unknown"] = 1.0
    elif len(undated) == 2:
        found["both undated"] = 1.0
        found["days between their reports"] = float(abs(one.last - two.last))
    elif undated:
        found["time unknown"] = 1.0
        lag = undated[0].last - (two if undated[0] is one else one).last
        if lag in _LAGS:
            found[_LAGS[lag]] = 1.0
    elif gap(one, two):
        found["neighbouring day"] = 1.0
    elif (one.first, one.last) == (two.first, two.last):
        found["same day" if one.first == one.last else "same days"] = 1.0
        if one.first == one.last and ("same place" in found or "place within 3 km" in found):
            found["same place and day"] = 1.0
    else:
        found["times overlap"] = 1.0
        found["weeks told of"] = (one.last - one.first + two.last - two.first) / 7.0


def _toll(one: Face, two: Face, found: Features) -> None:
    for field, ours, theirs in (("killed", one.killed, two.killed), ("injured", one.injured, two.injured)):
        if ours is None or theirs is None:
            continue
        if ours[0] <= theirs[1] and theirs[0] <= ours[1]:
            found[f"same {field}"] = 1.0
            least = max(ours[0], theirs[0])
            if least > LOW_TOLL and ours == theirs:
                found[f"same {field}, large"] = math.log2(least / LOW_TOLL)
        else:
            low, high = sorted((ours[0] + ours[1], theirs[0] + theirs[1]))
            name = f"{field}, risen" if _risen(one, two, ours > theirs) else f"other {field}"
            found[name] = min(MOST, math.log2((high + 2) / (low + 2)))


def _risen(one: Face, two: Face, ours_higher: bool) -> bool:
    """Whether the higher figure was published on a later day than the lower."""
    if one.published is None or two.published is None:
        return False
    return one.published > two.published if ours_higher else two.published > one.published


def _words(one: Face, two: Face, found: Features) -> None:
    told_alike = one.trigger == two.trigger
    if one.trigger and told_alike:
        found["same trigger"] = 1.0
    if one.words and two.words:
        shared = len(one.words & two.words)
        common = shared / min(len(one.words), len(two.words))
        if common > USUAL:
            found["wording"] = (common - USUAL) / (1 - USUAL)
        if told_alike and shared == len(one.words) == len(two.words) and shared >= SENTENCE:
            found["same sentence"] = 1.0
