"""Same event or another? Pairs of tellings of UCDP GED events, and how well incidents/score.py tells them apart.

    python -m benchmarks.pairs [--months learned|held]

Pairs of one event, and of two events that are easily taken for one: the hard ones. Every third month is held out from
learning (training/pairs.py). How the pairs are made, and what they show, stands in docs/incidents.md.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.tellings import GED, Centres, Event, events, tellings
from trucewatch.incidents import keys
from trucewatch.incidents.face import face, kilometres
from trucewatch.incidents.score import apart, score, thresholds
from trucewatch.nouns import Account

NEAR_KM = 20.0
TOWN_KM = 3.0
"""Up to here two points are one town."""
DAYS = 2
"""How far apart events of one town and dyad are that count as neighbours."""
LAST_ARTICLES = 4
"""Tellings of an event with more articles."""
HELD = 3
"""Every third month is held out."""

POSITIVE = "one event"
KINDS = (POSITIVE, "other dyad", "other day", "other mode", "other town")
"""The issue asks for "other dyad": same day, place within 20 km. "Other day": same town and dyad, one or two days apart.
"Other mode": same town and day or the next, another mode. "Other town": same day and dyad, town within 20 km."""


class Pair(NamedTuple):
    """Two tellings, and what is true of them."""

    kind: str
    one: Account
    two: Account

    @property
    def same(self) -> bool:
        return self.kind == POSITIVE


def held(month: str) -> bool:
    """Whether a month (``2016-03``) is held out from learning: March, June, September and December are."""
    return int(month[5:]) % HELD == 0


def pairs(known: Sequence[Event], which: bool, seed: int = 0) -> Iterator[Pair]:
    """The pairs of all months that are held out, or of those that are not."""
    centres = Centres(known)
    chosen = [event for event in known if held(event.month) is which]
    told = {
        event.id: tellings(event, max(2, min(LAST_ARTICLES, len(event.articles))), centres, seed) for event in chosen
    }
    odds = random.Random(seed)
    for event in chosen:
        its = told[event.id]
        yield from (Pair(POSITIVE, one, two) for at, one in enumerate(its) for two in its[at + 1 :])
    for kind, one, two in _rivals(chosen):
        pair = Pair(kind, odds.choice(told[one.id]), odds.choice(told[two.id]))
        if not pair.one.sentence or pair.one.sentence != pair.two.sentence:  # one article is one report: never merged
            yield pair


def log_odds(pair: Pair) -> float | None:
    """The score of a pair; None where it is not compared, or cannot be one event."""
    if keys(pair.one).isdisjoint(keys(pair.two)):
        return None
    one, two = face(pair.one), face(pair.two)
    return None if apart(one, two) else score(one, two)


def _rivals(chosen: Sequence[Event]) -> Iterator[tuple[str, Event, Event]]:
    """Pairs of events that are easily taken for one, each with its kind."""
    by_day: dict[int, list[Event]] = defaultdict(list)
    for event in chosen:
        if event.first == event.last:
            by_day[event.first.toordinal()].append(event)
    for day, its in by_day.items():
        for at, one in enumerate(its):
            later = [two for ahead in range(1, DAYS + 1) for two in by_day.get(day + ahead, ())]
            for two in its[at + 1 :] + later:
                if kind := _rivalry(one, two):
                    yield kind, one, two


def _rivalry(one: Event, two: Event) -> str | None:
    km = kilometres((*one.point, 0.0), (*two.point, 0.0))
    same_day = one.first == two.first
    if km > NEAR_KM or (km > TOWN_KM and not same_day):
        return None
    if same_day and set(one.dyad) != set(two.dyad):
        return "other dyad"
    if km > TOWN_KM:
        return "other town" if one.dyad == two.dyad else None
    if None not in (one.mode, two.mode) and one.mode != two.mode and (two.first - one.first).days <= 1:
        return "other mode"
    return "other day" if one.dyad == two.dyad and not same_day else None


def main() -> None:
    """Print precision and recall of "same", and per kind what is called same, unsure and different."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    ask.add_argument("--months", choices=("learned", "held"), default="held")
    ask.add_argument("--seed", type=int, default=0, help="other tellings of the same events")
    given = ask.parse_args()
    if not GED.exists():
        raise SystemExit("needs UCDP GED in shared/ beside the repository")
    print(report(pairs(events(), given.months == "held", given.seed)))


def report(judged: Iterator[Pair]) -> str:
    """A table: a row a kind; then precision and recall over all, and against the negatives that the issue names."""
    limits, table = thresholds(), {kind: Counter[str]() for kind in KINDS}
    for pair in judged:
        value = log_odds(pair)
        called = "apart" if value is None else "same" if value >= limits.same else "different"
        if value is not None and limits.different < value < limits.same:
            called = "unsure"
        table[pair.kind][called] += 1
    lines = [f"{'kind':<12}{'pairs':>8}{'same':>8}{'unsure':>8}{'different':>10}{'apart':>8}"]
    for kind, counts in table.items():
        shown = "".join(f"{counts[c]:>{w}}" for c, w in (("same", 8), ("unsure", 8), ("different", 10), ("apart", 8)))
        lines.append(f"{kind:<12}{counts.total():>8}{shown}")
    for name, kinds in (("all hard negatives", KINDS[1:]), ("other dyad only", KINDS[1:2])):
        right, all_true = table[POSITIVE]["same"], table[POSITIVE].total()
        wrong = sum(table[kind]["same"] for kind in kinds)
        lines.append(
            f"against {name}: precision {right / max(1, right + wrong):.3f} recall {right / max(1, all_true):.3f}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
