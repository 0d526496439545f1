"""Same event or another? Pairs of tellings of UCDP GED events, and how well incidents/score.py tells them apart.

    python -m benchmarks.pairs [--months learned|held]

Pairs of one event, and of two events that are easily taken for one: the hard ones. Every third month is held out from
learning (training/pairs.py). How the pairs are made, and what they show, stands in docs/incidents.md.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from benchmarks import GED
from benchmarks.ged import Centres, Event, events
from benchmarks.tellings import PLAIN, VAGUE, Odds, Telling, ordered, tellings
from trucewatch.codebook.globe import flat_distance
from trucewatch.incidents import keys, merge
from trucewatch.incidents.face import face
from trucewatch.incidents.links import Seen
from trucewatch.incidents.score import apart, score, verdict
from trucewatch.nouns import Account

NEAR_KM = 20.0
TOWN_KM = 3.0
"""Up to here two points are one town."""
DAYS = 2
"""How far apart events of one town and dyad are that count as neighbours."""
LAST_ARTICLES = 4
"""Tellings of an event with more articles."""
ANY = 30_000
"""Pairs that blocking lets through, drawn by chance, that are looked at."""
HELD = 3
"""Every third month is held out."""

POSITIVE, ANY_OTHER = "one event", "any other"
KINDS = (POSITIVE, "other dyad", "other day", "other mode", "other town", ANY_OTHER)
"""The issue asks for "other dyad": same day, place within 20 km. "Other day": same town and dyad, one or two days apart.
"Other mode": same town and day or the next, another mode. "Other town": same day and dyad, town within 20 km. "Any
other": pairs of two events, drawn by chance, that blocking lets through to the score, as a desk would meet them."""


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


class Sample(NamedTuple):
    """Which pairs: of the months held out or of the others, told how."""

    held: bool
    odds: Odds = PLAIN
    seed: int = 0


def pairs(known: Sequence[Event], which: Sample) -> Iterator[Pair]:
    """The pairs of a sample: one for each two tellings of an event, and one or more for each two rival events."""
    chosen, told = _told(known, which)
    for event in chosen:
        its = told[event.id]
        yield from (Pair(POSITIVE, one, two) for at, one in enumerate(its) for two in its[at + 1 :])
    for kind, one, two in _rivals(chosen):
        for ours in told[one.id]:
            # One telling a rival, but two of the kind that is rare and that the issue names.
            for theirs in told[two.id] if kind == "other dyad" else random.Random(one.id).choices(told[two.id]):
                if ours.claim.report != theirs.claim.report:  # one article: never merged
                    yield Pair(kind, ours, theirs)
    yield from _blocked(chosen, [account for its in told.values() for account in its])


def on_a_desk(known: Sequence[Event], which: Sample) -> tuple[float, float]:
    """Recall and precision of the pairs that are in one incident, where all tellings of a sample are on one desk.

    Rows of GED that only their numbers tell apart count neither way.
    """
    chosen, told = _told(known, which)
    of = {event.id: event for event in chosen}
    right = wrong = 0
    for component in merge(ordered(one for its in told.values() for one in its), frozenset(), frozenset()):
        for incident in component.incidents:
            counts = Counter(claim.partition("-")[0] for claim in incident.claims)
            right += sum(count * (count - 1) // 2 for count in counts.values())
            wrong += sum(
                counts[one] * counts[two]
                for one, two in itertools.combinations(counts, 2)
                if not _doubles(of[one], of[two])
            )
    return right / sum(len(its) * (len(its) - 1) // 2 for its in told.values()), right / max(1, right + wrong)


def _told(known: Sequence[Event], which: Sample) -> tuple[list[Event], dict[str, list[Account]]]:
    """The events of a sample, and the tellings of each."""
    how = Telling(Centres(known), which.odds, which.seed)
    chosen = [event for event in known if held(event.month) is which.held]
    return chosen, {event.id: tellings(event, max(2, min(LAST_ARTICLES, len(event.articles))), how) for event in chosen}


def _blocked(chosen: Sequence[Event], accounts: Sequence[Account]) -> Iterator[Pair]:
    """Pairs that blocking lets through, of events that GED itself does not tell apart by more than its number."""
    of = {event.id: event for event in chosen}
    seen = Seen(accounts)
    found = [(one, two) for one, two in seen.pairs() if apart(seen.faces[one], seen.faces[two]) is None]
    for first, second in random.Random(0).sample(found, min(len(found), ANY)):
        one, two = (accounts[seen.members[face][0]] for face in (first, second))
        ours, theirs = (of[account.claim.id.partition("-")[0]] for account in (one, two))
        if ours is not theirs and not _doubles(ours, theirs) and one.claim.report != two.claim.report:
            yield Pair(ANY_OTHER, one, two)


def _doubles(one: Event, two: Event) -> bool:
    """Whether GED has two rows of one dyad, day and town: what parts them stands nowhere in the row."""
    km = flat_distance((*one.point, 0.0), (*two.point, 0.0))
    return km <= TOWN_KM and one.dyad == two.dyad and one.first <= two.last and two.first <= one.last


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
    km = flat_distance((*one.point, 0.0), (*two.point, 0.0))
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
    ask.add_argument("--odds", choices=("plain", "vague"), default="plain", help="how much the tellings leave out")
    ask.add_argument("--seed", type=int, default=0, help="other tellings of the same events")
    given = ask.parse_args()
    if not GED.exists():
        raise SystemExit("needs UCDP GED in shared/ beside the repository")
    known, odds = events(), PLAIN if given.odds == "plain" else VAGUE
    judged = list(pairs(known, Sample(given.months == "held", odds, given.seed)))
    print(report(table(judged)))
    recall, precision = on_a_desk(known, Sample(given.months == "held", odds, given.seed))
    print(f"all of them on one desk: recall {recall:.3f}, precision {precision:.3f}")
    learned = list(pairs(known, Sample(held=False, seed=given.seed + 1)))
    limit = lowest_for(RECALL, learned)
    for months, some in (("learned on", learned), (f"of this run ({given.months})", judged)):
        recall, precision = at(limit, some)
        print(f"from {limit:.2f} on, against {RIVALS}, months {months}: precision {precision:.3f} recall {recall:.3f}")


RECALL = 0.8
"""Asked of the months learned on."""
RIVALS = "other dyad"
"""The rivals that the issue names."""


def lowest_for(recall: float, judged: Sequence[Pair]) -> float:
    """The highest limit that so many of the true pairs reach."""
    values = sorted((log_odds(pair) or float("-inf") for pair in judged if pair.same), reverse=True)
    return values[int(len(values) * recall)]


def at(limit: float, judged: Sequence[Pair]) -> tuple[float, float]:
    """Recall and precision from a limit on, against the rivals alone."""
    true = [pair for pair in judged if pair.same]
    right, wrong = (
        sum((value := log_odds(pair)) is not None and value >= limit for pair in some)
        for some in (true, [pair for pair in judged if pair.kind == RIVALS])
    )
    return right / len(true), right / max(1, right + wrong)


VERDICTS = ("same", "unsure", "different", "apart")
AGAINST = {"other dyad": KINDS[1:2], "the four hard kinds": KINDS[1:5], "any other": KINDS[5:]}


def table(judged: Iterable[Pair]) -> dict[str, Counter[str]]:
    """How often each kind of pair is called what; ``apart`` are pairs that are never scored."""
    found = {kind: Counter[str]() for kind in KINDS}
    for pair in judged:
        value = log_odds(pair)
        found[pair.kind]["apart" if value is None else verdict(value)] += 1
    return found


def report(found: dict[str, Counter[str]]) -> str:
    """A row a kind; then recall, and precision against some kinds: as they are, and if they were as many as the true."""
    lines = [f"{'kind':<12}{'pairs':>8}" + "".join(f"{name:>11}" for name in VERDICTS)]
    for kind, counts in found.items():
        lines.append(f"{kind:<12}{counts.total():>8}" + "".join(f"{counts[name]:>11}" for name in VERDICTS))
    right, true = found[POSITIVE]["same"], found[POSITIVE].total()
    lines.append(f"recall {right / max(1, true):.3f}")
    for name, kinds in AGAINST.items():
        wrong, rivals = (sum(some) for some in zip(*((found[k]["same"], found[k].total()) for k in kinds), strict=True))
        plain, even = right / max(1, right + wrong), right / max(1.0, right + wrong * true / max(1, rivals))
        lines.append(f"against {name}: precision {plain:.3f}; with as many of them as true pairs {even:.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
