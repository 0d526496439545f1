"""Truces and their ledgers on a terminal."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from trucewatch import codebook, english
from trucewatch.cli.terminal import wording
from trucewatch.cli.terminal.claims import identified
from trucewatch.cli.terminal.incidents import deed, indented
from trucewatch.english import listed
from trucewatch.nouns import Incident, Period
from trucewatch.truces import Breach, Performance, Truce, Verdict
from trucewatch.truces.metrics import Lifetime, median_survival, survival
from trucewatch.truces.parties import Roll
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
        days = f"{_first(one.effective)} to {_first(one.end)}" if one.end else f"since {_first(one.effective)}"
        yield f"{one.id:<{width}}  {days:<24}  {one.kind.value}"
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
    return f"{english.some(len(lives), 'truce')}, {over} of them ended; {half}, where those that stand count as long as they stood"


def page(truce: Truce) -> Iterator[RenderableType]:
    """A truce: its head, then its parties, clauses, carve-outs and monitors, then what is open."""
    yield Rule(style="dim")
    yield Text(truce.name, style="bold")
    form = truce.form.value if truce.form else "form not known"
    yield Text(f"{truce.id}   {truce.kind.value}, {form}, {truce.parties.value}   {', '.join(truce.countries)}")
    ended = f"ended {_day(truce.end)}" if truce.end else "not ended"
    yield Text(f"signed {_day(truce.signed)}   in force {_day(truce.effective)}   {ended}")
    for name, said in (("ended", truce.ended), ("mediated by", _names(truce.mediators))):
        if said:
            yield Text(f"{name}: {said}")
    if truce.builds_on:
        yield Text(f"builds on {', '.join(truce.builds_on)}")
    parts = (
        ("who stands to it", [_party(one) for one in truce.declarations]),
        ("clauses", [_clause(one, truce) for one in truce.clauses]),
        ("carved out", [_carved(one) for one in truce.carve_outs]),
        ("who watches", [_monitor(one) for one in truce.monitors]),
        ("said of it", [f"{_day(one.on)}: {one.act} by {_name(one.by)}" for one in truce.announcements]),
        ("open", list(truce.open)),
        ("sources", list(truce.sources)),
    )
    for heading, lines in parts:
        if lines:
            yield Text()
            yield Text(heading, style="bold")
            yield from map(_below, lines)
    yield Rule(style="dim")


def _name(actor: str) -> str:
    row = codebook.load().actors.get(actor)
    return row.name if row else actor


def _names(actors: Sequence[str]) -> str:
    return listed(map(_name, actors)) if actors else ""


def _party(one: Declaration) -> str:
    by = f" by {_names(one.claimed_by)}" if one.claimed_by else ""
    claimed = by if one.capacity.value == "claimed bound" else by and f", claimed bound{by}"
    return f"{_name(one.actor)}: {one.capacity.value}{claimed} (side: {one.side}){_note(one.note)}"


def _clause(one: Clause, truce: Truce) -> str:
    zone = truce.zone_of(one)
    where = f"; in {zone.name}" if zone else ""
    due = f"; due {one.deadline}" if one.deadline else ""
    due += f"; due every {one.every}" if one.every else ""
    return f"{one.id} ({one.kind.value}): {one.text}{where}{due}{_note(one.note)}"


def _carved(one: CarveOut) -> str:
    claimed = f", as {_names(one.claimed_by)} has it" if one.claimed_by else ""
    whom = f" ({_names(one.targets)}{claimed})" if one.targets else ""
    return f"{one.stands_in}: {one.text}{whom}"


def _monitor(one: Monitor) -> str:
    return f"{one.name}{'; its word verifies' if one.verifies else ''}{_note(one.note)}"


def _note(said: str | None) -> str:
    return f"; {said}" if said else ""


def _below(said: str) -> Padding:
    return Padding(Text(said), (0, 0, 0, INDENT), expand=False)


def ledger(
    truce: Truce,
    rows: Iterable[Breach],
    incidents: Mapping[str, Incident],
    performances: Sequence[Performance],
    width: int,
) -> Iterator[RenderableType]:
    """A row for each incident and clause, the deed and the reason under it; then what had to be carried out.

    ``incidents`` are those of the rows, by id.
    """
    roll = Roll(truce, codebook.load())
    yield Text(f"{truce.name} ({truce.id})", style="bold")
    for row in rows:
        yield Text()
        head = _head(row, roll.name(row.party) if row.party else None)
        yield from identified([list(head)], row.incident, width)
        if row.incident in incidents:
            yield from indented(deed(incidents[row.incident]), width)
        yield _below(wording.line(row.reason))
    if performances:
        yield Text()
        yield Text("to be carried out by a day", style="bold")
    for one in performances:
        yield Text()
        yield _performed(one)
        yield _below(wording.line(one.reason))


def _performed(one: Performance) -> Text:
    by = wording.day(one.due)
    due = f"every {one.rounds.every}, up to {by}" if one.rounds else f"due {by}"
    first = f"   {one.incidents[0]}" if one.incidents else ""
    return Text(f"clause {one.clause}   {due}   ").append(one.state.value, style="bold").append(first)


def counted(rows: Sequence[Breach]) -> str:
    """``3 rows: 1 carved out, 2 no verdict``."""
    count = Counter(row.verdict for row in rows)
    parts = ", ".join(f"{count[verdict]:,} {verdict.value}" for verdict in Verdict if count[verdict])
    return f"{english.some(len(rows), 'row')}{f': {parts}' if parts else ''}"


def _head(row: Breach, party: str | None) -> Iterator[Text]:
    yield Text(row.verdict.value, style=_STYLES.get(row.verdict, ""))
    yield Text(_when(row.time))
    yield Text(f"clause {row.clause}")
    if party:
        yield Text(f"by {party}")
    if row.deaths:
        yield Text(f"killed {wording.count(row.deaths)}")
    yield Text(english.some(row.sources, "source"))


def _when(time: Period | None) -> str:
    if time is None:
        return "when ?"
    days = dict.fromkeys((time.start, time.end))
    return " to ".join(map(wording.day, days))


def _first(moment: Moment | None) -> str:
    return f"{moment.first}" if moment else wording.UNKNOWN


def _day(moment: Moment | None) -> str:
    return str(moment) if moment else wording.UNKNOWN
