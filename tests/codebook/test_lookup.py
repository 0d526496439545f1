"""Who a name stands for, on which day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.codebook.made import write
from trucewatch.codebook import Codebook, load


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    folder = tmp_path_factory.mktemp("codebook")
    write(
        folder,
        "actors.csv",
        "owls,Night Owls,armed-group,SYR,REB,,2012,2016-06-30,,",
        "larks,Morning Larks,armed-group,SYR,REB,owls,2016-07-01,,,",
        "wrens,Wrens,militia,SYR,PRM,,,,,",
        "state-wrens,Wren Guard,military,SYR,MIL,,,,,",
    )
    write(
        folder,
        "aliases.csv",
        "Birds of Dawn,owls,,",
        "Birds of Dawn,larks,,",
        "WREN,wrens,,",
        "The Brown Ones,wrens,,",
        "Brown Ones,state-wrens,2019-03,2020",
        "The Twins,wrens,,",
        "The Twins,state-wrens,,",
        "Old Owls,owls,2013,2014",
    )
    write(
        folder,
        "leaders.csv",
        "ada-1,Ada Quill,Quill,SYR,mayor of Testby,GOV,2001-01-01,2005-12-31",
        "ada-2,Ada Quill,Quill,SYR,governor of Testby,GOV,2005-06-01,2009-12-31",
        "bob-1,Bob Quill,Quill,SYR,mayor of Testby,GOV,2006-01-01,2007-12-31",
        "cid-1,Cid Testson,Testson,SYR,mayor of Testby,GOV,2010-01-01,",
    )
    return load(folder)


@pytest.mark.parametrize(
    ("name", "on", "actor"),
    [
        ("the Night Owls", "2014-01-01", "owls"),
        ("night-owls", "2014-01-01", None),  # a name without a capital
        ("Night Owls", "2011-12-31", None),  # not begun yet
        ("Night Owls", "2021-01-01", "owls"),  # ended, still spoken of
        ("Birds of Dawn", "2015-01-01", "owls"),
        ("Birds of Dawn", "2018-01-01", "larks"),
        ("Birds of Dawn", None, "larks"),  # the one that bears it still
        ("Brown Ones", "2018-01-01", "wrens"),
        ("Brown Ones", "2019-03-01", "state-wrens"),  # the dated row is the finer one
        ("Brown Ones", "2020-12-31", "state-wrens"),
        ("Brown Ones", "2021-01-01", "wrens"),
        ("The Twins", "2021-01-01", None),  # two, and no way to choose
        ("The Twins", None, None),
        ("Old Owls", "2013-05-01", "owls"),
        ("Old Owls", "2015-01-01", None),
        ("WREN", "2015-01-01", "wrens"),
        ("Wren", "2015-01-01", None),  # an acronym wants its capitals
        ("Nobody", None, None),
        ("", None, None),
    ],
)
def test_find_actor(own: Codebook, name: str, on: str | None, actor: str | None) -> None:
    found = own.find_actor(name, dt.date.fromisoformat(on) if on else None)
    assert (found.id if found else None) == actor


@pytest.mark.parametrize(
    ("name", "on", "term"),
    [
        ("Ada Quill", "2003-05-05", "ada-1"),
        ("Ada Quill", "2005-12-31", "ada-2"),  # two offices at once: the later one
        ("Ada Quill", "2011-01-01", None),
        ("Ada Quill", None, "ada-2"),
        ("Quill", "2003-05-05", "ada-1"),
        ("Quill", "2006-05-05", None),  # two people
        ("quill", "2003-05-05", None),
        ("Testson's", "2030-01-01", "cid-1"),
    ],
)
def test_find_leader(own: Codebook, name: str, on: str | None, term: str | None) -> None:
    found = own.find_leader(name, dt.date.fromisoformat(on) if on else None)
    assert (found.id if found else None) == term


@pytest.mark.parametrize(
    ("word", "code", "kind"),
    [
        ("Syria", "SYR", "name"),
        ("Syrian", "SYR", "demonym"),
        ("Syrians", "SYR", "demonym"),
        ("Damascus", "SYR", "capital"),
        ("the Kremlin", "RUS", "metonym"),
        ("Ankara", "TUR", "capital"),
        ("US", "USA", "name"),
        ("U.S.", "USA", "name"),
        ("Kuwait", "KWT", "name"),  # its capital too; a name goes first
        ("Turkey's", "TUR", "name"),
    ],
)
def test_find_country(word: str, code: str, kind: str) -> None:
    found = load().find_country(word)
    assert found is not None
    assert (found.country, found.kind) == (code, kind)
    assert found.where.startswith("countries.csv:")


@pytest.mark.parametrize("word", ["us", "turkey", "Nowhere", "Syrias", ""])
def test_no_country(word: str) -> None:
    assert load().find_country(word) is None


@pytest.mark.parametrize(
    ("noun", "role", "sector"),
    [
        ("soldier", "soldiers", "MIL"),
        ("soldiers", "soldiers", "MIL"),
        ("Gunmen", "gunmen", "UAF"),
        ("policewomen", "policemen", "COP"),
        ("militias", "militia", "UAF"),
        ("children", "children", "CVL"),
        ("aid agencies", "aid-agencies", "SOC"),
        ("chief of staff", "army-chief", "MIL"),
        ("three heavily armed gunmen", "gunmen", "UAF"),
        ("suicide bomber", "suicide-bombers", "REB"),
        ("mediators", "mediators", "GOV"),
        ("peacekeepers", "peacekeepers", "MIL"),
        ("warplanes", "warplanes", "MIL"),
    ],
)
def test_find_role(noun: str, role: str, sector: str) -> None:
    found = load().find_role(noun)
    assert found is not None
    assert (found.id, found.sector) == (role, sector)


@pytest.mark.parametrize("noun", ["teapot", "", "Kandahar"])
def test_no_role(noun: str) -> None:
    assert load().find_role(noun) is None


@pytest.mark.parametrize(
    "name", ["Reuters", "reuters.com", "https://www.reuters.com/world/?x=1", "uk.reuters.com", "REUTERS"]
)
def test_find_outlet(name: str) -> None:
    found = load().find_outlet(name)
    assert found is not None
    assert found.id == "reuters"


@pytest.mark.parametrize("name", ["Nobody's Gazette", "notreuters.com", "com", ""])
def test_no_outlet(name: str) -> None:
    assert load().find_outlet(name) is None


def test_the_issue_s_groups_are_there_with_their_patrons_and_dates() -> None:
    book = load()
    for name in ("Hayat Tahrir al-Sham", "HTS", "Hay'at Tahrir al-Sham"):
        found = book.find_actor(name, dt.date(2021, 9, 30))
        assert found is not None
        assert found.country == "SYR"
    snowed = book.find_actor("Mu'tasim Division", dt.date(2021, 9, 28))
    assert snowed is not None
    assert snowed.patron
    before = book.find_actor("Taliban", dt.date(2015, 1, 1))
    after = book.find_actor("Taliban", dt.date(2022, 1, 1))
    assert before is not None
    assert after is not None


@pytest.mark.parametrize(("near", "actor"), [("IND", "in-maoist"), ("NPL", "np-maoist"), ("FRA", None), (None, None)])
def test_a_name_of_two_countries_is_told_by_where_the_report_plays(near: str | None, actor: str | None) -> None:
    found = load().find_actor("Maoists", dt.date(2005, 6, 1), near)
    assert (found and found.id) == actor


def test_every_look_up_answers_with_a_row_that_names_its_line() -> None:
    book = load()
    for table in (book.actors, book.leaders, book.roles, book.countries, book.outlets, book.triggers):
        for row in list(table.values())[:20]:
            file, _, line = row.where.rpartition(":")
            assert file.endswith(".csv")
            assert int(line) > 1


def test_own_tables_do_not_leak_into_the_package_s(own: Codebook, tmp_path: Path) -> None:
    assert own.find_actor("Night Owls") is not None
    assert load().find_actor("Night Owls") is None
