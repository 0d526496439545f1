"""A scenario as lines of text, and a weighing of it: one page of eighty columns, or a row for JSON."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from trucewatch.cli.terminal.wording import WIDTH, line, wrapped
from trucewatch.english import day_of_year, some
from trucewatch.outlook.baselines import Baseline
from trucewatch.outlook.scenarios import Range, Rate, Scenario
from trucewatch.outlook.weighing import Verdict
from trucewatch.outlooks.weighings import Weighed, current_odds, flipping_share, likeliest

NAME = 30
"""Characters of a reading's name."""
COLUMNS = 36
"""Of the chart; longer spells are drawn with several days to a column."""
MOVERS = 6
_BLOCKS = " ▁▂▃▄▅▆▇█"


def shown(one: Scenario) -> Iterator[str]:
    """A scenario as its file has it."""
    yield from wrapped(one.question)
    yield from wrapped(
        f"{one.id}: {one.area}, {one.since} to {one.until}; counted by {_observer(one)}, "
        f"held against the {one.weeks} weeks before"
    )
    whole = sum(reading.prior for reading in one.readings)
    for reading in one.readings:
        yield ""
        yield from wrapped(f"{reading.name} (prior {reading.prior / whole:.0%})")
        for indicator in one.indicators:
            yield from wrapped(f"{indicator}: {_predicted(one.rate(reading.id, indicator))}", "  ")
        yield from wrapped(f"evidence: {reading.evidence}", "  ")
    if one.baselines:
        yield ""
        yield "baselines as they are stated, where the counts do not reach back so far"
        for stated in one.baselines:
            yield from wrapped(f"{stated.indicator}: {_range(stated.daily)} a day; {stated.source}", "  ")
    yield ""
    yield from wrapped(f"favoured from {one.decided:.0%} on, not before {one.least_days} watched days")
    for source in one.sources:
        yield from wrapped(f"source: {source}")
    if one.note:
        yield from wrapped(one.note)


def page(found: Weighed) -> Iterator[str]:
    """A weighing: the verdict, the odds over time, what moved them, and how far it can be relied on."""
    one = found.scenario
    yield from wrapped(one.question)
    span = f"{one.since} to {found.until}" if found.days else f"from {one.since}: no day of it is known"
    yield from wrapped(f"{one.id}: {one.area}, {span}; counted by {_observer(one)}, known on {found.known}", "  ")
    yield ""
    yield from wrapped(f"{_verdict(found)}.")
    yield ""
    yield from _chart(found)
    yield ""
    yield from _against(found)
    if found.days and found.weighing.moved_by:
        yield ""
        yield from _moved(found)
        yield ""
        yield from _relied(found)
    if found.aside or found.warning:
        yield ""
        if found.warning:
            yield from wrapped(f"beware: {found.warning}")
        for said in found.aside:
            yield from wrapped(f"not counted: {said}")


def _verdict(found: Weighed) -> str:
    because = found.weighing.because
    if found.weighing.verdict is Verdict.FAVOURED:
        if (share := flipping_share(found)) is not None:
            because += f"; not so if the share of deeds that is reported has become {share:g} times that of before"
        return f"The counts favour this reading: {because}"
    return f"{found.weighing.verdict.value.capitalize()}: {because}"


def _chart(found: Weighed) -> Iterator[str]:
    one, weighing = found.scenario, found.weighing
    room, bins = NAME - 1, _bins(len(found.days))
    title = f"{day_of_year(found.days[0])} to {day_of_year(found.days[-1])}" if found.days else ""
    yield f"{'':<{room}} prior   now  {title}".rstrip()
    for at in likeliest(found):
        bars = "".join(_BLOCKS[round(float(weighing.posterior[end - 1, at]) * (len(_BLOCKS) - 1))] for _, end in bins)
        name = textwrap.shorten(one.readings[at].name, room, placeholder=" …")
        yield f"{name:<{room}} {_share(weighing.prior[at]):>5} {_share(current_odds(found)[at]):>5}  {bars}".rstrip()
    if not found.days:
        return
    watched = found.watched
    flags = "".join(
        "·" if watched[start:end].all() else "x" if not watched[start:end].any() else "-" for start, end in bins
    )
    yield f"{'days watched (x: not)':<{room}} {'':>5} {int(watched.sum()):>5}  {flags}"
    for name, counted in found.counted.items():
        marks = "".join(_mark(float(counted.counts[start:end].sum())) for start, end in bins)
        yield f"{name:<{room}} {'':>5} {counted.counts.sum():>5.4g}  {marks}".rstrip()


def _share(probability: float) -> str:
    """Nothing is certain here."""
    return ">99%" if probability >= 0.995 else "<1%" if probability <= 0.005 else f"{probability:.0%}"


def _bins(days: int) -> list[tuple[int, int]]:
    size = max(1, math.ceil(days / COLUMNS))
    return [(start, min(start + size, days)) for start in range(0, days, size)]


def _mark(count: float) -> str:
    return "·" if count == 0 else "+" if count > 9 else f"{math.ceil(count)}"


def _against(found: Weighed) -> Iterator[str]:
    yield "held against, a day"
    for name, base in found.weighing.baselines.items():
        if isinstance(base, Baseline):
            spread = f"dispersion {base.dispersion:.1f}"
            if base.clustering > 1:
                spread += f", {base.clustering:.1f} times as much by the week"
            yield from wrapped(f"{name}: {_range(base.daily)}; {base.basis}; {spread}", "  ")
        else:
            yield from wrapped(f"{name}: no baseline, left out; {base.why}, or one that the file states", "  ")


def _moved(found: Weighed) -> Iterator[str]:
    """The days that spoke most for or against the leader, held against its nearest rival; each given those before it."""
    leader, rival = _pair(found)
    names = [reading.name for reading in found.scenario.readings]
    steps = found.weighing.moved[:, leader] - found.weighing.moved[:, rival]
    yield from wrapped(f"what moved them: the odds of {names[leader]!r} against {names[rival]!r}, day by day")
    told = [at for at in range(len(steps)) if found.is_told(at)]
    most = sorted(sorted(told, key=lambda at: -abs(steps[at]))[:MOVERS])
    for at in most:
        day = found.days[at]
        ids = "; ".join(f"{one.indicator} {one.incident}" for one in found.on(day))
        yield from wrapped(day_of_year(day).ljust(8) + f"x {_times(steps[at])}".ljust(8) + ids, "  ", " " * 18)
    rest = [at for at in told if at not in most]
    quiet = [at for at in range(len(steps)) if at not in told and steps[at] != 0]
    if rest:
        yield f"  {some(len(rest), 'other day')} with something counted, together x {_times(steps[rest].sum())}"
    if quiet:
        yield f"  {some(len(quiet), 'watched day')} with nothing, together x {_times(steps[quiet].sum())}"
    yield f"  all days, x {_times(steps.sum())}"
    if found.sighted:
        yield "  `trucewatch incident ID` shows an incident with its sentences"


def _relied(found: Weighed) -> Iterator[str]:
    """How the odds would stand with other priors, on one indicator alone, and were more or fewer deeds reported."""
    one, weighing = found.scenario, found.weighing
    names = {reading.id: reading.name for reading in one.readings}
    for flip in weighing.flips:
        needed = _odds(flip.needed).removeprefix("over ")
        said = f"{names[flip.reading]!r} would lead were its prior odds against the leader above {needed}"
        yield from wrapped(f"{said} (in the file {_odds(flip.stated)})")
    for reading, told in weighing.surprised.items():
        if told:
            yield from wrapped(f"{names[reading]!r} is surprised: {', '.join(told)}")
    if len(weighing.alone) > 1:
        yield ""
        yield from _table("from one indicator alone", found, weighing.alone)
    yield ""
    shares = {f"x {each.share:g}": each.posterior for each in weighing.missing}
    yield from _table("were the share of deeds that is reported so many times that of before", found, shares)


def _table(title: str, found: Weighed, columns: Mapping[str, Sequence[float]]) -> Iterator[str]:
    width = max(6, *map(len, columns)) + 1
    room = max(20, WIDTH - width * len(columns) - 2)
    yield title
    yield " " * (min(room, NAME) + 2) + "".join(f"{name:>{width}}" for name in columns)
    for at, reading in enumerate(found.scenario.readings):
        name = textwrap.shorten(reading.name, min(room, NAME), placeholder=" …")
        cells = "".join(f"{_share(posterior[at]):>{width}}" for posterior in columns.values())
        yield f"  {name:<{min(room, NAME)}}{cells}"


def _pair(found: Weighed) -> tuple[int, int]:
    order = likeliest(found)
    return order[0], order[1]


def _predicted(rate: Rate) -> str:
    return f"{_range(rate.times)} times the baseline" if rate.times else f"{_range(rate.daily or (0, 0))} a day"


def _range(ends: Range) -> str:
    return f"{ends[0]:.2g} to {ends[1]:.2g}"


def _times(step: float) -> str:
    """A step of the logarithm of odds, as what they are multiplied with."""
    return _odds(math.exp(min(step, 700.0)))


def _odds(value: float) -> str:
    if not 0.001 <= value < 1000:
        return "over 1000" if value >= 1000 else "under 0.001"
    return f"{value:.0f}" if value >= 100 else f"{value:.2g}"


def _observer(one: Scenario) -> str:
    return "the desk" if one.observer == "desk" else line(one.observer)
