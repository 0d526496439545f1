"""A verb that is told once and meant twice is two events, each with its own people, place, day and toll."""

import datetime as dt

import pytest

from tests.claims.made import coded

Event = tuple[str, str, int | None]

TWO = [
    ("Gunmen killed a judge in Herat and two policemen in Farah on Tuesday.", ("Herat", "21", 1), ("Farah", "21", 2)),
    ("Bombings killed three people in Baghdad and five in Baquba.", ("Baghdad", "", 3), ("Baqubah", "", 5)),
    ("A judge was shot dead in Mosul and a policeman in Kirkuk, police said.", ("Mosul", "", 1), ("Kirkuk", "", 1)),
    ("Bombs went off in Baghdad on Monday and in Basra on Tuesday.", ("Baghdad", "20", None), ("Basra", "21", None)),
    (
        "President Zelensky visited Kherson on Monday and Mykolaiv on Tuesday.",
        ("Kherson", "20", None),
        ("Mykolaiv", "21", None),
    ),
    (
        "Al-Shabaab attacked a base in Bosaso on Monday and a hotel in Mogadishu on Tuesday.",
        ("Bosaso", "20", None),
        ("Mogadishu", "21", None),
    ),
]


def _events(text: str) -> list[Event]:
    claims = coded(text, dt.date(2021, 9, 22))
    return [
        (
            one.place.name if one.place else "",
            f"{one.time.start:%d}" if one.time else "",
            one.killed.low if one.killed else None,
        )
        for one in claims
    ]


@pytest.mark.parametrize(("text", "first", "second"), TWO)
def test_each_half_is_an_event_where_it_has_a_place_or_day_of_its_own(text: str, first: Event, second: Event) -> None:
    assert _events(text) == [first, second]


def test_a_list_is_as_many_events() -> None:
    text = "Militants abducted two priests in Enugu on Sunday, three farmers in Kaduna on Monday and a chief in Jos on Tuesday."
    assert [place for place, _, _ in _events(text)] == ["Enugu", "Kaduna", "Jos"]


def test_who_is_named_behind_and_does_what_the_verb_says() -> None:
    claims = coded("Russia backs General Haftar and Turkey the government in Tripoli.", dt.date(2021, 9, 22))
    sides = [([p.country for p in one.actors], [p.country for p in one.recipients]) for one in claims]
    assert sides == [(["RUS"], ["LBY"]), (["TUR"], ["LBY"])]


@pytest.mark.parametrize(
    "text",
    [
        "Saraqib, Ariha and Binnish were shelled by government forces on Monday.",
        "Shells fell in Saraqib and in Ariha.",
        "The Taliban killed the governor and two bodyguards in Ghazni.",
        "He called Assad a butcher and Putin a liar.",
    ],
)
def test_what_has_one_place_or_is_a_list_of_towns_is_one(text: str) -> None:
    assert len(_events(text)) == 1
