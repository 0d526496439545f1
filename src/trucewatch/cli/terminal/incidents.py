"""Incidents on a terminal: a table of many by day; one with its claims side by side, its figures and its evidence."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from trucewatch import english
from trucewatch.claim_words import ROLES
from trucewatch.cli.terminal import wording
from trucewatch.cli.terminal.claims import INDENT, Group, flow, identified, outlet_words, sides
from trucewatch.cli.terminal.marks import STYLES
from trucewatch.incidents import Link, Why, by_teller
from trucewatch.incidents.score import thresholds
from trucewatch.nouns import Account, Claim, Entity, Figure, Incident, Status, Toll

DISPUTED = "!"
"""Behind a value on which the claims of an incident differ."""
_WARN = "bold yellow"
_KINDS = len("ASSAULT/heavy-weapons!")
"""The width of types and modes in a list, so that places stand under each other."""


def listing(incidents: Iterable[Incident], width: int) -> Iterator[Text]:
    """Incidents that come by day: the day, then what, where, who to whom, the toll, the sources, each id at the right."""
    for day, its in itertools.groupby(incidents, key=lambda one: one.time and one.time.start):
        yield Text(wording.day(day) if day else "when unknown", style="bold")
        for one in its:
            yield from identified(_told(one), one.id, width)


def page(
    one: Incident, accounts: Sequence[Account], papers: Mapping[str, str | None], why: Why | None, width: int
) -> Iterator[RenderableType]:
    """What is held to have happened; who claims what; the figures; the disagreements; the evidence, where it is asked for.

    ``papers`` are the outlets of the accounts' reports.
    """
    yield Rule(style="dim")
    yield from _head(one, len({account.claim.report for account in accounts}), width)
    yield Rule(style="dim")
    # Those of one source together: copies of a text, and what its outlet adds later.
    for number, its in enumerate(by_teller(accounts), 1):
        for account in its:
            yield from _account(account, f"source {number}", papers.get(account.claim.report), one.status, width)
    yield Text()
    yield from _figures(one.figures, width)
    yield from _disagreements(one, accounts)
    if why is not None:
        yield from _evidence(why, width)


def _head(one: Incident, reports: int, width: int) -> Iterator[Text]:
    yield from identified(
        [[Text(wording.kind(one), style="bold"), Text(one.status.value, style="bold")]], one.id, width
    )
    told = f"{english.some(one.sources, 'independent source')}, {english.some(reports, 'report')}"
    lines = [
        list(_parties(one)),
        [Text(wording.place(one.place)), Text(wording.period(one.time))],
        [Text(f"{told}, {english.some(len(one.claims), 'claim')}")],
    ]
    for field in ("killed", "injured"):
        toll: Toll | None = getattr(one, field)
        if toll is not None:
            best = f" (best {toll.best})" if toll.low < toll.high else ""
            lines.append([Text(f"{wording.count(toll)} {field}", style=STYLES["toll"]).append(best)])
    for line in lines:
        yield from indented([line], width)


def _account(account: Account, source: str, copier: str | None, held: Status, width: int) -> Iterator[Text]:
    """A claim beside the others of its incident, whose status is ``held``; ``copier`` is the outlet of its report."""
    paper = [Text(f"{outlet_words(account.outlet)}, {wording.day(account.published)}")]
    if copier and copier != account.outlet:
        paper.append(Text(f"as copied by {wording.line(copier)}"))
    yield from identified([[Text(source, style="bold"), *paper]], account.claim.id, width)
    claim = account.claim
    about = [
        Text(wording.line(claim.place.name) if claim.place else "where ?", style=STYLES["place"]),
        Text(wording.period(claim.time), style=STYLES["time"]),
        *(Text(one, style=STYLES["toll"]) for one in wording.toll(claim)),
    ]
    if claim.attributed_to is not None:
        about.append(Text(f"says {wording.line(claim.attributed_to)}", style=STYLES["says"]))
    if claim.status != held:
        about.append(Text(f"({claim.status.value})", style=_WARN))
    yield from indented([list(_parties(claim)), about], width)
    if account.sentence:
        quote = Text("    │ ", style="dim").append(wording.line(account.sentence))
        quote.truncate(width, overflow="ellipsis")
        yield quote


def _figures(figures: Sequence[Figure], width: int) -> Iterator[Text]:
    if not figures:
        return
    yield Text("figures, the oldest first", style="bold")
    for figure in sorted(figures, key=_age):
        count = Text(f"    {wording.count(figure.count)} {figure.field}", style=STYLES["toll"])
        said = Text(f"says {wording.line(figure.claimant)}, {wording.day(figure.published)}")
        yield from identified([[count, said]], figure.claim, width)
    yield Text()


def _disagreements(one: Incident, accounts: Iterable[Account]) -> Iterator[Text]:
    outlets = {account.claim.id: wording.line(account.outlet) for account in accounts}
    for disagreement in one.disagreements:
        yield Text(f"they differ on {disagreement.field}", style=_WARN)
        for value, claims in disagreement.sides:
            who = ", ".join(dict.fromkeys(outlets.get(claim, wording.UNKNOWN) for claim in claims))
            yield Text(f"    {wording.line(value)}: {who}")
        yield Text()


def _evidence(why: Why, width: int) -> Iterator[Text | Padding]:
    yield Text("held together by", style="bold")
    limits = thresholds()
    if why.held_by:
        said = (
            f"    log-odds of one event: from {limits.sure:+.1f} sure, from {limits.same:+.1f} with the likeliest alone"
        )
        yield Text(said, style="dim")
    for link in why.held_by:
        yield from _link(link, width)
    if not why.held_by:
        yield Text("    nothing: it has one claim")
    if why.doubts:
        yield Text("against it, or ruled on", style="bold")
        for link in why.doubts:
            yield from _link(link, width)


def _told(one: Incident) -> list[Group]:
    """An incident in a list, with a mark behind what its claims differ on."""
    disputed = {disagreement.field for disagreement in one.disagreements}

    def marked(text: Text, *fields: str) -> Text:
        return text.append(DISPUTED, style=_WARN) if disputed.intersection(fields) else text

    what = marked(Text(wording.kind(one), style="bold"), "type", "mode")
    where = Text(wording.line(one.place.name) if one.place else f"where {wording.UNKNOWN}", style=STYLES["place"])
    what.pad_right(_KINDS - what.cell_len)
    first = [what, marked(where, "place")]
    if one.status.value != "happened" or "status" in disputed:
        first.append(marked(Text(one.status.value), "status"))
    about = [Text(english.some(one.sources, "source"))]
    if one.injured and "injured" in disputed:
        about.insert(0, marked(Text(f"{wording.count(one.injured)} injured", style=STYLES["toll"]), "injured"))
    if one.killed:
        about.insert(0, marked(Text(f"{wording.count(one.killed)} killed", style=STYLES["toll"]), "killed"))
    if (one.time is not None and one.time.start != one.time.end) or "time" in disputed:
        about.insert(0, marked(Text(wording.period(one.time), style=STYLES["time"]), "time"))
    return [first, list(_parties(one, disputed)), about]


def _link(link: Link, width: int) -> Iterator[Text | Padding]:
    score = f"{link.log_odds:+.1f}" if link.log_odds is not None else wording.line(link.because)
    ruled = [Text(f"a person ruled: {link.ruled}")] if link.ruled else []
    pair = [Text(f"{link.one}  {link.two}"), Text(f"{link.verdict} {score}"), *ruled]
    yield from indented([pair], width)
    parts = [f"{feature.name} {feature.points:+.1f}" for feature in link.features]
    yield Padding.indent(Text(", ".join(parts), style="dim"), 2 * INDENT)


def deed(one: Incident) -> list[Group]:
    """What was done, where, and who to whom: for a line below what else is said of it."""
    where = Text(wording.line(one.place.name) if one.place else f"where {wording.UNKNOWN}", style=STYLES["place"])
    return [[Text(wording.kind(one), style="bold"), where], list(_parties(one))]


def indented(groups: Sequence[Group], width: int) -> Iterator[Text]:
    """Groups that fit a width, one step in."""
    first, *others = groups[0]
    return flow([[Text(" " * INDENT).append_text(first), *others], *groups[1:]], width)


def _parties(one: Incident | Claim, disputed: Collection[str] = ()) -> Iterator[Text]:
    """``A, B → C``: names alone, for what they are stands in `explain`; a mark behind the side on which claims differ."""
    first = _names(one.actors, "actors", "actors" in disputed)
    yield from sides(one.type, first, _names(one.recipients, "recipients", "recipients" in disputed))


def _names(entities: Sequence[Entity], side: str, disputed: bool) -> list[Text]:
    names = [Text(name, style=STYLES[ROLES[side]]) for name in wording.names(entities)]
    if disputed and names:
        names[-1].append(DISPUTED, style=_WARN)
    return names


def _age(figure: Figure) -> tuple[str, str]:
    return figure.field, figure.published.isoformat() if figure.published else ""
