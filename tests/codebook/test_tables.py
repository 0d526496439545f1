"""Tables are read row by row, and a fault names its file and line."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from tests.codebook.made import HEADERS, write
from trucewatch import versions
from trucewatch.claims.phrase import heads
from trucewatch.codebook import check, load
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.codebook.rows import Actor, Country, EventType, Mode, Outlet
from trucewatch.codebook.tables import HERE, ROW_OF, columns, read_areas, read_table
from trucewatch.errors import TableError
from trucewatch.language.labels import MODES, TYPES

OF_ROLES = "weak stand_for belong armed abroad national seated local others allied called".split()
"""Lists of naming.toml that hold rows of roles.csv alone."""


@pytest.mark.parametrize("table", ROW_OF)
def test_the_columns_are_those_of_the_records(table: str) -> None:
    assert ",".join(column.name for column in columns(ROW_OF[table])) == HEADERS[table]
    assert (HERE / table).read_text(encoding="utf-8").split("\n")[0] == HEADERS[table]


def test_a_row_knows_its_line_and_its_values(tmp_path: Path) -> None:
    write(tmp_path, "actors.csv", "x,X,militia,SYR,PRM,,2017,2019-02,own,", '"y","Y, the",militia,,,x,,,,')
    table = read_table(tmp_path / "actors.csv")
    x, y = table["x"], table["y"]
    assert isinstance(x, Actor)
    assert isinstance(y, Actor)
    assert (x.since, x.until) == (dt.date(2017, 1, 1), dt.date(2019, 2, 28))
    assert (x.where, y.where) == ("actors.csv:2", "actors.csv:3")
    assert (y.name, y.country, y.patron, y.since) == ("Y, the", None, "x", None)


def test_lists_are_parted_by_bars_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "outlets.csv", "", "a,A, B | C ||D,a.org,,wire,")
    row = read_table(tmp_path / "outlets.csv")["a"]
    assert isinstance(row, Outlet)
    assert row.aliases == ("B", "C", "D")
    assert row.where == "outlets.csv:3"


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (["x,X,militia,,,,,,"], "actors.csv:2: 9 cells, expected 10"),
        (["x,,militia,,,,,,,"], "actors.csv:2: column 'name' is empty"),
        (["x,X,militia,,,,17,,,"], "actors.csv:2: column 'since' cannot be read: '17'"),
        (["x,X,militia,,,,2017-13,,,"], "actors.csv:2: column 'since' cannot be read: '2017-13'"),
        (["x,X,militia,,,,,2017-02-30,,"], "actors.csv:2: column 'until' cannot be read: '2017-02-30'"),
        (["x,X,militia,,,,,2017-99,,"], "actors.csv:2: column 'until' cannot be read: '2017-99'"),
        (["x,X,a,,,,,,,", "x,Y,a,,,,,,,"], "actors.csv:3: id 'x' is already used at actors.csv:2"),
        (['x,"X,a,,,,,,,'], "actors.csv:2: unexpected end of data"),
    ],
)
def test_faults_of_a_row(tmp_path: Path, rows: list[str], fault: str) -> None:
    write(tmp_path, "actors.csv", *rows)
    with pytest.raises(TableError) as caught:
        read_table(tmp_path / "actors.csv")
    assert str(caught.value) == fault


def test_wrong_columns(tmp_path: Path) -> None:
    (tmp_path / "aliases.csv").write_text("alias,actor,from,until\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"^aliases.csv:1: columns are .*from.*; expected .*since"):
        read_table(tmp_path / "aliases.csv")


def test_an_empty_file_has_wrong_columns(tmp_path: Path) -> None:
    (tmp_path / "aliases.csv").write_text("", encoding="utf-8")
    with pytest.raises(TableError, match=r"^aliases.csv:1: columns"):
        read_table(tmp_path / "aliases.csv")


def test_text_that_is_not_utf_8_names_its_line(tmp_path: Path) -> None:
    text = HEADERS["aliases.csv"].encode() + b"\nOK,x,,\nMalm\xf6,x,,\n"
    (tmp_path / "aliases.csv").write_bytes(text)
    with pytest.raises(TableError, match=r"^aliases.csv:3: not UTF-8"):
        read_table(tmp_path / "aliases.csv")


def test_a_spreadsheet_may_have_written_the_file(tmp_path: Path) -> None:
    text = "\ufeff" + "\r\n".join([HEADERS["aliases.csv"], "Owls,x,,"]) + "\r\n"
    (tmp_path / "aliases.csv").write_bytes(text.encode())
    assert [row.where for row in read_table(tmp_path / "aliases.csv").values()] == ["aliases.csv:2"]


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '{"features": [{"properties": {"id": "a"}, "geometry": null}]}', "\x80"]
)
def test_areas_that_are_no_regions(tmp_path: Path, text: str) -> None:
    (tmp_path / "areas.geojson").write_bytes(text.encode("latin-1"))
    with pytest.raises(TableError, match=r"^areas.geojson:1: not a "):
        read_areas(tmp_path / "areas.geojson")


def test_own_rows_add_and_replace(tmp_path: Path) -> None:
    write(tmp_path, "countries.csv", "SYR,Syria (ours),,Syrian,Damascus,,", "XKX,Kosovo (ours),,,,,")
    book = load(tmp_path)
    own = book.countries["SYR"]
    assert isinstance(own, Country)
    assert own.name == "Syria (ours)"
    assert own.where == f"{tmp_path / 'countries.csv'}:2"
    assert book.countries["TUR"].where.startswith("countries.csv:")
    assert load().countries["SYR"].name != "Syria (ours)"


def test_own_tables_that_the_environment_names_are_used_and_change_the_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = versions.of_claims()
    found = set()
    for folder in (tmp_path / "here", tmp_path / "elsewhere"):
        folder.mkdir()
        write(folder, "places.csv", "owlby,Owlby,,SYR,35.9,36.7,town,own,")
        monkeypatch.setenv("TRUCEWATCH_CODEBOOK", str(folder))
        assert "owlby" in load().places and [one.name for one in Gazetteer.open(load()).find("Owlby")] == ["Owlby"]
        found.add(versions.of_claims.__wrapped__().tables)
    assert len(found) == 1 and without.tables not in found
    write(folder, "places.csv", "owlby,Owlby,,SYR,91,0,town,own,")
    assert [str(fault).partition(": ")[0] for fault in check()] == [f"{folder / 'places.csv'}:2"]


def test_an_own_table_of_an_unknown_name_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "actor.csv").write_text("id\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"actor\.csv:1: no codebook table has this name"):
        load(tmp_path)


def test_an_own_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such folder"):
        load(tmp_path / "none")


def test_a_folder_in_the_environment_that_is_not_there_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUCEWATCH_CODEBOOK", str(tmp_path / "none"))
    for asked in (load, check, versions.of_claims.__wrapped__, versions.of_incidents.__wrapped__):
        with pytest.raises(TableError, match=r"^TRUCEWATCH_CODEBOOK: .*none is no folder"):
            asked()


def test_types_and_modes_are_those_of_the_language_model() -> None:
    assert set(load().types) == set(TYPES)
    assert set(load().modes) == set(MODES)


def test_a_word_that_rules_ask_for_is_in_lower_case_and_stands_once_in_its_list() -> None:
    parts = tomllib.loads((HERE / "telling.toml").read_text(encoding="utf-8"))
    for words in (words for lists in parts.values() for words in lists.values()):
        assert words == [word.lower() for word in dict.fromkeys(words)]


@pytest.mark.parametrize("row", [*load().types.values(), *load().modes.values()], ids=lambda row: str(row.id))
def test_the_page_on_the_codebook_says_of_each_type_and_mode_what_the_table_says(row: EventType | Mode) -> None:
    name = row.type if isinstance(row, EventType) else row.mode
    lines = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith(f"| `{name}` |") and line.endswith(f" {row.definition} |")]


def test_lists_of_roles_name_rows_that_exist() -> None:
    """A name that no row has would do nothing, and say nothing."""
    lists = heads()
    listed = frozenset().union(
        *(getattr(lists, name) for name in OF_ROLES),
        *lists.bodies.values(),
        *lists.home.values(),
        lists.sectors,
        lists.men.values(),
    )
    assert listed - load().roles.keys() == set()
