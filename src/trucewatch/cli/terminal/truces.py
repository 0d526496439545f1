"""Truces and their ledgers on a terminal."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from trucewatch import codebook
from trucewatch.cli.terminal import wording
from trucewatch.cli.terminal.claims import identified
from trucewatch.cli.terminal.incidents import deed, indented
from trucewatch.nouns import Incident, Period
from trucewatch.truces import Breach, Performance, Truce, Verdict
from trucewatch.truces.metrics import Lifetime, median_survival, survival
from trucewatch.truces.parties import Roll, listed
from trucewatch.truces.terms import CarveOut, Clause, Declaration, Moment, Monitor

INDENT = 4
_STYLES = {
    Verdict.VERIFIED: "bold red",
    Verdict.CORROBORATED: "red",
    Verdict.ALLEGED: "yellow",
    Verdict.DISPUTED: "magenta",
    Verdict.CARVED_OUT: "cyan",
    Verdict.DENIED: "green",
}


def listing(every: Iterable[Truce]) -> Iterator[str]:
    """Truces, each in two lines: when it was in force and of what class it is, and its name."""
    known = list(every)
    width = max((len(one.id) for one in known), default=0)
    for one in known:
        days = f"{_first(one.effective)} to {_first(one.end, 'open'):<10}"
        yield f"{one.id:<{width}}  {days}  {one.kind.value}"
        yield f"    {one.name}"


def lasting(every: Iterable[Truce], today: dt.date) -> str:
    """How long truces last, of which those that stand are censored: the Kaplan-Meier estimate in a sentence."""
    known = [one for one in every if one.effective and one.effective.first <= today]
    ends = [one.end.first if one.end and one.end.first <= today else None for one in known]
    lives = [
        Lifetime(days=((end or today) - one.effective.first).days, ended=end is not None)
        for one, end in zip(known, ends, strict=True)
        if one.effective
    ]
    median, over = median_survival(survival(lives)), sum(one.ended for one in lives)
    half = f"half of such truces have ended by day {median}" if median else "fewer than half can be said to end"
    return f"{wording.some(len(lives), 'truce')}, {over} of them ended; {half}, where those that stand count as long as they stood"


class Agreed:
    """One truce, for a rich console."""

    def __init__(self, truce: Truce) -> None:
        self._truce = truce
        self._actors = codebook.load().actors

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Its head, then its parties, clauses, carve-outs and monitors, then what is open."""
        truce = self._truce
        yield Rule(style="dim")
        yield Text(truce.name, style="bold")
        form = truce.form.value if truce.form else "form not known"
        yield Text(f"{truce.id}   {truce.kind.value}, {form}, {truce.parties.value}   {', '.join(truce.countries)}")
        yield Text(f"signed {_day(truce.signed)}   in force {_day(truce.effective)}   ended {_day(truce.end, 'open')}")
        for name, said in (("ended", truce.ended), ("mediated by", self._names(truce.mediators))):
            if said:
                yield Text(f"{name}: {said}")
        if truce.builds_on:
            yield Text(f"builds on {', '.join(truce.builds_on)}")
        parts = (
            ("who stands to it", [self._party(one) for one in truce.declarations]),
            ("clauses", [self._clause(one) for one in truce.clauses]),
            ("carved out", [self._carved(one) for one in truce.carve_outs]),
            ("who watches", [self._monitor(one) for one in truce.monitors]),
            ("said of it", [f"{_day(one.on)}: {one.act} by {self._name(one.by)}" for one in truce.announcements]),
            ("open", list(truce.open)),
            ("sources", list(truce.sources)),
        )
        for heading, lines in parts:
            if lines:
                yield Text()
                yield Text(heading, style="bold")
                yield from (Padding(Text(line), (0, 0, 0, INDENT), expand=False) for line in lines)
        yield Rule(style="dim")

    def _name(self, actor: str) -> str:
        row = self._actors.get(actor)
        return row.name if row else actor

    def _names(self, actors: Sequence[str]) -> str:
        return listed(map(self._name, actors)) if actors else ""

    def _party(self, one: Declaration) -> str:
        by = f" by {self._names(one.claimed_by)}" if one.claimed_by else ""
        claimed = by if one.capacity.value == "claimed bound" else by and f", claimed bound{by}"
        note = f"; {one.note}" if one.note else ""
        return f"{self._name(one.actor)}: {one.capacity.value}{claimed} (side: {one.side}){note}"

    def _clause(self, one: Clause) -> str:
        zone = self._truce.zone_of(one)
        where = f"; in {zone.name}" if zone else ""
        due = f"; due {one.deadline}" if one.deadline else ""
        due += f"; due every {one.every}" if one.every else ""
        note = f"; {one.note}" if one.note else ""
        return f"{one.id} ({one.kind.value}): {one.text}{where}{due}{note}"

    def _carved(self, one: CarveOut) -> str:
        claimed = f", as {self._names(one.claimed_by)} has it" if one.claimed_by else ""
        whom = f" ({self._names(one.targets)}{claimed})" if one.targets else ""
        return f"{one.stands_in}: {one.text}{whom}"

    def _monitor(self, one: Monitor) -> str:
        return f"{one.name}{'; its word verifies' if one.verifies else ''}{f'; {one.note}' if one.note else ''}"


class Held:
    """A truce's ledger, for a rich console; ``incidents`` are those of its rows, by id."""

    def __init__(
        self,
        truce: Truce,
        rows: Sequence[Breach],
        incidents: Mapping[str, Incident],
        performances: Sequence[Performance],
    ) -> None:
        self._truce = truce
        self._rows = rows
        self._incidents = incidents
        self._performances = performances

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """A row for each incident and clause, the deed and the reason under it; then what had to be carried out."""
        roll = Roll(self._truce, codebook.load())
        yield Text(f"{self._truce.name} ({self._truce.id})", style="bold")
        for row in self._rows:
            yield Text()
            head = _head(row, roll.name(row.party) if row.party else None)
            yield from identified([list(head)], row.incident, options.max_width)
            if row.incident in self._incidents:
                yield from indented(deed(self._incidents[row.incident]), options.max_width)
            yield Padding(Text(wording.line(row.reason)), (0, 0, 0, INDENT), expand=False)
        if self._performances:
            yield Text()
            yield Text("to be carried out by a day", style="bold")
        for one in self._performances:
            yield Text()
            due = (
                f"every {one.rounds.every}, up to {wording.day(one.due)}"
                if one.rounds
                else f"due {wording.day(one.due)}"
            )
            first = f"   {one.incidents[0]}" if one.incidents else ""
            yield Text(f"clause {one.clause}   {due}   ").append(one.state.value, style="bold").append(first)
            yield Padding(Text(wording.line(one.reason)), (0, 0, 0, INDENT), expand=False)


def counted(rows: Sequence[Breach]) -> str:
    """``3 rows: 1 carved out, 2 no verdict``."""
    count = Counter(row.verdict for row in rows)
    parts = ", ".join(f"{count[verdict]:,} {verdict.value}" for verdict in Verdict if count[verdict])
    return f"{wording.some(len(rows), 'row')}{f': {parts}' if parts else ''}"


def _head(row: Breach, party: str | None) -> Iterator[Text]:
    yield Text(row.verdict.value, style=_STYLES.get(row.verdict, ""))
    yield Text(_when(row.time))
    yield Text(f"clause {row.clause}")
    if party:
        yield Text(f"by {party}")
    if row.deaths:
        yield Text(f"killed {wording.count(row.deaths)}")
    yield Text(wording.some(row.sources, "source"))


def _when(time: Period | None) -> str:
    if time is None:
        return "when ?"
    days = dict.fromkeys((time.start, time.end))
    return " to ".join(map(wording.day, days))


def _first(moment: Moment | None, unknown: str = wording.UNKNOWN) -> str:
    return f"{moment.first}" if moment else unknown


def _day(moment: Moment | None, unknown: str = wording.UNKNOWN) -> str:
    return str(moment) if moment else unknown
