"""Forecasts that reports make: their words, what settles them, and how they are scored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from scipy import stats

from tests.desk.made import claim, day, entity, report
from trucewatch import codebook
from trucewatch.nouns import Account, Claim, Incident, Period, Place, Status
from trucewatch.outlook import phrases
from trucewatch.outlook.expected import Forecast, Ground, Outcome, Settled, forecasts, settle
from trucewatch.outlook.tellers import records

MADE = dt.date(2021, 9, 30)
IDLIB = Place(text="Idlib", name="Idlib", country="SYR", lat=35.93, lon=36.63, precision="town")
HOMS = Place(text="Homs", name="Homs", country="SYR", lat=34.73, lon=36.71, precision="town")
TOLD = report("The raids are likely to continue.")


class Everywhere:
    """Places are the same or apart, and told of on given days."""

    def __init__(self, days: Sequence[dt.date]) -> None:
        self._days = days

    def inside(self, place: Place) -> Sequence[Place]:
        return [place]

    def published(self, place: Place) -> Sequence[dt.date]:
        return self._days if place == IDLIB else ()


def account(sentence: str, trigger: str, **fields: object) -> Account:
    given: dict[str, object] = {"mode": None, "status": Status.EXPECTED, "place": IDLIB}
    made: Claim = claim(report(sentence), **(given | fields))
    return Account(claim=made, order=1, published=MADE, outlet="Orontes Courier", trigger=trigger, sentence=sentence)


def forecast(sentence: str = TOLD.text, trigger: str = "raids", **fields: object) -> Forecast:
    (found,) = forecasts([account(sentence, trigger, **fields)])
    return found


def incident(number: int, mode: str | None = "aerial", **fields: object) -> Incident:
    """Something in Idlib so many days after the forecasts."""
    on = MADE + dt.timedelta(days=number)
    given: dict[str, object] = {
        "id": f"i{number}",
        "claims": (f"other.{number}",),
        "type": "ASSAULT",
        "mode": mode,
        "status": Status.HAPPENED,
        "place": IDLIB,
        "time": Period(start=on, end=on, precision="day"),
    }
    return Incident(**(given | fields))  # type: ignore[arg-type]


def ground(*incidents: Incident, until: int = 30, watched: Sequence[int] = range(-30, 31)) -> Ground:
    days = [MADE + dt.timedelta(days=number) for number in watched]
    return Ground(incidents, Everywhere(days), MADE + dt.timedelta(days=until))


@pytest.mark.parametrize(
    ("sentence", "trigger", "status", "word", "worth"),
    [
        ("The raids are likely to continue.", "raids", Status.EXPECTED, "likely", 0.68),
        ("An attack is very likely in spring.", "attack", Status.EXPECTED, "very likely", 0.88),
        ("An attack is unlikely.", "attack", Status.EXPECTED, "unlikely", 0.33),
        ("Rebels may attack in May.", "attack", Status.POSSIBLE, "may", 0.35),
        ("Rebels plan to attack in May.", "attack", Status.EXPECTED, None, None),
        ("Days will reveal whether they agreed.", "agreed", Status.POSSIBLE, None, None),
        ("It is likely that talks fail, and after a long winter in the hills an attack is planned.", "attack",
         Status.EXPECTED, None, None),
    ],
)  # fmt: skip
def test_the_words_nearest_to_the_trigger_say_how_likely(
    sentence: str, trigger: str, status: Status, word: str | None, worth: float | None
) -> None:
    found = forecast(sentence, trigger, status=status)
    assert (found.word, found.probability) == (word, worth)


def test_the_window_is_that_of_the_words_else_of_the_type() -> None:
    week = Period(start=MADE, end=dt.date(2021, 10, 7), precision="span")
    said = forecast(time=week)
    assert (said.first, said.last, said.horizon) == (dt.date(2021, 10, 1), dt.date(2021, 10, 7), "from its words")
    unsaid = forecast(time=day(2021, 9, 30))
    assert (unsaid.days, unsaid.horizon) == (14, "no time is said: 14 days, as for all of ASSAULT")
    assert forecast(type="AGREE").days == 30


def test_a_trigger_without_a_mode_is_settled_by_what_it_is_said_of() -> None:
    assert forecast(trigger="raids").modes == ("aerial", "drone", "-")
    assert forecast("A ground offensive is near.", "ground offensive").modes == ("firearms", "-")
    assert forecast("Violence is near.", "Violence").modes == ()
    assert forecast(mode="heavy-weapons").modes == ("heavy-weapons",)
    ahead = forecast("A ground offensive is near.", "ground offensive")
    assert settle(ahead, ground(incident(3, "heavy-weapons"))).outcome is Outcome.FALSE
    assert settle(ahead, ground(incident(3, None))).outcome is Outcome.TRUE


def test_copies_of_one_story_count_once_and_what_has_no_day_not_at_all() -> None:
    one = account(TOLD.text, "raids")
    assert len(list(forecasts([replace(one, story="s"), replace(one, story="s", outlet="Levant Digest")]))) == 1
    assert list(forecasts([replace(one, published=None)])) == []
    assert list(forecasts([account(TOLD.text, "raids", status=Status.HAPPENED)])) == []


def test_what_comes_in_the_window_settles_it() -> None:
    found = settle(forecast(), ground(incident(20), incident(9), incident(5), incident(0)))
    assert (found.outcome, found.incidents, found.right) == (Outcome.TRUE, ("i5", "i9"), True)
    assert found.because == "i5 on 2021-10-05 and 1 more"


@pytest.mark.parametrize(
    "other",
    [
        incident(20),
        incident(5, "heavy-weapons"),
        incident(5, place=HOMS),
        incident(5, type="MOBILIZE"),
        incident(5, status=Status.DENIED),
        incident(5, time=Period(start=MADE, end=dt.date(2021, 10, 31), precision="month")),
        incident(5, claims=(f"{report(TOLD.text).id}.1",)),
    ],
    ids=["too late", "other mode", "elsewhere", "other type", "denied", "no day", "told by itself"],
)
def test_what_is_not_it_settles_nothing(other: Incident) -> None:
    found = settle(forecast(), ground(other))
    assert (found.outcome, found.right) == (Outcome.FALSE, False)
    assert found.because == "nothing of the kind on 14 watched days of 14"


def test_what_is_not_over_is_open_and_what_nobody_watched_cannot_be_told() -> None:
    assert settle(forecast(), ground(until=10)).outcome is Outcome.OPEN
    assert settle(forecast(), ground(incident(12), until=10)).outcome is Outcome.OPEN
    unseen = settle(forecast(), ground(watched=[2]))
    assert (unseen.outcome, unseen.because) == (Outcome.UNTOLD, "2 of 14 days were watched")
    assert settle(forecast(place=None), ground()).because == "no report says where"


def test_only_those_who_were_named_make_it_true() -> None:
    ahead = forecast(actors=(entity("Russian Aerospace Forces", "RUS", "ru-vks"),))
    moscow = entity("Russia", "RUS", "ru-gov")
    assert settle(ahead, ground(incident(5, actors=(moscow,)))).outcome is Outcome.TRUE
    nameless = settle(ahead, ground(incident(5)))
    assert (nameless.outcome, nameless.incidents) == (Outcome.UNTOLD, ("i5",))
    assert settle(ahead, ground(incident(5, actors=(entity("army", "SYR", "sy-saa"),)))).outcome is Outcome.UNTOLD


def test_the_base_rate_is_that_of_the_days_before() -> None:
    daily = settle(forecast(), ground(*(incident(number) for number in range(-30, 15))))
    never = settle(forecast(), ground())
    assert daily.base is not None and daily.base > 0.999
    assert never.base is not None and never.base < 0.3
    assert settle(forecast(), ground(watched=range(0, 30))).base is None


def test_what_a_forecast_s_own_report_alone_tells_is_no_base_rate_of_it() -> None:
    ahead, month = forecast(), range(-30, 0)
    own = f"{ahead.report}.00000001"
    alone = [incident(number, claims=(own,)) for number in month]
    assert settle(ahead, ground(*alone)).base == settle(ahead, ground()).base
    theirs = [incident(number, id=f"o{number}") for number in month]
    assert settle(ahead, ground(*alone, *theirs)).base == settle(ahead, ground(*theirs)).base
    longer = Period(start=MADE - dt.timedelta(days=9), end=MADE - dt.timedelta(days=2), precision="span")
    with_longer = ground(incident(-9, claims=(own,), time=longer), *theirs)
    assert settle(ahead, with_longer).base == settle(ahead, ground(*theirs)).base


def test_what_is_denied_as_unlikely_is_foretold_and_other_denials_are_not() -> None:
    unlikely = forecast("Raids are unlikely.", "Raids", status=Status.DENIED)
    assert (unlikely.status, unlikely.probability, settle(unlikely, ground()).right) == (Status.EXPECTED, 0.33, True)
    past = {"status": Status.DENIED, "time": day(2021, 9, 28)}
    assert not list(forecasts([account("No raids were reported.", "raids", status=Status.DENIED)]))
    assert not list(forecasts([account("It is unlikely that raids hit it on Tuesday.", "raids", **past)]))


def test_no_incident_settles_whether_a_truce_holds() -> None:
    truce = {"type": "RETREAT", "mode": "ceasefire"}
    assert settle(forecast("The truce is likely to hold.", "truce", **truce), ground()).outcome is Outcome.UNTOLD
    assert settle(forecast("A truce is likely.", "truce", **truce), ground()).outcome is Outcome.FALSE


def test_unlikely_is_right_where_nothing_came_and_may_is_neither() -> None:
    unlikely = forecast("Raids are unlikely.", "Raids")
    assert settle(unlikely, ground()).right is True
    assert settle(unlikely, ground(incident(5))).right is False
    perhaps = forecast("Raids may come.", "Raids", status=Status.POSSIBLE)
    assert settle(perhaps, ground(incident(5))).right is None


def test_what_is_said_without_words_of_likelihood_is_right_where_it_is_expected() -> None:
    planned = forecast("Rebels plan to attack.", "attack")
    assert [settle(planned, on).right for on in (ground(incident(5)), ground())] == [True, False]
    asked = forecast("Days will reveal whether raids come.", "raids", status=Status.POSSIBLE)
    assert [settle(asked, on).right for on in (ground(incident(5)), ground())] == [None, None]


def test_reports_of_the_last_day_that_is_known_of_have_looked_too() -> None:
    ahead = forecast()
    days = (ahead.last - MADE).days
    seen = [settle(ahead, ground(until=days, watched=range(-30, last))).because for last in (days, days + 1)]
    assert seen == [f"nothing of the kind on {number} watched days of 14" for number in (13, 14)]


def _named(one: Forecast) -> str | None:
    return one.outlet


def _many(hits: int, misses: int) -> list[Settled]:
    before = [incident(number) for number in range(-30, 1, 4)]
    hit, miss = settle(forecast(), ground(*before, incident(5))), settle(forecast(), ground(*before))
    return [hit] * hits + [miss] * misses


def test_a_record_counts_and_gives_the_interval_and_the_base_rate() -> None:
    (row,) = records(_many(9, 3), _named)
    assert (row.made, row.came, row.missed, row.right, row.sided, row.note) == (12, 9, 3, 9, 12, None)
    wilson = stats.binomtest(9, 12).proportion_ci(0.9, method="wilson")
    assert (row.low, row.high) == pytest.approx((wilson.low, wilson.high))
    assert row.brier == pytest.approx((9 * 0.32**2 + 3 * 0.68**2) / 12)
    base = _many(1, 0)[0].base
    assert base is not None
    assert row.by_chance == pytest.approx(12 * base)
    assert row.brier_base == pytest.approx((9 * (1 - base) ** 2 + 3 * base**2) / 12)


def test_what_is_open_and_what_cannot_be_told_are_counted_apart() -> None:
    ahead, untold = settle(forecast(), ground(until=10)), settle(forecast(), ground(watched=[2]))
    (row,) = records([*_many(9, 1), ahead, ahead, untold], _named)
    assert (row.made, row.open, row.untold, row.sided, row.note) == (13, 2, 1, 10, None)


def test_nobody_is_ranked_on_few_and_the_possible_is_apart() -> None:
    perhaps = settle(forecast("Raids may come.", "Raids", status=Status.POSSIBLE), ground(incident(5)))
    first, second = records([*_many(2, 1), perhaps], _named)
    assert (first.status, first.note) == (Status.EXPECTED, "too few to rank: 10 settled ones are needed")
    assert (second.status, second.came, second.sided) == (Status.POSSIBLE, 1, 0)


def test_every_type_has_a_horizon() -> None:
    assert set(phrases._horizons()) == set(codebook.load().types)
    assert all(0 < row.probability < 1 for row in phrases._likelihoods())
