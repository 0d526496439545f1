"""The outlook benchmark: what the models would have said at each week and month of the past, held against what came.

    python -m benchmarks.outlook [--quick] [--elsewhere] [--json FILE] [--figures FOLDER]

Rolling origin: a model that speaks of a period is given only what was counted up to the origin, 1 and 4 weeks or 1 and 3
months before. Weeks: UCDP GED, Syria 2016-18, events by governorate, from the 53rd week on; once as the reference marks count
them (day exact, place known to the district or better), once all that is dated within a week (date precision 1 and 2) and
placed in a governorate. Months: UCDP deaths by country, 2016-20. The form of our own model was chosen on these weeks and on
the months of 2013-15, its weights are learned at each origin; ``--elsewhere`` shows it where nothing was chosen. Coverage is
by randomised PIT, in expectation.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from benchmarks import GED, panels, rivals
from benchmarks.panels import Panel
from benchmarks.reliability import Diagram, drawn
from trucewatch.day_counts import Floats
from trucewatch.outlook import memory, models, scores
from trucewatch.outlook.distribution import Distribution
from trucewatch.outlook.january import allowing, without_piles
from trucewatch.outlook.models import Question
from trucewatch.outlook.outlook import WINDOW

OURS = "ours"
MODELS: dict[str, Callable[[Question], Distribution]] = {
    "zero": rivals.zero,
    "last value": rivals.last_value,
    "last four": rivals.last_four,
    "base rate, a year": models.base_rate,
    "conflictology-12": rivals.twelve,
    "weighted conflictology": rivals.weighted_past,
    "the same, and peers": models.resampled,
    "NB on a weighted mean": rivals.weighted_mean,
    OURS: memory.ours,
}
REFERENCES = ("base rate, a year", "the same, and peers", "NB on a weighted mean", OURS)


class Marks(NamedTuple):
    """What a model reached at one horizon."""

    crps: float
    crps_last: float
    """In the last year."""
    crps_plain: float
    """Without the Januaries, of months."""
    brier: float
    """Of more than the area's own upper quartile of 26 weeks or 12 months."""
    brier_least: float
    """Of as much as that, or more."""
    half: float
    most: float
    """Coverage of the 50 and 90 % intervals."""


class Figures(msgspec.Struct):
    """What one run measured."""

    marks: dict[str, dict[str, dict[str, Marks]]]
    """By panel, horizon and model."""
    seconds: float
    load: float


class _One(NamedTuple):
    """A forecast that was held against what came."""

    at: int
    crps: float
    above: float
    at_least: float
    exceeded: bool
    reached: bool
    pit: tuple[float, float]


def forecasts(panel: Panel, name: str, ahead: int, every: int = 1) -> Iterator[_One]:
    """What a model would have said, from each ``every``-th origin, and what came."""
    for at in range(panel.start + ahead - 1, panel.counts.shape[1], every):
        known = panel.counts[:, : at - ahead + 1]
        quartiles = np.quantile(known[:, -WINDOW[panel.period] :], 0.75, axis=1)
        say = _sayer(panel, name, known, ahead)
        for row, came in enumerate(panel.counts[:, at]):
            said, quartile = say(row), float(quartiles[row])
            yield _One(
                at,
                scores.crps(said, came),
                said.above(quartile),
                said.at_least(quartile),
                bool(came > quartile),
                bool(came >= quartile),
                scores.pit(said, came),
            )


def _sayer(panel: Panel, name: str, known: Floats, ahead: int) -> Callable[[int], Distribution]:
    if name != OURS:
        return lambda row: MODELS[name](Question(known, row, ahead, panel.period))
    month = panel.first_month
    mended = known if month is None else without_piles(known, month)
    fit = memory.fit(mended, ahead)

    def say(row: int) -> Distribution:
        said = memory.forecast(Question(mended, row, ahead, panel.period), fit)
        return said if month is None else allowing(said, known[row], month, ahead)

    return say


def together(panel: Panel, size: int, every: int = 1) -> Iterator[str]:
    """Lines: what so many periods bring together, and whether they bring anything at all, by the base rate and by ours."""
    came = memory.summed(panel.counts, size)
    found: dict[str, list[tuple[float, float, float, tuple[float, float]]]] = {"base rate, a year": [], OURS: []}
    for at in range(panel.start + size - 1, panel.counts.shape[1], every):
        known, past = panel.counts[:, : at - size + 1], came[:, size - 1 : at - size + 1]
        fit = memory.fit(known, size, size, memory.UNIT[panel.period])
        for row, number in enumerate(came[:, at]):
            asked = Question(past, row, size, panel.period)
            for name, said in (("base rate, a year", models.base_rate(asked)), (OURS, memory.forecast(asked, fit))):
                error = (said.at_least(1) - (number >= 1)) ** 2
                found[name].append(
                    (scores.crps(said, number), error, said.at_least(1) - (number >= 1), scores.pit(said, number))
                )
    yield f"{f'{size} {panel.period}s together':<24}{'CRPS':>8}{'Brier any':>11}{'bias':>8}{'50 %':>7}{'90 %':>7}"
    for name, those in found.items():
        crps, brier, bias = np.mean([one[:3] for one in those], axis=0)
        half, most = (100 * scores.covered([one[3] for one in those], share) for share in (0.5, 0.9))
        yield f"{name:<24}{crps:8.2f}{brier:11.3f}{bias:+8.3f}{half:7.1f}{most:7.1f}"


def marks(panel: Panel, found: Sequence[_One]) -> Marks:
    """The scores of a model's forecasts."""
    crps, at = np.array([one.crps for one in found]), np.array([one.at for one in found])
    january = (at + (panel.first_month or 0) - 1) % 12 == 0 if panel.first_month else np.zeros(len(at), dtype=bool)
    pits = [one.pit for one in found]
    return Marks(
        crps=float(crps.mean()),
        crps_last=float(crps[at >= panel.last_year].mean()),
        crps_plain=float(crps[~january].mean()),
        brier=scores.brier([one.above for one in found], [one.exceeded for one in found]),
        brier_least=scores.brier([one.at_least for one in found], [one.reached for one in found]),
        half=scores.covered(pits, 0.5),
        most=scores.covered(pits, 0.9),
    )


def table(panel: Panel, found: dict[str, dict[str, Marks]]) -> Iterator[str]:
    """A line a model, one horizon under the other."""
    yield f"{panel.name}: {panel.counts.shape[0]} areas, {panel.counts.shape[1] - panel.start} {panel.period}s"
    for ahead, every in found.items():
        yield ""
        plain = f"{'no Jan.':>9}" if panel.first_month else ""
        title = f"{ahead} {panel.period}{'s' * (ahead != '1')} ahead"
        yield f"{title:<24}{'CRPS':>8}{'last year':>11}{plain}{'Brier >':>9}{'>=':>7}{'50 %':>7}{'90 %':>7}"
        for name, one in every.items():
            plain = f"{one.crps_plain:9.2f}" if panel.first_month else ""
            yield (
                f"{name:<24}{one.crps:8.2f}{one.crps_last:11.2f}{plain}{one.brier:9.3f}{one.brier_least:7.3f}"
                f"{100 * one.half:7.1f}{100 * one.most:7.1f}"
            )


def _all(panel: Panel, ahead: int, names: Sequence[str]) -> dict[str, Marks]:
    return {name: marks(panel, list(forecasts(panel, name, ahead))) for name in names}


def verdicts(measured: dict[str, dict[str, dict[str, Marks]]]) -> Iterator[str]:
    """The marks of the quick trial, beside what was reached."""
    one, four = (measured["as the marks"][ahead] for ahead in ("1", "4"))
    month = measured["country-months"]["1"]
    base, other = month["conflictology-12"], month[OURS]
    rows = (
        ("week, CRPS", one[OURS].crps, 1.77),
        ("four weeks, CRPS", four[OURS].crps, 2.19),
        ("week, Brier of exceeding the upper quartile", one[OURS].brier, 0.146),
        ("week, Brier of reaching it (as the mark seems to count)", one[OURS].brier_least, 0.146),
        ("month, CRPS by conflictology-12's", other.crps / base.crps, 11.62 / 12.33),
        ("month, the same without Januaries", other.crps_plain / base.crps_plain, 11.62 / 12.33),
    )
    for what, reached, mark in rows:
        yield f"{what:<58}{reached:8.3f}{mark:8.3f}  {'met' if reached <= mark else 'MISSED'}"
    for panel, horizons in measured.items():
        for ahead, found in horizons.items():
            off = max(abs(found[OURS].half - 0.5), abs(found[OURS].most - 0.9))
            yield f"{f'coverage, {panel}, {ahead} ahead':<58}{100 * off:8.1f}{5:8.1f}  {'met' if off <= 0.05 else 'MISSED'}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables and the marks; write the JSON and the diagrams when asked. Exit status 1 where a mark is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="every fourth origin only")
    parser.add_argument(
        "--elsewhere", action="store_true", help="other wars, on which nothing was chosen, and no marks"
    )
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--figures", type=Path, help="draw the reliability diagrams into this folder")
    options = parser.parse_args(arguments)
    if not GED.exists() or not panels.MONTHS.exists():
        raise SystemExit(f"the data are not at hand: {GED}, {panels.MONTHS}")
    if options.elsewhere:
        for panel in (panels.deaths(), panels.ukraine(), panels.central_africa()):
            print(
                *table(panel, {f"{ahead}": _all(panel, ahead, REFERENCES) for ahead in (1, 4)}),
                "",
                *(line for size in (1, 2, 4, 8) for line in together(panel, size)),
                *(line for size in (13, 26) for line in together(panel, size, every=6)),
                "",
                sep="\n",
                flush=True,
            )
        return
    began, measured = time.perf_counter(), {}
    chosen = (
        panels.weeks("as the marks", 1, 3),
        panels.weeks("all that is dated within a week", 2, 9),
        panels.months(),
    )
    diagrams: dict[str, list[Diagram]] = defaultdict(list)
    for panel in chosen:
        found: dict[str, dict[str, Marks]] = {}
        for ahead in (1, 4) if panel.period == "week" else (1, 3):
            found[str(ahead)] = {}
            for name in MODELS:
                every = list(forecasts(panel, name, ahead, 4 if options.quick else 1))
                found[str(ahead)][name] = marks(panel, every)
            bins = scores.reliability([one.above for one in every], [one.exceeded for one in every])
            diagrams[panel.period].append(Diagram(f"{ahead} {panel.period}{'s' * (ahead > 1)} ahead", bins))
        measured[panel.name] = found
        print(*table(panel, found), "", sep="\n", flush=True)
    reached = list(verdicts(measured))
    print(*reached, sep="\n")
    seconds = time.perf_counter() - began
    print(f"\n{seconds:.0f} s, load {os.getloadavg()[0]:.1f}")
    if options.json:
        figures = Figures(measured, round(seconds, 1), round(os.getloadavg()[0], 1))
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")
    if options.figures:
        for period, some in diagrams.items():
            (options.figures / f"outlook-{period}s.svg").write_text(drawn(some[-2:]), encoding="utf-8")
    if not options.quick and any(line.endswith("MISSED") for line in reached):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
