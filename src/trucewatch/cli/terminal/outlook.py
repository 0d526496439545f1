"""An outlook, and the record of past ones, as lines of text of eighty columns."""

from __future__ import annotations

from collections.abc import Iterator

from trucewatch.cli.terminal.series import aside
from trucewatch.cli.terminal.wording import day, folded, line
from trucewatch.codebook import load
from trucewatch.english import some
from trucewatch.outlook.outlook import WINDOW, Ahead, Outlook, Shift, Spread
from trucewatch.outlook.record import Tally
from trucewatch.outlook.series import DESK
from trucewatch.outlooks import TrackRecord

_ROW = "{:<14}{:>9}{:>14}{:>14}{:>13}{:>14}"
_KIND = "{:<22}{:>7}{:>8}{:>8}{:>8}{:>7}{:>7}{:>6}{:>6}"


def page(one: Outlook) -> Iterator[str]:
    """An outlook: the odds, what makes them so, what speaks against trusting them."""
    yield from folded(_head(one))
    if one.refusal:
        yield ""
        yield from folded([f"No outlook: {one.refusal}."])
    else:
        yield from _odds(one)
        yield from _part("Why", one.drivers)
    yield from _part("Beware", one.warnings)
    yield from _part("Changes of the rate", (_shift(shift, one.period) for shift in one.shifts))
    yield from _part("What was counted", _counted(one))


def named(indicator: str) -> str:
    """An indicator as it is called; a plain table's may be none of the codebook's."""
    row = load().indicators.get(indicator)
    return row.name if row else line(indicator)


def past(record: TrackRecord) -> Iterator[str]:
    """What the forecasts were worth that were issued, a line a kind, and how far they were calibrated."""
    in_time = [one for one in record.tallies if one.in_time]
    late = [one for one in record.tallies if not one.in_time]
    if not record.tallies:
        yield "no forecast was issued here yet"
    if in_time:
        yield from _tallies("Forecasts issued before their period was over", in_time)
    if late:
        yield from _tallies("Issued when it was over already (--as-of), so that they prove nothing", late)
    yield from _part("Not scored", record.unsettled)


def _head(one: Outlook) -> Iterator[str]:
    who = "the desk's incidents" if one.observer == DESK else line(one.observer)
    yield f"{named(one.indicator)} in {line(one.area)}, by {one.period}, from {who}"
    covered = f"data up to {day(one.cut_off)}" if one.cut_off else f"no whole {one.period} is covered"
    yield f"{covered}: {some(one.history, one.period)}"


def _odds(one: Outlook) -> Iterator[str]:
    assert one.now is not None and one.quartile is not None  # for the type checker: they are there unless refused
    window = some(WINDOW[one.period], one.period)
    yield from folded(
        [f"{one.label} counted {_plain(one.now)}; upper quartile of the last {window}: {_plain(one.quartile)}"]
    )
    yield ""
    above, at_least = f"over {_plain(one.quartile)}", f"{_plain(one.least)} or more"
    yield _ROW.format("", "expected", "50 %", "90 %", above, at_least)
    for ahead in one.ahead:
        yield _may(_when(ahead, one.period), ahead.spread, _share(ahead.above), _share(ahead.at_least))
    base, all_ = one.ahead[0].base, one.together
    odds = base.distribution
    yield _may("base rate", base, _share(odds.above(one.quartile)), _share(odds.at_least(one.least)))
    if all_:  # the upper quartile is one of single periods
        yield _may(f"all {all_.label}", all_.spread, "", _share(all_.at_least))
        yield _may("base rate", all_.base, "", _share(all_.base.distribution.at_least(one.least)))
    yield from folded(
        [f"50 %, 90 %: what comes lies between these so often; base rate: as in any {one.period} of the last year"]
    )


def _when(one: Ahead, period: str) -> str:
    """``25 Jun-1 Jul``; days and months by their own names."""
    return f"{one.first:%-d %b}-{one.last:%-d %b}" if period == "week" else one.label


def _may(label: str, spread: Spread, above: str, at_least: str) -> str:
    """A row of the table."""
    may = spread.distribution
    half, most = (f"{_plain(low)} to {_plain(high)}" for low, high in (may.interval(0.5), may.interval(0.9)))
    return _ROW.format(label, f"{may.mean:,.1f}", half, most, above, at_least)


def _shift(one: Shift, period: str) -> str:
    known = day(one.earliest) if one.earliest == one.latest else f"between {day(one.earliest)} and {day(one.latest)}"
    return (
        f"from {one.before:.1f} to {one.after:.1f} a {period} with the {period} of {day(one.day)} "
        f"({known} with 90 %); that there was one: {_share(one.probability)}"
    )


def _counted(one: Outlook) -> Iterator[str]:
    for other in one.aside:
        yield aside(other, one.indicator, one.period)
    yield from one.notes
    yield f"inputs: {one.inputs}; model: {one.model}"


def _tallies(title: str, kinds: list[Tally]) -> Iterator[str]:
    yield title
    yield ""
    yield _KIND.format("", "issued", "scored", "CRPS", "base", "skill", "Brier", "50 %", "90 %")
    for one in kinds:
        yield f"{named(one.indicator)} by the {one.period}, {line(one.observer)}"
        yield _KIND.format("", f"{one.issued:,}", f"{one.scored:,}", *_scores(one))
    yield ""
    for one in kinds:
        yield from _reliability(one)
    yield from folded(
        [
            "CRPS: distance of the forecast from what came, 0 is best; base: that of the base rate; skill: how much better; "
            "Brier: skill in saying whether the upper quartile is exceeded; 50 %, 90 %: how often it came within",
            "",
        ]
    )


def _scores(one: Tally) -> tuple[str, ...]:
    if one.crps is None or one.base_crps is None or one.covered is None:
        return ("-",) * 6
    return (
        f"{one.crps:,.2f}",
        f"{one.base_crps:,.2f}",
        _skill(one.skill),
        _skill(one.brier_skill),
        *(f"{share:.0%}" for share in one.covered),
    )


def _reliability(one: Tally) -> Iterator[str]:
    if not one.bins:
        return
    yield from folded([f"{named(one.indicator)} by the {one.period}, {line(one.observer)}: over the upper quartile"])
    for found in one.bins:
        fits = "" if found.low <= found.came <= found.high else f"; {found.low:.0%} to {found.high:.0%} would fit"
        yield f"  said {found.said:>4.0%}, came {found.came:>4.0%} of {some(found.forecasts, 'time')}{fits}"
    yield ""


def _part(title: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    told = list(lines)
    if told:
        yield ""
        yield title
        yield from folded(f"  {one}" for one in told)


def _skill(skill: float | None) -> str:
    return "-" if skill is None else f"{skill:+.0%}"


def _share(probability: float) -> str:
    """``38 %``; never wholly certain."""
    if probability <= 0.005:
        return "under 1 %"
    return "over 99 %" if probability >= 0.995 else f"{100 * probability:.0f} %"


def _plain(number: float) -> str:
    return f"{number:,.0f}" if number == round(number) else f"{number:,.2f}".rstrip("0")
