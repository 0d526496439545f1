"""Corrected values as a person types them."""

from __future__ import annotations

import msgspec
import pytest

from trucewatch import codebook
from trucewatch.errors import JudgementError
from trucewatch.judgements import FIELDS, as_json, in_words, meant, unknown
from trucewatch.nouns import Claim, Count, Entity, Period, Place, Status

BOOK = codebook.load()


def typed(field: str, words: str) -> object:
    return meant(field, as_json(field, words, BOOK))


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("type", "coerce", "COERCE"),
        ("mode", "Arrest", "arrest"),
        ("mode", "-", None),
        ("status", "Denied", Status.DENIED),
        ("killed", "3", Count(low=3, high=3)),
        ("injured", "3-5", Count(low=3, high=5)),
        ("killed", "?", None),
        ("attributed_to", "Hay'at Tahrir al-Sham", "Hay'at Tahrir al-Sham"),
        ("attributed_to", "none", None),
        ("place", "-", None),
        ("actors", "-", ()),
        ("recipients", "the chess club", (Entity(text="the chess club", name="the chess club"),)),
        ("actors", '[{"text":"x","name":"y"}]', (Entity(text="x", name="y"),)),
        ("place", '{"text":"x","name":"y","country":"SYR"}', Place(text="x", name="y", country="SYR")),
        ("place", "Nowhere-on-Sea, SYR", Place(text="Nowhere-on-Sea", name="Nowhere-on-Sea", country="SYR")),
    ],
)
def test_values_are_read_as_typed(field: str, words: str, value: object) -> None:
    assert typed(field, words) == value


@pytest.mark.parametrize(
    ("words", "start", "end", "precision"),
    [
        ("2021-09-30", "2021-09-30", "2021-09-30", "day"),
        ("2020-02", "2020-02-01", "2020-02-29", "month"),
        ("2019", "2019-01-01", "2019-12-31", "year"),
        ("2021-09-28/2021-09-30", "2021-09-28", "2021-09-30", "span"),
        ("2020-11/2021-02", "2020-11-01", "2021-02-28", "span"),
    ],
)
def test_times_may_be_days_months_years_or_spans(words: str, start: str, end: str, precision: str) -> None:
    found = typed("time", words)
    assert isinstance(found, Period)
    assert (found.start.isoformat(), found.end.isoformat(), found.precision) == (start, end, precision)


def test_a_place_is_looked_up_in_the_gazetteer() -> None:
    found = typed("place", "Saraqib, SYR")
    assert isinstance(found, Place) and found.lat is not None and found.lon is not None
    assert (found.country, found.precision) == ("SYR", "town")
    assert round(found.lat, 1) == 35.9
    assert found.gazetteer is not None
    again = typed("place", found.gazetteer)
    assert isinstance(again, Place) and (again.gazetteer, again.lat) == (found.gazetteer, found.lat)
    country = typed("place", "Syria")
    assert isinstance(country, Place) and (country.country, country.precision) == ("SYR", "country")


def test_a_country_behind_a_comma_tells_namesakes_apart() -> None:
    libya, lebanon = typed("place", "Tripoli, LBY"), typed("place", "Tripoli, LBN")
    assert isinstance(libya, Place) and isinstance(lebanon, Place)
    assert (libya.country, lebanon.country) == ("LBY", "LBN")


def test_actors_are_looked_up_in_the_codebook() -> None:
    found = typed("actors", "HTS; Russia; fighters (SYR UAF); gunmen (UAF)")
    assert isinstance(found, tuple)
    assert [(one.name, one.country, one.sector) for one in found] == [
        ("Hay'at Tahrir al-Sham", "SYR", found[0].sector),
        ("Russia", "RUS", "GOV"),
        ("fighters", "SYR", "UAF"),
        ("gunmen", None, "UAF"),
    ]
    assert found[0].actor in BOOK.actors
    assert typed("actors", str(found[0].actor)) == (msgspec.structs.replace(found[0], text=str(found[0].actor)),)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("type", "WAR"),
        ("type", "-"),
        ("mode", "loud"),
        ("status", "-"),
        ("status", "maybe"),
        ("killed", "some"),
        ("killed", "5-3"),
        ("killed", "99999999999999999999"),
        pytest.param("killed", "9" * 5000, id="a number of 5000 digits"),
        ("injured", '{"low":1,"high":1000000001}'),
        ("place", '{"text":"x","name":"y","lat":1000,"lon":5}'),
        ("place", '{"text":"x","name":"y","lat":5}'),
        ("place", '{"text":"x","name":"y","precision":"village"}'),
        ("time", '{"start":"2021-10-01","end":"2021-10-02","precision":"fortnight"}'),
        ("time", "yesterday"),
        ("time", "2021-02-30"),
        ("time", "2021-02-03/2021-02-01"),
        ("actors", "[1]"),
        ("id", "x"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(field: str, words: str) -> None:
    with pytest.raises(JudgementError) as error:
        as_json(field, words, BOOK)
    assert "\n" not in str(error.value)


def test_every_field_that_may_be_corrected_is_one_of_a_claim() -> None:
    assert set(FIELDS) <= set(Claim.__struct_fields__)
    assert set(Claim.__struct_fields__) - set(FIELDS) == {"id", "report", "trigger", "mentions", "evidence"}


@pytest.mark.parametrize(
    ("field", "words", "names", "told"),
    [
        ("place", "Nowhere-on-Sea, SYR", ("Nowhere-on-Sea",), "Nowhere-on-Sea (not in the gazetteer)"),
        ("place", "Saraqib", (), "Saraqib (town, SYR)"),
        ("place", "-", (), "none"),
        (
            "actors",
            "NATO; Zorgonians; men (SYR UAF); soldiers",
            ("Zorgonians",),
            "Zorgonians (not in the codebook); men",
        ),
        ("killed", "3-5", (), "3-5"),
    ],
)
def test_names_that_no_table_knows_are_told(field: str, words: str, names: tuple[str, ...], told: str) -> None:
    value = as_json(field, words, BOOK)
    assert unknown(field, value) == names
    assert told in in_words(field, value)


def test_a_territory_is_a_place_though_the_codebook_has_no_such_country() -> None:
    place = typed("place", "Mariehamn")
    assert isinstance(place, Place) and place.country == "ALA"


@pytest.mark.parametrize(
    ("field", "words", "fault"),
    [
        ("actors", "fighters (ZZZ QQQ)", "'ZZZ' is the code of no country"),
        ("actors", "fighters (SYR QQQ)", "'QQQ' is no sector"),
        ("actors", '[{"text": "x", "name": "x", "actor": "nobody"}]', "'nobody' is the id of no actor"),
        ("recipients", '[{"text": "x", "name": " "}]', "a party has a name"),
        ("place", '{"text": "x", "name": ""}', "a place has a name"),
        ("place", '{"text": "x", "name": "x", "country": "ZZZ"}', "'ZZZ' is the code of no country"),
        ("place", '{"text": "x", "name": "x", "gazetteer": "geonames:0"}', "'geonames:0' is the id of no place"),
    ],
)
def test_codes_that_no_table_has_are_refused(field: str, words: str, fault: str) -> None:
    with pytest.raises(JudgementError, match=fault):
        as_json(field, words, BOOK)
