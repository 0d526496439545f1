"""How long merging takes and what memory it needs: archives of 10,000, 30,000 and 100,000 claims, and days of flood.

    python -m benchmarks.merging [--claims 10000 30000 100000] [--flood 200 1000]

Claims are tellings of UCDP GED's events, or of events made up where GED is not at hand. Each size runs in a process
of its own, on one core. What to compare between machines is the last column: processor time a claim, as a multiple of that of
the first row.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from benchmarks import GED
from benchmarks.ged import Centres, Event, events, invented
from benchmarks.tellings import Telling, ordered, tellings
from trucewatch.incidents import merge
from trucewatch.nouns import Account

OWN, COPIES = 4, 3
"""How often each event is told in an archive: in words of an outlet's own, and as a copy of those."""
DAYS = 1096


class Size(NamedTuple):
    """What merging so many claims took."""

    kind: str
    claims: int
    incidents: int
    largest: int
    """Claims of the largest component."""
    wall: float
    cpu: float
    """Seconds."""
    megabytes: int
    """The process at its largest, the claims themselves included."""


def archive(claims: int) -> list[Account]:
    """So many claims of as many days as they fill: a war goes on, and its archive grows."""
    told = OWN + COPIES
    known = events() if GED.exists() else invented(-(-claims // told), DAYS)
    how, accounts = Telling(Centres(known)), []
    for event in known[: -(-claims // told)]:
        own = tellings(event, OWN, how)
        accounts += [*own, *_copies(event, own)]
    return list(ordered(accounts[:claims]))


def flood(claims: int) -> list[Account]:
    """So many claims on one day of one city: a hundred events in its quarters, each told over and over."""
    city, day = (36.2, 37.15), dt.date(2016, 11, 27)
    quarters = invented(100, 1)
    known = [
        event._replace(id=f"f{at}", point=(city[0] + at % 10 / 200, city[1] + at // 10 / 200), first=day, last=day)
        for at, event in enumerate(quarters)
    ]
    how = Telling(Centres(known))
    return list(ordered(told for event in known for told in tellings(event, -(-claims // len(known)), how)))[:claims]


def measure(kind: str, claims: int) -> Size:
    """Make the claims, merge them, and take the time of the merging."""
    accounts = flood(claims) if kind == "flood" else archive(claims)
    # Tables are loaded once a process, whatever the number of claims.
    list(merge(accounts[:2], frozenset(), frozenset()))
    wall, cpu = time.perf_counter(), time.process_time()
    incidents = largest = 0
    for merged in merge(accounts, frozenset(), frozenset()):
        incidents += len(merged.incidents)
        largest = max(largest, sum(len(one.claims) for one in merged.incidents))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Size(kind, len(accounts), incidents, largest, wall, cpu, peak)


def table(sizes: Sequence[Size]) -> str:
    """A row a size, and each row's cost a claim as a multiple of that of the first row of its kind."""
    lines = [f"{'kind':<9}{'claims':>9}{'incidents':>11}{'largest':>9}{'wall s':>9}{'cpu s':>8}{'MB':>7}{'ratio':>8}"]
    first: dict[str, float] = {}
    for one in sizes:
        each = one.cpu / one.claims
        ratio = each / first.setdefault(one.kind, each)
        figures = f"{one.claims:>9,}{one.incidents:>11,}{one.largest:>9,}{one.wall:>9.1f}{one.cpu:>8.1f}"
        lines.append(f"{one.kind:<9}{figures}{one.megabytes:>7,}{ratio:>8.2f}")
    return "\n".join(lines)


def main() -> None:
    """Print the table; with ``--one KIND N`` measure one size and print it as JSON."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    ask.add_argument("--claims", type=int, nargs="*", default=[10_000, 30_000, 100_000])
    ask.add_argument("--flood", type=int, nargs="*", default=[200, 1_000])
    ask.add_argument("--one", nargs=2, metavar=("KIND", "N"), help=argparse.SUPPRESS)
    given = ask.parse_args()
    if given.one:
        print(json.dumps(measure(given.one[0], int(given.one[1]))))
        return
    wanted = [("archive", n) for n in given.claims] + [("flood", n) for n in given.flood]
    print(table([_apart(kind, number) for kind, number in wanted]))


def _apart(kind: str, claims: int) -> Size:
    """The measure of one size, taken in a process of its own."""
    call = [sys.executable, "-m", "benchmarks.merging", "--one", kind, str(claims)]
    return Size(*json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout))


def _copies(event: Event, own: Sequence[Account]) -> Iterator[Account]:
    """Copies of the first tellings by other outlets: other reports of the same stories."""
    for at, account in enumerate(own[:COPIES]):
        name = f"{event.id}-copy{at}"
        claim = msgspec.structs.replace(account.claim, id=f"{name}.0", report=name)
        story = account.claim.report
        yield msgspec.structs.replace(account, claim=claim, outlet=f"Copier {at}", story=story)


if __name__ == "__main__":
    main()
