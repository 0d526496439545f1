"""Incidents on a terminal: a table of many by day; one with its claims side by side, its figures and its evidence."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from trucewatch.cli import wording
from trucewatch.cli.marks import ROLES, STYLES
from trucewatch.cli.printed import outlet_words
from trucewatch.incidents import Link, Why
from trucewatch.nouns import Account, Entity, Figure, Incident, Toll

DISPUTED = "!"
"""Behind a value on which the claims of an incident differ."""
_WARN = "bold yellow"
_SHARES = (0.25, 0.33, 0.42)
"""Of the width left: where, what, who to whom."""
_FIXED = (8, 7, 11)
"""Killed, sources, id."""


class Listed:
    """Many incidents, for a rich console: they come by day, as the desk has them."""

    def __init__(self, incidents: Iterable[Incident]) -> None:
        self._incidents = incidents

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The columns' names, then a table for each day with the same columns, one incident a row."""
        head = _columns(options.max_width)
        head.add_row(*(Text(name, style="bold") for name in ("where", "what", "who to whom", "killed", "sources", "")))
        yield head
        for day, its in itertools.groupby(self._incidents, key=lambda one: one.time and one.time.start):
            yield Text(wording.day(day) if day else "when unknown", style="bold")
            table = _columns(options.max_width)
            for one in its:
                table.add_row(*_row(one))
            yield table


class Shown:
    """One incident with the accounts that it was made from, for a rich console."""

    def __init__(self, incident: Incident, accounts: Sequence[Account], why: Why | None = None) -> None:
        self._incident = incident
        self._accounts = accounts
        self._why = why

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What is held to have happened; who claims what; the figures; the disagreements; the evidence."""
        yield Rule(style="dim")
        yield from self._head()
        yield Rule(style="dim")
        yield from self._claims(options.max_width)
        yield from self._figures()
        yield from self._disagreements()
        if self._why is not None:
            yield from self._evidence(self._why)

    def _head(self) -> Iterator[Text]:
        one = self._incident
        yield Text(f"{_kind(one)}   {one.status.value}   ", style="bold").append(one.id, style="dim")
        yield Text("    ").append_text(_parties(one))
        yield Text(f"    {wording.place(one.place)}   {wording.period(one.time)}")
        reports = len({account.claim.report for account in self._accounts})
        told = f"{wording.some(one.sources, 'independent source')}, {wording.some(reports, 'report')}"
        yield Text(f"    {told}, {wording.some(len(one.claims), 'claim')}")
        for field in ("killed", "injured"):
            toll: Toll | None = getattr(one, field)
            if toll is not None:
                best = f" (best {toll.best})" if toll.low < toll.high else ""
                yield Text(f"    {_toll(toll)} {field}", style=STYLES["toll"]).append(best)

    def _claims(self, width: int) -> Iterator[Text | Padding]:
        """Claims one under the other, those of one source together; copies of one text have one number."""
        numbers: dict[str, int] = {}
        for account in sorted(self._accounts, key=lambda one: (_source(one, numbers), one.order)):
            claim = account.claim
            head = Text(f"source {_source(account, numbers)}", style="bold").append(f"  {claim.id}", style="dim")
            yield head.append(f"  {outlet_words(account.outlet)}, {wording.day(account.published)}", style="")
            told = _parties(claim)
            told.append(f"   {wording.line(claim.place.name) if claim.place else 'where ?'}", style=STYLES["place"])
            told.append(f"   {wording.period(claim.time)}", style=STYLES["time"])
            told.append("".join(f"   {one}" for one in wording.toll(claim)), style=STYLES["toll"])
            if claim.attributed_to is not None:
                told.append(f"   says {wording.line(claim.attributed_to)}", style=STYLES["says"])
            if claim.status != self._incident.status:
                told.append(f"   ({claim.status.value})", style=_WARN)
            yield Padding(told, (0, 0, 0, 4))
            if account.sentence:
                quote = Text("    │ ", style="dim").append(wording.line(account.sentence))
                quote.truncate(width, overflow="ellipsis")
                yield quote
        yield Text()

    def _figures(self) -> Iterator[Text | Table]:
        if not self._incident.figures:
            return
        yield Text("figures, the oldest first", style="bold")
        table = _table("of", "claimant", "figure", "reported", "claim")
        for figure in sorted(self._incident.figures, key=_age):
            count = Text(wording.count(figure.count), style=STYLES["toll"])
            when, who = Text(wording.day(figure.published)), Text(wording.line(figure.claimant))
            table.add_row(Text(figure.field), who, count, when, Text(figure.claim, style="dim"))
        yield table
        yield Text()

    def _disagreements(self) -> Iterator[Text]:
        outlets = {account.claim.id: wording.line(account.outlet) for account in self._accounts}
        for one in self._incident.disagreements:
            yield Text(f"they differ on {one.field}", style=_WARN)
            for value, claims in one.sides:
                who = ", ".join(dict.fromkeys(outlets.get(claim, wording.UNKNOWN) for claim in claims))
                yield Text(f"    {wording.line(value)}: {who}")
            yield Text()

    def _evidence(self, why: Why) -> Iterator[Text]:
        yield Text("held together by", style="bold")
        yield from itertools.chain.from_iterable(map(_link, why.held_by))
        if not why.held_by:
            yield Text("    nothing: it has one claim")
        if why.doubts:
            yield Text("against it, or ruled on", style="bold")
            yield from itertools.chain.from_iterable(map(_link, why.doubts))


def _columns(width: int) -> Table:
    """Columns as wide in every table, for each day has its own: a list may be too long to be measured as a whole."""
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, show_header=False)
    free = max(30, width - sum(_FIXED) - 6)
    for share in _SHARES:
        table.add_column(overflow="fold", width=round(free * share))
    for fixed in _FIXED:
        table.add_column(overflow="fold", width=fixed)
    return table


def _row(one: Incident) -> tuple[Text, ...]:
    disputed = {disagreement.field for disagreement in one.disagreements}

    def marked(text: Text, *fields: str) -> Text:
        return text.append(DISPUTED, style=_WARN) if disputed.intersection(fields) else text

    where = Text(wording.line(one.place.name) if one.place else wording.UNKNOWN, style=STYLES["place"])
    what = Text(_kind(one), style="bold")
    if one.status.value != "happened":
        what.append(f" {one.status.value}", style="")
    if one.time is not None and one.time.start != one.time.end:
        what.append(f" {wording.period(one.time)}", style=STYLES["time"])
    toll = Text(_toll(one.killed) if one.killed else "", style=STYLES["toll"])
    return (
        marked(where, "place", "time"),
        marked(what, "type", "mode", "status"),
        marked(_parties(one), "actors", "recipients"),
        marked(toll, "killed", "injured"),
        Text(f"{one.sources}"),
        Text(one.id, style="dim"),
    )


def _link(link: Link) -> Iterator[Text]:
    score = f"{link.log_odds:+.1f}" if link.log_odds is not None else wording.line(link.because)
    ruled = f"   a person ruled: {link.ruled}" if link.ruled else ""
    yield Text(f"    {link.one}  {link.two}   {link.verdict} {score}{ruled}")
    parts = [f"{feature.name} {feature.points:+.1f}" for feature in link.features]
    yield Text(f"        {', '.join(parts)}", style="dim")


def _source(account: Account, numbers: dict[str, int]) -> int:
    return numbers.setdefault(account.story or account.claim.report, len(numbers) + 1)


def _parties(one: Incident | object) -> Text:
    """``A, B → C``: names alone, for a table has little room."""
    actors: Sequence[Entity] = getattr(one, "actors", ())
    recipients: Sequence[Entity] = getattr(one, "recipients", ())
    built = _names(actors, "actors").append(" → ")
    return built.append_text(_names(recipients, "recipients"))


def _names(entities: Sequence[Entity], side: str) -> Text:
    if not entities:
        return Text(wording.UNKNOWN, style="dim")
    return Text(", ".join(wording.line(entity.name) for entity in entities), style=STYLES[ROLES[side]])


def _kind(one: Incident) -> str:
    return f"{one.type}/{one.mode}" if one.mode else one.type


def _toll(toll: Toll) -> str:
    return f"{toll.low}" if toll.low == toll.high else f"{toll.low}–{toll.high}"


def _age(figure: Figure) -> tuple[str, str]:
    return figure.field, figure.published.isoformat() if figure.published else ""


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in ("claim", "reported"))
    return table
