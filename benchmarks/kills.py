"""The kill test: a desk whose ingest is killed again and again at random moments must end as if nothing had happened.

    python -m benchmarks.kills [--reports 2000] [--kills 100] [--postgresql | --desk PATH|URL] [--seed 1]

`trucewatch read` is started on short reports made from templates, which the real coder codes, and is killed (SIGKILL,
the whole process group) after a random number of reports and milliseconds, or while it is still starting. It is given
what is left and a few that it has read already. After each kill the desk must open as it is, hold every report that was
said to be stored, each once, and all of their claims. In the end one run goes through all, and the desk must be equal
to one that was never disturbed: reports, claims, stories, incidents; and a rebuild must change nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks import ROOT, postgresql
from trucewatch import derive
from trucewatch.desk import Desk
from trucewatch.run import Options, keep

TOWNS = "Saraqib Afrin Homs Raqqa Manbij Kobani Daraa Palmyra Hasaka Jarablus".split()
DEEDS = (
    "{who} shelled the town of {town} on {day}, killing {dead} people, {voice} said.",
    "Warplanes bombed {town} on {day} and killed {dead} civilians, {voice} reported.",
    "A car bomb exploded in {town} on {day}; {dead} people were killed, according to {voice}.",
    "{who} clashed with army troops near {town} on {day}, and {dead} fighters died.",
    "Hundreds of people protested in {town} on {day} against the closing of the road.",
    "{who} released {dead} prisoners in {town} on {day}, {voice} said.",
)
ENDS = (
    "The shops had been shut since the morning.",
    "A relief convoy had passed through the town the day before.",
    "Talks between the two sides are expected to go on next week.",
    "No other source could be reached.",
)
WHO = ("Rebels", "Kurdish fighters", "Government forces", "Turkish soldiers")
VOICES = ("a monitor", "the army", "residents", "the local council")
BEFORE = 50
"""Reports that each run is given besides what is left."""
STARTING = 0.15
"""Share of kills while the program is still starting."""
_ID = re.compile(r'\{"report":\{"id":"([0-9a-f]{16})"')


class Outcome(NamedTuple):
    """What a kill test found."""

    reports: int
    claims: int
    incidents: int
    kills: int
    starting: int
    """Kills before the first report had been said to be stored."""
    unfinished: int
    """Runs that the desk knows to have had no end."""
    faults: list[str]


def write(path: Path, count: int, seed: int = 1) -> None:
    """Write so many reports as JSON lines: events told once to three times, one report in eight a copy."""
    choices = random.Random(seed)
    events: list[dict[str, object]] = []
    lines: list[dict[str, object]] = []
    for number in range(count):
        if not events or choices.random() < 0.5:
            events.append(_event(choices))
        event = choices.choice(events[-20:])
        if lines and choices.random() < 0.125:
            lines.append(choices.choice(lines[-30:]) | {"id": f"r{number}", "outlet": f"Outlet {number % 17} Copies"})
            continue
        told = str(event["deed"]).format(**event)
        text = f"{told} {choices.choice(ENDS)} It was the {number + 1}th dispatch of the season."
        lines.append({"id": f"r{number}", "text": text, "outlet": f"Outlet {number % 17}", "date": event["date"]})
    path.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))


def _event(choices: random.Random) -> dict[str, object]:
    day = dt.date(2021, 1, 1) + dt.timedelta(days=choices.randrange(300))
    return {
        "deed": choices.choice(DEEDS),
        "who": choices.choice(WHO),
        "town": choices.choice(TOWNS),
        "day": f"{day:%A}",
        "dead": choices.randint(2, 30),
        "voice": choices.choice(VOICES),
        "date": (day + dt.timedelta(days=choices.randint(0, 2))).isoformat(),
    }


class Killing:
    """One kill test on one desk."""

    def __init__(self, file: Path, ids: Sequence[str], where: str, seed: int) -> None:
        self._file = file
        self._ids = ids
        self._lines = file.read_bytes().splitlines(keepends=True)
        self._where = where
        self._random = random.Random(seed)
        self.said: set[str] = set()
        self.faults: list[str] = []
        self.starting = 0

    def run(self, kills: int, undisturbed: Desk) -> Outcome:
        """Kill so many times, go through once, compare."""
        reports = len(set(self._ids))
        expected = undisturbed.count_by_report()
        for number in range(1, kills + 1):
            # About as many reports for each kill as are left for it, so that all kills find work to disturb.
            share = (reports - len(self.said)) / (kills - number + 1)
            self._life(share)
            self.check(number, expected)
        self._leave(0)
        last = self._start()
        self._follow(last)
        if last.wait():
            self.faults.append(f"the last run ended with {last.returncode}")
        with Desk.open(self._where, create=False) as desk:
            self.compare(desk, undisturbed)
            return Outcome(
                reports=reports,
                claims=sum(expected.values()),
                incidents=desk.count_incidents(),
                kills=kills,
                starting=self.starting,
                unfinished=sum(run.finished is None for run in desk.runs()),
                faults=self.faults,
            )

    def _life(self, share: float) -> None:
        """Start the program, kill it at some moment."""
        unsaid = (at for at, report in enumerate(self._ids) if report not in self.said)
        self._leave(next(unsaid, len(self._ids)) - BEFORE)
        process = self._start()
        before = len(self.said)
        if self._random.random() < STARTING:
            following = threading.Thread(target=self._follow, args=(process,))
            following.start()
            time.sleep(self._random.uniform(0, 3))
        else:
            wanted = before + self._random.randint(0, max(1, round(2 * share)))
            reached = threading.Event()
            following = threading.Thread(target=self._follow, args=(process, wanted, reached))
            following.start()
            reached.wait()
            time.sleep(self._random.uniform(0, 0.2))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        following.join()
        process.wait()
        self.starting += len(self.said) == before

    def _leave(self, first: int) -> None:
        """Let the file hold the reports from there on: under the same name, for a report knows where it is from."""
        self._file.write_bytes(b"".join(self._lines[max(0, first) :]))

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "trucewatch", "read", str(self._file), "--desk", self._where]
        return subprocess.Popen(
            [*command, "--format", "json", "--jobs", "1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            start_new_session=True,
        )

    def _follow(
        self, process: subprocess.Popen[str], wanted: int | None = None, reached: threading.Event | None = None
    ) -> None:
        """Note the reports that are said to be stored, to the end; and say when there are enough."""
        assert process.stdout is not None
        for line in process.stdout:
            if line.endswith("\n") and (found := _ID.match(line)):
                self.said.add(found[1])
            if reached is not None and wanted is not None and len(self.said) >= wanted:
                reached.set()
        if reached is not None:
            reached.set()

    def check(self, number: int, expected: dict[str, int]) -> None:
        """What must hold after any kill, before anything has repaired anything."""
        if "://" not in self._where and not Path(self._where).exists():
            return  # killed before it had made the desk
        with Desk.open(self._where) as desk:
            ids = [report.id for report in desk.reports()]
            counts = desk.count_by_report()
        if len(ids) != len(set(ids)):
            self.faults.append(f"kill {number}: reports are doubled")
        if lost := self.said - set(ids):
            self.faults.append(f"kill {number}: {len(lost)} reports were lost, {sorted(lost)[0]} among them")
        if set(ids) != set(counts):
            self.faults.append(f"kill {number}: reports without their coding")
        if broken := [report for report in counts if counts[report] != expected.get(report)]:
            self.faults.append(f"kill {number}: {len(broken)} reports without all their claims: {broken[0]}")

    def compare(self, desk: Desk, undisturbed: Desk) -> None:
        """The desk with one that was never disturbed, and with itself made again."""
        before = list(_derived(desk))
        pairs = {
            "reports": (desk.reports(), undisturbed.reports()),
            "claims": (desk.claims(), undisturbed.claims()),
            "stories and incidents": (before, _derived(undisturbed)),
        }
        for what, (ours, theirs) in pairs.items():
            if list(ours) != list(theirs):
                self.faults.append(f"at the end: other {what} than on the desk that was never disturbed")
        derive.rebuild(desk)
        if list(_derived(desk)) != before:
            self.faults.append("at the end: a rebuild gives other stories or incidents")


def _derived(desk: Desk) -> Iterator[object]:
    yield from desk.stories()
    yield from desk.incidents()


def kill_test(file: Path, where: str, kills: int, seed: int = 1) -> Outcome:
    """The kill test on a desk that is yet to be made, with the reports of a file."""
    with tempfile.TemporaryDirectory() as folder, Desk.open(f"{folder}/undisturbed.desk") as undisturbed:
        records = [outcome.record for outcome in keep([file], undisturbed, Options(jobs=1))]
        ids = [record.report.id for record in records if record is not None]
        assert len(ids) == len(records), undisturbed.failures()
        return Killing(file, ids, where, seed).run(kills, undisturbed)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what was found; exit status 1 where anything was lost, doubled or broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--desk", help="a path or URL where there is no desk yet; else a file that is thrown away")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL that is started for it")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        file = Path(folder, "reports.jsonl")
        write(file, options.reports, options.seed)
        where = options.desk or f"{folder}/killed.desk"
        if options.postgresql:
            where = running.enter_context(postgresql.started())
        began = time.monotonic()
        found = kill_test(file, where, options.kills, options.seed)
    for name, value in found._asdict().items():
        print(f"{name:<12} {'; '.join(value) or 'none' if isinstance(value, list) else f'{value:,}'}")
    print(f"{'minutes':<12} {(time.monotonic() - began) / 60:.1f}")
    sys.exit(1 if found.faults else 0)


if __name__ == "__main__":
    main()
