"""The tables of truces: those that ship hold, and what is wrong in one is refused with its line and the mend."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import msgspec
import pytest

from trucewatch import codebook, truces
from trucewatch.errors import TableError
from trucewatch.truces import days, tables, terms
from trucewatch.truces.declared import Announcement
from trucewatch.truces.meant import is_of_another
from trucewatch.truces.speakers import agreed, tabled
from trucewatch.truces.terms import Moment

GOOD = """\
id = "made"
name = "A truce of our making"
class = "cessation"
form = "written"
parties = "bilateral"
countries = ["SYR"]
signed = "2020-03-05"
effective = "2020-03-06T00:01"
end = "2021"
area = "area"
sources = ["our own invention"]

[[zone]]
id = "area"
name = "area"
outlines = [[[36.0, 35.0], [37.0, 35.0], [37.0, 36.0], [36.0, 36.0]]]

[[party]]
actor = "sy-gov"
capacity = "signatory"
side = "government"
unnamed = ["SYR/state"]
until = "2020-06"

[[party]]
actor = "sy-hts"
capacity = "claimed bound"
side = "rebels"
claimed_by = ["ru-gov"]

[[clause]]
id = "1"
kind = "cessation"
text = "fire ceases"

[[clause]]
id = "2"
kind = "weapons"
text = "guns go"
deadline = "2020-04-01"
performed_by = ["RETREAT/withdraw"]
"""


def faults(folder: Path, old: str = "", new: str = "") -> list[str]:
    """What is wrong with the truce above after one change, without the folder in front."""
    assert old in GOOD
    path = folder / "made.toml"
    path.write_text(GOOD.replace(old, new, 1) if old else GOOD, encoding="utf-8")
    return [str(error).removeprefix(f"{folder}/") for error in truces.faults(path)]


@pytest.mark.parametrize("path", sorted(tables.HERE.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_truce_holds(path: Path) -> None:
    assert truces.faults(path) == ()


def test_the_shipped_truces_are_of_many_kinds_and_say_what_is_open() -> None:
    every = truces.load().values()
    assert len(every) >= 15
    assert len({country for truce in every for country in truce.countries}) >= 10
    assert {truce.kind.value for truce in every} == {"cessation", "preliminary", "definitive"}
    assert all(truce.open and truce.sources for truce in every)
    assert any(truce.form is None for truce in every)


def test_a_good_truce_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == []
    made = truces.load(tmp_path)["made"]
    assert made.end == Moment(first=dt.date(2021, 1, 1), last=dt.date(2021, 12, 31))
    assert made.declarations[0].until == Moment(first=dt.date(2020, 6, 1), last=dt.date(2020, 6, 30))
    assert str(made.effective) == "00:01 on 6 Mar 2020"
    assert "syria-idlib-2020" in truces.load(tmp_path)


BAD = {
    "an outline without a point": (
        "outlines = [[[36.0, 35.0], [37.0, 35.0], [37.0, 36.0], [36.0, 36.0]]]\n",
        "outlines = [[]]\n",
        "made.toml:16: 0 points are too few; give 3 or more",
    ),
    "an unknown actor": (
        'actor = "sy-gov"',
        'actor = "sy-govt"',
        "made.toml:19: no actor has the id 'sy-govt'; did you mean 'sy-gov'",
    ),
    "an actor by its name": (
        'actor = "sy-gov"',
        'actor = "Syrian Observatory"',
        "made.toml:19: no actor has the id 'Syrian Observatory'; did you mean 'sy-sohr'? (actors.csv)",
    ),
    "a country by its name": (
        'countries = ["SYR"]',
        'countries = ["Syria"]',
        "made.toml:6: no country has the id 'Syria'; did you mean 'SYR'? (countries.csv)",
    ),
    "a text for a list": (
        'countries = ["SYR"]',
        'countries = "SYR"',
        "made.toml:6: 'countries' is text, and a list is asked for; write it in brackets: [...]",
    ),
    "a year that is none": ('end = "2021"', 'end = "9999"', "made.toml:9: '9999' is no date; write 2020-03-05T00:01"),
    "an end before the start": (
        'end = "2021"',
        'end = "2020-03-05"',
        "made.toml:9: it ends at 5 Mar 2020, before it begins at 00:01 on 6 Mar 2020; mend one of the two",
    ),
    "a clause without an area": (
        'area = "area"\n',
        "",
        "made.toml:30: clause 1 (cessation) holds nowhere; add zone = ... to it, or area = ... to the truce",
    ),
    "an unknown zone": (
        'kind = "cessation"\n',
        'kind = "cessation"\nzone = "aera"\n',
        "made.toml:34: no zone has the id 'aera'; did you mean 'area'? (this file)",
    ),
    "two declarations of one actor": (
        'actor = "sy-hts"',
        'actor = "sy-gov"',
        "made.toml:26: 'sy-gov' stands in two declarations (parties 1 and 2) at one time; "
        "give them dates (since, until) that do not overlap, or take it out of one",
    ),
    "an outline that crosses itself": (
        "[37.0, 36.0], [36.0, 36.0]",
        "[36.0, 36.0], [37.0, 36.0]",
        "made.toml:16: it crosses itself: the sides that begin at 37, 35 and at 37, 36 meet; "
        "put the points in the order in which one walks along it",
    ),
    "latitude first": (
        "[37.0, 36.0], [36.0, 36.0]",
        "[37.0, 136.0], [36.0, 36.0]",
        "made.toml:16: a point lies off the globe; longitude comes first, then latitude, in degrees",
    ),
    "a kind of clause that there is not": (
        'kind = "cessation"',
        'kind = "ceasing"',
        "made.toml:33: invalid enum value 'ceasing'; write one of cessation, separation zone, ",
    ),
    "a key that there is not": (
        'side = "rebels"',
        'sides = "rebels"',
        "made.toml:28: no key is called 'sides'; take it out or mend its name",
    ),
    "a missing key": ('text = "fire ceases"\n', "", "made.toml:31: 'text' is missing; add text = ..."),
    "a date that is none": (
        'deadline = "2020-04-01"',
        'deadline = "2020-04-31"',
        "made.toml:40: '2020-04-31' is no date; write 2020-03-05T00:01, 2020-03-05, 2020-03 or 2020",
    ),
    "a deadline that nothing can meet": (
        'performed_by = ["RETREAT/withdraw"]\n',
        "",
        "made.toml:40: clause 2 has a deadline that nothing can meet; add performed_by",
    ),
    "a round that nothing can carry out": (
        'deadline = "2020-04-01"\nperformed_by = ["RETREAT/withdraw"]\n',
        'every = "week"\n',
        "made.toml:40: clause 2 comes round, and nothing can carry it out; add performed_by",
    ),
    "a round of no known length": (
        'deadline = "2020-04-01"',
        'every = "fortnight"',
        "made.toml:40: invalid enum value 'fortnight'; write one of day, week, month",
    ),
    "a deadline before the signature": (
        'deadline = "2020-04-01"',
        'deadline = "2019-04-01"',
        "made.toml:40: the deadline 1 Apr 2019 is before the signature on 5 Mar 2020; mend one of the two",
    ),
    "an event type that there is not": (
        '"RETREAT/withdraw"',
        '"RETREAT/withdrawal"',
        "made.toml:41: no event type or mode is called 'RETREAT/withdrawal'; did you mean RETREAT/withdraw",
    ),
    "nobody who claims": (
        'claimed_by = ["ru-gov"]\n',
        "",
        "made.toml:25: nobody is named who claims that 'sy-hts' is bound; add claimed_by = [...]",
    ),
    "a pattern that stands for nobody": (
        '"SYR/state"',
        '"Syria/army"',
        "made.toml:22: 'Syria/army' stands for nobody; write a country code",
    ),
    "no TOML": ('id = "made"', 'id = "made', "made.toml:1: no TOML: "),
    "another name": ('id = "made"', 'id = "other"', "made.toml:1: the truce 'other' stands in made.toml; name the"),
    "a zone without land": (
        "outlines = [[[36.0, 35.0], [37.0, 35.0], [37.0, 36.0], [36.0, 36.0]]]\n",
        "",
        "made.toml:13: the zone 'area' has no land; add regions, countries, places, outlines or a line",
    ),
}


@pytest.mark.parametrize("fault", BAD)
def test_what_is_wrong_is_refused_with_its_line_and_the_mend(fault: str, tmp_path: Path) -> None:
    old, new, expected = BAD[fault]
    found = faults(tmp_path, old, new)
    assert [line for line in found if line.startswith(expected)], found
    with pytest.raises(TableError):
        truces.load(tmp_path)


def test_declarations_of_one_actor_may_follow_each_other(tmp_path: Path) -> None:
    later = 'actor = "sy-gov"\nsince = "2020-07-01"'
    assert faults(tmp_path, 'actor = "sy-hts"', later) == []


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such folder of truces"):
        truces.load(tmp_path / "nowhere")
    with pytest.raises(TableError, match="no such folder of truces"):
        truces.load(f"{tmp_path}/nowhere")


def test_an_extension_of_ones_own_truce_prolongs_no_other_that_has_no_last_day(tmp_path: Path) -> None:
    (tmp_path / "made.toml").write_text(GOOD.replace('end = "2021"', 'runs_until = "2021-10-10"'))
    said = Announcement(day=dt.date(2021, 9, 1), act="extension", by="Envoy", capacity="mediator")
    name = "syria-idlib-2020"
    shipped, beside = truces.load()[name], truces.load(tmp_path)
    assert not is_of_another(shipped, codebook.load(), said)
    assert is_of_another(beside[name], codebook.load(), said)
    assert not is_of_another(beside[name], codebook.load(), msgspec.structs.replace(said, day=dt.date(2020, 3, 5)))


def test_a_truce_without_an_end_stands_beside_others_without_a_last_day(tmp_path: Path) -> None:
    (tmp_path / "made.toml").write_text(GOOD.replace('end = "2021"', 'runs_until = "2021-10-10"'))
    (tmp_path / "over.toml").write_text(GOOD.replace('id = "made"', 'id = "over"').replace('"2021"', '"2020-04"'))
    held = truces.load(tmp_path)
    assert days.Stretch(first=dt.date(2020, 3, 6)) in held["syria-idlib-2020"].beside
    assert days.Stretch(first=dt.date(2025, 3, 10)) in held["over"].beside  # the one with the SDF, after its end
    assert "9999" not in msgspec.json.encode(list(held.values())).decode()


def test_where_a_table_lies_is_nobodys_business(tmp_path: Path) -> None:
    (tmp_path / "made.toml").write_text(GOOD)
    assert truces.load(tmp_path)["made"].where == "made.toml"


def test_every_key_of_a_table_is_on_the_page_of_truces() -> None:
    page = (Path(__file__).parents[2] / "docs" / "truces.md").read_text(encoding="utf-8")
    named = {word for code in re.findall(r"`([^`]+)`", page) for word in re.split(r"[\s\[\]]+", code)}
    records = (terms.Truce, terms.Zone, terms.Declaration, terms.Clause, terms.CarveOut, terms.Monitor, terms.Announced)
    fields = {field.encode_name for record in records for field in msgspec.structs.fields(record)}
    of_the_file = fields - set(tables.PLURALS.values()) - {*tables.MADE} | set(tables.PLURALS) | {"area"}
    assert of_the_file - named == set()
    assert {word for words in tables.WORDS.values() for word in words} <= {*re.findall(r"`([^`]+)`", page)}


@pytest.mark.parametrize("truce", truces.load().values(), ids=lambda truce: truce.id)
def test_what_a_table_has_announced_was_said_by_one_who_may(truce: truces.Truce) -> None:
    for one in tabled(truce, codebook.load()):
        assert one.capacity in ("signatory", "guarantor", "claimed bound", "mediator"), one.by
    term = agreed(truce)
    assert term is None or term.last is None or term.effective <= term.last
