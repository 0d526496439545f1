"""Outlooks of series: odds, words, warnings, refusals, and the record of past ones."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as xml
from collections.abc import Sequence

import msgspec
import numpy as np
import pytest

from trucewatch.brief.fan import fan
from trucewatch.cli.terminal.outlook import page
from trucewatch.outlook import drivers, memory, record
from trucewatch.outlook.outlook import Outlook, outlook
from trucewatch.outlook.periods import Size
from trucewatch.outlook.record import Said, Scored, Tally
from trucewatch.outlook.series import Series
from trucewatch.translation import languages
from trucewatch.web.templates import environment

MONDAY = dt.date(2020, 1, 6)


def series(counts: Sequence[float], coverage: Sequence[float] | None = None, **fields: object) -> Series:
    told: dict[str, object] = {
        "area": "SYR/Idlib",
        "indicator": "shelling",
        "period": "week",
        "observer": "desk",
        "first": MONDAY,
        "counts": np.array(counts, dtype=float),
        "reports": np.array(counts, dtype=float),
        "coverage": None if coverage is None else np.array(coverage, dtype=float),
        "inputs": "desk 1",
    }
    return Series(**told | fields)  # type: ignore[arg-type]


def macro(odds: float) -> str:
    """How the web desk writes them."""
    template = '{% import "charts.html" as charts with context %}{{ charts.chance(odds) }}'
    return environment().from_string(template).render(odds=odds, language=languages()["en"])


RANDOM = np.random.default_rng(1)
STEADY = RANDOM.poisson(8, 60).tolist()
RISING = [*RANDOM.poisson(3, 56).tolist(), 9, 12, 11, 14]


def test_an_outlook_has_odds_that_add_up_for_the_weeks_to_come() -> None:
    told = outlook(series(STEADY), [], 4)
    assert [one.label for one in told.ahead] == ["2021-W09", "2021-W10", "2021-W11", "2021-W12"]
    assert told.cut_off == dt.date(2021, 2, 28) and told.ahead[0].first == dt.date(2021, 3, 1)
    assert told.quartile == np.quantile(STEADY[-26:], 0.75) and told.now == STEADY[-1]
    for one in told.ahead:
        may = one.spread.distribution
        assert sum(one.spread.odds) == pytest.approx(1, abs=1e-4)
        assert one.most[0] <= one.half[0] <= one.median <= one.half[1] <= one.most[1]
        assert one.above == pytest.approx(may.above(told.quartile), abs=1e-3)
        assert one.at_least == pytest.approx(may.at_least(told.now), abs=1e-3)
        assert one.base.distribution.mean == pytest.approx(np.mean(STEADY[-52:]), rel=1e-3)
        assert 6 < one.mean < 10
    assert told.shifts == () and told.warnings == ()


def test_after_a_week_without_any_the_odds_are_those_of_any_at_all() -> None:
    told = outlook(series([*STEADY[:-1], 0]), [], 2)
    assert (told.now, told.least) == (0, 1)
    for one in told.ahead:
        assert one.at_least == pytest.approx(one.spread.distribution.at_least(1), abs=1e-3)
        assert one.at_least < 1


def test_a_thin_history_is_refused_in_so_many_words() -> None:
    assert outlook(series(STEADY[:11]), [], 4).refusal == "11 weeks of history, 26 needed"
    assert outlook(series([3]), [], 4).refusal == "1 week of history, 26 needed"
    monthly = outlook(series([3] * 7, period="month"), [], 2)
    assert monthly.refusal == "7 months of history, 12 needed" and monthly.ahead == ()


def test_weeks_of_which_nothing_was_read_are_no_history() -> None:
    blind = [1, 0, 0, 0, 0] * 12
    told = outlook(series([0] * 60, blind), [], 4)
    assert told.refusal == "10 weeks of history in the last 52 of which any report tells, 26 needed"
    assert told.history == 12 and told.ahead == ()
    half = outlook(series([0] * 60, [1, 0] * 30), [], 4)
    assert half.refusal is None and half.history == 30
    assert outlook(series([0] * 60), [], 4).history == 60


def test_weeks_of_which_nothing_was_read_teach_nothing() -> None:
    blind = [at % 3 == 1 for at in range(90)]
    counts = np.random.default_rng(4).poisson(9, 90)
    told = outlook(series(np.where(blind, 0, counts).tolist(), np.where(blind, 0, 5).tolist()), [], 4)
    known = outlook(series(counts[~np.array(blind)].tolist()), [], 4)
    assert (told.quartile, told.now) == (known.quartile, known.now)
    assert [(one.mean, one.above, one.base) for one in told.ahead] == [
        (one.mean, one.above, one.base) for one in known.ahead
    ]
    assert told.shifts == ()


def test_after_blind_weeks_now_is_the_last_week_that_was_looked_at() -> None:
    told = outlook(series([*STEADY, 0, 0], [5] * 60 + [0, 0]), [], 1)
    assert (told.now, told.label) == (STEADY[-1], "2021-W08")
    assert told.ahead[0].label == "2021-W11" and told.ahead[0].mean > 6
    assert "no report on its countries" in told.warnings[-1]
    assert outlook(series([*STEADY, *[0] * 26], [5] * 60 + [0] * 26), [], 4).refusal is None


def test_a_day_is_looked_at_by_a_report_of_the_next_three() -> None:
    told = outlook(series([0] * 400, [0, 0, 0, 0, 1] * 80, period="day"), [], 1)
    assert told.refusal is None and told.history == 320


def test_what_makes_it_high_is_said() -> None:
    told = outlook(series(RISING), [], 1)
    words = "; ".join(told.drivers)
    assert "the last week counted 14, the last 4 weeks 11.5 a week" in words
    assert re.search(r"up by|times as much", words)
    assert re.search(r"running means make it 1\d\.\d next week: \d+\.\d from the last few weeks", words)
    (shift,) = told.shifts
    assert abs((shift.day - (MONDAY + dt.timedelta(weeks=56))).days) <= 7
    assert shift.earliest <= shift.day <= shift.latest


@pytest.mark.parametrize(
    ("expected", "says"),
    [
        (8, "that is more than the last week counted: before it was higher"),
        (4, "that is less than the last week counted"),
        (6, "that is about what the last week counted"),
    ],
)
def test_it_was_lower_or_higher_before_only_where_it_was(expected: float, says: str) -> None:
    counts = np.array([[10.0] * 30 + [6.0]])
    fit = memory.fit(counts, 1)._replace(means=np.array([float(expected)]))
    assert drivers.drivers(counts, fit, "week")[2] == says


def test_all_weeks_together_have_odds_of_what_is_asked() -> None:
    told = outlook(series([0, 0, 1, 0] * 15), [], 4, 2)
    assert told.together is not None and outlook(series(STEADY), [], 1).together is None
    assert (told.together.label, told.together.first, told.together.last) == (
        "4 weeks",
        told.ahead[0].first,
        told.ahead[3].last,
    )
    assert sum(one.mean for one in told.ahead) == pytest.approx(told.together.mean, rel=0.2)
    assert told.least == 2 and told.ahead[0].at_least < 0.1 < told.together.at_least
    assert told.together.base.values == (1.0,)
    assert re.search(r"^all 4 weeks .* \d+ %$", "\n".join(page(told)), re.MULTILINE)


def test_a_rise_with_more_reports_cannot_be_told_from_coverage() -> None:
    more = [20] * 56 + [60] * 4
    (warning,) = outlook(series(RISING, more), [], 1).warnings
    assert warning.startswith("reports rising, cannot be told from coverage")
    assert outlook(series(RISING, [20] * 60), [], 1).warnings == ()


def test_of_a_dataset_the_reports_behind_its_rows_are_held_against_it() -> None:
    (warning,) = outlook(series(RISING, None, observer="ged"), [], 1).warnings
    assert "cannot be told from coverage" in warning
    assert outlook(series(RISING, None, observer="ged", reports=np.full(60, 9.0)), [], 1).warnings == ()


def test_fewer_reports_and_no_reports_are_told() -> None:
    falling = outlook(series(STEADY, [30] * 56 + [3, 3, 3, 0]), [], 1).warnings
    assert falling[0].startswith("reports falling") and "no report on its countries" in falling[1]


def test_nothing_counted_is_no_proof_of_peace() -> None:
    told = outlook(series([0] * 40), [], 1)
    assert told.ahead[0].above < 0.05
    assert "need not mean that nothing happened" in told.warnings[0]


def test_others_teach_only_where_they_reach_as_far() -> None:
    other, short = series(RISING), series(RISING[20:], first=MONDAY + dt.timedelta(weeks=20))
    ended = series(RISING[:-1])
    assert any("1 other area helps" in said for said in outlook(series(STEADY), [other], 1).drivers)
    alone = outlook(series(STEADY), [], 1)
    assert outlook(series(STEADY), [short, ended], 1).ahead == alone.ahead


def test_a_pile_of_deaths_in_january_is_told_and_expected_in_the_next() -> None:
    months = {"period": "month", "indicator": "deaths", "first": dt.date(2018, 1, 1)}
    deaths = np.full(36, 50.0)
    deaths[[12, 24]] = 2000
    told = outlook(series(deaths.tolist(), **months), [], 2)
    assert "January 2020" in " ".join(told.warnings)
    assert told.ahead[0].most[1] == 2000 and told.ahead[1].most[1] < 200
    assert outlook(series(deaths.tolist(), **months | {"indicator": "clashes"}), [], 1).warnings == ()


@pytest.mark.parametrize("period", ["day", "week", "month"])
def test_the_chart_is_a_picture_of_every_period(period: Size) -> None:
    told = outlook(series(RANDOM.poisson(4, 200).tolist(), period=period), [], 3)
    picture = xml.fromstring(fan(told, "Shelling"))
    boxes = picture.findall("{*}rect")
    assert len(boxes) == len(told.recent) + 2 * 3 + 2 * 3
    assert all(float(box.get("height", "-1")) >= 0 for box in boxes)
    refused = fan(outlook(series([1, 2]), [], 3), "Shelling & <fire>")
    assert "2 weeks of history" in refused and "Shelling &amp; &lt;fire&gt;" in refused


def test_the_months_along_the_axis_are_those_that_were_counted() -> None:
    told = outlook(series(RANDOM.poisson(4, 36).tolist(), period="month", first=dt.date(2018, 3, 1)), [], 2)
    words = [one.text for one in xml.fromstring(fan(told, "Shelling")).findall("{*}text")]
    assert told.ahead[0].first == dt.date(2021, 3, 1)
    assert [word for word in words if re.fullmatch(r"1 \w{3}", word or "")] == [
        "1 Mar",
        "1 Apr",
        "1 Nov",
        "1 Aug",
        "1 May",
    ]


def _said(told: Outlook) -> list[Said]:
    assert told.quartile is not None
    return [Said.of(one, told.quartile) for one in told.ahead]


def test_a_forecast_is_scored_when_its_week_is_counted_and_not_before() -> None:
    first, second = _said(outlook(series(STEADY[:40]), [], 2))
    assert record.settled(first, series(STEADY[:40])) is None
    known = series(STEADY[:41])
    scored = record.settled(first, known)
    assert isinstance(scored, Scored) and scored.came == STEADY[40]
    assert record.settled(second, known) is None
    assert scored.crps < 8 and scored.pit[0] <= scored.pit[1]


def test_a_forecast_of_a_week_of_which_nothing_was_read_is_not_scored() -> None:
    (said,) = _said(outlook(series(STEADY[:40]), [], 1))
    assert record.settled(said, series([*STEADY[:40], 0], [5] * 41)) is not None
    assert record.settled(said, series([*STEADY[:40], 0], [*[5] * 40, 0])) is None


def test_the_record_of_honest_forecasts_is_calibrated() -> None:
    counts = np.random.default_rng(2).poisson(8, 160).tolist()
    found = []
    for end in range(40, 159):
        (said,) = _said(outlook(series(counts[:end]), [], 1))
        scored = record.settled(said, series(counts))
        assert scored is not None
        found.append(scored)
    kind = Tally(indicator="shelling", period="week", observer="desk", in_time=True, issued=120, scored=0)
    told = record.tally(kind, found)
    assert (told.issued, told.scored) == (120, 119)
    assert told.covered is not None and abs(told.covered[0] - 0.5) < 0.12 and abs(told.covered[1] - 0.9) < 0.07
    assert told.skill is not None and -0.1 < told.skill < 0.1  # of counts that come at one rate none can be foretold
    assert sum(one.forecasts for one in told.bins) == 119
    assert record.tally(kind, []) == kind


@pytest.mark.parametrize(("odds", "said", "shown"), [
    (0.0, "under 1 %", "&lt;1%"), (0.005, "under 1 %", "&lt;1%"), (0.0051, "1 %", "1%"),
    (0.9949, "99 %", "99%"), (0.995, "over 99 %", "&gt;99%"), (1.0, "over 99 %", "&gt;99%"),
])  # fmt: skip
def test_odds_are_never_said_to_be_none_or_certain(odds: float, said: str, shown: str) -> None:
    made = outlook(series(STEADY), (), 1)
    one = msgspec.structs.replace(made, ahead=(msgspec.structs.replace(made.ahead[0], above=odds, at_least=odds),))
    assert any(re.search(rf"[^r] +{said} +{said}$", line) for line in page(one))
    assert shown in macro(odds)
